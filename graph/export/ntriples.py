"""N-Triples (RDF 1.1): one triple a line, no prefixes; sorts and diffs as text."""

from __future__ import annotations

from pyoxigraph import RdfFormat

from .exporter import OxigraphExporter


class NTriples(OxigraphExporter):
    """N-Triples (RDF 1.1): one triple a line, no prefixes; sorts and diffs as text."""

    def __init__(self) -> None:
        super().__init__("ntriples", RdfFormat.N_TRIPLES, named_graphs=False)
