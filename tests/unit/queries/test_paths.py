"""The shortest acting path: what it is, that it is shortest, and what is said where there is none."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from samples import IRIS, fact
from tellygraph.errors import AmbiguousNameError
from tellygraph.graph import Store, quads_of
from tellygraph.queries import Rows, ask, printed
from tellygraph.reviews.records import Fact, Review


def role(show: str, person: str, character: str, *, status: str | None = None) -> tuple[Review, Fact]:
    quote = f"{person} plays {character}"
    review = Review(IRIS.review(f"{show} {person}"), "r", quote + ".", show, None, f"On {show}")
    return review, fact(review, "plays", person, character, quote, status=status)


def put(graph: Store, *roles: tuple[Review, Fact]) -> None:
    for review, stated in roles:
        graph.extend(quads_of(review, [stated], IRIS))


def steps(rows: Rows) -> list[tuple[object, ...]]:
    return [tuple(row[c] for c in ("step", "personName", "plays", "showName")) for row in rows.python()]


def connect(graph: Store, one: str, other: str) -> Rows:
    return ask(graph, "connection", {"from": one, "to": other})


def test_people_in_one_show_are_two_steps_apart(graph: Store) -> None:
    put(graph, role("North", "Ana", "Ruth"), role("North", "Ben", "Hal"), role("Amber", "Ana", "Eve"))
    put(graph, role("Amber", "Ben", "Ivo"))
    rows = connect(graph, "Ana", "Ben")
    assert steps(rows) == [(1, "Ana", "Eve", "Amber"), (2, "Ben", "Ivo", "Amber")], "of two shows, the first by IRI"
    assert steps(connect(graph, "Ben", "Ana")) == [(1, "Ben", "Ivo", "Amber"), (2, "Ana", "Eve", "Amber")]


def test_a_chain_has_two_steps_for_each_show_and_the_words_for_each(graph: Store) -> None:
    put(graph, role("S1", "Ana", "a1"), role("S1", "Ben", "b1"), role("S2", "Ben", "b2"), role("S2", "Cyd", "c2"))
    put(graph, role("S3", "Cyd", "c3"), role("S3", "Dan", "d3"), role("S4", "Dan", "d4"))
    rows = connect(graph, "Ana", "Dan")
    assert steps(rows) == [
        (1, "Ana", "a1", "S1"), (2, "Ben", "b1", "S1"), (3, "Ben", "b2", "S2"), (4, "Cyd", "c2", "S2"),
        (5, "Cyd", "c3", "S3"), (6, "Dan", "d3", "S3"),
    ]  # fmt: skip
    assert [(r["quote"], r["reviewTitle"]) for r in rows.python()][:2] == [
        ("Ana plays a1", "On S1"),
        ("Ben plays b1", "On S1"),
    ]


def test_where_there_is_no_path_the_answer_says_so(graph: Store) -> None:
    put(graph, role("S1", "Ana", "a"), role("S1", "Ben", "b"), role("S2", "Cyd", "c"))
    rows = connect(graph, "Ana", "Cyd")
    assert not rows
    assert rows.note == "No chain of shared casts leads from Ana to Cyd."
    assert rows.note in printed(rows)
    assert rows.note in rows._repr_html_()


def test_a_role_somebody_only_supposes_connects_nobody(graph: Store) -> None:
    put(graph, role("S1", "Ana", "a"), role("S1", "Ben", "b", status="supposed"))
    assert not connect(graph, "Ana", "Ben")


def test_a_person_and_the_same_person_need_no_chain(graph: Store) -> None:
    put(graph, role("S1", "Ana", "a"), role("S1", "Ben", "b"))
    assert connect(graph, "Ana", "ana").note == "Ana is both ends of the chain: nothing to connect."


def test_somebody_unknown_is_named(graph: Store) -> None:
    put(graph, role("S1", "Ana", "a"))
    with pytest.raises(AmbiguousNameError, match="no person of the graph is called 'Zed Zimmer'"):
        connect(graph, "Ana", "Zed Zimmer")


@pytest.mark.parametrize("seed", range(6))
def test_chains_are_as_short_as_networkx_finds_them_and_every_step_is_a_fact(seed: int, graph: Store) -> None:
    dice = random.Random(seed)
    people, shows = [f"P{i}" for i in range(24)], [f"S{i}" for i in range(14)]
    casts = sorted({(dice.choice(shows), dice.choice(people)) for _ in range(36)})
    put(graph, *(role(show, person, f"{show} {person}") for show, person in casts))
    bipartite: nx.Graph[str] = nx.Graph(casts)
    known = sorted(p for p in people if p in bipartite)
    for other in known[1:]:
        rows = connect(graph, known[0], other)
        if not nx.has_path(bipartite, known[0], other):
            assert rows.note == f"No chain of shared casts leads from {known[0]} to {other}."
            continue
        chain = steps(rows)
        assert len(chain) == nx.shortest_path_length(bipartite, known[0], other)
        assert [s[0] for s in chain] == list(range(1, len(chain) + 1))
        assert (chain[0][1], chain[-1][1]) == (known[0], other)
        assert {(s[3], s[1]) for s in chain} <= set(casts)
        for here, there in zip(chain[::2], chain[1::2], strict=True):
            assert here[3] == there[3], "one show links two people"
        for there, here in zip(chain[1:-1:2], chain[2::2], strict=True):
            assert there[1] == here[1], "one person links two shows"
        assert connect(graph, known[0], other) == rows
