"""RDF/XML (RDF 1.1): triples for tools that read nothing else."""

from __future__ import annotations

import re

from pyoxigraph import Literal, RdfFormat

from ...remote import one_line
from ..store.protocol import Store
from .exporter import OxigraphExporter

# XML 1.0, production 2: what no XML document can hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCAL_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")

_NAMESPACE = re.compile(rb' xmlns:\w+="[^"]*"')
_NAMESPACES = re.compile(rb'(?: xmlns:\w+="[^"]*")+')


class RdfXml(OxigraphExporter):
    """RDF/XML (RDF 1.1): triples for tools that read nothing else."""

    def __init__(self) -> None:
        super().__init__("rdfxml", RdfFormat.RDF_XML, named_graphs=False)

    def refuses(self, store: Store) -> str | None:
        """Return which character or property XML has no way to write, or None; reads the whole graph."""
        for quad in store.quads():
            if isinstance(quad.object, Literal) and (found := _NOT_XML.search(quad.object.value)):
                return (
                    f"XML has no way to write the character U+{ord(found[0]):04X} in "
                    f"“{one_line(quad.object.value, 60)}”; turtle has"
                )
            if not _LOCAL_NAME.search(quad.predicate.value):
                return f"XML has no way to write the property {quad.predicate}; turtle has"
        return None

    header_lines = 2

    def header(self, lines: list[bytes]) -> list[bytes]:
        """Sort the namespaces of the root element."""
        return [_NAMESPACES.sub(lambda m: b"".join(sorted(_NAMESPACE.findall(m[0]))), line) for line in lines]

    def body(self, data: bytes) -> bytes:
        """Write carriage returns as references: XML readers take bare ones for line feeds."""
        return data.replace(b"\r", b"&#13;")
