"""Reviews go in, are replaced and come out again, on every store alike."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from samples import IRIS, NORTHGATE, SALTMARSH_1, SALTMARSH_2, SAMPLE, fact, statements
from tellygraph.errors import InputError
from tellygraph.graph import (
    EXPORTERS,
    Change,
    Store,
    add_reading,
    add_readings,
    adding,
    export_graph,
    has_review,
    open_store,
    quads_of,
    remove_review,
    reviews_in,
)
from tellygraph.ontology.terms import PROV, RDF, TG
from tellygraph.reviews.records import Reading, Review

READINGS = [Reading(review, facts) for review, facts in SAMPLE.items()]

PARTIAL = Review(
    IRIS.review("saltmarsh-3"), "saltmarsh-3", "Nell (Mara Quill) is back, and Otto sulks. Nell dates Bea.", "Saltmarsh", 3
)  # fmt: skip
PARTIAL_READING = Reading(
    PARTIAL,
    (
        fact(PARTIAL, "plays", "Mara Quill", "Nell", "Nell (Mara Quill)"),
        fact(PARTIAL, "relationship", "Nell", "Bea", "Nell dates Bea", kind="dating"),
    ),
)


def everything(store: Store) -> list[str]:
    return sorted(map(str, statements(store)))


def test_adding_twice_adds_nothing_the_second_time(store: Store) -> None:
    first = add_readings(store, READINGS, IRIS)
    held = everything(store)
    assert first == Change(len(held), 0)
    assert add_readings(store, reversed(READINGS), IRIS) == Change()
    assert [add_reading(store, reading, IRIS) for reading in READINGS] == [Change()] * 3
    assert everything(store) == held


def test_one_by_one_and_in_a_batch_come_to_the_same(store: Store) -> None:
    for reading in [*READINGS, PARTIAL_READING]:
        add_reading(store, reading, IRIS)
    with open_store(":memory:") as other:
        add_readings(other, [*READINGS, PARTIAL_READING], IRIS)
        assert everything(store) == everything(other)


def test_a_changed_review_leaves_exactly_its_present_facts(store: Store) -> None:
    add_readings(store, READINGS, IRIS)
    shorter = Reading(replace(SALTMARSH_1, title="Saltmarsh, reviewed again"), SAMPLE[SALTMARSH_1][:4])
    change = add_reading(store, shorter, IRIS)
    assert change.added == 4  # the title, and what it is found by: all of it, "again", its consonants
    assert change.removed > 50
    assert sorted(store.quads(NamedNode(SALTMARSH_1.iri)), key=str) == quads_of(shorter.review, shorter.facts, IRIS)


def test_removing_takes_exactly_what_the_review_said(store: Store) -> None:
    add_readings(store, READINGS[:2], IRIS)
    before = everything(store)
    add_reading(store, READINGS[2], IRIS)
    added = len(everything(store)) - len(before)
    assert remove_review(store, NORTHGATE.iri, IRIS) == Change(removed=added)
    assert everything(store) == before
    remove_review(store, SALTMARSH_1.id, IRIS)
    remove_review(store, SALTMARSH_2.id, IRIS)
    assert everything(store) == []


def test_removing_what_is_not_there_names_what_is(store: Store) -> None:
    with pytest.raises(InputError, match="there is none in it"):
        remove_review(store, "saltmarsh-1", IRIS)
    add_readings(store, READINGS, IRIS)
    with pytest.raises(InputError, match=r"no review 'saltmarsh1'.*did you mean 'saltmarsh-1' or 'saltmarsh-2'"):
        remove_review(store, "saltmarsh1", IRIS)
    with pytest.raises(InputError, match="did you mean 'northgate'"):
        remove_review(store, "Northgate: the new drama", IRIS)
    with pytest.raises(InputError, match="ask reviews"):
        remove_review(store, IRIS.identity_graph, IRIS)


def test_reviews_describe_themselves(store: Store) -> None:
    add_readings(store, READINGS, IRIS)
    entries = reviews_in(store)
    assert [e.iri for e in entries] == [NORTHGATE.iri, SALTMARSH_1.iri, SALTMARSH_2.iri]
    third = entries[2]
    assert (third.title, third.show, third.season) == (SALTMARSH_2.title, "Saltmarsh", 2)
    assert (third.author, third.publisher, third.date) == ("Cy Dell", "The Evening Lamp", "2022-03-11")
    assert (third.url, third.facts) == (SALTMARSH_2.url, len(SAMPLE[SALTMARSH_2]))
    assert entries[0].season is None
    assert has_review(store, NORTHGATE.iri)
    assert not has_review(store, IRIS.review("another"))


def test_a_first_name_becomes_the_one_known_character_and_back(store: Store) -> None:
    add_readings(store, READINGS, IRIS)
    before = everything(store)
    (addition,) = adding(store, [PARTIAL_READING], IRIS)
    assert [(m.name, m.known_name, m.rule) for m in addition.merges] == [("Nell", "Nell Harrow", "name-part")]
    nell = IRIS.character("Nell", IRIS.series("Saltmarsh"))
    assert not [q for q in store.quads(NamedNode(PARTIAL.iri)) if f"<{nell}>" in str(q)]
    recorded = {(q.predicate, q.object.value) for q in store.quads(NamedNode(IRIS.identity_graph))}
    assert recorded >= {
        (RDF.type, TG.Merge.value),
        (TG.mergedFrom, nell),
        (TG.mergedInto, IRIS.character("Nell Harrow", IRIS.series("Saltmarsh"))),
        (TG.mergeRule, "name-part"),
        (PROV.wasQuotedFrom, PARTIAL.iri),
    }
    assert add_reading(store, PARTIAL_READING, IRIS) == Change()
    remove_review(store, PARTIAL.id, IRIS)
    assert everything(store) == before


def test_any_order_comes_to_the_same_and_again_changes_nothing(store: Store) -> None:
    found = [PARTIAL_READING, *READINGS]
    changes = [add_reading(store, reading, IRIS) for reading in found]
    held = everything(store)
    assert sum(change.added - change.removed for change in changes) == len(held)
    with open_store(":memory:") as other:
        add_readings(other, reversed(found), IRIS)
        assert everything(other) == held
    again = list(adding(store, found, IRIS))
    assert [(a.change, a.elsewhere) for a in again] == [(Change(), Change())] * 4


def test_a_name_gets_its_own_meaning_back_when_the_full_name_goes(store: Store) -> None:
    add_reading(store, PARTIAL_READING, IRIS)
    alone = everything(store)
    add_readings(store, READINGS, IRIS)
    assert NamedNode(IRIS.identity_graph) in store.graphs()
    for review in (SALTMARSH_1, SALTMARSH_2, NORTHGATE):
        remove_review(store, review.id, IRIS)
    assert everything(store) == alone


def test_a_merge_goes_when_the_review_no_longer_needs_it(store: Store) -> None:
    add_readings(store, [*READINGS, PARTIAL_READING], IRIS)
    text = PARTIAL.text.replace("Nell (", "Nell Harrow (")
    fuller = replace(PARTIAL, text=text)
    add_reading(
        store, Reading(fuller, (fact(fuller, "plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)"),)), IRIS
    )
    assert NamedNode(IRIS.identity_graph) not in store.graphs()


def test_what_was_read_before_a_failure_is_kept(store: Store) -> None:
    def breaking() -> object:
        yield READINGS[0]
        yield READINGS[1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_readings(store, breaking(), IRIS)  # type: ignore[arg-type]
    assert [e.iri for e in reviews_in(store)] == [SALTMARSH_1.iri, SALTMARSH_2.iri]


def test_a_batch_may_hold_the_same_review_twice(store: Store) -> None:
    shorter = Reading(SALTMARSH_1, SAMPLE[SALTMARSH_1][:1])
    additions = list(adding(store, [shorter, READINGS[1], READINGS[0]], IRIS))
    assert [(a.review.id, a.replaced) for a in additions] == [
        ("saltmarsh-1", False), ("saltmarsh-2", False), ("saltmarsh-1", True),
    ]  # fmt: skip
    assert sorted(store.quads(NamedNode(SALTMARSH_1.iri)), key=str) == quads_of(SALTMARSH_1, SAMPLE[SALTMARSH_1], IRIS)


@pytest.mark.parametrize("name", [e.name for e in EXPORTERS])
def test_every_store_exports_the_same_bytes(store: Store, name: str) -> None:
    add_readings(store, [*READINGS, PARTIAL_READING], IRIS)
    here, there, again = io.BytesIO(), io.BytesIO(), io.BytesIO()
    written = export_graph(store, name, here)
    with open_store(":memory:") as other:
        add_readings(other, [*reversed(READINGS), PARTIAL_READING], IRIS)
        assert export_graph(other, name, there) == written
        export_graph(other, name, again)
    assert here.getvalue() == there.getvalue() == again.getvalue()
    assert written > 10
