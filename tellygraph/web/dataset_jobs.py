"""Jobs that read the whole graph: what there is of everything, all addresses, the graph as a file."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import NamedNode, QuerySolutions

from ..errors import InputError
from ..graph.export import exporter
from ..ontology import RDF, SCHEMA, TG
from ..ontology.iris import is_bookkeeping
from ..queries.rows import select
from ..queries.values import text_of
from .worker import Head, Produced

if TYPE_CHECKING:
    from ..graph import Store
    from ..knowledge_graph import KnowledgeGraph

NAMED = (
    SCHEMA.TVSeries, SCHEMA.TVSeason, TG.Character, SCHEMA.Person, SCHEMA.Organization, SCHEMA.Place,
    SCHEMA.CreativeWork, SCHEMA.Review,
)  # fmt: skip
"""The classes of the things that people look for."""

_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?class } OF_FACTS } GROUP BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?property ?o } OF_FACTS } GROUP BY ?property"


def summary(graph: KnowledgeGraph, /) -> Produced:
    """Count entities per class and statements per property, as JSON; reads everything (1,000,000 claims: minutes)."""
    own = _own_graphs(graph.store)
    here = f"FILTER(?g NOT IN ({', '.join(map(str, own))}))" if own else ""
    classes = {text_of(c): int(text_of(n)) for c, n in select(graph.store, _CLASSES.replace("OF_FACTS", here))}
    properties = {text_of(p): int(text_of(n)) for p, n in select(graph.store, _PROPERTIES.replace("OF_FACTS", here))}
    examples = [iri for class_ in NAMED if (iri := _first(graph.store, class_)) is not None]
    return _json({
        "made": time.time(), "statements": sum(properties.values()), "examples": examples,
        "classes": dict(sorted(classes.items())), "properties": dict(sorted(properties.items())),
    })  # fmt: skip


def addresses(graph: KnowledgeGraph, /) -> Produced:
    """List the IRIs of all that has a page people look for, a line each, sorted; reads those types."""
    found: set[str] = set()
    for class_ in NAMED:
        answer = graph.store.query(f"SELECT DISTINCT ?s WHERE {{ GRAPH ?g {{ ?s {RDF.type} {class_} }} }}")
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT query
        found.update(row["s"].value for row in answer if isinstance(row["s"], NamedNode))
    body = "\n".join(sorted(found)).encode()
    return Produced.whole("text/plain; charset=utf-8", body)


def dump(graph: KnowledgeGraph, /, *, style: str) -> Produced:
    """Write the whole graph in a format. Raises InputError where the format cannot hold it."""
    writer = exporter(style)
    refusal = writer.refuses(graph.store)
    if refusal is not None:
        raise InputError(f"{style} cannot hold this graph: {refusal}")

    def write(out: BinaryIO) -> int:
        return writer.write(graph.store, out)

    return Produced(Head(writer.media_type), write)


def _own_graphs(store: Store) -> list[NamedNode]:
    """The graphs that hold no facts."""
    return [graph for graph in store.graphs() if is_bookkeeping(graph.value)]


def _first(store: Store, class_: NamedNode) -> str | None:
    rows = list(select(store, f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s {RDF.type} {class_} }} }} LIMIT 1"))
    return text_of(rows[0][0]) if rows else None


def _json(value: object) -> Produced:
    return Produced.whole("application/json", json.dumps(value).encode())
