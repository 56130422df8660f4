"""The explorer where it is hard: hostile data, other readers, other devices, no server, one file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from chromium import NEEDS_CHROMIUM
from explorer_site import HOSTILE, IMG, Opened, graph_of, served, violations
from samples import IRIS, SAMPLE
from tellygraph import open_graph

pytestmark = NEEDS_CHROMIUM

SHOW = IRIS.series("Saltmarsh")
NELL = IRIS.character("Nell Harrow", SHOW)
BAD = IRIS.series("<svg onload=alert(4)>")
WIDE = {"width": 1280, "height": 800}
AXE = Path(str(files("tellygraph.visualize"))) / "explorer" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("explorer") / "G.db", {**SAMPLE, **HOSTILE})


@pytest.fixture(scope="module")
def site(graph: Path) -> Iterator[str]:
    with served(graph) as address:
        yield address


def opened(browser: Browser, site: str, **options: object) -> Opened:
    context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
    return Opened(context.new_page(), site=site)


def test_hostile_names_and_words_are_text(browser: Browser, site: str) -> None:
    at = opened(browser, site).go()
    expect(at.page.locator(".cards")).to_contain_text("<svg onload=alert(4)>")
    at.go(show=BAD)
    expect(at.page.locator("h1")).to_have_text("<svg onload=alert(4)>")
    at.go(show=BAD, at=IRIS.character(IMG, BAD))
    expect(at.panel.locator("h2")).to_have_text(IMG)
    expect(at.panel).to_contain_text("Agent �gnp.exe")
    for summary in at.panel.locator("summary").all():
        summary.click()
    expect(at.panel.locator("mark").first).to_be_visible()
    expect(at.panel).to_contain_text("</script><script>alert(3)")
    assert [a.get_attribute("href") for a in at.panel.locator("figcaption a").all()] == []
    at.page.get_by_role("button", name="As a list").click()
    expect(at.page.get_by_role("row").nth(1)).to_be_visible()
    at.page.get_by_role("combobox").fill("javascript")
    expect(at.page.get_by_role("option")).to_contain_text("javascript:alert(2)")
    assert at.page.locator("#explorer :is(img, script)").count() == 0
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert at.errors == []
    assert at.elsewhere() == []


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Picture, PNG", b"\x89PNG"),
        ("Picture, SVG", b"Nell Harrow</text>"),
        ("Data, Turtle", b"schema:name"),
        ("Data, JSON-LD", b"Nell Harrow"),
        ("Data, CSV", b"Nell Harrow"),
        ("Network, GEXF", b"<gexf"),
    ],
)
def test_a_view_can_be_taken_away(browser: Browser, site: str, name: str, held: bytes) -> None:
    at = opened(browser, site).go(show=SHOW)
    at.page.get_by_text("Take away").click()
    with at.page.expect_download() as download:
        at.page.get_by_role("button", name=name).click()
    data = download.value.path().read_bytes()
    assert held in data
    assert b"Tess Marlowe" not in data
    assert download.value.suggested_filename.startswith("saltmarsh")


def test_the_query_behind_a_view_gives_rows(browser: Browser, site: str) -> None:
    at = opened(browser, site).go(show=SHOW)
    at.page.get_by_text("Take away").click()
    at.page.get_by_role("button", name="Show me the SPARQL").click()
    query = at.page.get_by_role("dialog").locator("code").inner_text()
    assert SHOW in query
    assert "seasons after 1" in query
    answer = at.page.request.post(
        f"{site}/sparql", form={"query": query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert len(json.loads(answer.text())["results"]["bindings"]) > 5


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_state(browser: Browser, site: str, colours: str) -> None:
    at = opened(browser, site, bypass_csp=True, color_scheme=colours)
    states: dict[str, dict[str, str]] = {
        "home": {},
        "show, guarded": {"show": SHOW},
        "panel": {"show": SHOW, "until": "all", "at": NELL},
        "list": {"show": SHOW, "until": "all", "as": "list"},
        "compare": {"show": SHOW, "until": "all", "compare": "1,2"},
        "path": {"show": SHOW, "until": "all", "from": NELL, "to": IRIS.character("Sam", SHOW)},
    }
    found = {name: violations(at.go(**state).page, AXE) for name, state in states.items()}
    at.page.get_by_role("button", name="Connect", exact=True).click()
    found["dialog"] = violations(at.page, AXE)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}, found


def test_axe_finds_nothing_wrong_with_the_pages_of_things(browser: Browser, site: str) -> None:
    at = opened(browser, site, bypass_csp=True)
    found = {}
    for path in (at.page.request.get(f"{site}/api/v1/thing?iri={NELL}").json()["page"], "/browse"):
        at.page.goto(site + path)
        found[path] = violations(at.page, AXE)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}, found


def test_a_phone_shows_the_same_by_touch(browser: Browser, site: str) -> None:
    phone = {"width": 390, "height": 780}
    at = opened(browser, site, viewport=phone, has_touch=True, is_mobile=True, device_scale_factor=2)
    at.go(show=SHOW, until="all")
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    at.page.touchscreen.tap(*at.at("Nell Harrow"))
    expect(at.panel.locator("h2")).to_have_text("Nell Harrow")
    at.settle()
    top = at.panel.bounding_box()
    assert top is not None
    assert top["y"] > phone["height"] / 3
    assert 0 < at.at("Nell Harrow")[1] < top["y"]
    at.panel.get_by_role("button", name="Close").tap()
    at.page.get_by_role("button", name="Filters").tap()
    expect(at.page.get_by_label("How far have you watched?")).to_be_visible()
    assert at.errors == []


def test_dark_mode_draws_on_a_dark_ground(browser: Browser, site: str) -> None:
    for scheme, dark in (("dark", True), ("light", False)):
        at = opened(browser, site, color_scheme=scheme).go(show=SHOW)
        colour = at.page.evaluate("getComputedStyle(document.querySelector('#picture')).backgroundColor")
        assert (sum(int(part) for part in colour[4:-1].split(",")) < 200) is dark


def test_a_site_that_stopped_is_said_and_asked_again(browser: Browser, graph: Path) -> None:
    with served(graph) as site:
        at = opened(browser, site).go(show=SHOW)
    at.page.get_by_role("button", name="I have seen season 2").click()
    expect(at.page.get_by_role("alert")).to_contain_text("The site does not answer.")
    expect(at.page.get_by_role("button", name="Try again")).to_be_visible()


def test_an_address_of_nothing_is_said(browser: Browser, site: str) -> None:
    at = opened(browser, site).go(show="https://example.org/nothing")
    expect(at.page.get_by_role("alert")).to_contain_text("the graph has nothing with the address")


def test_an_empty_graph_says_how_to_begin(browser: Browser, tmp_path: Path) -> None:
    with served(graph_of(tmp_path / "E.db", {})) as site:
        at = opened(browser, site).go()
        expect(at.page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
        expect(at.page.locator("code")).to_contain_text("tellygraph add")


def test_loading_is_said(browser: Browser, site: str) -> None:
    at = opened(browser, site)
    at.page.route("**/api/v1/view*", lambda _: None)
    at.page.goto(f"{site}/?show={SHOW}")
    expect(at.page.get_by_role("status").first).to_have_text("Loading…")
    at.page.unroute_all()
    at.page.context.close()


def test_one_file_is_the_explorer_of_its_show_and_asks_nobody(browser: Browser, graph: Path, tmp_path: Path) -> None:
    page = tmp_path / "saltmarsh.html"
    with open_graph(str(graph), read_only=True) as opened_graph:
        opened_graph.explorer("Saltmarsh").save(page)
    at = opened(browser, page.as_uri(), offline=True)
    at.page.goto(page.as_uri())
    expect(at.page.locator("h1")).to_have_text("Saltmarsh")
    assert "Bea" not in at.shown()[0]
    at.page.get_by_role("button", name="Show everything").click()
    assert "Bea" in at.shown()[0]
    at.page.get_by_role("combobox").fill("nell")
    at.page.get_by_role("option").click()
    expect(at.panel.locator("h2")).to_have_text("Nell Harrow")
    at.page.get_by_text("Take away").click()
    with at.page.expect_download() as download:
        at.page.get_by_role("button", name="Data, Turtle").click()
    assert b"Nell Harrow" in download.value.path().read_bytes()
    assert at.errors == []
    assert [url for url in at.requests if url.startswith("http")] == []
