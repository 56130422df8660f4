"""Series of one title are told apart by what all reviews and decisions say, in whatever order these came."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path

import pytest
from drawn_reviews import everything, index, mint, own_quads
from drawn_shows import BARE, BRITISH, CAST, NEW, OLD, review_of, show_readings
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from samples import IRIS
from servers import oxigraph_server
from tellygraph.errors import InputError
from tellygraph.graph import Store, add_reading, add_readings, changes, open_store, remove_review, settle
from tellygraph.graph.cast_index import CastIndex, forget
from tellygraph.graph.deciding import redecide
from tellygraph.graph.decisions import DIFFERENT, MERGE, Decision, Decisions, decisions_in
from tellygraph.graph.identity import shows_of
from tellygraph.graph.known_shows import items_of_shows, shows_of_items
from tellygraph.graph.unclear import unclear_shows
from tellygraph.ontology.terms import RDF, SCHEMA, TG
from tellygraph.reviews.records import EntityType, Reading

NONE = Decisions(iris=IRIS)
VERSION = str(CastIndex(open_store(":memory:"), IRIS).version())
SERIES = {title: IRIS.series(title) for title in (BARE, OLD, NEW, BRITISH)}
many = settings(max_examples=60, deadline=None)

MARKED = [review_of("old", OLD, CAST[:2]), review_of("new", NEW, CAST[2:4])]


def one_by_one(found: list[Reading], made: Decisions = NONE) -> tuple[set[str], set[str]]:
    with open_store(":memory:") as store:
        store.apply(add=made.quads())
        for reading in found:
            add_reading(store, reading, IRIS)
        return everything(store), index(store)


def reviewed(store: Store, review: str) -> str:
    """The series that a review is about."""
    graph = NamedNode(IRIS.review(review))
    said = {q.object.value for q in store.quads(graph) if q.predicate == SCHEMA.itemReviewed and q.subject == graph}
    (title,) = {title for title, series in SERIES.items() if series in said}
    return title


def rules(store: Store) -> set[str]:
    return {q.object.value for q in store.quads(NamedNode(IRIS.identity_graph)) if q.predicate == TG.mergeRule}


@pytest.mark.parametrize(
    ("bare", "becomes", "rule"),
    [
        (review_of("r", BARE, premiere="2015-04-01"), NEW, "series-year"),
        (review_of("r", BARE, CAST[:2]), OLD, "series-cast"),
        (review_of("r", BARE, CAST[2:5]), NEW, "series-cast"),
        (review_of("r", BARE, date="2003-01-01"), OLD, "series-date"),
        (review_of("r", BARE, date="2014"), BARE, None),  # a preview of the new one, or about the old one
        (review_of("r", BARE, date="2020"), BARE, None),
        (review_of("r", BARE, CAST[:1]), BARE, None),
        (review_of("r", BARE, (CAST[0], CAST[2])), BARE, None),
        (review_of("r", BARE, CAST[:2], premiere="2015"), BARE, None),  # the cast of one and the year of the other
        (review_of("r", BARE, CAST[:3]), BARE, None),
        (review_of("r", BARE, premiere="1987"), BARE, None),
        (review_of("r", BARE, CAST[:2], remake_of=OLD), BARE, None),  # it names the other one besides
        (review_of("r", BARE, CAST[2:4], remake_of=OLD), NEW, "series-cast"),
    ],
)
def test_a_bare_title_stands_for_the_one_show_it_can_be(bare: Reading, becomes: str, rule: str | None) -> None:
    results = set()
    for order in permutations([*MARKED, bare]):
        with open_store(":memory:") as store:
            for reading in order:
                add_reading(store, reading, IRIS)
            assert reviewed(store, "r") == becomes
            assert rules(store) == ({rule} if rule else set())
            results.add(frozenset(everything(store) | index(store)))
    assert len(results) == 1


def test_a_country_in_brackets_is_a_mark_too() -> None:
    found = [review_of("uk", BRITISH), review_of("r", BARE, country="United Kingdom"), review_of("s", BARE)]
    with open_store(":memory:") as store:
        add_readings(store, [*found, review_of("new", NEW), review_of("t", BARE, country="Canada")], IRIS)
        assert [reviewed(store, name) for name in ("r", "s", "t")] == [BRITISH, BARE, BARE]
        assert rules(store) == {"series-country"}


def test_what_was_recognised_is_no_ground_for_recognising_more() -> None:
    chain = [review_of("r", BARE, CAST[:4:2], premiere="2001"), review_of("s", BARE, (CAST[2], CAST[4]))]
    with open_store(":memory:") as store:
        add_readings(store, [review_of("old", OLD, CAST[:2]), review_of("new", NEW), *chain], IRIS)
        assert [reviewed(store, name) for name in ("r", "s")] == [OLD, BARE]


def test_its_seasons_and_characters_go_with_it_by_the_name_with_the_mark() -> None:
    bare = review_of("r", BARE, [*CAST[:2], ("Una Passby", "Harrow")])
    with open_store(":memory:") as store:
        add_readings(store, [*MARKED, bare], IRIS)
        graph = set(store.quads(NamedNode(IRIS.review("r"))))
    series = {q.subject for q in graph if q.predicate == RDF.type and q.object == SCHEMA.TVSeries}
    assert series == {NamedNode(SERIES[OLD])}
    said = {(q.predicate, q.object.value) for q in graph if q.subject == NamedNode(SERIES[OLD])}
    assert {(SCHEMA.name, OLD), (SCHEMA.alternateName, BARE), (SCHEMA.containsSeason, f"{SERIES[OLD]}/season/2")} < said
    assert not any(f"{SERIES[BARE]}/" in str(quad) for quad in graph)
    assert f"{SERIES[OLD]}/character/nell-harrow" in {
        q.subject.value for q in graph if isinstance(q.subject, NamedNode)
    }


@many
@given(found=show_readings(), data=st.data())
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
@given(found=show_readings(), earlier=show_readings(), data=st.data())
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
@given(found=show_readings(), data=st.data())
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
    """A few decisions about shows of one title, their characters and their actors."""
    things = [mint(title, EntityType.SERIES, title) for title in SERIES]
    parts = [
        mint(name, EntityType.CHARACTER, title) for title in (BARE, OLD) for name in ("Nell", "Nell Harrow", "Sam")
    ]
    people = [mint(actor, EntityType.PERSON, BARE) for actor, _ in CAST[:3]]
    made = NONE
    for _ in range(draw(st.integers(1, 3))):
        group = draw(st.sampled_from([things, things, parts[:3], parts[3:], people]))
        one, other = draw(st.lists(st.sampled_from(group), min_size=2, max_size=2, unique_by=lambda e: e.iri))
        choice = draw(st.sampled_from([MERGE, DIFFERENT]))
        decision = Decision(
            made.next_number, choice, one.iri or "", (other.iri or "",), (one.name, other.name), "ann",
            "2026-11-22T10:00:00Z",
        )  # fmt: skip
        try:
            made = made.with_(decision)
        except InputError:
            continue
    return made


@many
@given(found=show_readings(), made=decisions(), data=st.data())
def test_decisions_hold_whenever_they_were_made_and_are_taken_back(
    found: list[Reading], made: Decisions, data: st.DataObject
) -> None:
    with open_store(":memory:") as store:
        later = data.draw(st.integers(0, len(found)))
        add_readings(store, found[:later], IRIS)
        redecide(store, NONE, made, IRIS)
        add_readings(store, found[later:], IRIS)
        assert (everything(store), index(store)) == one_by_one(found, made)
        assert decisions_in(store, IRIS).made == made.made
        redecide(store, made, NONE, IRIS)
        assert (everything(store), index(store)) == one_by_one(found)


def test_a_decision_comes_before_the_rules() -> None:
    bare = review_of("r", BARE, CAST[:2])
    with open_store(":memory:") as store:
        add_readings(store, [*MARKED, bare], IRIS)
        for choice, other, becomes in ((DIFFERENT, OLD, BARE), (MERGE, NEW, NEW), (MERGE, OLD, OLD)):
            before = decisions_in(store, IRIS)
            made = Decision(1, choice, SERIES[BARE], (SERIES[other],), (BARE, other), "ann", "2026-11-22T10:00:00Z")
            redecide(store, before, Decisions([made], iris=IRIS), IRIS)
            assert reviewed(store, "r") == becomes
        redecide(store, decisions_in(store, IRIS), NONE, IRIS)
        assert reviewed(store, "r") == OLD


@many
@given(found=show_readings())
def test_what_a_review_says_of_shows_is_kept_in_bits(found: list[Reading]) -> None:
    for reading in found:
        shows = shows_of(own_quads(reading), IRIS)
        assert shows_of_items(items_of_shows(shows)) == shows


def test_a_bulk_load_that_was_killed_half_way_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_APART_FROM", 0)
    bare = review_of("r", BARE, CAST[:2])
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/g") as store:
        add_reading(store, bare, IRIS)
        apply, calls = store.apply, []

        def killed(**change: object) -> object:
            calls.append(change)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return apply(**change)  # type: ignore[arg-type]

        monkeypatch.setattr(store, "apply", killed)
        with pytest.raises(KeyboardInterrupt):
            add_readings(store, MARKED, IRIS)
        monkeypatch.setattr(store, "apply", apply)
        assert reviewed(store, "r") == BARE
        add_reading(store, review_of("s", BARE), IRIS)
        expected = one_by_one([*MARKED, bare, review_of("s", BARE)])
        assert sorted(everything(store) ^ expected[0]) == []
        left = index(store) ^ expected[1]  # a series that nobody has used since has still to be looked at
        assert all("unsettled" in line and SERIES[NEW] in line for line in left)


@pytest.fixture(params=["memory", "disk", "endpoint"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as stack:
        where = {"memory": ":memory:", "disk": str(tmp_path / "graph")}.get(request.param)
        yield stack.enter_context(open_store(where or stack.enter_context(oxigraph_server())))


def test_every_store_tells_shows_apart_and_what_stays_unclear(any_store: Store) -> None:
    store = any_store
    found = [review_of("r", BARE, CAST[:2]), review_of("s", BARE, date="2020"), *MARKED]
    for reading in found:
        add_reading(store, reading, IRIS)
    assert (everything(store), index(store)) == one_by_one(found)
    (unclear,) = unclear_shows(store, IRIS)
    assert (unclear.name, unclear.reviews, unclear.names) == (BARE, (IRIS.review("s"),), (OLD, NEW))
    assert f"tellygraph merge {SERIES[BARE]} {SERIES[OLD]}" in str(unclear)
    remove_review(store, "new", IRIS)
    (unclear,) = unclear_shows(store, IRIS)
    assert (unclear.reviews, unclear.names) == ((IRIS.review("s"),), (OLD,))
    made = Decision(1, DIFFERENT, SERIES[BARE], (SERIES[OLD],), (BARE, OLD), "ann", "2026-11-22T10:00:00Z")
    redecide(store, NONE, Decisions([made], iris=IRIS), IRIS)
    assert reviewed(store, "r") == BARE
    assert list(unclear_shows(store, IRIS)) == []
