"""Jobs of the SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, serialize

from ..errors import QueryError
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
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Produced:
    """Answer a query in the form that `accept` likes best.

    Raises QueryError if it does not parse or is an update, NotAcceptableError.
    """
    found = graph.store.query(
        sparql,
        default_graphs=[NamedNode(iri) for iri in default_graphs],
        named_graphs=[NamedNode(iri) for iri in named_graphs],
    )
    if isinstance(found, QuerySolutions | QueryBoolean):
        rows = found
        media_type = _chosen(accept, ROWS, boolean=isinstance(found, QueryBoolean))
        return Produced(Head(_utf8(media_type)), lambda out: rows.serialize(out, format=ROWS[media_type]))
    media_type = _chosen(accept, TRIPLES)
    triples, format_ = found, TRIPLES[media_type]

    def write(out: BinaryIO) -> None:
        serialize(triples, out, format=format_, prefixes=dict(PREFIXES))

    return Produced(Head(_utf8(media_type)), write)


def _chosen(accept: str | None, offered: Mapping[str, object], *, boolean: bool = False) -> str:
    names = [name for name in offered if not boolean or name not in ("text/csv", "text/tab-separated-values")]
    chosen = best(accept, names)
    if chosen is None:
        raise NotAcceptableError(*names)
    return chosen


def _utf8(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
