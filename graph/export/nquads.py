"""N-Quads (RDF 1.1): one quad a line, the form other stores load fastest."""

from __future__ import annotations

from pyoxigraph import RdfFormat

from .exporter import OxigraphExporter


class NQuads(OxigraphExporter):
    """N-Quads (RDF 1.1): one quad a line, the form other stores load fastest."""

    def __init__(self) -> None:
        super().__init__("nquads", RdfFormat.N_QUADS, named_graphs=True)
