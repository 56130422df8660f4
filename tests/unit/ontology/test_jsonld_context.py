"""With our context our data reads as schema.org, and comes back from it triple for triple, without any network."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse
from rdflib.compare import isomorphic

from samples import IRIS, SAMPLE
from tellygraph.graph.quads import quads_of
from tellygraph.ontology import KINDS, SCHEMA, TG, jsonld_context

NELL = IRIS.character("Nell Harrow", IRIS.series("Saltmarsh"))


def statements() -> set[tuple[object, ...]]:
    quads = (quad for review, facts in SAMPLE.items() for quad in quads_of(review, facts, IRIS))
    return {(q.subject, q.predicate, q.object) for q in quads}


# rdflib 7's own JSON-LD parser still uses a class that rdflib deprecates.
reads_json_ld = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    nt = "\n".join(" ".join(map(str, s)) + " ." for s in statements())
    return rdflib.Graph().parse(data=nt, format="nt")


@pytest.fixture(scope="module")
def document(graph: rdflib.Graph) -> str:
    return graph.serialize(format="json-ld", context=jsonld_context())


@pytest.fixture(scope="module")
def nodes(document: str) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in json.loads(document)["@graph"]}


@reads_json_ld
def test_what_rdflib_writes_both_libraries_read_back(graph: rdflib.Graph, document: str) -> None:
    assert isomorphic(rdflib.Graph().parse(data=document, format="json-ld"), graph)
    assert {(q.subject, q.predicate, q.object) for q in parse(document, RdfFormat.JSON_LD)} == statements()


def test_a_series_reads_as_schema_org(nodes: dict[str, dict[str, Any]]) -> None:
    series = nodes[IRIS.series("Saltmarsh")]
    assert series["@type"] == "TVSeries"
    assert series["name"] == "Saltmarsh"
    assert series["genre"] == "crime drama"
    assert set(series["character"]) >= {NELL}
    assert len(series["actor"]) == 6
    role = nodes[series["actor"][0]]
    assert role.keys() == {"@id", "@type", "actor", "characterName", "tg:performedCharacter"}
    assert role["@type"] == "PerformanceRole"
    assert nodes[role["actor"]]["@type"] == "Person"


def test_dates_numbers_and_addresses_are_plain_values(nodes: dict[str, dict[str, Any]]) -> None:
    season = nodes[IRIS.season(IRIS.series("Saltmarsh"), 2)]
    assert season["startDate"] == "2022-03-04"
    assert int(season["numberOfEpisodes"]) == 6
    assert season["partOfSeries"] == IRIS.series("Saltmarsh")
    review = nodes[IRIS.review("northgate")]
    assert review["datePublished"] == "2023-01-20"
    assert review["url"] == "https://lamp.example/northgate"
    assert nodes[review["author"]]["name"] == "Ana Brook"


def test_relationships_and_evidence_are_links(nodes: dict[str, dict[str, Any]]) -> None:
    jonah = IRIS.character("Jonah Pike", IRIS.series("Saltmarsh"))
    assert nodes[NELL]["spouse"] == nodes[NELL]["tg:dating"] == jonah
    evidence = next(n for n in nodes.values() if "tg:Evidence" in n["@type"])
    assert float(evidence["tg:confidence"]) == 0.9
    assert evidence["oa:hasSource"] in nodes
    quote, position = sorted((nodes[s] for s in evidence["oa:hasSelector"]), key=lambda n: "oa:start" in n)
    assert int(position["oa:end"]) - int(position["oa:start"]) == len(quote["oa:exact"])


def test_no_key_of_the_samples_is_a_whole_iri(nodes: dict[str, dict[str, Any]]) -> None:
    keys = {key for node in nodes.values() for key in node}
    assert not {key for key in keys if key.startswith("http")}
    assert {"name", "actor", "itemReviewed", "tg:plays", "oa:exact", "prov:wasQuotedFrom", "rdf:subject"} <= keys


@reads_json_ld
@pytest.mark.parametrize(
    ("written", "datatype"),
    [
        ({"startDate": "2023-08-03"}, "date"),
        ({"startDate": {"@value": "2023", "@type": "xsd:gYear"}}, "gYear"),
        ({"numberOfEpisodes": 8}, "integer"),
        ({"numberOfEpisodes": "8"}, "integer"),
        ({"seasonNumber": 2}, "integer"),
        ({"tg:confidence": "0.90"}, "decimal"),
        ({"url": "https://lamp.example/one"}, "anyURI"),
    ],
)
def test_values_get_their_types_from_the_context(written: dict[str, Any], datatype: str) -> None:
    text = json.dumps({"@context": jsonld_context(), "@id": "https://a.example/x", **written})
    (quad,) = parse(text, RdfFormat.JSON_LD)
    (other,) = rdflib.Graph().parse(data=text, format="json-ld")
    assert quad.object.datatype.value == str(other[2].datatype) == f"http://www.w3.org/2001/XMLSchema#{datatype}"
    assert quad.object.value == str(other[2])


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.slug)
def test_every_kind_is_a_link_in_json(kind: Any) -> None:
    base, prefix = (TG.base, "tg:") if kind.predicate.value.startswith(TG.base) else (SCHEMA.base, "")
    key = prefix + kind.predicate.value.removeprefix(base)
    text = json.dumps({"@context": jsonld_context(), "@id": "https://a.example/x", key: "https://a.example/y"})
    (quad,) = parse(text, RdfFormat.JSON_LD)
    assert isinstance(quad, Quad)
    assert str(quad.triple) == f"<https://a.example/x> <{kind.predicate.value}> <https://a.example/y>"


def test_whoever_changes_the_context_changes_their_own() -> None:
    jsonld_context().clear()
    assert jsonld_context()["name"] == "schema:name"
