"""rdflib reads every store through `.rdflib()`: the same data, live."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE
from tellygraph.errors import StoreError
from tellygraph.graph import Store, add_readings, remove_review
from tellygraph.reviews.records import Reading

rdflib = pytest.importorskip("rdflib")  # a dependency: never missing where Tellygraph is installed

# rdflib's own Dataset.triples uses its own deprecated property.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")

SCHEMA = rdflib.Namespace("https://schema.org/")
TG = rdflib.Namespace("https://w3id.org/tellygraph/ontology#")
MARA = rdflib.URIRef(IRIS.person("Mara Quill"))


@pytest.fixture
def filled(store: Store) -> Store:
    add_readings(store, [Reading(review, facts) for review, facts in SAMPLE.items()], IRIS)
    return store


def test_the_dataset_holds_what_the_store_holds(filled: Store) -> None:
    dataset = filled.rdflib()
    assert len(dataset) == len({q.triple for q in filled.quads()})
    ours = {(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in filled.quads()}
    assert {tuple(map(str, quad)) for quad in dataset.quads()} == ours
    assert {str(g.identifier) for g in dataset.graphs()} >= {review.iri for review in SAMPLE}


def test_patterns_find_each_triple_once(filled: Store) -> None:
    dataset = filled.rdflib()
    assert len(list(dataset.triples((MARA, TG.plays, None)))) == 2
    assert len(list(dataset.triples((None, SCHEMA.name, rdflib.Literal("Mara Quill"))))) == 1
    assert (MARA, SCHEMA.name, rdflib.Literal("Mara Quill")) in dataset
    assert (MARA, SCHEMA.name, rdflib.Literal("Nobody")) not in dataset
    assert list(dataset.triples((rdflib.BNode(), None, None))) == []
    assert len(dataset.graph(NORTHGATE.iri)) == len(list(filled.quads(NamedNode(NORTHGATE.iri))))


def test_sparql_runs_in_the_store_and_in_rdflib_alike(filled: Store) -> None:
    dataset = filled.rdflib()
    text = "SELECT DISTINCT ?c WHERE { ?a tg:plays ?c }"
    prefixes = {"tg": TG}
    here = {row.c for row in dataset.query(text, initNs=prefixes, initBindings={"a": MARA})}
    there = {row.c for row in dataset.query(text.replace("?a", f"<{MARA}>"), initNs=prefixes)}
    assert here == there
    assert len(here) == 2
    assert dataset.query(f"ASK {{ <{MARA}> ?p ?o }}").askAnswer
    graph = dataset.query(f"CONSTRUCT WHERE {{ <{MARA}> <{TG.plays}> ?c }}").graph
    assert len(graph) == 2
    names = dataset.query("SELECT ?n ?none WHERE { ?s schema:name ?n }", initNs={"schema": SCHEMA})
    assert {str(row.n) for row in names} >= {"Mara Quill", "Sam's mother"}


def test_the_view_is_live_and_for_reading(filled: Store) -> None:
    dataset = filled.rdflib()
    before = len(dataset)
    remove_review(filled, SALTMARSH_1.id, IRIS)
    assert len(dataset) < before
    with pytest.raises(StoreError, match="for reading"):
        dataset.add((MARA, SCHEMA.name, rdflib.Literal("Another")))
    with pytest.raises(StoreError, match="for reading"):
        dataset.remove((MARA, None, None))


def test_dates_and_numbers_keep_their_text(filled: Store) -> None:
    found = {str(o): o.datatype for _, _, o, _ in filled.rdflib().quads((None, SCHEMA.startDate, None, None))}
    assert found == {"2022-03-04": rdflib.XSD.date}
    assert {str(o) for o in filled.rdflib().objects(None, TG.confidence)} == {"0.9"}
