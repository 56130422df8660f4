"""Jobs of the SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, serialize

from ..errors import QueryError
from ..graph import using_graphs, with_services
from ..graph.export import PREFIXES
from .negotiation import best
from .worker import Head, Produced

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph

ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/xml": RdfFormat.RDF_XML,
}


NO_SERVICES: Mapping[str, str] = MappingProxyType({})


class NotAcceptableError(QueryError):
    """The answer cannot be had in any form the client takes; `args` are those there are."""

    def __str__(self) -> str:
        return f"the answer can be had as {', '.join(self.args)}"


def answer(
    graph: KnowledgeGraph,
    /,
    *,
    sparql: str,
    accept: str | None,
    default_graphs: Sequence[NamedNode] = (),
    named_graphs: Sequence[NamedNode] = (),
    services: Mapping[str, str] = NO_SERVICES,
) -> Produced:
    """Answer a query in the form that `accept` likes best.

    Raises QueryError if it does not parse, is an update or calls a SERVICE that is not among `services` (URLs by
    name), NotAcceptableError.
    """
    if "service" in sparql.lower():
        sparql = with_services(sparql, services)
    found = graph.store.query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)
    if isinstance(found, QuerySolutions | QueryBoolean):
        rows = found
        media_type = chosen(accept, ROWS, boolean=isinstance(found, QueryBoolean))
        return Produced(Head(utf8(media_type)), lambda out: rows.serialize(out, format=ROWS[media_type]))
    media_type = chosen(accept, TRIPLES)
    triples, format_ = found, TRIPLES[media_type]

    def write(out: BinaryIO) -> None:
        serialize(triples, out, format=format_, prefixes=dict(PREFIXES))

    return Produced(Head(utf8(media_type)), write)


def update(
    graph: KnowledgeGraph,
    /,
    *,
    sparql: str,
    default_graphs: Sequence[NamedNode] = (),
    named_graphs: Sequence[NamedNode] = (),
) -> Produced:
    """Carry out an update; graphs are those that its patterns are matched in, where it does not say so itself.

    Raises QueryError where it does not parse, LOADs, calls a SERVICE, or says so too.
    """
    graph.store.update(using_graphs(sparql, default_graphs=default_graphs, named_graphs=named_graphs))
    return Produced(Head("text/plain", status=204), lambda _: None)


def chosen(accept: str | None, offered: Mapping[str, object], *, boolean: bool = False) -> str:
    """Return what `accept` likes best of what is offered. Raises NotAcceptableError."""
    names = [name for name in offered if not boolean or name not in ("text/csv", "text/tab-separated-values")]
    media_type = best(accept, names)
    if media_type is None:
        raise NotAcceptableError(*names)
    return media_type


def utf8(media_type: str) -> str:
    """Return a media type with its charset, where it is one of text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
