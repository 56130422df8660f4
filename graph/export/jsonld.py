"""JSON-LD 1.1 with our context inside: triples, the form search engines and web developers read as schema.org."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from ...ontology.files import jsonld_context
from ..store.protocol import Store
from .exporter import sorted_triples


class JsonLd:
    """JSON-LD 1.1 with our context inside, written by rdflib: flat, one node a thing, nothing fetched to read it."""

    name = "jsonld"
    media_type = "application/ld+json"
    suffix = ".jsonld"
    named_graphs = False

    def refuses(self, store: Store) -> str | None:  # noqa: ARG002
        """Return None: the format holds any graph."""
        return None

    def write(self, store: Store, out: BinaryIO) -> int:
        """See `Exporter.write`."""
        from rdflib import Graph
        from rdflib.plugins.serializers.jsonld import from_rdf

        from ..store.rdflib_view import from_ox

        triples = sorted_triples(store)
        graph = Graph()
        for triple in triples:
            graph.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
        context = jsonld_context()
        compacted: Any = from_rdf(graph, context)  # type: ignore[no-untyped-call]
        nodes = compacted["@graph"] if isinstance(compacted, dict) and "@graph" in compacted else compacted
        nodes = nodes if isinstance(nodes, list) else [nodes]
        document = {"@context": context, "@graph": sorted(map(_ordered, nodes), key=lambda node: str(node["@id"]))}
        out.write(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode())
        out.write(b"\n")
        return len(triples)


def _ordered(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Sort the many values of a property, which JSON-LD holds as a set (rdflib's order follows its hashes)."""
    if isinstance(value, dict):
        return {key: _ordered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value
