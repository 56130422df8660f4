"""TriG (RDF 1.1): Turtle with each review in its own graph."""

from __future__ import annotations

from pyoxigraph import RdfFormat

from .exporter import PrefixedExporter


class TriG(PrefixedExporter):
    """TriG (RDF 1.1): Turtle with each review in its own graph."""

    def __init__(self) -> None:
        super().__init__("trig", RdfFormat.TRIG, named_graphs=True)
