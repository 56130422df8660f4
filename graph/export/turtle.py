"""Turtle (RDF 1.1): triples, with prefixes, the form people read."""

from __future__ import annotations

from pyoxigraph import RdfFormat

from .exporter import PrefixedExporter


class Turtle(PrefixedExporter):
    """Turtle (RDF 1.1): triples, with prefixes, the form people read."""

    def __init__(self) -> None:
        super().__init__("turtle", RdfFormat.TURTLE, named_graphs=False)
