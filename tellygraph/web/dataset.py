"""The description of the dataset: VoID with counts per class and property, DCAT with the downloads."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..graph import open_store
from ..graph.export import EXPORTERS, exporter
from ..graph.store import MEMORY
from ..ontology import KIND_BASE, OA, PROV, RDF, SCHEMA, TG, XSD
from .site import Addresses

RIGHTS = (
    "The statements are facts that reviews state. The quotes are short passages of those reviews, each with its "
    "author and address where these are known: they remain their authors', and no licence for them is given here."
)
WRITTEN = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
"""The exporters that write a description, by extension."""

_PREFIXES = {
    "void": "http://rdfs.org/ns/void#", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "rdf": RDF.base, "xsd": XSD.base, "formats": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#", "schema": SCHEMA.base, "tg": TG.base,
}  # fmt: skip
_FEATURES = {
    "turtle": "Turtle", "trig": "TriG", "ntriples": "N-Triples", "nquads": "N-Quads", "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}  # fmt: skip
_TYPE = RDF.type


@dataclass(frozen=True, slots=True)
class Summary:
    """What was counted, and when, in seconds since the epoch."""

    made: float
    statements: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    examples: tuple[str, ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Summary:
        """Return what `dataset_jobs.summary` answered."""
        return cls(told["made"], told["statements"], told["classes"], told["properties"], tuple(told["examples"]))


def described(addresses: Addresses, summary: Summary | None, extension: str) -> bytes:
    """Return the description in a format of `WRITTEN`; without counts where there is no summary yet."""
    triples = [*_dataset(addresses), *_downloads(addresses)]
    if summary is not None:
        triples += _counts(addresses, summary)
    held, out = open_store(MEMORY), io.BytesIO()
    document = NamedNode(f"{addresses.origin}/dataset")
    held.extend(Quad(t.subject, t.predicate, t.object, document) for t in triples)
    exporter(WRITTEN[extension]).write(held, out)
    return out.getvalue()


def _dataset(addresses: Addresses) -> Iterator[Triple]:
    origin, this = addresses.origin, _this(addresses)
    document = NamedNode(f"{origin}/dataset")
    yield Triple(document, _TYPE, _void("DatasetDescription"))
    yield Triple(document, _node("foaf", "primaryTopic"), this)
    yield Triple(this, _TYPE, _void("Dataset"))
    yield Triple(this, _TYPE, _node("dcat", "Dataset"))
    yield Triple(this, _node("dct", "title"), Literal("What reviews of television state", language="en"))
    told = "People, characters and shows, how they are related, and the words of the reviews that say so."
    yield Triple(this, _node("dct", "description"), Literal(told, language="en"))
    yield Triple(this, _node("dct", "rights"), Literal(RIGHTS, language="en"))
    yield Triple(this, _node("dcat", "landingPage"), NamedNode(f"{origin}/download/"))
    yield Triple(this, _node("foaf", "homepage"), NamedNode(f"{origin}/"))
    yield Triple(this, _void("sparqlEndpoint"), NamedNode(f"{origin}/sparql"))
    yield Triple(this, _void("uriSpace"), Literal(addresses.base))
    for base in (TG.base, KIND_BASE, SCHEMA.base, OA.base, PROV.base):
        yield Triple(this, _void("vocabulary"), NamedNode(base))


def _downloads(addresses: Addresses) -> Iterator[Triple]:
    this = _this(addresses)
    for writer in EXPORTERS:
        where = NamedNode(f"{addresses.origin}/download/{file_name(writer.suffix)}")
        part = NamedNode(f"{addresses.origin}/dataset#{writer.name}")
        yield Triple(this, _node("dcat", "distribution"), part)
        yield Triple(part, _TYPE, _node("dcat", "Distribution"))
        yield Triple(part, _node("dct", "title"), Literal(writer.name))
        yield Triple(part, _node("dcat", "downloadURL"), where)
        kind = NamedNode("https://www.iana.org/assignments/media-types/" + writer.media_type)
        yield Triple(part, _node("dcat", "mediaType"), kind)
        if writer.name in _FEATURES:
            yield Triple(this, _void("dataDump"), where)
            yield Triple(this, _void("feature"), _node("formats", _FEATURES[writer.name]))


def _counts(addresses: Addresses, summary: Summary) -> Iterator[Triple]:
    this = _this(addresses)
    made = datetime.fromtimestamp(int(summary.made), UTC).isoformat().replace("+00:00", "Z")
    yield Triple(NamedNode(f"{addresses.origin}/dataset"), _node("dct", "issued"), Literal(made, datatype=XSD.dateTime))
    yield Triple(this, _void("triples"), _count(summary.statements))
    yield Triple(this, _void("classes"), _count(len(summary.classes)))
    yield Triple(this, _void("properties"), _count(len(summary.properties)))
    for iri in summary.examples:
        yield Triple(this, _void("exampleResource"), NamedNode(iri))
    parts = (
        ("classPartition", "class", "entities", summary.classes),
        ("propertyPartition", "property", "triples", summary.properties),
    )
    for partition, of, counted, counts in parts:
        for at, (iri, count) in enumerate(counts.items()):
            part = BlankNode(f"{of}{at}")
            yield Triple(this, _void(partition), part)
            yield Triple(part, _void(of), NamedNode(iri))
            yield Triple(part, _void(counted), _count(count))


def file_name(suffix: str) -> str:
    """Return the name of the dump with a suffix."""
    return f"tellygraph{suffix}"


def _this(addresses: Addresses) -> NamedNode:
    return NamedNode(f"{addresses.origin}/dataset#this")


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _void(name: str) -> NamedNode:
    return _node("void", name)


def _node(prefix: str, name: str) -> NamedNode:
    return NamedNode(_PREFIXES[prefix] + name)
