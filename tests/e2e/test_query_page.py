"""`/query` in a real browser: a question typed, run and seen as table and picture, shared by its address, completed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from chromium import NEEDS_CHROMIUM, Watched
from explorer_site import graph_of, served, violations
from samples import SAMPLE

pytestmark = NEEDS_CHROMIUM

AXE = Path(str(files("tellygraph.visualize"))) / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
PLAYS = "PREFIX tg: <https://w3id.org/tellygraph/ontology#>\nCONSTRUCT { ?a tg:plays ?c } WHERE { ?a tg:plays ?c }"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(graph_of(tmp_path_factory.mktemp("query") / "G.db", SAMPLE)) as address:
        yield address


@pytest.fixture
def at(browser: Browser, site: str) -> Iterator[Watched]:
    """The page in a browser that has never been there; in the end nobody else was asked, and no error was told."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        watched = Watched(context.new_page())
        yield watched
        assert [url for url in watched.requests if not url.startswith((site, "data:", "blob:"))] == []
        assert watched.errors == []


def test_the_first_question_is_run_and_its_rows_are_a_table(at: Watched, site: str) -> None:
    at.page.goto(f"{site}/query")
    at.page.locator(".tabPanel.active .yasqe_queryButton").click()
    expect(at.page.locator(".tabPanel.active .yasr table")).to_contain_text("Northgate")
    expect(at.page.locator(".tabPanel.active .yasr table")).to_contain_text("Saltmarsh")


def test_a_question_is_typed_and_run_with_the_keyboard(at: Watched, site: str) -> None:
    at.page.goto(f"{site}/query")
    at.page.locator(".tabPanel.active .CodeMirror").click()
    at.page.keyboard.press("Control+a")
    at.page.keyboard.insert_text("SELECT (6 * 7 AS ?answer) {}")
    at.page.keyboard.press("Control+Enter")
    expect(at.page.locator(".tabPanel.active .yasr table")).to_contain_text("42")


def test_an_address_with_a_question_opens_it_and_its_answer_is_a_picture(at: Watched, site: str) -> None:
    at.page.goto(f"{site}/query?query={quote(PLAYS)}")
    expect(at.page.locator(".tabPanel.active .CodeMirror")).to_contain_text("CONSTRUCT")
    expect(at.page.locator(".tabPanel.active .yasr table")).to_contain_text("tg:plays")  # it is run by itself
    at.page.get_by_role("button", name="Picture").click()
    expect(at.page.locator(".tabPanel.active .yasr canvas").first).to_be_visible()


def test_a_question_of_the_catalogue_is_chosen_and_answered(at: Watched, site: str) -> None:
    at.page.goto(f"{site}/query")
    at.page.get_by_label("Questions of the catalogue").select_option("shows")
    expect(at.page.locator(".tabPanel.active .CodeMirror")).to_contain_text("showName")
    at.page.locator(".tabPanel.active .yasqe_queryButton").click()
    expect(at.page.locator(".tabPanel.active .yasr table")).to_contain_text("Saltmarsh")


def test_our_terms_are_completed(at: Watched, site: str) -> None:
    at.page.goto(f"{site}/query")
    at.page.locator(".tabPanel.active .CodeMirror").click()
    at.page.keyboard.press("Control+a")
    at.page.keyboard.insert_text("PREFIX tg: <https://w3id.org/tellygraph/ontology#>\nSELECT * { ?a tg:pla")
    at.page.keyboard.press("Control+Space")
    expect(at.page.locator(".CodeMirror-hints")).to_contain_text("tg:plays")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_a_question_and_its_answer(browser: Browser, site: str, colours: str) -> None:
    with browser.new_context(bypass_csp=True, color_scheme=colours) as context:
        page = context.new_page()
        page.goto(f"{site}/query")
        page.locator(".tabPanel.active .yasqe_queryButton").click()
        expect(page.locator(".tabPanel.active .yasr table")).to_contain_text("Saltmarsh")
        assert violations(page, AXE) == []
