"""A gold document and facts said of it, both by hand, to test the counting with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tellygraph.reviews.gold import GoldDocument
from tellygraph.reviews.gold_facts import GoldFact
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Review
from tellygraph.reviews.score import Score, score_of

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


PLAYS = marked("plays", "Mara Quill", "Nell Harrow")

FACTS = (
    said("plays", "Mara Quill", "Nell Harrow", confidence=0.95, quote="Nell Harrow (Mara Quill)"),
    is_("Sam", "sibling", "Nell Harrow", confidence=0.85, rule="R2", quote="her brother Sam"),
    is_("Bea", "boss", "Nell Harrow", confidence=0.6, rule="R10", quote="Bea, their boss"),
    is_("Rose", "dating", "Sam", confidence=1.0, rule="R2", status="former", quote="Rose left Sam"),
)
MARKED = (
    PLAYS, related("Sam", "sibling", "Nell Harrow"), related("Rose", "ex-partner", "Sam", evidence="Rose left Sam"),
)  # fmt: skip
