"""The picture in a real browser that is offline: it draws, answers the mouse and the keyboard, and asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from chromium import NEEDS_CHROMIUM, Watched
from picture_rows import crowd, row, sample_rows
from tellygraph.visualize import Picture, draw

HOSTILE = "<img src=x onerror=alert(1)>"

pytestmark = NEEDS_CHROMIUM


class Opened(Watched):
    """A page with a picture."""

    @property
    def said(self) -> str:
        return self.page.locator("#said").inner_text()

    def facts(self) -> int:
        return int(self.page.evaluate("tellygraph.visible.facts"))

    def until(self, condition: str) -> None:
        """Wait for a condition. Playwright's own wait evaluates a string inside the page, which the policy forbids."""
        for _ in range(200):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never came true: {condition}; errors: {self.errors}")

    def click_node(self, name: str) -> None:
        at = self.page.evaluate("name => tellygraph.positionOf(name)", name)
        self.page.mouse.click(at["x"], at["y"])

    def line(self, one: str, other: str, group: str) -> tuple[float, float]:
        at = self.page.evaluate("ends => tellygraph.middleOf(...ends)", [one, other, group])
        return at["x"], at["y"]


Opener = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    contexts = []

    def opener(html: str, *, ready: bool = True, width: int = 1280, height: int = 800, **options: object) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        file = tmp_path / "picture.html"
        file.write_bytes(html.encode())
        opened.page.goto(file.as_uri())
        if ready:
            opened.until("window.tellygraph && tellygraph.firstDrawn !== null")
        return opened

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def picture() -> Picture:
    return draw(sample_rows(), title="The sample reviews")


INKED = """() => {
  const canvas = document.querySelector('#canvas canvas');
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let inked = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) inked++;
  return inked / (data.length / 4);
}"""


def test_the_page_draws_and_asks_nobody_for_anything(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    assert 0.01 < opened.page.evaluate(INKED) < 0.6
    assert opened.page.title() == "The sample reviews"
    assert [r for r in opened.requests if not r.startswith(("data:,", "file:"))] == []
    assert [r for r in opened.requests if r.startswith("file:")] == [opened.page.url]
    assert opened.errors == []


def test_a_page_that_asks_is_noticed(open_page: Opener) -> None:
    """The control of the test above, and why pyvis's own template is not used."""
    from pyvis.network import Network

    opened = open_page(Network(cdn_resources="in_line").generate_html(), ready=False)
    assert any("://cdn" in r for r in opened.requests)


def test_everything_drawn_is_inside_the_window(open_page: Opener, picture: Picture) -> None:
    for width, height in ((1280, 800), (390, 844)):
        opened = open_page(picture.html, width=width, height=height)
        stage = opened.page.locator("#canvas").bounding_box()
        assert stage is not None
        for name in opened.page.evaluate("tellygraph.names()"):
            at = opened.page.evaluate("name => tellygraph.positionOf(name)", name)
            assert stage["x"] < at["x"] < stage["x"] + stage["width"], name
            assert stage["y"] < at["y"] < stage["y"] + stage["height"] - 50, name


def test_search_finds_with_the_keyboard_alone(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("harr")
    expect(page.get_by_role("option")).to_have_text(["Nell HarrowCharacter · Saltmarsh"])
    assert opened.said == "1 name found"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nell Harrow")).to_be_visible()
    assert page.evaluate("tellygraph.chosen") == "Nell Harrow"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("tellygraph.chosen") is None


def test_search_moves_through_what_it_found_and_says_when_there_is_nothing(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    box = opened.page.get_by_role("combobox", name="Search by name")
    box.fill("sam")
    options = opened.page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    assert opened.page.evaluate("tellygraph.chosen") == "Sam's mother"
    box.fill("nobody")
    expect(options).to_have_text(["No name matches"])


def test_search_takes_letters_without_their_accents(open_page: Opener) -> None:
    opened = open_page(draw([row("Zoë Ångström", "friend", "Bea")], title="Accents").html)
    opened.page.locator("#search").fill("zoe ang")
    expect(opened.page.get_by_role("option")).to_have_count(1)


def test_filters_by_kind_hide_and_show(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    page, whole = opened.page, opened.facts()
    inked = page.evaluate(INKED)
    page.get_by_role("checkbox", name="Cast").uncheck()
    assert opened.facts() == whole - 8
    assert "Toby Farrow" not in page.evaluate("tellygraph.names()")
    assert page.evaluate(INKED) != inked
    assert opened.said.startswith("Showing ")
    page.get_by_role("button", name="Kinds of romance").click()
    page.get_by_role("checkbox", name="dating").uncheck()
    assert opened.facts() == whole - 10
    assert page.get_by_role("checkbox", name="Romance").evaluate("box => box.indeterminate")
    page.locator("#search").fill("toby")
    expect(page.get_by_role("option")).to_have_text(["1 match hidden by the filters"])
    page.get_by_role("button", name="Reset").click()
    assert opened.facts() == whole
    assert page.get_by_role("checkbox", name="Cast").is_checked()


def test_filters_by_show_hide_and_an_empty_picture_offers_the_way_back(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    page, whole = opened.page, opened.facts()
    page.get_by_role("checkbox", name="Saltmarsh").uncheck()
    names = page.evaluate("tellygraph.names()")
    assert "Hal Orme" in names
    assert "Sam" not in names
    page.get_by_role("checkbox", name="Northgate").uncheck()
    assert opened.facts() == 0
    expect(page.get_by_text("All is filtered out")).to_be_visible()
    page.get_by_role("button", name="Show everything").click()
    assert opened.facts() == whole


def test_a_click_on_a_node_shows_its_facts_and_their_words(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    opened.click_node("Nell Harrow")
    panel = opened.page.get_by_role("complementary", name="Details")
    expect(panel).to_contain_text("Character · Saltmarsh · ")
    expect(panel).to_contain_text("Mara Quill plays Nell Harrow")
    expect(panel).to_contain_text("Nell’s best friend Bea")
    expect(panel).to_contain_text("Saltmarsh: the returning drama reviewed — confidence 0.90")
    assert opened.said.startswith("Nell Harrow: Character")
    panel.get_by_role("button", name="Mara Quill").click()
    expect(panel).to_contain_text("Mara Quill plays Ruth Calder")
    panel.get_by_role("button", name="Close details").click()
    expect(panel).to_be_hidden()


def test_a_click_on_a_line_shows_every_quote_season_and_status(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    opened.page.mouse.click(*opened.line("Nell Harrow", "Jonah Pike", "romance"))
    panel = opened.page.get_by_role("complementary", name="Details")
    expect(panel).to_contain_text("Romance · 3 facts")
    expect(panel).to_contain_text("Nell is seeing Jonah Pike")
    expect(panel).to_contain_text("season 1 former")
    expect(panel).to_contain_text("Nell Harrow (Mara Quill) and Jonah Pike (Dev Anselm) are married")
    expect(panel).to_contain_text("Saltmarsh: the new drama reviewed — confidence 0.90")
    opened.page.mouse.click(310, 20)
    expect(panel).to_be_hidden()


def test_lines_between_the_same_two_are_told_apart(open_page: Opener) -> None:
    rows = [row("Nell", "dating", "Sam", quote="they date"), row("Nell", "boss", "Sam", quote="she runs the shop")]
    opened = open_page(draw(rows, title="Two lines").html)
    panel = opened.page.locator("#panel")
    opened.page.mouse.click(*opened.line("Nell", "Sam", "romance"))
    expect(panel).to_contain_text("they date")
    expect(panel).not_to_contain_text("she runs the shop")
    opened.page.mouse.click(*opened.line("Nell", "Sam", "work"))
    expect(panel).to_contain_text("she runs the shop")


def test_hovering_over_a_line_shows_the_words(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    x, y = opened.line("Hal Orme", "Ruth Calder", "work")
    opened.page.mouse.move(x - 3, y - 3)
    opened.page.mouse.move(x, y)
    tip = opened.page.locator("#tip")
    expect(tip).to_contain_text("Hal Orme is a boss of Ruth Calder")
    expect(tip).to_contain_text("her boss, Hal Orme")
    expect(tip).to_contain_text("Northgate: the new drama reviewed")


def test_hostile_text_stays_text_wherever_it_is_shown(open_page: Opener) -> None:
    closing = "</script><script>alert(2)</script>\u2028<!--"
    rows = [row("Nell", "friend", "Bea", sourceName=HOSTILE, quote=closing, reviewTitle=HOSTILE, seriesName=HOSTILE)]
    opened = open_page(draw(rows, title=HOSTILE).html)
    page = opened.page
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    page.locator("#search").fill("img")
    expect(page.get_by_role("option")).to_contain_text(HOSTILE)
    page.locator("#search").press("Enter")
    expect(page.locator("#panel h2")).to_have_text(HOSTILE)
    page.wait_for_timeout(500)  # the view glides there
    x, y = opened.line(HOSTILE, "Bea", "social")
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator("#tip")).to_contain_text(HOSTILE)
    page.mouse.click(x, y)
    expect(page.locator("#panel q")).to_have_text(closing.replace("\u2028", " "))
    page.get_by_role("button", name="Facts as text").click()
    expect(page.locator("#facts-list")).to_contain_text(HOSTILE)
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 6
    assert opened.errors == []


def test_the_policy_would_stop_a_script_that_got_in(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html.replace("<noscript>", "<script>window.slipped = true</script><noscript>"))
    assert opened.page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in e for e in opened.errors)


def test_the_facts_can_be_read_as_text(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html)
    opened.page.get_by_role("button", name="Facts as text").click()
    dialog = opened.page.get_by_role("dialog", name="Facts as text")
    expect(dialog.locator(".fact")).to_have_count(opened.facts())
    expect(dialog).to_contain_text("Ada Roe directed Saltmarsh season 2")
    dialog.get_by_role("button", name="Hal Orme").first.click()
    expect(dialog).to_be_hidden()
    assert opened.page.evaluate("tellygraph.chosen") == "Hal Orme"


def test_the_keyboard_moves_the_picture(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html, reduced_motion="reduce")
    page = opened.page
    where = "tellygraph.positionOf('Sam')"
    start = page.evaluate(where)
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(where)["x"] == pytest.approx(start["x"] - 60, abs=1)
    page.keyboard.press("+")
    assert page.evaluate(where) != start
    page.keyboard.press("0")
    assert page.evaluate(where) == pytest.approx(start, abs=1)


def test_physics_moves_the_nodes_only_when_asked_and_reset_puts_them_back(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html, reduced_motion="reduce")
    page = opened.page
    where = "JSON.stringify(tellygraph.names().map(n => tellygraph.positionOf(n)).map(p => [Math.round(p.x), Math.round(p.y)]))"
    start = page.evaluate(where)
    page.wait_for_timeout(300)
    assert page.evaluate(where) == start
    button = page.get_by_role("button", name="Physics")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    opened.until(f"{where} !== {start!r}")
    page.get_by_role("button", name="Reset").click()
    expect(button).to_have_attribute("aria-pressed", "false")
    opened.until(f"{where} === {start!r}")


def test_a_dark_screen_gets_a_dark_page(open_page: Opener, picture: Picture) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        opened = open_page(picture.html, color_scheme=scheme)
        grounds[scheme] = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
        inks = opened.page.evaluate("document.querySelector('svg[data-group=work] line').getAttribute('stroke')")
        grounds[scheme] += inks
    assert grounds == {"light": "rgb(251, 250, 248)#D98E00", "dark": "rgb(20, 22, 27)#E69F00"}
    opened.page.emulate_media(color_scheme="light")
    expect(opened.page.locator("svg[data-group=work] line")).to_have_attribute("stroke", "#D98E00")


def test_on_a_phone_the_key_opens_when_asked(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html, width=390, height=844, has_touch=True, is_mobile=True)
    page = opened.page
    key = page.get_by_role("complementary", name="Key and filters")
    expect(key).to_be_hidden()
    page.get_by_role("button", name="Key and filters").tap()
    expect(key).to_be_visible()
    page.get_by_role("button", name="Close key and filters").tap()
    expect(key).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_the_facts_are_a_list(open_page: Opener, picture: Picture) -> None:
    opened = open_page(picture.html, ready=False, java_script_enabled=False)
    facts = opened.page.locator("noscript li")
    expect(facts).to_have_count(len(picture.scene.facts))
    assert all(fact.is_visible() for fact in facts.all())
    expect(opened.page.locator(".page")).to_be_hidden()


def test_an_empty_picture_says_what_to_do(open_page: Opener) -> None:
    opened = open_page(draw([], title="Nothing").html)
    expect(opened.page.get_by_role("heading", name="Nothing to draw yet")).to_be_visible()
    assert opened.errors == []


def test_a_notebook_frame_draws(open_page: Opener, picture: Picture) -> None:
    opened = open_page(f"<!DOCTYPE html><meta charset=utf-8>{picture._repr_html_()}", ready=False)
    frame = opened.page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="The sample reviews")).to_be_visible()
    expect(frame.locator("#canvas canvas")).to_be_visible()
    assert opened.errors == []


def test_a_thousand_names_open_ready_to_read(open_page: Opener) -> None:
    """0.6 s on the machine this was written on; the bound leaves room for a busy one and still refuses physics (75 s)."""
    picture = draw(crowd(1000, 4000), title="A thousand names")
    opened = open_page(picture.html)
    assert opened.page.evaluate("tellygraph.firstDrawn") < 6000
    assert opened.page.evaluate("tellygraph.visible")["facts"] == len(picture.scene.facts) > 3900
    before = opened.page.evaluate("tellygraph.positionOf('Character 7')")
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("tellygraph.positionOf('Character 7')") == before
    assert opened.errors == []
