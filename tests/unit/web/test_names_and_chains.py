"""Names as they are typed, chains between two, and claims taken out of a graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samples import IRIS, SAMPLE
from tellygraph.graph import Store, open_store
from tellygraph.graph.quads import quads_of
from tellygraph.graph.selection import claims_with_words
from tellygraph.queries.statements import of_show
from tellygraph.web.chains import chain
from tellygraph.web.finding import find_names, write_names

SHOW = IRIS.series("Saltmarsh")
NELL, SAM, BEA = (IRIS.character(name, SHOW) for name in ("Nell Harrow", "Sam", "Bea"))
HAL = IRIS.character("Hal Orme", IRIS.series("Northgate"))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store(":memory:") as opened:
        for review, facts in SAMPLE.items():
            opened.extend(quads_of(review, facts, IRIS))
        yield opened


@pytest.fixture(scope="module")
def names(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "names.db"
    write_names(store, path)
    return path


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
def test_a_name_is_found_by_the_beginning_of_any_of_its_words(names: Path, typed: str, found: list[str]) -> None:
    assert [one.name for one in find_names(names, typed, 10)] == found


def test_whole_names_come_first_and_no_more_than_asked_for(names: Path) -> None:
    assert next(one.name for one in find_names(names, "sam", 10)) == "Sam"
    assert len(find_names(names, "m", 1)) == 1


def test_each_thing_is_found_once_however_many_of_its_names_begin_so(names: Path) -> None:
    found = find_names(names, "n", 50)
    assert len({one.iri for one in found}) == len(found) > 1


def steps(store: Store, one: str, other: str, until: int | None = None) -> list[object]:
    return [step["to"]["label"] for step in chain(store, one, other, until) if isinstance(step["to"], dict)]


def test_a_chain_is_shortest_and_goes_through_parts(store: Store) -> None:
    assert steps(store, NELL, SAM) == ["Sam"]
    assert steps(store, NELL, HAL) == ["Mara Quill", "Ruth Calder", "Hal Orme"]
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
