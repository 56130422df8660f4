"""Long reviews go in overlapping windows, and come out as if read in one."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_server import Asked, Reply, fact, model_server, says, states
from tellygraph import new_review
from tellygraph.reviews.llm import LlmReader, Server
from tellygraph.reviews.llm.cache import Cache
from tellygraph.reviews.llm.windows import windows

PROSE = st.text(st.sampled_from("ab .\n!”é😀"), max_size=400)


@given(PROSE, st.integers(4, 60), st.integers(0, 50), st.data())
def test_windows_cover_the_text_and_overlap(text: str, chars: int, start: int, data: st.DataObject) -> None:
    start = min(start, len(text))
    overlap = data.draw(st.integers(2, chars // 2))
    found = windows(text, start, len(text), chars=chars, overlap=overlap)
    assert (found[0].start, found[-1].end) == (start, len(text))
    assert all(w.end - w.start <= chars for w in found)
    for one, following in pairwise(found):
        assert one.start < following.start < one.end < following.end
        assert one.end - following.start >= overlap // 2


@pytest.mark.parametrize(("chars", "overlap"), [(10, 6), (10, 1), (0, 0), (10, -2)])
def test_windows_that_cannot_be_are_refused(chars: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="twice as long"):
        windows("some text", 0, 9, chars=chars, overlap=overlap)


def test_windows_end_where_prose_does() -> None:
    text = "One two three. Four five six seven. Eight nine ten eleven. Twelve thirteen."
    ends = [text[w.start : w.end] for w in windows(text, 0, len(text), chars=40, overlap=20)]
    assert ends[0] == "One two three. Four five six seven. "
    assert all(end.endswith((" ", ".")) for end in ends)


NAMES = [
    f"{first} {last}"
    for first in ("Nell", "Tom", "Ada", "Kit", "Ines")
    for last in ("Harrow", "Finch", "Marsh", "Venn")
]
LONG = "😀 " + " ".join(f"The part of {name} is a good one, and number {i} by my list." for i, name in enumerate(NAMES))
ACTED = " ".join(
    f"{name} (Actor {chr(65 + i)}ilson) walks by the sea and says nothing much." for i, name in enumerate(NAMES)
)


def finding_all(asked: Asked) -> Reply:
    found = re.finditer(r"(\w+ \w+) \((Actor \w+)\)", asked.text)
    return states(*(fact("plays", m[2], m[1], m[0]) for m in found))


def test_windows_give_no_double_facts_and_offsets_of_the_whole_text() -> None:
    text = f"{LONG}\n\n{ACTED}"
    review = new_review(text, id="long", show="Saltmarsh")
    with model_server(finding_all) as server:
        given = Server(server.url, "small")
        cut = LlmReader(server=given, cache=Cache(None), window_chars=400, overlap_chars=200)
        whole = LlmReader(server=given, cache=Cache(None), window_chars=100_000)
        ((in_windows,), (at_once,)) = (list(reader.read([review])) for reader in (cut, whole))
    assert cut.usage.requests > 5
    assert whole.usage.requests == 1
    assert cut.usage.kept > len(NAMES) == len(in_windows.facts)
    assert in_windows.facts == at_once.facts
    assert all(text[f.evidence.start : f.evidence.end] == f.evidence.quote for f in in_windows.facts)
    assert [f.object.name for f in in_windows.facts] == NAMES


def test_one_window_that_fails_refuses_the_review_and_says_which() -> None:
    def script(asked: Asked) -> Reply:
        return says("", refusal="No.") if "Ines Venn (Actor" in asked.text else finding_all(asked)

    with model_server(script) as server:
        reader = LlmReader(server=Server(server.url, "small"), cache=Cache(None), window_chars=400, overlap_chars=200)
        heard: list[object] = []
        given = [
            new_review(ACTED, id="long", show="Saltmarsh"),
            new_review("Nell (Actor Bo) sings.", id="short", show="Saltmarsh"),
        ]
        found = list(reader.read_heard(given, heard.append))
    assert [reading.review.id for reading in found] == ["short"]
    (refusal,) = heard
    assert re.match(
        r"the model did not read its characters [1-9][\d,]* to [1-9][\d,]*: the model refused", refusal.reason
    )  # type: ignore[attr-defined]


def test_each_show_of_a_round_up_is_asked_for_apart() -> None:
    text = (
        "Three for the week\n\nSaltmarsh (Beacon, Tuesday, 9pm)\nNell Harrow (Mara Quill) runs the bakery by the sea, and it is a good one, warm and busy all week.\n\n"
        "Ledger (Channel 12, Friday, 8pm)\nTom Finch (Bo Adair) counts the money of other people, and it is not a good job for a man who likes to sleep.\n"
    )

    def script(asked: Asked) -> Reply:
        found = re.finditer(r"(\w+ \w+) \((Mara Quill|Bo Adair)\)", asked.text)
        return states(*(fact("plays", m[2], m[1], m[0]) for m in found))

    with model_server(script) as server:
        reader = LlmReader(server=Server(server.url, "small"), cache=Cache(None))
        (reading,) = reader.read([new_review(text, id="round-up")])
    assert [(f.subject.name, f.show.name if f.show else None) for f in reading.facts] == [
        ("Mara Quill", "Saltmarsh"),
        ("Bo Adair", "Ledger"),
    ]
    assert reading.review.show is None
    assert [
        '"show": "Saltmarsh"' in asked.data for asked in sorted(server.asked, key=lambda a: "Ledger" in a.text)
    ] == [True, False]
