"""Who is whom depends on what all reviews say, never on the order in which they came, and can always be taken back."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from drawn_reviews import (
    ACTORS,
    NICKS,
    everything,
    facts_of,
    graph_of,
    index,
    index_of,
    mint,
    named,
    readings,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from samples import IRIS
from tellygraph.graph import (
    Change,
    add_reading,
    add_readings,
    adding,
    changes,
    open_store,
    quads_of,
    remove_review,
    settle,
)
from tellygraph.graph.identity import Merge, own_characters, resolved
from tellygraph.graph.merge_records import merges_in
from tellygraph.graph.recast import own_of_quads
from tellygraph.graph.renaming import query_about, renamed, statements
from tellygraph.reviews.records import Entity, EntityType, Fact, Reading, Review

SCENES = {
    "two Nicks": NICKS,
    "longer and longer": named(["Nick"], ["Nick Nelson"], ["DCI Nick Nelson"]),
    "both in one": named(["Nick", "Nick Nelson"], ["Nick"], ["Nelson"], ["Nick Nelson"]),
    "one name in two spellings": named(["Nick", "NICK"], ["Nick Nelson"], ["nick"]),
    "words joined and apart": named(["Quill"], ["Zoe Quill Nelson"], ["Zoe QUILL-Nelson"], ["DCI Zoe Quill-Nelson"]),
}
scenes = pytest.mark.parametrize("found", SCENES.values(), ids=SCENES)
many = settings(max_examples=60, deadline=None)


@scenes
def test_every_order_comes_to_the_same_graph(found: list[Reading]) -> None:
    expected = graph_of(found)
    for order in permutations(found):
        with open_store(":memory:") as store:
            for reading in order:
                add_reading(store, reading, IRIS)
            assert everything(store) == expected
            assert index(store) == index_of(found)


@scenes
def test_the_names_that_one_review_told_apart_or_joined_follow_it_out_and_in(found: list[Reading]) -> None:
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        for gone in found:
            remove_review(store, gone.review.id, IRIS)
            assert everything(store) == graph_of([reading for reading in found if reading is not gone])
            assert index(store) == index_of([reading for reading in found if reading is not gone])
            add_reading(store, gone, IRIS)
            assert everything(store) == graph_of(found)
            assert index(store) == index_of(found)


@many
@given(found=readings(), data=st.data())
def test_any_order_comes_to_the_same_graph(found: list[Reading], data: st.DataObject) -> None:
    order = data.draw(st.permutations(found))
    expected = graph_of(found)
    with open_store(":memory:") as one_by_one, open_store(":memory:") as in_batches:
        steps = [add_reading(one_by_one, reading, IRIS) for reading in order]
        assert everything(one_by_one) == expected
        assert index(one_by_one) == index_of(found)
        assert sum(c.added - c.removed for c in steps) == len(expected)
        assert add_readings(in_batches, order, IRIS) == Change(len(expected), 0)
        assert everything(in_batches) == expected
        assert index(in_batches) == index_of(found)


@many
@given(found=readings(), data=st.data(), apart_from=st.sampled_from([0, 60, 10_000]))
def test_batches_of_any_size_come_to_the_same_graph(found: list[Reading], data: st.DataObject, apart_from: int) -> None:
    order = data.draw(st.permutations(found))
    with open_store(":memory:") as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "_APART_FROM", apart_from)
        patch.setattr(store, "batch_quads", data.draw(st.sampled_from([1, 100, 200])))
        change = add_readings(store, order, IRIS)
        assert everything(store) == graph_of(found)
        assert index(store) == index_of(found)
        assert change.added - change.removed == len(everything(store))


@many
@given(found=readings())
def test_what_is_there_is_unchanged_when_it_comes_again(found: list[Reading]) -> None:
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        again = list(adding(store, found, IRIS))
        assert [(a.change, a.elsewhere, a.replaced) for a in again] == [(Change(), Change(), True)] * len(found)
        assert [add_reading(store, reading, IRIS) for reading in found] == [Change()] * len(found)


@many
@given(found=readings(), data=st.data())
def test_adding_and_removing_leaves_the_graph_as_it_was(found: list[Reading], data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        for at, reading in enumerate(data.draw(st.permutations(found)), 1):
            before = len(everything(store))
            change = remove_review(store, reading.review.iri, IRIS)
            assert len(everything(store)) == before + change.added - change.removed
            rest = {r.review.iri for r in found} & {g.value for g in store.graphs()}
            assert len(rest) == len(found) - at
            assert everything(store) == graph_of([r for r in found if r.review.iri in rest])
            assert index(store) == index_of([r for r in found if r.review.iri in rest])


@many
@given(found=readings(), data=st.data())
def test_a_review_may_come_to_say_something_else(found: list[Reading], data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        changed = data.draw(st.sampled_from(found))
        other = replace(changed, facts=data.draw(facts_of(changed.review.iri)))
        later = [other if reading is changed else reading for reading in found]
        add_readings(store, [other], IRIS)
        assert everything(store) == graph_of(later)
        assert index(store) == index_of(later)
        add_readings(store, [*found, other, *found], IRIS)
        assert everything(store) == graph_of(found)
        assert index(store) == index_of(found)


def test_a_review_that_says_less_than_before_is_no_longer_a_ground() -> None:
    """Other actors keep two apart; once a review no longer says who plays the one, they are the same."""
    full, part = named(["Nick Nelson"], ["Nick"])
    one, other = (mint(name, EntityType.PERSON, "Saltmarsh") for name in ACTORS[:2])

    def played(reading: Reading, actor: Entity) -> Reading:
        (said,) = reading.facts
        return replace(reading, facts=(replace(said, relation="plays", subject=actor), said))

    with open_store(":memory:") as store:
        add_readings(store, [played(full, one), played(part, other)], IRIS)
        assert not list(store.quads(NamedNode(IRIS.identity_graph)))
        add_reading(store, full, IRIS)
        assert list(store.quads(NamedNode(IRIS.identity_graph)))
        assert everything(store) == graph_of([full, played(part, other)])
        assert index(store) == index_of([full, played(part, other)])


@many
@given(facts=facts_of(IRIS.review("r0")))
def test_a_store_gives_back_who_a_review_names_as_it_names_them(facts: tuple[Fact, ...]) -> None:
    """Merged or not: here another review knows everybody by the full name."""
    review = Review(IRIS.review("r0"), "r0", "xxxxxx", "Saltmarsh")
    known = replace(
        NICKS[1], facts=(*NICKS[1].facts, *(replace(f, evidence=NICKS[1].facts[0].evidence) for f in facts))
    )
    with open_store(":memory:") as store:
        add_readings(store, [Reading(review, facts), known], IRIS)
        made = merges_in(store, IRIS, [review.iri])[review.iri]
        assert own_of_quads(store.quads(NamedNode(review.iri)), made) == own_characters(facts)
        kept = index(store)
        assert settle(store, IRIS) == Change()
        assert index(store) == kept


@st.composite
def ways(draw: st.DrawFn) -> tuple[tuple[Fact, ...], list[Merge], list[Merge]]:
    """Facts of a review, and two ways to merge its characters into others, some of them called the same by both."""
    facts = draw(facts_of(IRIS.review("r0")))
    own = [
        (series, character)
        for series, characters in own_characters(facts).items()
        for character in characters.values()
        if len(character.names) == 1
    ]
    both = []
    for _ in range(2):
        names = draw(
            st.permutations(["Ada Roe", "Otto", "Bea Zed", "ADA ROE", "Nick Nelson Pike", "Jo-Jo", "Jo Jo", "O’Bea"])
        )
        made = [
            Merge(c.iri, c.name, IRIS.character(name, series), name, "name-part", tuple(sorted(c.aliases)))
            for (series, c), name in zip(own, names, strict=False)
            if draw(st.booleans())
        ]
        both.append([merge for merge in made if [m.merged_into for m in made].count(merge.merged_into) == 1])
    return facts, both[0], both[1]


@settings(max_examples=200, deadline=None)
@given(way=ways())
def test_renaming_in_the_graph_is_resolving_the_facts_anew(
    way: tuple[tuple[Fact, ...], list[Merge], list[Merge]],
) -> None:
    facts, before, after = way
    review = Review(IRIS.review("r0"), "r0", "xxxxxx", "Saltmarsh")
    with open_store(":memory:") as store:
        old = set(quads_of(review, resolved(facts, before), IRIS))
        new = set(quads_of(review, resolved(facts, after), IRIS))
        removed, added = renamed(review.iri, statements(old), before, after, IRIS)
        assert removed <= old
        assert not added & old
        assert (old - removed) | added == new
        store.extend(old)
        if before != after:
            asked = statements(store.query(query_about(review.iri, before, after)))
            assert renamed(review.iri, asked, before, after, IRIS) == (removed, added)
        assert not removed or NamedNode(review.iri) in store.graphs()
