"""People of one name are told apart by what all reviews' sources and decisions say, in whatever order these came."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path

import pytest
from drawn_people import NINE, QUILL, ROE, SEVEN, SPELT, WIKI, people_readings, review_of
from drawn_reviews import everything, index
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from samples import IRIS
from servers import oxigraph_server
from tellygraph.errors import InputError
from tellygraph.graph import Store, add_reading, add_readings, changes, open_store, remove_review, settle
from tellygraph.graph.cast_index import CastIndex, forget
from tellygraph.graph.deciding import redecide
from tellygraph.graph.decisions import DIFFERENT, MERGE, Decision, Decisions
from tellygraph.graph.identity.people import MOST_NAMES
from tellygraph.ontology.terms import SCHEMA, TG
from tellygraph.reviews.records import Person, Reading

NONE = Decisions(iris=IRIS)
VERSION = str(CastIndex(open_store(":memory:"), IRIS).version())
many = settings(max_examples=60, deadline=None)

ONE, OTHER = Person(QUILL, (SEVEN,)), Person(QUILL, (NINE,))
NELL, SAM = [(QUILL, "Nell Harrow")], [(QUILL, "Sam Pike")]
PLAIN = IRIS.person(QUILL)
AS_ONE, AS_OTHER = (IRIS.person(f"{QUILL} (lamp.example/people/{n})") for n in (7, 9))


def one_by_one(found: list[Reading], made: Decisions = NONE) -> tuple[set[str], set[str]]:
    with open_store(":memory:") as store:
        store.apply(add=made.quads())
        for reading in found:
            add_reading(store, reading, IRIS)
        return everything(store), index(store)


def actors(store: Store, review: str) -> set[str]:
    """Who plays somebody in a review."""
    return {q.subject.value for q in store.quads(NamedNode(IRIS.review(review))) if q.predicate == TG.plays}


def rules(store: Store) -> set[str]:
    return {q.object.value for q in store.quads(NamedNode(IRIS.identity_graph)) if q.predicate == TG.mergeRule}


@pytest.mark.parametrize(
    ("found", "actors_are"),
    [
        ([review_of("a", "Saltmarsh", NELL, [ONE]), review_of("b", "Northgate", SAM)], [PLAIN, PLAIN]),
        ([review_of("a", "Saltmarsh", NELL, [ONE]), review_of("b", "Northgate", SAM, [ONE])], [PLAIN, PLAIN]),
        ([review_of("a", "Saltmarsh", NELL, [ONE]), review_of("b", "Northgate", SAM, [OTHER])], [AS_ONE, AS_OTHER]),
        # one of another collection may be the same
        (
            [review_of("a", "Saltmarsh", NELL, [ONE]), review_of("b", "Northgate", SAM, [Person(QUILL, (WIKI,))])],
            [PLAIN, PLAIN],
        ),
        # two of one collection of whom a third says that they are one
        (
            [
                review_of("a", "Saltmarsh", NELL, [ONE]),
                review_of("b", "Northgate", SAM, [OTHER]),
                review_of("c", "Fenwick", NELL, [Person(QUILL, (SEVEN, NINE))]),
            ],
            [PLAIN, PLAIN, PLAIN],
        ),
        # days of birth
        (
            [
                review_of("a", "Saltmarsh", NELL, [Person(QUILL, born="1970")]),
                review_of("b", "Northgate", SAM, [Person(QUILL, born="1970-03-01")]),
            ],
            [PLAIN, PLAIN],
        ),
        (
            [
                review_of("a", "Saltmarsh", NELL, [Person(QUILL, (WIKI,), "1970")]),
                review_of("b", "Northgate", SAM, [Person(QUILL, born="1990")]),
            ],
            [IRIS.person(f"{QUILL} (wiki.example/Q1)"), IRIS.person(f"{QUILL} (born 1990)")],
        ),
        # no identifier: the show tells it, or nothing does
        (
            [
                review_of("a", "Saltmarsh", NELL, [ONE]),
                review_of("b", "Northgate", SAM, [OTHER]),
                review_of("c", "Northgate", SAM),
                review_of("d", "Fenwick", SAM),
            ],
            [AS_ONE, AS_OTHER, AS_OTHER, PLAIN],
        ),
        # one person under two spellings, also where a source says nothing
        (
            [
                review_of("a", "Saltmarsh", NELL, [ONE]),
                review_of("b", "Northgate", [(SPELT, "Sam")], [Person(SPELT, (SEVEN,))]),
                review_of("c", "Fenwick", [(SPELT, "Sam")]),
            ],
            [IRIS.person(SPELT)] * 3,
        ),
        # an address that two people have who share no word of their names is none of theirs
        (
            [
                review_of("a", "Saltmarsh", NELL, [ONE]),
                review_of("b", "Northgate", [(ROE, "Sam")], [Person(ROE, (SEVEN,))]),
            ],
            [PLAIN, IRIS.person(ROE)],
        ),
    ],
)
def test_who_has_the_name(found: list[Reading], actors_are: list[str]) -> None:
    results = set()
    for order in permutations(found):
        with open_store(":memory:") as store:
            for reading in order:
                add_reading(store, reading, IRIS)
            assert [actors(store, name) for name in "abcd"[: len(found)]] == [{iri} for iri in actors_are]
            results.add(frozenset(everything(store) | index(store)))
    assert len(results) == 1


def test_two_of_one_name_in_one_cast_are_told_apart_by_whom_the_source_says_they_play() -> None:
    people = [Person(QUILL, (SEVEN,), characters=("Nell",)), Person(QUILL, (NINE,), characters=("Sam Pike",))]
    both = review_of("a", "Saltmarsh", [*NELL, *SAM, (QUILL, "Una Passby")], people)
    with open_store(":memory:") as store:
        add_reading(store, both, IRIS)
        played = {
            (q.subject.value, q.object.value.rpartition("/")[2]) for q in store.quads() if q.predicate == TG.plays
        }
        assert played == {(AS_ONE, "nell-harrow"), (AS_OTHER, "sam-pike"), (PLAIN, "una-passby")}
        names = {q.object.value for q in store.quads() if q.subject == NamedNode(AS_ONE) and q.predicate == SCHEMA.name}
        assert names == {f"{QUILL} (lamp.example/people/7)"}
        assert rules(store) == set()  # the review itself says so


def test_a_name_with_identifiers_keeps_them_under_the_review() -> None:
    with open_store(":memory:") as store:
        add_readings(
            store,
            [
                review_of(
                    "a", "Saltmarsh", NELL, [Person(QUILL, (SEVEN,), "1970-03-01", ("actor",)), Person(ROE, (NINE,))]
                )
            ],
            IRIS,
        )
        graph = NamedNode(IRIS.review("a"))
        said = {str(q.object) for q in store.quads(graph) if q.subject == NamedNode(PLAIN)}
        assert {f"<{SEVEN}>", '"actor"'} <= said
        assert '"1970-03-01"^^<http://www.w3.org/2001/XMLSchema#date>' in said
        assert not any(NINE in str(q) for q in store.quads(graph))  # the review's words do not name her


def test_an_address_of_a_whole_site_is_nobodys() -> None:
    """A source may give all its people one address; their cards are then not read one after the other."""
    found = [
        review_of(f"r{n}", "Saltmarsh", [(f"Mara No{n}", "Nell")], [Person(f"Mara No{n}", (SEVEN,))])
        for n in range(MOST_NAMES + 2)
    ]
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        assert len(set().union(*(actors(store, f"r{n}") for n in range(len(found))))) == len(found)
        remove_review(store, "r0", IRIS)
        remove_review(store, "r1", IRIS)
        assert len(set().union(*(actors(store, f"r{n}") for n in range(2, len(found))))) == 1


@many
@given(found=people_readings(), data=st.data())
def test_any_order_comes_to_the_same_graph(found: list[Reading], data: st.DataObject) -> None:
    expected = one_by_one(found)
    assert one_by_one(data.draw(st.permutations(found))) == expected
    with open_store(":memory:") as store:
        add_readings(store, data.draw(st.permutations(found)), IRIS)
        assert (everything(store), index(store)) == expected
        for reading in found:
            assert add_reading(store, reading, IRIS).added == 0
        assert (everything(store), index(store)) == expected


@many
@given(found=people_readings(), earlier=people_readings(), data=st.data())
def test_reviews_go_and_change_without_a_trace(
    found: list[Reading], earlier: list[Reading], data: st.DataObject
) -> None:
    with open_store(":memory:") as store:
        add_readings(store, earlier, IRIS)
        add_readings(store, found, IRIS)
        now = {reading.review.iri: reading for reading in [*earlier, *found]}
        assert (everything(store), index(store)) == one_by_one(list(now.values()))
        for iri in data.draw(st.permutations(sorted(now))):
            del now[iri]
            remove_review(store, iri, IRIS)
            expected, expected_index = one_by_one(list(now.values()))
            assert everything(store) == expected
            assert {line for line in index(store) if "castVersion" not in line} == expected_index - {VERSION}


@many
@given(found=people_readings(), data=st.data())
def test_a_graph_without_the_index_is_put_right(found: list[Reading], data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        later = data.draw(st.integers(1, len(found)))
        add_readings(store, found[:later], IRIS)
        forget(store, IRIS)
        settle(store, IRIS)
        assert (everything(store), index(store)) == one_by_one(found[:later])
        forget(store, IRIS)
        add_readings(store, found[later:], IRIS)
        settle(store, IRIS)
        assert (everything(store), index(store)) == one_by_one(found)


@st.composite
def decisions(draw: st.DrawFn) -> Decisions:
    """A few decisions about people of one name."""
    names = [QUILL, SPELT, ROE, *(f"{QUILL} (lamp.example/people/{n})" for n in (7, 9))]
    made = NONE
    for _ in range(draw(st.integers(1, 3))):
        one, other = draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
        decision = Decision(
            made.next_number, draw(st.sampled_from([MERGE, DIFFERENT])), IRIS.person(one), (IRIS.person(other),),
            (one, other), "ann", "2026-11-22T10:00:00Z",
        )  # fmt: skip
        try:
            made = made.with_(decision)
        except InputError:
            continue
    return made


@many
@given(found=people_readings(), made=decisions(), data=st.data())
def test_decisions_hold_whenever_they_were_made_and_are_taken_back(
    found: list[Reading], made: Decisions, data: st.DataObject
) -> None:
    with open_store(":memory:") as store:
        later = data.draw(st.integers(0, len(found)))
        add_readings(store, found[:later], IRIS)
        redecide(store, NONE, made, IRIS)
        add_readings(store, found[later:], IRIS)
        assert (everything(store), index(store)) == one_by_one(found, made)
        redecide(store, made, NONE, IRIS)
        assert (everything(store), index(store)) == one_by_one(found)


def test_a_bulk_load_that_was_killed_half_way_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_APART_FROM", 0)
    plain = review_of("c", "Northgate", SAM)
    told = [review_of("a", "Saltmarsh", NELL, [ONE]), review_of("b", "Northgate", SAM, [OTHER])]
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/g") as store:
        add_reading(store, plain, IRIS)
        apply, calls = store.apply, []

        def killed(**change: object) -> object:
            calls.append(change)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return apply(**change)  # type: ignore[arg-type]

        monkeypatch.setattr(store, "apply", killed)
        with pytest.raises(KeyboardInterrupt):
            add_readings(store, told, IRIS)
        monkeypatch.setattr(store, "apply", apply)
        assert actors(store, "c") == {PLAIN}
        again = review_of("d", "Fenwick", NELL)
        add_reading(store, again, IRIS)
        assert everything(store) == one_by_one([plain, *told, again])[0]


@pytest.fixture(params=["memory", "disk", "endpoint"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as stack:
        where = {"memory": ":memory:", "disk": str(tmp_path / "graph")}.get(request.param)
        yield stack.enter_context(open_store(where or stack.enter_context(oxigraph_server())))


def test_every_store_tells_people_apart(any_store: Store) -> None:
    found = [
        review_of("c", "Northgate", SAM),
        review_of("a", "Saltmarsh", NELL, [ONE]),
        review_of("b", "Northgate", SAM, [OTHER]),
    ]
    for reading in found:
        add_reading(any_store, reading, IRIS)
    assert (everything(any_store), index(any_store)) == one_by_one(found)
    assert [actors(any_store, name) for name in "abc"] == [{AS_ONE}, {AS_OTHER}, {AS_OTHER}]
    assert rules(any_store) == {"person-id", "person-show"}
