"""A person's decisions hold in whatever order reviews come, go and come back, and are taken back without a trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

import pytest
from drawn_reviews import ACTORS, NAMES, NICKS, SHOWS, everything, facts_of, graph_of, mint, readings
from hypothesis import given, settings
from hypothesis import strategies as st

from samples import IRIS
from tellygraph.errors import InputError
from tellygraph.graph import Store, add_reading, add_readings, open_store, quads_of, remove_review
from tellygraph.graph.deciding import redecide
from tellygraph.graph.decisions import DIFFERENT, MERGE, SAME_AS, SPLIT, Decision, Decisions, decisions_in
from tellygraph.graph.own_words import as_read, targets, told
from tellygraph.graph.renaming import statements
from tellygraph.graph.restating import restated, restated_facts, things
from tellygraph.reviews.records import EntityType, Fact, Reading, Review

NONE = Decisions(iris=IRIS)
SERIES = [mint(show, EntityType.SERIES, show) for show in SHOWS]
PEOPLE = [mint(name, EntityType.PERSON, "Saltmarsh") for name in (*ACTORS, "Otto Wren")]
CHARACTERS = {show: [mint(name, EntityType.CHARACTER, show) for name in (*NAMES, "Nicholas Nelson")] for show in SHOWS}
GROUPS = [CHARACTERS[SHOWS[0]]] * 4 + [CHARACTERS[SHOWS[1]], SERIES, PEOPLE]
few = settings(max_examples=60, deadline=None)


@st.composite
def decisions(draw: st.DrawFn, most: int = 5) -> Decisions:
    """A few decisions that do not contradict one another."""
    made = NONE
    for _ in range(draw(st.integers(1, most))):
        one, other = draw(st.lists(st.sampled_from(draw(st.sampled_from(GROUPS))), min_size=2, max_size=2))
        choice = draw(st.sampled_from([MERGE, MERGE, MERGE, DIFFERENT, SPLIT, SAME_AS]))
        others = "https://www.wikidata.example/entity/Q1" if choice == SAME_AS else other.iri or ""
        names = (one.name,) if choice in (SPLIT, SAME_AS) else (one.name, other.name)
        decision = Decision(
            made.next_number, choice, one.iri or "", (others,), names, "ann", "2026-11-22T10:00:00Z", "x"
        )
        try:
            made = made.with_(decision)
        except InputError:
            continue
    return made


def fresh(found: Iterable[Reading], made: Decisions) -> set[str]:
    """The graph where the decisions were there before any review."""
    with open_store(":memory:") as store:
        store.apply(add=made.quads())
        for reading in found:
            add_reading(store, reading, IRIS)
        return everything(store)


def merge_of(number: int, one: str, other: str, choice: str = MERGE) -> Decision:
    """A decision about two characters of Saltmarsh."""
    a, b = (mint(name, EntityType.CHARACTER, "Saltmarsh") for name in (one, other))
    return Decision(number, choice, a.iri or "", (b.iri or "",), (one, other), "ann", "2026-11-22T10:00:00Z")


def decided(store: Store, *made: Decision) -> Decisions:
    found = Decisions(made, iris=IRIS)
    redecide(store, decisions_in(store, IRIS), found, IRIS)
    return found


@few
@given(found=readings(), made=decisions(), data=st.data())
def test_any_order_of_reviews_and_decisions_comes_to_the_same_graph(
    found: list[Reading], made: Decisions, data: st.DataObject
) -> None:
    expected = fresh(found, made)
    assert fresh(data.draw(st.permutations(found)), made) == expected
    with open_store(":memory:") as store:
        later = data.draw(st.integers(0, len(found)))
        add_readings(store, found[:later], IRIS)
        change = redecide(store, NONE, made, IRIS).change
        assert len(everything(store)) == len(graph_of(found[:later])) + change.added - change.removed
        assert decisions_in(store, IRIS).made == made.made
        add_readings(store, found[later:], IRIS)
        assert everything(store) == expected


@few
@given(found=readings(), made=decisions(), data=st.data())
def test_decisions_are_taken_back_without_a_trace(found: list[Reading], made: Decisions, data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        redecide(store, NONE, made, IRIS)
        for decision in data.draw(st.permutations(made.made)):
            try:
                less = made.without(decision.number)
            except InputError:
                continue
            redecide(store, made, less, IRIS)
            made = less
            assert everything(store) == fresh(found, made)
        redecide(store, made, NONE, IRIS)
        assert everything(store) == graph_of(found)


@few
@given(found=readings(), made=decisions(), data=st.data())
def test_decisions_outlive_the_reviews(found: list[Reading], made: Decisions, data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        redecide(store, NONE, made, IRIS)
        expected = everything(store)
        for reading in data.draw(st.permutations(found)):
            assert add_reading(store, reading, IRIS).added == 0
        for reading in data.draw(st.permutations(found)):
            remove_review(store, reading.review.iri, IRIS)
        assert everything(store) == set(map(str, made.quads()))
        add_readings(store, data.draw(st.permutations(found)), IRIS)
        assert everything(store) == expected


@few
@given(facts=facts_of(IRIS.review("r0")), made=decisions())
def test_what_decisions_make_of_a_graph_is_what_they_make_of_the_facts(
    facts: tuple[Fact, ...], made: Decisions
) -> None:
    review = Review(IRIS.review("r0"), "r0", "xxxxxx")
    own = statements(quads_of(review, facts, IRIS))
    to = targets(things(own), made)
    assert restated(own, to, IRIS) == statements(quads_of(review, restated_facts(facts, to, IRIS), IRIS))
    now = told(review.iri, own, made, IRIS)
    assert as_read(review.iri, now.statements, now.record, IRIS) == own


def ends(store: Store) -> set[str]:
    head = f"{SERIES[0].iri}/character/"
    return {
        line.removeprefix(f"<{head}").partition(">")[0] for line in everything(store) if line.startswith(f"<{head}")
    }


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_two_names_that_somebody_made_one_are_one_candidate(order: Sequence[int]) -> None:
    """ "Nick" could be Nick Nelson or Nick Clarke, until somebody decides that these are one."""
    found = [NICKS[at] for at in order]
    with open_store(":memory:") as store:
        add_readings(store, found, IRIS)
        assert ends(store) == {"nick", "nick-nelson", "nick-clarke", "nicks-mom"}
        decided(store, merge_of(1, "Nick Clarke", "Nick Nelson"))
        assert ends(store) == {"nick-nelson", "nicks-mom"}
        decided(store)
        assert everything(store) == graph_of(found)


def test_an_automatic_merge_is_undone_by_a_decision() -> None:
    with open_store(":memory:") as store:
        add_readings(store, NICKS[:2], IRIS)
        assert ends(store) == {"nick-nelson"}
        decided(store, merge_of(1, "Nick", "Nick Nelson", DIFFERENT))
        assert ends(store) == {"nick", "nick-nelson"}


def test_two_that_are_not_one_do_not_become_one_as_a_third() -> None:
    with open_store(":memory:") as store:
        add_readings(store, [NICKS[0], NICKS[1], NICKS[3]], IRIS)
        assert ends(store) == {"nick-nelson", "tori"}
        decided(store, merge_of(1, "Nick", "Nelson", DIFFERENT))
        assert ends(store) == {"nick", "nelson", "nick-nelson", "tori"}


def test_contradictions_are_refused() -> None:
    one = Decisions([merge_of(1, "Tori", "Nick"), merge_of(2, "Nick", "Nelson")], iris=IRIS)
    with pytest.raises(InputError, match=r"decision 3 \(Nelson is Tori\) goes round in a circle with decision 1"):
        one.with_(merge_of(3, "Nelson", "Tori"))
    with pytest.raises(InputError, match=r"decision 3 \(Tori is not Nelson\) contradicts decision 2"):
        one.with_(merge_of(3, "Tori", "Nelson", DIFFERENT))
    with pytest.raises(InputError, match=r"decision 3 \(Tori is Zoe\) is in the way of decision 1"):
        one.with_(merge_of(3, "Tori", "Zoe"))
    with pytest.raises(InputError, match="is about one thing only"):
        one.with_(merge_of(3, "NICK", "Nick"))
    apart = Decisions([merge_of(1, "Tori", "Nick", DIFFERENT)], iris=IRIS)
    with pytest.raises(InputError, match=r"decision 2 \(Tori is Nick\) contradicts decision 1"):
        apart.with_(merge_of(2, "Tori", "Nick"))
    with pytest.raises(InputError, match="there is no decision 2: `tellygraph decisions` lists them"):
        apart.without(2)
    with pytest.raises(InputError, match="no decision has been made"):
        NONE.without(1)
