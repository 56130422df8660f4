"""Decisions on every store alike: made by name, kept with the reviews away, taken back to the byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode

from samples import IRIS, SALTMARSH_1, SAMPLE, fact
from tellygraph.errors import InputError, StoreError
from tellygraph.graph import Store, add_readings, remove_review
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.ontology.terms import OWL, RDF, TG, XSD
from tellygraph.reviews.records import Reading, Review

OTHER = Review(
    IRIS.review("saltmarsh-4"), "saltmarsh-4",
    "Nelly Harrow (Mara Quill) leaves Sam. Nell Harrow never did. Jonah is away.", "Salt Marsh", 1,
    publisher="The Evening Lamp",
)  # fmt: skip
SAME_SHOW = replace(OTHER, show="Saltmarsh")


def reading_of(review: Review) -> Reading:
    return Reading(
        review,
        (
            fact(review, "plays", "Mara Quill", "Nelly Harrow", "Nelly Harrow (Mara Quill)", season=1),
            fact(review, "relationship", "Nelly Harrow", "Sam", "Nelly Harrow (Mara Quill) leaves Sam", kind="ex-partner"),
            fact(review, "relationship", "Nell Harrow", "Jonah", "Jonah is away", kind="friend"),
            fact(review, "author", "Salt Marsh", "Edith Rowan", "Sam") if review is OTHER else
            fact(review, "director", "Saltmarsh", "Ada Roe", "Sam", season=1),
        ),
    )  # fmt: skip


READINGS = [Reading(review, facts) for review, facts in SAMPLE.items()]


def everything(store: Store) -> list[str]:
    return sorted(str(quad) for quad in store.quads() if quad.graph_name != NamedNode(IRIS.cast_graph))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.setenv("TELLYGRAPH_WHO", "ana")


def test_a_merge_holds_and_is_taken_back(store: Store) -> None:
    graph = KnowledgeGraph(store)
    add_readings(store, [*READINGS, reading_of(SAME_SHOW)], IRIS)
    before = everything(store)
    would = graph.merge("Nelly Harrow", "Nell Harrow", dry_run=True)
    assert everything(store) == before
    done = graph.merge("Nelly Harrow", "Nell Harrow")
    assert done == would
    assert done.reviews == (SAME_SHOW.iri,)
    after = everything(store)
    assert len(after) - len(before) == done.added - done.removed
    assert not [line for line in after if "character/nelly-harrow>" in line and f"<{IRIS.identity_graph}>" not in line]
    assert Literal("Nelly Harrow") in {q.object for q in store.quads(NamedNode(SAME_SHOW.iri))}
    assert graph.check().violations == ()
    for review in [*SAMPLE, SAME_SHOW]:
        remove_review(store, review.iri, IRIS)
    assert {graph.value for graph in store.graphs()} <= {IRIS.identity_graph, IRIS.cast_graph}
    add_readings(store, [reading_of(SAME_SHOW), *READINGS], IRIS)
    assert everything(store) == after
    undone = graph.undo()
    assert (undone.added, undone.removed, undone.undone) == (done.removed, done.added, True)
    assert everything(store) == before


def test_a_show_moves_with_all_that_is_below_it(store: Store) -> None:
    graph = KnowledgeGraph(store)
    add_readings(store, [*READINGS, reading_of(OTHER)], IRIS)
    before = everything(store)
    graph.merge("Salt Marsh", "Saltmarsh")
    assert not [line for line in everything(store) if "/series/salt-marsh/" in line and "graph/identity" not in line]
    assert graph.check().violations == ()
    graph.merge("Nelly Harrow", "Nell Harrow")
    graph.same("Mara Quill", "Dev Anselm")
    assert graph.check().violations == ()
    for _ in range(3):
        graph.undo()
    assert everything(store) == before


def test_what_a_rule_took_for_another_is_parted(store: Store) -> None:
    graph = KnowledgeGraph(store)
    add_readings(store, [*READINGS, reading_of(SAME_SHOW)], IRIS)
    before = everything(store)
    jonah = IRIS.character("Jonah", IRIS.series("Saltmarsh"))
    assert not [q for q in store.quads(NamedNode(SAME_SHOW.iri)) if q.subject == NamedNode(jonah)]
    for part in (lambda: graph.different("Jonah", "Jonah Pike"), lambda: graph.split("Jonah Pike")):
        part()
        assert [q for q in store.quads(NamedNode(SAME_SHOW.iri)) if q.subject == NamedNode(jonah)]
        graph.undo(1)
        assert everything(store) == before


def test_a_thing_elsewhere_on_the_web_and_who_decided_when(store: Store) -> None:
    graph = KnowledgeGraph(store)
    add_readings(store, READINGS, IRIS)
    graph.same("Mara Quill", "https://www.wikidata.example/entity/Q7", why="the same birthday", who=" Bo ")
    kept = {(q.subject.value, q.predicate, q.object) for q in store.quads(NamedNode(IRIS.identity_graph))}
    assert kept >= {
        (IRIS.person("Mara Quill"), OWL.sameAs, NamedNode("https://www.wikidata.example/entity/Q7")),
        (IRIS.decision(1), RDF.type, TG.Decision),
        (IRIS.decision(1), TG.decidedBy, Literal("Bo")),
        (IRIS.decision(1), TG.decidedAt, Literal("2026-09-21T14:13:20Z", datatype=XSD.dateTime)),
        (IRIS.decision(1), TG.because, Literal("the same birthday")),
    }
    assert graph.check().violations == ()
    graph.merge("Dev Anselm", "Mara Quill")
    assert [decision.sentence for decision in graph.decisions()] == [
        "Mara Quill is <https://www.wikidata.example/entity/Q7>", "Dev Anselm is Mara Quill",
    ]  # fmt: skip


MISTAKES = {
    "two classes": (("merge", "Mara Quill", "Saltmarsh"), "is a person and .* a show: they are never one"),
    "two shows": (("merge", "Nell Harrow", "Ruth Calder"), "are characters of two shows"),
    "one thing": (("merge", "Mara Quill", "mara quill"), "are one already: Mara Quill"),
    "nobody": (("same", "Mara Quill", "Zed Zedder"), "no person of the graph is called 'Zed Zedder'"),
    "not told apart": (("different", "Sam", "Sam"), "both are Sam"),
    "nothing to part": (("split", "Mara Quill"), "nothing was taken for Mara Quill"),
    "said already": (("different", "Bea", "Otto"), r"decision 1 \(Otto is not Bea\) says so already"),
    "against another": (("merge", "Bea", "Otto"), r"decision 2 \(Bea is Otto\) contradicts decision 1"),
    "no such decision": (("undo", 7), "there is no decision 7"),
}


def test_mistakes_change_nothing(store: Store) -> None:
    graph = KnowledgeGraph(store)
    add_readings(store, READINGS, IRIS)
    graph.different("Otto", "Bea")
    before = everything(store)
    for (name, *given), message in MISTAKES.values():
        with pytest.raises(InputError, match=message):
            getattr(graph, name)(*given)
    assert everything(store) == before


def test_a_review_that_is_not_as_it_was_is_left_alone(store: Store) -> None:
    graph = KnowledgeGraph(store)
    add_readings(store, READINGS, IRIS)
    some = [q for q in store.quads(NamedNode(SALTMARSH_1.iri)) if q.predicate == TG.rule]
    store.apply(remove=some)
    before = everything(store)
    with pytest.raises(StoreError, match=r"is not as it was put into .*: remove it and add it again"):
        graph.merge("Sam", "Otto")
    assert everything(store) == before
