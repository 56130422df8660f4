"""Names as they are typed, chains between two, and claims taken out of a graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samples import IRIS, SAMPLE
from tellygraph.graph import Store, open_store
from tellygraph.graph.quads import quads_of
from tellygraph.graph.selection import claims_with_words
from tellygraph.queries.statements import of_show
from tellygraph.web.chains import chain
from tellygraph.web.finding import NameIndex

SHOW = IRIS.series("Saltmarsh")
NELL, SAM, BEA = (IRIS.character(name, SHOW) for name in ("Nell Harrow", "Sam", "Bea"))
HAL = IRIS.character("Hal Orme", IRIS.series("Northgate"))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        for review, facts in SAMPLE.items():
            opened.extend(quads_of(review, facts, IRIS))
        yield opened


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harr", ["Nell Harrow"]),
        ("NELL  h", ["Nell Harrow"]),
        ("sal", ["Saltmarsh"]),
        ("arrow", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_name_is_found_by_the_beginning_of_any_of_its_words(store: Store, typed: str, found: list[str]) -> None:
    assert [one.name for one in NameIndex(store).find(typed, 10)] == found


def test_whole_names_come_first_and_no_more_than_asked_for(store: Store) -> None:
    index = NameIndex(store)
    assert next(one.name for one in index.find("sam", 10)) == "Sam"
    assert len(index.find("m", 1)) == 1


def steps(store: Store, one: str, other: str, until: int | None = None) -> list[object]:
    return [step["to"]["label"] for step in chain(store, one, other, until) if isinstance(step["to"], dict)]


def test_a_chain_is_shortest_and_goes_through_parts(store: Store) -> None:
    assert steps(store, NELL, SAM) == ["Sam"]
    assert steps(store, NELL, HAL) == ["Jonah Pike", "Dev Anselm", "Hal Orme"]
    assert steps(store, NELL, NELL) == []


def test_every_step_has_its_words(store: Store) -> None:
    assert all(step["quotes"] for step in chain(store, NELL, HAL, None))


def test_a_chain_does_not_lead_through_what_is_still_unknown(store: Store) -> None:
    assert steps(store, BEA, NELL, 2) == ["Nell Harrow"]
    assert steps(store, BEA, NELL, 1) == []


def test_claims_are_taken_out_with_their_words_and_nothing_else(store: Store) -> None:
    claims = {s.claim for s in of_show(store, SHOW) if s.kind == "spouse"}
    with open_store(":memory:") as taken:
        taken.extend(claims_with_words(store, claims))
        [spouse] = of_show(taken, SHOW)
        [original] = [s for s in of_show(store, SHOW) if s.claim in claims]
        assert spouse == original
        assert not [quad for quad in taken.quads() if "Bea" in str(quad.object)]
