"""`min_confidence` in Python: unsure facts are left out, and it is said how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from samples import NORTHGATE, SALTMARSH_1, SAMPLE
from tellygraph.added import Added
from tellygraph.errors import InputError
from tellygraph.graph import open_store
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.reading import read
from tellygraph.reviews.records import Fact, Reading, Review
from tellygraph.reviews.sources import Notice


class UnevenReader:
    """States the hand-made facts of the samples: every other one with 0.5, the rest with 0.9."""

    name = "uneven"

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for review in reviews:
            yield Reading(review, facts_of(review))


def facts_of(review: Review) -> tuple[Fact, ...]:
    return tuple(replace(fact, confidence=0.9 if n % 2 else 0.5) for n, fact in enumerate(SAMPLE[review]))


def test_reading_leaves_out_what_is_unsure_and_says_how_many() -> None:
    heard: list[object] = []
    found = list(read(NORTHGATE, SALTMARSH_1, reader=UnevenReader(), min_confidence=0.9, hear=heard.append))
    for reading, review in zip(found, (NORTHGATE, SALTMARSH_1), strict=True):
        assert reading.facts == facts_of(review)[1::2]
    assert heard == [
        Notice("northgate", "3 facts of confidence below 0.9 left out"),
        Notice("saltmarsh-1", "7 facts of confidence below 0.9 left out"),
    ]
    assert [len(r.facts) for r in read(NORTHGATE, reader=UnevenReader(), min_confidence=0.9)] == [2]
    assert [len(r.facts) for r in read(NORTHGATE, reader=UnevenReader(), min_confidence=0.5)] == [5]


def test_adding_leaves_out_what_is_unsure_and_counts_it() -> None:
    with KnowledgeGraph(open_store(":memory:"), reader=UnevenReader()) as graph:
        assert graph.add(NORTHGATE, min_confidence=0.9) == Added(added=1, facts=2, left_out=3)
        assert graph.ask("roles-of", actor="Mara Quill").python()[0]["characterName"] == "Ruth Calder"
        assert graph.add(NORTHGATE, min_confidence=0.9) == Added(unchanged=1, facts=2, left_out=3)
        assert graph.add(NORTHGATE) == Added(replaced=1, facts=5)
        assert graph.add(NORTHGATE, min_confidence=0.9) == Added(replaced=1, facts=2, left_out=3)


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
def test_a_confidence_beyond_0_to_1_is_refused(least: float) -> None:
    with pytest.raises(InputError, match="give a number from 0 to 1"):
        list(read(NORTHGATE, reader=UnevenReader(), min_confidence=least))
    with KnowledgeGraph(open_store(":memory:"), reader=UnevenReader()) as graph:
        with pytest.raises(InputError, match="give a number from 0 to 1"):
            graph.add(NORTHGATE, min_confidence=least)
        assert graph.info().reviews == 0
