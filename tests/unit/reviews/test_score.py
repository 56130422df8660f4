"""The counting: small gold, facts by hand, and each rule of what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from hand_gold import FACTS, MARKED, PLAYS, REVIEW, document, is_, marked, related, said, scored
from tellygraph.errors import InputError
from tellygraph.reviews.gold_facts import GoldFact
from tellygraph.reviews.records import Fact, Reading, Review
from tellygraph.reviews.score import Counts, Said, score, score_of
from tellygraph.reviews.sureness import without_unsure


def counts(gold: GoldFact, fact: Fact, **more: Any) -> Counts:
    return scored([gold], [fact], **more).overall


HIT, WRONG, SILENT = Counts(1, 0, 0), Counts(0, 1, 1), Counts(0, 0, 0)


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
