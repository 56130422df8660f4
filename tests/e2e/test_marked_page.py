"""A review with its facts marked in a real browser that is offline, without scripts: mouse, keyboard, touch, print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from chromium import NEEDS_CHROMIUM, Watched
from samples import NORTHGATE, SALTMARSH_1, SALTMARSH_2, SAMPLE, fact
from tellygraph.reviews.records import Reading, Review
from tellygraph.visualize import marked_page, marked_part

pytestmark = NEEDS_CHROMIUM

Opener = Callable[..., Watched]
TIP = "a => { const tip = getComputedStyle(a, '::after'); return tip.display === 'none' ? '' : tip.content; }"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)> 'it' \"was\" & &amp; \u202eturned"


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    contexts = []

    def opener(html: str, *, width: int = 1280, height: int = 800, scripts: bool = False, **options: object) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, java_script_enabled=scripts, **options
        )
        contexts.append(context)
        opened = Watched(context.new_page())
        file = tmp_path / "review.html"
        file.write_bytes(html.encode())
        opened.page.goto(file.as_uri())
        return opened

    yield opener
    for context in contexts:
        context.close()


def page_of(*reviews: Review) -> str:
    return marked_page([Reading(review, SAMPLE[review]) for review in reviews], rules={"sample": "Marked by hand."})


def part_of_text(opened: Watched, text: str) -> Locator:
    return opened.page.locator(".tg-text a", has_text=text).first


def tip(of: Locator) -> str:
    return str(of.evaluate(TIP))


def test_the_page_asks_nobody_and_complains_of_nothing(open_page: Opener) -> None:
    opened = open_page(page_of(*SAMPLE))
    assert opened.requests == [opened.page.url]
    assert opened.errors == []
    assert opened.page.title() == "3 reviews, 29 facts"


def test_the_policy_lets_the_style_in_and_no_script(open_page: Opener) -> None:
    opened = open_page(
        page_of(NORTHGATE).replace("</main>", "<script>window.slipped = 1</script></main>"), scripts=True
    )
    assert opened.page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in error for error in opened.errors)
    assert opened.page.locator(".tg-columns").evaluate("e => getComputedStyle(e).display") == "grid"


def test_the_text_is_the_reviews_to_the_code_point(open_page: Opener) -> None:
    text = "\n\n  Line\r\nends\rof\ttoo  many\n\n\n kinds\x0c \x85\x07 \u2028 🙂 e\u0301 \u202e Nell Harrow (Mara Quill)\u202c\n "
    review = replace(SALTMARSH_1, text=text)
    facts = (fact(review, "plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)"),)
    notebook = f"<!DOCTYPE html><meta charset=utf-8>{marked_part(Reading(review, facts))}"
    for html in (marked_page([Reading(review, facts)]), notebook):
        opened = open_page(html)
        assert opened.page.locator(".tg-text").evaluate("e => e.textContent") == text
        assert opened.page.locator(".tg-text").evaluate("e => getComputedStyle(e).whiteSpace") == "pre-wrap"


def test_the_mouse_shows_the_facts_and_the_rule(open_page: Opener) -> None:
    opened = open_page(page_of(SALTMARSH_2))
    name = part_of_text(opened, "Nell Harrow (Mara Quill)")
    assert tip(name) == ""
    name.hover()
    said = tip(name)
    assert "Nell Harrow is the spouse of Jonah Pike (season 2)" in said
    assert "Mara Quill plays Nell Harrow" in said
    assert said.count("Rule sample: Marked by hand.") == 2
    opened.page.mouse.move(5, 5)
    assert tip(name) == ""


def test_the_keyboard_stops_once_a_quote_and_goes_to_the_list_and_back(open_page: Opener) -> None:
    opened = open_page(page_of(SALTMARSH_1))
    page, stops = opened.page, []
    for _ in SAMPLE[SALTMARSH_1]:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert tip(focused) != ""
        stops.append(focused.text_content())
        if stops[-1] == "Sam’s mother":
            break
    assert stops[0] == "Beacon’s "
    assert stops[-1] == "Sam’s mother"
    assert ", directed by Arthur Kimble" not in stops  # in the midst of a quote
    page.keyboard.press("Enter")
    entry = page.locator("li:target")
    expect(entry).to_contain_text("Sam's mother is a parent of Sam")
    expect(entry).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", entry.locator("a").get_attribute("href") or "")
    page.keyboard.press("Enter")
    expect(page.locator("mark:target")).to_have_text("Sam’s mother")
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_a_finger_finds_the_fact_and_the_way_back(open_page: Opener) -> None:
    opened = open_page(page_of(SALTMARSH_1), width=390, height=844, has_touch=True, is_mobile=True)
    page = opened.page
    part_of_text(opened, "a crime drama").tap()
    expect(page.locator("li:target")).to_contain_text("Saltmarsh is a crime drama")
    expect(page.locator("li:target")).to_be_in_viewport()
    page.locator("li:target a").tap()
    expect(page.locator("mark:target")).to_have_text("a crime drama")
    expect(page.locator("mark:target")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_what_is_shown_under_the_mouse_is_inside_the_window(open_page: Opener) -> None:
    for width in (1280, 900, 390):
        opened = open_page(page_of(SALTMARSH_1), width=width)
        for link in opened.page.locator(".tg-text a").all():
            link.hover()
            assert tip(link) != ""
            assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_quotes_that_overlap_have_lines_of_their_own(open_page: Opener) -> None:
    opened = open_page(page_of(SALTMARSH_2))
    name = part_of_text(opened, "Nell Harrow (Mara Quill)").locator("mark")
    bottoms = name.evaluate_all("marks => marks.map(m => m.getBoundingClientRect().bottom)")
    assert len(bottoms) == 2
    assert abs(bottoms[0] - bottoms[1]) >= 3
    lines = name.evaluate_all("marks => marks.map(m => getComputedStyle(m).borderBottomColor)")
    assert len(set(lines)) == 2


def test_colours_have_signs_beside_them_and_change_with_the_screen(open_page: Opener) -> None:
    inks = {}
    for scheme in ("light", "dark"):
        opened = open_page(page_of(SALTMARSH_1), color_scheme=scheme)
        mark = part_of_text(opened, "Nell is seeing").locator("mark").first
        assert "♥" in mark.evaluate("m => getComputedStyle(m, '::before').content")
        inks[scheme] = mark.evaluate("m => getComputedStyle(m).borderBottomColor")
        inks[scheme] += opened.page.locator("main").evaluate("e => getComputedStyle(e).backgroundColor")
    assert inks == {"light": "rgb(204, 121, 167)rgb(255, 255, 255)", "dark": "rgb(224, 143, 188)rgb(20, 22, 27)"}


def test_hostile_text_stays_text_wherever_it_is_shown(open_page: Opener) -> None:
    review = replace(SALTMARSH_1, title=HOSTILE, author=HOSTILE, show=HOSTILE, text=f"{HOSTILE}\n\n{HOSTILE} again")
    shown = fact(review, "genre", HOSTILE, HOSTILE, HOSTILE)
    for html in (marked_page([Reading(review, (shown,))]), marked_page([Reading(review, (shown,))] * 2)):
        opened = open_page(html, scripts=True)
        page = opened.page
        assert page.locator(".tg-text").first.evaluate("e => e.textContent") == review.text
        expect(page.locator(".tg-facts q").first).to_have_text(HOSTILE.replace("\u202e", "\ufffd"))
        assert page.locator("script, img").count() == 0
        assert opened.errors == []
        assert [r for r in opened.requests if not r.startswith("data:,")] == [page.url]


def test_paper_gets_the_text_and_the_list(open_page: Opener) -> None:
    opened = open_page(page_of(SALTMARSH_1), height=400)
    opened.page.emulate_media(media="print")
    facts = opened.page.locator(".tg-facts")
    assert facts.evaluate("e => e.scrollHeight - e.clientHeight") == 0
    text, below = opened.page.locator(".tg-text").bounding_box(), facts.bounding_box()
    assert text is not None
    assert below is not None
    assert text["y"] + text["height"] <= below["y"]


def test_a_part_of_a_notebook_keeps_its_looks_and_leaves_the_rest_alone(open_page: Opener) -> None:
    theirs = """<style>.out a:link { color: rgb(1, 2, 3) } .out ol:not(.x) { padding-left: 2em } .out mark { background: lime }
      .out p { margin: 40px }</style>"""
    around = '<p id="theirs"><mark>theirs</mark></p>'
    parts = "".join(marked_part(Reading(review, SAMPLE[review])) for review in (SALTMARSH_1, NORTHGATE))
    opened = open_page(f'<!DOCTYPE html><meta charset=utf-8>{theirs}<div class="out">{around}{parts}</div>')
    page = opened.page
    look = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.margin, s.paddingLeft] }"
    alone = open_page(f'<!DOCTYPE html><meta charset=utf-8>{theirs}<div class="out">{around}</div>').page
    for selector in ("#theirs", "#theirs mark"):
        assert page.locator(selector).evaluate(look) == alone.locator(selector).evaluate(look)
    assert page.locator(".tg-text a").first.evaluate("e => getComputedStyle(e).color") == "rgb(29, 32, 38)"
    assert page.locator(".tg-facts ol").first.evaluate("e => getComputedStyle(e).paddingLeft") == "0px"
    assert page.locator(".tg-facts p").first.evaluate("e => getComputedStyle(e).marginTop") == "0px"
    ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
    assert len(set(ids)) == len(ids) > 30
    page.locator(".tg-text a", has_text="Dev Anselm plays her boss").or_(
        page.locator(".tg-text a", has_text="based on Edith Rowan")
    ).first.click()
    expect(page.locator("li:target")).to_be_in_viewport()
