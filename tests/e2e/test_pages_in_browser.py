"""The pages of things in a real browser: readable by everybody, folded on screen, whole on paper, harmless."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest
from pages_site import BAD, TYPES, pages_graph
from playwright.sync_api import Browser, Page, expect

from chromium import NEEDS_CHROMIUM, Watched
from explorer_site import IMG, LONG, TURNED, served, violations
from samples import IRIS

pytestmark = NEEDS_CHROMIUM

AXE = Path(str(files("tellygraph.visualize"))) / "explorer" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(pages_graph(tmp_path_factory.mktemp("pages") / "G.db")) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(bypass_csp=True) as context:
        yield context.new_page()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_page(page: Page, site: str, colours: str) -> None:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    found = {}
    for name, path in {**TYPES, "hostile show": "/about?as=html&iri=" + quote(BAD, safe="")}.items():
        page.goto(site + path)
        found[name] = violations(page, AXE)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_quotes_are_folded_on_screen_and_unfolded_on_paper(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + TYPES["show"])
        folded = page.locator("details .quote").first
        expect(folded).to_be_hidden()
        page.locator("summary").first.click()
        expect(folded).to_be_visible()
        page.locator("summary").first.click()
        page.emulate_media(media="print")
        expect(folded).to_be_visible()
        expect(page.locator("summary").first).to_be_hidden()


def test_hostile_pages_run_nothing_and_fit_on_a_phone(browser: Browser, site: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 780}) as context:
        at = Watched(context.new_page())
        for name in (None, IMG, TURNED, LONG.strip()):
            iri = BAD if name is None else IRIS.character(name, BAD)
            at.page.goto(f"{site}/about?as=html&iri={quote(iri, safe='')}")
            expect(at.page.locator("h1")).to_be_visible()
            assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert at.errors == []
        assert [url for url in at.requests if not url.startswith((site, "data:"))] == []
