"""Pairs that may be one are listed with their reasons, best first; pairs that are decided are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samples import IRIS, SAMPLE, fact
from tellygraph.graph import Store, add_readings, open_store
from tellygraph.graph.duplicates import likely_duplicates
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.reviews.records import Reading, Review

TEXT = "Nell Harow (Mara Quill) sees Jonah Pike. Dev Anselmo plays Otto. Otho is here."
OTHER = Review(IRIS.review("saltmarsh-5"), "saltmarsh-5", TEXT, "Saltmarsh")
READING = Reading(
    OTHER,
    (
        fact(OTHER, "plays", "Mara Quill", "Nell Harow", "Nell Harow (Mara Quill)"),
        fact(OTHER, "relationship", "Nell Harow", "Jonah Pike", "Nell Harow", kind="dating"),
        fact(OTHER, "plays", "Dev Anselmo", "Otto", "Dev Anselmo plays Otto"),
        fact(OTHER, "character", "Saltmarsh", "Otho", "Otho"),
    ),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        add_readings(opened, [*(Reading(review, facts) for review, facts in SAMPLE.items()), READING], IRIS)
        yield opened


def test_pairs_are_listed_best_first_with_their_reasons(store: Store) -> None:
    found = likely_duplicates(store, IRIS)
    assert [(pair.one_name, pair.other_name, pair.score, pair.reasons) for pair in found] == [
        ("Nell Harow", "Nell Harrow", 1.0, (
            "their names are at most one edit apart", "the same actor plays both", "they are alike related to the same character",
        )),
        ("Dev Anselm", "Dev Anselmo", 0.5, ("their names are at most one edit apart",)),
    ]  # fmt: skip
    pair = found[1]
    assert f"tellygraph same <{pair.one}> <{pair.other}>" in pair.sentence


def test_what_is_decided_is_not_asked_again(store: Store) -> None:
    graph = KnowledgeGraph(store)
    graph.same("Nell Harow", "Nell Harrow")
    graph.different("Dev Anselm", "Dev Anselmo")
    assert graph.likely_duplicates() == []
    graph.undo()
    assert [pair.one_name for pair in graph.likely_duplicates()] == ["Dev Anselm"]
