"""The example reviews come to one graph, in whatever order and however often they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tellygraph.graph import add_readings, open_store
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.ontology import Iris
from tellygraph.reading import default_reader, found_in, readings
from tellygraph.reviews.records import Reading

EXAMPLES = Path(__file__).parents[2] / "examples" / "reviews"


@pytest.fixture(scope="module")
def found() -> list[Reading]:
    steps = list(readings(default_reader(), found_in([EXAMPLES])))
    return [step for step in steps if isinstance(step, Reading)]


def test_adding_the_examples_again_finds_them_all_unchanged() -> None:
    with KnowledgeGraph(open_store(":memory:")) as graph:
        first = graph.add(EXAMPLES)
        assert (first.added, first.replaced, first.unchanged, first.refused) == (first.reviews, 0, 0, ())
        assert first.reviews > 10
        again = graph.add(EXAMPLES)
        assert (again.added, again.replaced, again.unchanged) == (0, 0, first.reviews)


def test_the_order_in_which_the_examples_are_read_does_not_matter(found: list[Reading]) -> None:
    graphs = []
    for order in (found, found[::-1], found[5:] + found[:5], found[1::2] + found[::2]):
        with open_store(":memory:") as store:
            add_readings(store, order, Iris.default())
            graphs.append(set(store.quads()))
    assert graphs[1:] == [graphs[0]] * 3
    assert any("mergedInto" in str(quad) for quad in graphs[0])
