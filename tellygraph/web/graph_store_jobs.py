"""Jobs of the graph store: one graph read, put in the place of what it was, added to, taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from ..errors import InputError
from ..graph.export import PREFIXES
from ..remote import one_line
from .sparql_jobs import TRIPLES, chosen, utf8
from .worker import Head, Produced

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph

BODIES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


class NoGraphError(InputError):
    """There is no such graph."""


def read(graph: KnowledgeGraph, /, *, name: str | None, accept: str | None) -> Produced:
    """Write out a graph, None for the union of all. Raises NoGraphError, NotAcceptableError."""
    media_type = chosen(accept, TRIPLES)
    triples = _triples(graph, name)

    def write(out: BinaryIO) -> None:
        serialize(triples, out, format=TRIPLES[media_type], prefixes=dict(PREFIXES))

    return Produced(Head(utf8(media_type)), write)


def _triples(graph: KnowledgeGraph, name: str | None) -> Iterator[Triple]:
    if name is None:
        found = graph.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert not isinstance(found, QuerySolutions | QueryBoolean)  # noqa: S101 - it is a CONSTRUCT
        return found
    quads = graph.store.quads(NamedNode(name))
    first = next(quads, None)
    if first is None:
        raise NoGraphError(f"there is no graph {name}")
    return (quad.triple for quad in chain([first], quads))


def write(graph: KnowledgeGraph, /, *, name: str, body: bytes, media_type: str, instead: bool, origin: str) -> Produced:
    """Put what `body` states into a graph, `instead` of what it was or besides; 201 if it is new, else 204.

    A blank node becomes an IRI below `origin`/.well-known/genid/ (RDF 1.1, section 3.5), the same for the same body:
    our graphs have none, so that each of their statements can be named. Raises InputError for what does not parse.
    """
    named = NamedNode(name)
    quads = set(_stated(body, BODIES[media_type], named, origin))
    new = next(graph.store.quads(named), None) is None
    if instead:
        graph.store.replace(named, quads)
    elif quads:
        graph.store.apply(add=quads)
    return Produced(Head("text/plain", status=201 if new and quads else 204), lambda _: None)


def delete(graph: KnowledgeGraph, /, *, name: str) -> Produced:
    """Take a graph out. Raises NoGraphError."""
    if not graph.store.remove(NamedNode(name)):
        raise NoGraphError(f"there is no graph {name}")
    return Produced(Head("text/plain", status=204), lambda _: None)


def _stated(body: bytes, format_: RdfFormat, named: NamedNode, origin: str) -> Iterator[Quad]:
    whose, names = hashlib.sha256(body).hexdigest()[:24], dict[BlankNode, NamedNode]()

    def term(node: object) -> NamedNode | Literal:
        if isinstance(node, BlankNode):
            return names.setdefault(node, NamedNode(f"{origin}/.well-known/genid/{whose}-{len(names) + 1}"))
        if not isinstance(node, NamedNode | Literal):
            raise InputError("a statement about a statement (RDF 1.2) cannot be kept here")
        return node

    try:
        for quad in parse(body, format_, base_iri=named.value, without_named_graphs=True):
            subject = term(quad.subject)
            assert isinstance(subject, NamedNode)  # noqa: S101 - a literal is no subject
            yield Quad(subject, quad.predicate, term(quad.object), named)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"the body does not parse: {one_line(str(error))}") from error
