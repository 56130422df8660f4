"""What `/sparql` is, in RDF (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple, serialize

from ..graph.export import PREFIXES
from . import sparql_jobs

if TYPE_CHECKING:
    from .site import Site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SEE_ALSO = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def document(site: Site, media_type: str) -> bytes:
    """Return the description in one of the media types of `sparql_jobs.TRIPLES`."""
    written = serialize(
        _triples(site), format=sparql_jobs.TRIPLES[media_type], prefixes={**PREFIXES, "sd": _SD, "formats": _FORMATS}
    )
    assert isinstance(written, bytes)  # noqa: S101 - where there is no file, it is returned
    return written


def _triples(site: Site) -> list[Triple]:
    origin = site.addresses.origin
    endpoint, dataset, graph = NamedNode(f"{origin}/sparql"), BlankNode("dataset"), BlankNode("graph")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if site.token is not None else [])]
    service = NamedNode(f"{origin}/sparql#service")
    return [
        Triple(service, _TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), endpoint),
        *(Triple(service, _sd("supportedLanguage"), _sd(language)) for language in languages),
        *(Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name)) for name in (*_RESULTS, *_GRAPHS)),
        Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(service, _SEE_ALSO, NamedNode(f"{origin}/.well-known/void")),
        Triple(dataset, _TYPE, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, _TYPE, _sd("Graph")),
    ]


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
