"""The explorer's main views as pictures. `TELLYGRAPH_SCREENSHOTS` names a folder that keeps them, to be looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.explorer import view_of_size
from chromium import NEEDS_CHROMIUM
from explorer_site import Opened, graph_of, served
from samples import IRIS, SAMPLE
from tellygraph.visualize.explorer_page import page_of

pytestmark = NEEDS_CHROMIUM

SHOW = IRIS.series("Saltmarsh")
NELL = IRIS.character("Nell Harrow", SHOW)
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
WHOLE = {"show": SHOW, "until": "all"}

VIEWS: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "home": ({}, {"viewport": WIDE}),
    "guarded": ({"show": SHOW}, {"viewport": WIDE}),
    "character": ({**WHOLE, "at": NELL}, {"viewport": WIDE}),
    "character-dark": ({**WHOLE, "at": NELL}, {"viewport": WIDE, "color_scheme": "dark"}),
    "path": ({**WHOLE, "from": NELL, "to": IRIS.character("Sam", SHOW)}, {"viewport": WIDE}),
    "list": ({**WHOLE, "as": "list"}, {"viewport": WIDE}),
    "seasons-compared": ({**WHOLE, "compare": "1,2"}, {"viewport": WIDE}),
    "phone": (WHOLE, {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}),
}
COLOURS = """() => {
  const canvas = document.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""

INSIDE = """() => tellygraph.shown.nodes.slice(0, 2000).map(node => node.label).find(label => {
  const { x, y } = tellygraph.screen(label);
  return 300 < x && x < 1200 && 150 < y && y < 700;
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(graph_of(tmp_path_factory.mktemp("views") / "G.db", SAMPLE)) as address:
        yield address


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("TELLYGRAPH_SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_drawn_within_its_window(browser: Browser, site: str, folder: Path, name: str) -> None:
    state, options = VIEWS[name]
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    at = Opened(context.new_page(), site=site).go(**state)
    at.page.screenshot(path=folder / f"{name}.png")
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out at the side"
    if "show" in state:
        assert at.page.evaluate(COLOURS) > 10, "there are things, lines and names on the ground"
    assert at.errors == []
    context.close()


def test_twenty_thousand_things_are_drawn_and_one_of_them_is_met(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    data = {"view": view_of_size(20_000), "quotes": {}, "values": {}, "files": {}}
    file = page_of(data, title="Twenty thousand").save(tmp_path / "many.html")
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    at = Opened(context.new_page(), site=file.as_uri())
    at.page.goto(file.as_uri())
    at.settle()
    assert len(at.shown()[0]) == 20_000
    assert at.page.evaluate(COLOURS) > 10
    at.page.screenshot(path=folder / "twenty-thousand.png")
    at.page.locator("#picture").focus()
    for _ in range(6):
        at.page.keyboard.press("+")
    at.settle()
    inside = at.page.evaluate(INSIDE)
    at.click(inside)
    at.panel.locator("h2", has_text=inside).wait_for()
    assert at.errors == []
    context.close()
