"""The explorer in a real browser, over a site started for real: find, wander, filter, guard, connect, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from chromium import NEEDS_CHROMIUM
from explorer_site import Opened, graph_of, served
from samples import IRIS, SAMPLE

pytestmark = NEEDS_CHROMIUM

SHOW = IRIS.series("Saltmarsh")
NELL = IRIS.character("Nell Harrow", SHOW)
LATER = ('Bea"', "Tess Marlowe", "pines", "Ada Roe", "premieres", "best friend")
"""Names and words of the second season."""

Opener = Callable[..., Opened]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(graph_of(tmp_path_factory.mktemp("explorer") / "G.db", SAMPLE)) as address:
        yield address


@pytest.fixture
def explorer(browser: Browser, site: str) -> Iterator[Opener]:
    """Open the explorer; whatever a test does, no error is told and nobody else is asked."""
    opened = []

    def opener(**options: object) -> Opened:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        opened.append(Opened(context.new_page(), site=site))
        return opened[-1]

    yield opener
    for one in opened:
        one.page.context.close()
        assert one.errors == []
        assert one.elsewhere() == []


def test_a_name_is_found_with_the_keyboard_alone(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    at.page.keyboard.press("/")
    at.page.keyboard.type("harr")
    expect(at.page.get_by_role("option")).to_have_count(1)
    at.page.keyboard.press("ArrowDown")
    at.page.keyboard.press("Enter")
    expect(at.panel.locator("h2")).to_have_text("Nell Harrow")
    assert NELL in at.page.evaluate("new URLSearchParams(location.search).get('at')")
    expect(at.page.get_by_role("combobox")).to_have_value("")


def test_a_show_is_opened_from_the_first_page_and_back_leads_back(explorer: Opener) -> None:
    at = explorer().go()
    at.page.get_by_role("button", name="Northgate").click()
    expect(at.page.locator("h1")).to_have_text("Northgate")
    at.page.go_back()
    expect(at.page.get_by_role("heading", name="Which show?")).to_be_visible()
    at.page.go_forward()
    expect(at.page.locator("h1")).to_have_text("Northgate")


def test_a_name_nobody_has_is_said(explorer: Opener) -> None:
    at = explorer().go()
    at.page.get_by_role("combobox").fill("zzz")
    expect(at.page.get_by_role("option")).to_contain_text("has that name")


def test_a_click_shows_facts_with_their_words_review_and_link(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    at.click("Nell Harrow")
    expect(at.panel.locator("h2")).to_have_text("Nell Harrow")
    fact = at.panel.locator("details", has_text="is played by")
    fact.locator("summary").click()
    expect(fact.locator("mark").first).to_have_text("Nell Harrow (Mara Quill)")
    expect(fact.locator("figcaption").first).to_contain_text("Ana Brook · The Evening Lamp · 2021-03-04 · 90 % sure")
    link = fact.get_by_role("link").first
    expect(link).to_have_attribute("href", "https://lamp.example/saltmarsh-1")
    expect(link).to_have_attribute("rel", "noopener noreferrer external")


def test_a_line_shows_its_words_and_whose_they_are(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all", **{"as": "list"})
    at.page.get_by_role("row", name="Jonah Pike is the spouse of Nell Harrow").get_by_role(
        "button", name="Words"
    ).click()
    expect(at.panel.locator("mark")).to_have_text("Nell Harrow (Mara Quill) and Jonah Pike (Dev Anselm) are married")
    expect(at.panel).to_contain_text("Season 2 · 90 % sure · 1 review")


def test_enter_and_a_double_click_bring_neighbours_and_the_trail_leads_back(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    assert "Ruth Calder" not in at.shown()[0]
    at.click("Mara Quill", times=2)
    at.settle()
    assert "Ruth Calder" in at.shown()[0]
    at.click("Ruth Calder")
    at.page.locator("#picture").focus()
    at.page.keyboard.press("Enter")
    at.settle()
    assert "Hal Orme" in at.shown()[0]
    expect(at.page.get_by_role("navigation").get_by_role("listitem")).to_have_text(
        ["Saltmarsh", "Mara Quill", "Ruth Calder"]
    )
    at.page.get_by_role("navigation").get_by_role("button", name="Saltmarsh").click()
    at.settle()
    assert "Ruth Calder" not in at.shown()[0]
    at.page.go_back()
    at.settle()
    assert "Hal Orme" in at.shown()[0]


def test_what_is_hidden_can_be_shown_again(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all", at=NELL)
    at.panel.get_by_role("button", name="Hide").click()
    assert "Nell Harrow" not in at.shown()[0]
    at.page.get_by_role("button", name="Show Nell Harrow again").click()
    assert "Nell Harrow" in at.shown()[0]


def test_lines_cast_and_sureness_filter_what_is_drawn(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    names, lines = at.shown()
    at.page.get_by_label("Who plays whom").uncheck()
    fewer, left = at.shown()
    assert "Mara Quill" in names - fewer
    assert left < lines
    at.page.get_by_label("Who plays whom").check()
    at.page.get_by_role("button", name="Characters").click()
    assert "Mara Quill" not in at.shown()[0]
    assert "Nell Harrow" in at.shown()[0]
    at.page.get_by_role("button", name="People").click()
    assert "Nell Harrow" not in at.shown()[0]
    at.page.get_by_role("button", name="Both").click()
    assert at.shown() == (names, lines)
    at.page.get_by_label("How many agree").fill("2")
    assert at.shown()[0] == {"Mara Quill", "Nell Harrow", "Dev Anselm", "Jonah Pike"}
    at.page.get_by_label("How sure").fill("0.95")
    expect(at.page.get_by_role("heading", name="Everything is filtered out")).to_be_visible()
    at.page.get_by_role("button", name="Show everything").click()
    assert at.shown() == (names, lines)


def test_nothing_of_later_seasons_is_ever_sent_to_a_guarded_page(explorer: Opener) -> None:
    at = explorer().listen().go(show=SHOW)
    assert at.page.evaluate("new URLSearchParams(location.search).get('until')") == "1"
    at.click("Nell Harrow")
    expect(at.panel).to_contain_text("Jonah Pike")
    at.page.get_by_role("combobox").fill("Bea")
    expect(at.page.get_by_role("option")).to_contain_text("has that name")
    at.go(show=SHOW, until="1", **{"from": NELL, "to": IRIS.character("Sam", SHOW)})
    expect(at.panel).to_contain_text("1 step apart")
    assert "her feckless brother" in at.told
    assert [word for word in LATER if word in at.told] == []


def test_names_of_later_seasons_are_not_found_from_the_first_page(explorer: Opener) -> None:
    at = explorer().listen().go()
    at.page.get_by_role("combobox").fill("tess")
    expect(at.page.get_by_role("option")).to_contain_text("has that name")
    at.page.get_by_role("combobox").fill("mara")
    expect(at.page.get_by_role("option")).to_contain_text("Mara Quill")
    assert "Tess" not in at.told


def test_the_guard_goes_up_a_season_and_away(explorer: Opener) -> None:
    at = explorer().go(show=SHOW)
    assert "Bea" not in at.shown()[0]
    expect(at.page.locator(".held")).to_contain_text("held back")
    at.page.get_by_role("button", name="I have seen season 2").click()
    at.settle()
    assert "Bea" in at.shown()[0]
    at.page.get_by_label("How far have you watched?").focus()
    at.page.keyboard.press("Home")
    at.settle()
    assert "Bea" not in at.shown()[0]
    expect(at.page.get_by_label("How far have you watched?")).to_be_focused()


def test_a_show_of_one_season_has_no_guard_up(explorer: Opener) -> None:
    at = explorer().go(show=IRIS.series("Northgate"))
    expect(at.page.locator(".held")).to_be_hidden()
    assert at.page.evaluate("new URLSearchParams(location.search).has('until')") is False


def test_two_are_connected_through_parts_and_shows(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all", at=NELL)
    at.panel.get_by_role("button", name="Connect with…").click()
    at.page.keyboard.type("hal orme")
    expect(at.page.get_by_role("option")).to_have_count(1)
    at.page.keyboard.press("Enter")
    at.page.keyboard.press("Enter")
    expect(at.panel.locator("h2")).to_have_text("Nell Harrow and Hal Orme")
    steps = at.panel.locator(".chain > li > .said")
    expect(steps.nth(0)).to_have_text("Mara Quill plays Nell Harrow")
    expect(steps.last).to_contain_text("Hal Orme")
    assert at.panel.locator("mark").count() >= steps.count()
    at.settle()
    assert "Hal Orme" in at.shown()[0]


def test_two_seasons_are_compared_only_when_both_were_watched(explorer: Opener) -> None:
    at = explorer().listen().go(show=SHOW, until="1", compare="1,2")
    expect(at.page.get_by_role("heading", name="Season 2 is ahead of you")).to_be_visible()
    assert "Bea" not in at.told
    at.page.get_by_role("button", name="I have seen season 2").click()
    second = at.page.locator(".columns section").nth(1)
    expect(second).to_contain_text("Bea")
    expect(second).to_contain_text("Jonah Pike is the spouse of Nell Harrow")
    expect(at.page.locator(".columns section").first).to_contain_text("Jonah Pike is dating Nell Harrow")


def test_the_list_holds_what_the_picture_holds(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    at.page.get_by_role("button", name="As a list").click()
    expect(at.page.locator("tbody tr")).to_have_count(at.shown()[1])


def test_everything_is_reached_with_the_keyboard_alone(explorer: Opener) -> None:
    at = explorer().go()
    at.page.keyboard.press("/")
    at.page.keyboard.type("saltmarsh")
    expect(at.page.get_by_role("option")).to_have_count(1)
    at.page.keyboard.press("Enter")
    expect(at.page.locator("h1")).to_have_text("Saltmarsh")
    at.settle()
    before = at.at("Nell Harrow")
    at.page.locator("#picture").focus()
    at.page.keyboard.press("ArrowRight")
    at.settle()
    assert at.at("Nell Harrow")[0] < before[0]
    at.page.keyboard.press("0")
    at.page.keyboard.press("/")
    at.page.keyboard.type("sam")
    expect(at.page.get_by_role("option").first).to_contain_text("Sam")
    at.page.keyboard.press("Enter")
    expect(at.panel).to_be_visible()
    at.page.keyboard.press("Escape")
    expect(at.panel).to_be_hidden()
    focused = set()
    for _ in range(40):
        at.page.keyboard.press("Tab")
        focused.add(at.page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert {"As a list", "Connect", "Take away", "season", "sure", "picture", "All"} <= focused


def test_a_thing_is_dragged_to_where_it_stays_and_the_ground_is_dragged_with_all(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    jonah, nell = at.at("Jonah Pike"), at.at("Nell Harrow")
    at.drag(jonah, by=(60, 40))
    assert at.at("Jonah Pike") == pytest.approx((jonah[0] + 60, jonah[1] + 40), abs=1)
    assert at.at("Nell Harrow") == pytest.approx(nell, abs=1)
    assert at.panel.is_hidden()
    at.drag((640, 780), by=(-50, -30))
    at.page.get_by_role("button", name="As a list").click()
    at.page.get_by_role("button", name="As a list").click()
    assert at.at("Jonah Pike") == pytest.approx((jonah[0] + 10, jonah[1] + 10), abs=1)
    assert at.at("Nell Harrow") == pytest.approx((nell[0] - 50, nell[1] - 30), abs=1)


def test_neighbours_join_by_kind(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all", at=IRIS.person("Mara Quill"))
    assert "Ruth Calder" not in at.shown()[0]
    at.panel.get_by_role("button", name="Show all neighbours by: Who plays whom").click()
    at.settle()
    assert "Ruth Calder" in at.shown()[0]
    expect(at.panel.get_by_role("button", name="Show all neighbours by: Who plays whom")).to_have_count(0)
    at.page.reload()
    assert "Ruth Calder" in at.settle().shown()[0]


def test_facts_of_another_show_are_switched_off(explorer: Opener) -> None:
    at = explorer().go(show=SHOW, until="all")
    assert at.page.get_by_role("group", name="Shows").count() == 0, "there is one only"
    at.go(show=SHOW, until="all", around=IRIS.person("Mara Quill"))
    assert "Ruth Calder" in at.shown()[0]
    at.page.get_by_role("group", name="Shows").get_by_label("Northgate").uncheck()
    at.settle()
    assert "Ruth Calder" not in at.shown()[0]
    assert "Nell Harrow" in at.shown()[0]
