"""A review with its facts marked: the whole text, every quote, nothing but text whatever the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import NORTHGATE, SALTMARSH_1, SALTMARSH_2, SAMPLE, fact
from tellygraph.errors import InputError
from tellygraph.ontology.terms import KINDS, RELATIONS
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Reading, Review
from tellygraph.visualize import GROUPS, marked_page, marked_part
from tellygraph.visualize.marked_review import GROUP_SIGNS
from tellygraph.visualize.scene import LINE_STYLES
from tellygraph.visualize.words import group_of

HOSTILE = '</title><script>alert(1)</script><img src=x onerror=alert(2)> "it\'s" & &amp; \u202edesrever\u2066 ]]> --> {policy}'
SERIES = Entity("Saltmarsh", EntityType.SERIES, "https://w3id.org/tellygraph/id/series/saltmarsh")
RELATION_FACTS = [("relationship", kind) for kind in KINDS] + [
    (name, None) for name in RELATIONS if name != "relationship"
]


class Page(HTMLParser):
    """What a browser would hold: texts of reviews, the words under each mark, tags, attributes, list entries."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.under: dict[str, str] = defaultdict(str)
        self.entries: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._over: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes += given.items()
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("meta", "link", "img"):
            return
        self._open.append((tag, given.get("class", "")))
        if given.get("class") == "tg-text":
            self.texts.append("")
        if tag == "a" and "aria-describedby" in given:
            self._over = given["aria-describedby"].split()
        if tag == "li" and re.search("f[0-9]+$", given.get("id", "")):
            self.entries.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag
        if tag == "a":
            self._over = []

    def handle_data(self, data: str) -> None:
        if any(name == "tg-text" for _, name in self._open):
            self.texts[-1] += data
            for entry in self._over:
                self.under[entry] += data
        if any(tag == "li" for tag, _ in self._open) and any(name == "tg-facts" for _, name in self._open):
            self.entries[-1] += data


def on_show(reading: Reading) -> list[Fact]:
    return sorted(reading.facts, key=lambda f: (f.evidence.start, -f.evidence.end))


def held(text: str) -> str:
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def reading_of(review: Review) -> Reading:
    return Reading(review, SAMPLE[review])


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(
        st.text(st.one_of(st.characters(), st.sampled_from("\r\n\t <&\"'\u202e\x00\x85🙂")), min_size=1, max_size=60)
    )
    review = Review("https://lamp.example/r", draw(st.text(min_size=1, max_size=8)), text)
    facts = []
    for first, last in draw(st.lists(st.tuples(*[st.integers(0, len(text) - 1)] * 2), max_size=8)):
        start, end = min(first, last), max(first, last) + 1
        relation, kind = draw(st.sampled_from(RELATION_FACTS))
        name = Entity(draw(st.text(min_size=1, max_size=8)), EntityType.CHARACTER, "https://lamp.example/c")
        words = Evidence(review.iri, start, end, text[start:end])
        facts.append(Fact(relation, SERIES, name, words, 0.9, draw(st.text(max_size=4)), "hand", kind, show=SERIES))
    return Reading(review, tuple(facts))


@given(readings())
def test_the_text_is_whole_and_every_quote_is_marked_whatever_the_text(reading: Reading) -> None:
    for html in (marked_page([reading]), marked_part(reading)):
        html.encode(errors="strict")
        page = Page(html)
        assert page.texts == [held(reading.review.text)]
        assert len(set(page.ids)) == len(page.ids)
        own = page.ids[0]
        assert dict(page.under) == {f"{own}f{n}": held(f.evidence.quote) for n, f in enumerate(on_show(reading), 1)}
        assert {f"{own}q{n}" for n in range(1, len(reading.facts) + 1)} <= set(page.ids)


def test_links_lead_to_what_is_there() -> None:
    for html in (marked_page(map(reading_of, SAMPLE)), marked_part(reading_of(SALTMARSH_1))):
        page = Page(html)
        targets = {value[1:] for name, value in page.attributes if name == "href" and value.startswith("#")}
        described = {part for name, value in page.attributes if name == "aria-describedby" for part in value.split()}
        assert len(targets) > 13
        assert (targets | described) - set(page.ids) == set()


def test_each_fact_is_listed_with_its_words_and_its_rule() -> None:
    page = Page(marked_page([reading_of(SALTMARSH_2)], rules={"sample": "Marked by a person."}))
    facts = on_show(reading_of(SALTMARSH_2))
    assert len(page.entries) == len(facts) == 11
    for n, (entry, shown) in enumerate(zip(page.entries, facts, strict=True), 1):
        assert f" {n} in the text" in entry
        assert shown.subject.name in entry
        assert shown.object.name in entry
        assert shown.evidence.quote in entry
        assert re.search(r"[a-z]+ · confidence 0\.90 · Rule sample: Marked by a person\.$", entry)
    (crush,) = [entry for entry in page.entries if "crush" in entry]
    assert "Jonah Pike is the crush of Sam (unrequited)" in crush
    assert "Nell Harrow is dating Jonah Pike (season 1, former)" in "\n".join(page.entries)


def test_what_lies_under_the_mouse_is_said_with_every_fact_over_it() -> None:
    page = Page(marked_page([reading_of(SALTMARSH_2)]))
    tips = [value for name, value in page.attributes if name == "data-tip"]
    assert any("Nell Harrow is the spouse of Jonah Pike (season 2)\nRule sample\n" in tip for tip in tips)
    nested = [tip for tip in tips if "Mara Quill plays Nell Harrow" in tip]
    assert [tip.count("Rule sample") for tip in nested] == [2]


def test_hostile_text_stays_text_wherever_it_is_shown() -> None:
    review = replace(
        SALTMARSH_1, id=HOSTILE, title=HOSTILE, author=HOSTILE, publisher=HOSTILE, show=HOSTILE, url="javascript:alert(3)",
        text=f"{HOSTILE}\n\nNell Harrow (Mara Quill) {HOSTILE}",
    )  # fmt: skip
    shown = replace(
        fact(review, "plays", HOSTILE, "Nell Harrow", "Nell Harrow (Mara Quill)"),
        rule=HOSTILE, status=HOSTILE, show=Entity(HOSTILE + "!", EntityType.SERIES, "x"),
    )  # fmt: skip
    quoted = fact(review, "genre", HOSTILE, HOSTILE, HOSTILE)
    reading = Reading(review, (shown, quoted))
    known = Page(marked_page([reading_of(SALTMARSH_1)])).tags
    for html in (marked_page([reading], rules={HOSTILE: HOSTILE}), marked_page([reading] * 2), marked_part(reading)):
        page = Page(html)
        assert page.tags - known <= {"nav", "h2", "h3", "div"}
        assert not {"script", "img", "iframe"} & page.tags
        assert set(page.texts) == {review.text}
        assert {name for name, _ in page.attributes if name.startswith("on") or name == "src"} == set()
        assert [v for name, v in page.attributes if name == "href" and not v.startswith(("#", "data:,"))] == []
        outside = re.sub('<div class="tg-text">.*?</div>', "", html, flags=re.DOTALL)
        assert not set("\u202e\u2066") & set(outside + "".join(value for _, value in page.attributes))


def test_the_page_may_load_nothing_and_run_nothing() -> None:
    html = marked_page([reading_of(SALTMARSH_1)])
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "://" not in html.replace(SALTMARSH_1.url or "", "")
    assert "style" not in {name for name, _ in Page(html).attributes}


def test_the_style_of_a_part_reaches_nothing_else_in_a_notebook() -> None:
    (style,) = re.findall("<style>(.*?)</style>", marked_part(reading_of(NORTHGATE)), re.DOTALL)
    depth, outermost = 0, ""
    for character in re.sub(r"/\*.*?\*/", "", style):
        depth -= character == "}"
        outermost += character if depth == 0 else ""
        depth += character == "{"
    selectors = {selector.strip() for selector in re.split("[{}]", outermost)}
    assert selectors == {"", ".tg-body", ".tg-body > .tg-marked", ".tg-marked:not(#tg)"}


def test_each_group_has_a_colour_and_a_sign_of_its_own() -> None:
    assert list(GROUP_SIGNS) == list(GROUPS) == list(LINE_STYLES)
    assert len(set(GROUP_SIGNS.values())) == len(GROUPS)
    html = marked_page([reading_of(SALTMARSH_1)])
    for group in {group_of(f.relation, f.kind) for f in SAMPLE[SALTMARSH_1]}:
        assert f"{GROUP_SIGNS[group]} {group}</mark>" in html
        assert len(re.findall(f"\\.tg-{group} {{ --line: #[0-9A-F]{{6}}; --ground: #[0-9A-Fa-f]{{8}}; }}", html)) == 2
    assert f"{GROUP_SIGNS['harm']} harm" not in html


def test_a_round_up_says_which_show_a_fact_is_about() -> None:
    other = Entity("Northgate", EntityType.SERIES, "https://w3id.org/tellygraph/id/series/northgate")
    facts = SAMPLE[SALTMARSH_1]
    alone = Page(marked_page([Reading(SALTMARSH_1, facts[:2])]))
    assert not any(entry.count("Saltmarsh") > 2 for entry in alone.entries)
    assert ("class", "tg-show") not in alone.attributes
    both = Page(marked_page([Reading(SALTMARSH_1, (facts[0], replace(facts[4], show=other)))]))
    assert both.attributes.count(("class", "tg-show")) == 2
    assert "Northgate" in both.entries[1]
    unknown = Page(marked_page([Reading(replace(SALTMARSH_1, show=None), facts[:1])]))
    assert ("class", "tg-show") in unknown.attributes


def test_a_review_without_facts_says_so_and_is_shown_all_the_same() -> None:
    html = marked_page([Reading(SALTMARSH_1, ())])
    assert "No facts were read in this review." in html
    assert Page(html).texts == [SALTMARSH_1.text]
    assert "<h1>" in marked_page([])
    assert "No review was read." in marked_page([])


def test_several_reviews_are_one_page_with_a_list_of_them() -> None:
    html = marked_page(map(reading_of, SAMPLE))
    page = Page(html)
    assert page.texts == [review.text for review in SAMPLE]
    assert "<h1>3 reviews, 29 facts</h1>" in html
    assert [value for name, value in page.attributes if name == "href"][1:4] == ["#r1", "#r2", "#r3"]
    assert "<nav" not in marked_page([reading_of(NORTHGATE)])


def test_the_same_readings_give_the_same_page() -> None:
    assert marked_page(map(reading_of, SAMPLE)) == marked_page(map(reading_of, SAMPLE))


@pytest.mark.parametrize("change", [{"start": 3}, {"quote": ""}, {"quote": "elsewhere"}])
def test_words_that_are_not_there_are_an_error(change: dict[str, object]) -> None:
    (wrong, *_) = SAMPLE[NORTHGATE]
    broken = replace(wrong, evidence=replace(wrong.evidence, **change))
    with pytest.raises(InputError, match="are not at "):
        marked_page([Reading(NORTHGATE, (broken,))])
