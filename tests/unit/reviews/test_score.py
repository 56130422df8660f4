"""The counting: small gold, facts by hand, and each rule of what is right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tellygraph.errors import InputError
from tellygraph.reviews.excerpts import sentence_around
from tellygraph.reviews.gold import GoldDocument
from tellygraph.reviews.gold_facts import GoldFact
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Reading, Review
from tellygraph.reviews.score import Counts, Said, Score, score, score_of
from tellygraph.reviews.score_tables import aligned, as_json, error_lines, markdown, tables, totals
from tellygraph.reviews.sureness import without_unsure

TEXT = (
    "It rains. Nell Harrow (Mara Quill) and her brother Sam run the bakery. Rose left Sam. Bea, their boss, does not."
)
REVIEW = Review("https://example.org/r", "r", TEXT)


def document(*facts: GoldFact, **more: Any) -> GoldDocument:
    return GoldDocument("r", REVIEW, TEXT, facts, **more)


def marked(relation: str, subject: str, object_: str, **more: Any) -> GoldFact:
    return GoldFact(relation, subject, object_, **{"evidence": "Sam", **more})


def related(subject: str, kind: str, object_: str, *others: str, **more: Any) -> GoldFact:
    return marked("relationship", subject, object_, kinds=(kind, *others), **more)


def said(
    relation: str, subject: str, object_: str, *, confidence: float = 0.9, rule: str = "P1", show: str | None = None,
    quote: str = "Sam", **more: Any,
) -> Fact:  # fmt: skip
    start = TEXT.index(quote)
    return Fact(
        relation, Entity(subject, EntityType.CHARACTER, "s"), Entity(object_, EntityType.CHARACTER, "o"),
        Evidence(REVIEW.iri, start, start + len(quote), quote), confidence, rule, "hand",
        show=None if show is None else Entity(show, EntityType.SERIES, "w"), **more,
    )  # fmt: skip


def is_(subject: str, kind: str, object_: str, **more: Any) -> Fact:
    return said("relationship", subject, object_, kind=kind, **more)


def scored(gold: Iterable[GoldFact], facts: Iterable[Fact], **more: Any) -> Score:
    return score_of([(document(*gold, **more), list(facts))])


def counts(gold: GoldFact, fact: Fact, **more: Any) -> Counts:
    return scored([gold], [fact], **more).overall


HIT, WRONG, SILENT = Counts(1, 0, 0), Counts(0, 1, 1), Counts(0, 0, 0)
PLAYS = marked("plays", "Mara Quill", "Nell Harrow")


def test_hits_misses_and_false_facts() -> None:
    gold = [PLAYS, marked("plays", "Gil Renner", "Otto"), marked("genre", "Saltmarsh", "drama")]
    facts = [said("plays", "Mara Quill", "Nell Harrow"), said("genre", "Saltmarsh", "farce")]
    found = scored(gold, facts)
    assert found.overall == Counts(hits=1, misses=2, false=1)
    assert (found.overall.precision, found.overall.recall, found.overall.f1) == (1 / 2, 1 / 3, 2 / 5)
    assert found.relations == {"plays": Counts(1, 1, 0), "genre": Counts(0, 1, 1)}
    assert found.of_relations(["plays", "genre", "setting"]) == found.overall
    assert [(j.verdict, j.relation) for j in found.errors] == [("false", "genre"), ("miss", "plays"), ("miss", "genre")]


def test_a_share_of_nothing_is_none() -> None:
    empty = scored([], [])
    assert (empty.overall.precision, empty.overall.recall, empty.overall.f1) == (None, None, None)
    assert (empty.relations, empty.kinds, empty.groups, empty.rules) == ({}, {}, {}, {})
    assert Counts(0, 3, 0).precision is None
    assert Counts(0, 3, 0).recall == 0
    assert Said().share is None


def test_optional_facts_are_neither_hit_nor_missed_but_right() -> None:
    gold = marked("plays", "Mara Quill", "Nell Harrow", optional=True)
    found = scored([gold], [said("plays", "Mara Quill", "Nell Harrow")])
    assert found.overall == SILENT
    assert found.relations == {}
    assert found.rules == {"P1": Said(right=1, false=0)}
    assert scored([gold], []).overall == SILENT


def test_a_fact_said_twice_counts_once() -> None:
    twice = [said("plays", "Mara Quill", "Nell Harrow", season=s) for s in (None, 2)]
    found = scored([PLAYS], twice)
    assert found.overall == HIT
    assert found.rules == {"P1": Said(1, 0)}


def test_of_two_marks_the_one_of_the_season_is_taken() -> None:
    gold = [marked("director", "Saltmarsh", "Ada Roe", seasons=(s,)) for s in (1, 2)]
    facts = [said("director", "Saltmarsh", "Ada Roe", season=s) for s in (2, 1)]
    assert scored(gold, facts).overall == Counts(2, 0, 0)


def test_everyone_named_may_be_said_to_be_in_the_show() -> None:
    facts = [said("actor", "Saltmarsh", "Quill"), said("character", "Saltmarsh", "Sam")]
    allowed = scored([], facts, cast=frozenset({"Mara Quill"}), characters=frozenset({"Sam"}), aliases={"Mara Quill": ("Quill",)})  # fmt: skip
    assert allowed.overall == SILENT
    assert scored([], facts).overall == Counts(0, 0, 2)


def test_aliases_are_as_right() -> None:
    aliases = {"Nell Harrow": ("Nell", "Nell’s twin")}
    assert counts(PLAYS, said("plays", "mara quill", "Nell"), aliases=aliases) == HIT
    assert counts(PLAYS, said("plays", "Mara Quill", "Nell's twin"), aliases=aliases) == HIT
    assert counts(PLAYS, said("plays", "Mara Quill", "Nell")) == WRONG


@pytest.mark.parametrize(
    ("gold", "fact", "right"),
    [
        (related("Sam", "sibling", "Nell"), is_("Nell", "sibling", "Sam"), True),
        (related("Nell", "parent", "Sam"), is_("Sam", "parent", "Nell"), False),
        (related("Sam", "sibling", "Nell"), is_("Sam", "twin", "Nell"), False),
        (related("Sam", "sibling", "Nell", "twin"), is_("Nell", "twin", "Sam"), True),
        (related("Bea", "colleague", "Sam", "employee"), is_("Sam", "boss", "Bea"), True),
        (related("Bea", "colleague", "Sam", "employee"), is_("Bea", "boss", "Sam"), False),
        (related("Rose", "dating", "Sam", statuses=("former",)), is_("Rose", "dating", "Sam"), False),
        (related("Rose", "dating", "Sam", statuses=("former", None)), is_("Rose", "dating", "Sam"), True),
        (related("Rose", "dating", "Sam", seasons=(1,)), is_("Rose", "dating", "Sam", season=2), False),
        (related("Rose", "dating", "Sam", seasons=(1, 2)), is_("Rose", "dating", "Sam", season=2), True),
        (related("Rose", "dating", "Sam", seasons=(1,)), is_("Rose", "dating", "Sam"), True),
        (related("Rose", "dating", "Sam"), is_("Rose", "dating", "Sam", season=2), True),
    ],
)
def test_kinds_statuses_and_seasons(gold: GoldFact, fact: Fact, right: bool) -> None:
    assert counts(gold, fact) == (HIT if right else WRONG)


def test_in_a_round_up_the_show_must_be_right() -> None:
    gold = marked("plays", "Mara Quill", "Nell Harrow", show="Saltmarsh")
    shows = ("Saltmarsh", "Northgate")
    assert counts(gold, said("plays", "Mara Quill", "Nell Harrow", show="Saltmarsh"), shows=shows) == HIT
    assert counts(gold, said("plays", "Mara Quill", "Nell Harrow", show="Northgate"), shows=shows) == WRONG
    assert counts(gold, said("plays", "Mara Quill", "Nell Harrow"), shows=shows) == WRONG


@pytest.mark.parametrize(
    ("gold", "fact", "group"),
    [
        (related("Rose", "spouse", "Sam"), is_("Sam", "dating", "Rose"), {"romance": HIT}),
        (related("Rose", "dating", "Sam", statuses=("former",)), is_("Rose", "ex-partner", "Sam"), {"romance": HIT}),
        (related("Rose", "step-parent", "Sam"), is_("Rose", "parent", "Sam"), {"family": HIT}),
        (related("Rose", "step-parent", "Sam"), is_("Sam", "parent", "Rose"), {"family": WRONG}),
        (related("Rose", "parent", "Sam"), is_("Sam", "relative", "Rose"), {"family": HIT}),
        (related("Rose", "friend", "Sam"), is_("Rose", "dating", "Sam"),
         {"romance": Counts(0, 0, 1), "social": Counts(0, 1, 0)}),
        (related("Rose", "friend", "Sam"), is_("Rose", "friend", "Nell"), {"social": WRONG}),
        (related("Rose", "friend", "Sam", statuses=("denied",)), is_("Rose", "ally", "Sam"), {"social": WRONG}),
        (related("Rose", "friend", "Sam", optional=True), is_("Rose", "ally", "Sam"), {}),
    ],
)  # fmt: skip
def test_groups_of_kinds(gold: GoldFact, fact: Fact, group: dict[str, Counts]) -> None:
    assert scored([gold], [fact]).groups == group


def test_a_kind_that_is_right_goes_before_one_that_is_only_near() -> None:
    gold = [related("Rose", "spouse", "Sam"), related("Rose", "ex-spouse", "Sam")]
    found = scored(gold, [is_("Rose", "ex-spouse", "Sam"), is_("Rose", "dating", "Sam")])
    assert found.kinds == {"spouse": Counts(0, 1, 0), "ex-spouse": HIT, "dating": Counts(0, 0, 1)}
    assert found.groups == {"romance": Counts(2, 0, 0)}
    again = scored(gold[:1], [is_("Rose", "spouse", "Sam"), is_("Rose", "dating", "Sam")])
    assert again.groups == {"romance": HIT}


FACTS = (
    said("plays", "Mara Quill", "Nell Harrow", confidence=0.95, quote="Nell Harrow (Mara Quill)"),
    is_("Sam", "sibling", "Nell Harrow", confidence=0.85, rule="R2", quote="her brother Sam"),
    is_("Bea", "boss", "Nell Harrow", confidence=0.6, rule="R10", quote="Bea, their boss"),
    is_("Rose", "dating", "Sam", confidence=1.0, rule="R2", status="former", quote="Rose left Sam"),
)
MARKED = (
    PLAYS, related("Sam", "sibling", "Nell Harrow"), related("Rose", "ex-partner", "Sam", evidence="Rose left Sam"),
)  # fmt: skip


def test_rules_are_counted_in_the_order_of_their_numbers() -> None:
    found = scored(MARKED, FACTS)
    assert list(found.rules.items()) == [("P1", Said(1, 0)), ("R2", Said(1, 1)), ("R10", Said(0, 1))]


def test_the_reliability_table_is_by_confidence() -> None:
    bands = {band: said for band, said in scored(MARKED, FACTS).bands.items() if said.said}
    assert bands == {(0.6, 0.7): Said(0, 1), (0.85, 0.9): Said(1, 0), (0.95, 1.0): Said(1, 1)}


def test_a_least_confidence_leaves_out_facts() -> None:
    whole = scored(MARKED, FACTS)
    assert whole.thresholds[0.6] == whole.overall == Counts(2, 1, 2)
    assert whole.thresholds[0.7] == Counts(2, 1, 1)
    assert whole.thresholds[0.9] == Counts(1, 2, 1)
    sure = score_of([(document(*MARKED), FACTS)], min_confidence=0.9)
    assert sure.overall == whole.thresholds[0.9]
    assert list(sure.thresholds) == [0.95]
    with pytest.raises(InputError, match=r"the least confidence 1\.5 is out of range"):
        score_of([(document(*MARKED), FACTS)], min_confidence=1.5)


def test_a_reading_without_what_is_unsure() -> None:
    reading = Reading(REVIEW, FACTS)
    assert without_unsure(reading, 0.85) == (Reading(REVIEW, (FACTS[0], FACTS[1], FACTS[3])), 1)
    assert without_unsure(reading, 0) == (reading, 0)


class HandReader:
    """Says `FACTS`, in two readings."""

    name = "hand"

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for review in reviews:
            yield Reading(review, FACTS[:2])
            yield Reading(review, FACTS[2:])


def test_any_reader_is_scored() -> None:
    assert score([document(*MARKED)], HandReader()) == scored(MARKED, FACTS)


def test_errors_are_shown_in_their_sentences() -> None:
    assert list(error_lines(scored(MARKED, FACTS).errors)) == [
        "r: false: Bea boss Nell Harrow (by R10, 0.60)",
        "    “Bea, their boss, does not.”",
        "r: false: Rose dating Sam (former, by R2, 1.00)",
        "    “Rose left Sam.”",
        "r: miss: Rose ex-partner Sam",
        "    “Rose left Sam.”",
    ]


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
    data = json.loads(as_json(found, errors=True))
    assert list(data) == [
        "documents", "overall", "relations", "kinds", "groups", "rules", "reliability", "minConfidence", "errors",
    ]  # fmt: skip
    assert data["overall"] == {"precision": 0.5, "recall": 0.6667, "f1": 0.5714, "hits": 2, "misses": 1, "false": 2}
    assert data["rules"]["R2"] == {"said": 2, "right": 1, "false": 1, "share": 0.5}
    assert data["errors"][0] == {
        "document": "r", "verdict": "false", "relation": "relationship", "kind": "boss", "subject": "Bea",
        "object": "Nell Harrow", "status": None, "season": None, "show": None, "rule": "R10", "confidence": 0.6,
        "evidence": "Bea, their boss", "sentence": "Bea, their boss, does not.",
    }  # fmt: skip
    assert "errors" not in json.loads(as_json(found))
    assert as_json(found) == as_json(scored(MARKED, FACTS))
