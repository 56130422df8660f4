"""Every question of the catalogue has an example, asked of the graph that the example reviews make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tellygraph import KnowledgeGraph, open_graph
from tellygraph.queries import catalogue

REVIEWS = Path(__file__).parents[2] / "examples" / "reviews"


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with open_graph(":memory:") as opened:
        opened.add(REVIEWS)
        yield opened


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_the_answer_is_as_the_question_says(name: str, graph: KnowledgeGraph) -> None:
    question = catalogue()[name]
    assert question.example.expected, f"{name}.rq expects nothing of the example reviews"
    rows = graph.ask(name, **dict(question.example.params))
    assert question.example.unmet(rows) == []


def test_there_are_the_questions_we_promise() -> None:
    promised = (
        "cast who-plays roles-of relationships-of couples family crew directors shows seasons co-stars shared-cast "
        "connection evidence reviews corroborated conflicts most-connected"
    )
    assert set(promised.split()) <= set(catalogue())
