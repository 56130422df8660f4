"""A score as people and programs see it: tables, JSON, errors in their sentences."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hand_gold import FACTS, MARKED, REVIEW, TEXT, is_, marked, scored
from tellygraph.reviews.excerpts import sentence_around
from tellygraph.reviews.gold import GoldDocument
from tellygraph.reviews.gold_facts import Trap
from tellygraph.reviews.score import score_of
from tellygraph.reviews.score_tables import aligned, as_json, error_lines, markdown, summary, tables, totals


def test_errors_are_shown_in_their_sentences() -> None:
    assert list(error_lines(scored(MARKED, FACTS).errors)) == [
        "r: false: Bea boss Nell Harrow (by R10, 0.60)",
        "    “Bea, their boss, does not.”",
        "r: false: Rose dating Sam (former, by R2, 1.00)",
        "    “Rose left Sam.”",
        "r: miss: Rose ex-partner Sam",
        "    “Rose left Sam.”",
    ]


def test_a_false_fact_that_is_a_trap_says_so() -> None:
    traps = (Trap("T19", "Bea, their boss", (("relationship", "Bea", "Nell Harrow", "boss"),)),)
    found = scored([], [FACTS[2]], traps=traps)
    assert next(error_lines(found.errors)) == "r: false: Bea boss Nell Harrow (by R10, 0.60, trap T19)"
    assert (found.traps, found.sprung, found.avoided) == (1, 1, 0)
    assert summary(found) == "1 review; 1 trap, 1 of them stepped into"
    assert scored([], [is_("Bea", "boss", "Sam")], traps=traps).errors[0].trap is None
    assert scored([], [is_("Bea", "boss", "Sam")], traps=traps).avoided == 1
    assert scored([], []).avoided is None
    assert scored([], [is_("Bea", "boss", "Nell Harrow", status="denied")], traps=traps).errors[0].trap is None


@given(st.text(), st.data())
def test_a_sentence_holds_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert " ".join(text[start:end].split()) in sentence_around(text, start, end)


def test_the_words_of_a_miss_may_be_beside_the_article() -> None:
    gold = GoldDocument("r", REVIEW, f"Mara Quill as Nell.\n\n{TEXT}", (
        marked("plays", "Mara Quill", "Nell", evidence="Mara Quill as Nell"),
    ))  # fmt: skip
    (error,) = score_of([(gold, [])]).errors
    assert error.sentence == "Mara Quill as Nell."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("waits", "Dr. Orme waits, “as ever”, for J. Pike."),
        ("sings", "‘Nell sings!’"),
        ("rains", "It rains."),
        ("rains. Dr", "It rains. Dr. Orme waits, “as ever”, for J. Pike."),
        ("A caption", "A caption"),
    ],
)
def test_a_sentence_is_found_around_words(words: str, sentence: str) -> None:
    text = "A caption\n\nIt\nrains. Dr. Orme waits, “as ever”, for J. Pike. ‘Nell sings!’ Not so; she hums."
    start = text.index(words)
    assert sentence_around(text, start, start + len(words)) == sentence


def test_tables_are_aligned_and_have_a_row_for_all() -> None:
    found = scored(MARKED, FACTS)
    assert list(aligned(totals(found))) == [
        "Relations",
        "  relation      precision  recall     F1  hits  misses  false",
        "  all               0.500   0.667  0.571     2       1      2",
        "  plays             1.000   1.000  1.000     1       0      0",
        "  relationship      0.333   0.500  0.400     1       1      2",
    ]
    assert [table.title.split(" ")[0] for table in tables(found)] == [
        "Relations", "Kinds", "Groups", "Rules", "Reliability", "With",
    ]  # fmt: skip
    assert markdown(totals(found)).splitlines()[2] == "| all | 0.500 | 0.667 | 0.571 | 2 | 1 | 2 |"
    assert list(aligned(totals(scored([], []))))[2].split() == ["all", "-", "-", "-", "0", "0", "0"]


def test_json_holds_the_same() -> None:
    found = scored(MARKED, FACTS)
    data = json.loads(as_json(found, found.errors))
    assert list(data) == [
        "documents", "traps", "sprung", "overall", "relations", "kinds", "groups", "rules", "reliability", "minConfidence", "errors",
    ]  # fmt: skip
    assert data["overall"] == {"precision": 0.5, "recall": 0.6667, "f1": 0.5714, "hits": 2, "misses": 1, "false": 2}
    assert data["rules"]["R2"] == {"said": 2, "right": 1, "false": 1, "share": 0.5}
    assert data["errors"][0] == {
        "document": "r", "verdict": "false", "relation": "relationship", "kind": "boss", "subject": "Bea",
        "object": "Nell Harrow", "status": None, "season": None, "show": None, "rule": "R10", "confidence": 0.6,
        "trap": None,
        "evidence": "Bea, their boss", "sentence": "Bea, their boss, does not.",
    }  # fmt: skip
    assert "errors" not in json.loads(as_json(found))
    assert as_json(found) == as_json(scored(MARKED, FACTS))
