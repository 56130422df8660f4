"""The graph as files: one exporter a format, all in one visible tuple.

Every exporter writes the same bytes for the same graph. Formats of triples hold the union of all reviews' graphs
(which review says what is then told by the claims' evidence alone); formats of quads keep each review's graph.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import BinaryIO

from ...errors import ExportError
from ..store.protocol import Store
from .csv_table import CsvTable
from .exporter import Exporter
from .jsonld import JsonLd
from .nquads import NQuads
from .ntriples import NTriples
from .prefixes import PREFIXES
from .rdfxml import RdfXml
from .trig import TriG
from .turtle import Turtle

__all__ = ["EXPORTERS", "PREFIXES", "Exporter", "export", "exporter"]

EXPORTERS: tuple[Exporter, ...] = (Turtle(), TriG(), NTriples(), NQuads(), JsonLd(), RdfXml(), CsvTable())


def exporter(name: str) -> Exporter:
    """Return the exporter of a format. Raises ExportError naming the formats for any other name.

    >>> exporter("trig").media_type
    'application/trig'
    """
    for known in EXPORTERS:
        if known.name == name:
            return known
    names = [known.name for known in EXPORTERS]
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the formats are {', '.join(names)}"
    raise ExportError(f"there is no format {name!r}: {hint}")


def export(store: Store, format: str, out: BinaryIO) -> int:  # noqa: A002 - the command line's word
    """Write the whole graph to `out` and return how many statements (csv: rows) that were.

    Nothing is written where the format cannot hold the graph: ExportError says what is in the way. Raises ExportError
    if `out` cannot be written, StoreError if the store cannot be read. Memory: nquads, trig and csv hold one review
    at a time; the others sort the union of all graphs in memory, about half a kilobyte a triple (jsonld: two).
    """
    writer = exporter(format)
    refusal = writer.refuses(store)
    if refusal is not None:
        raise ExportError(f"{writer.name} cannot hold this graph: {refusal}")
    try:
        return writer.write(store, out)
    except BrokenPipeError:
        raise  # the reader has seen enough, which is no mistake of the user's
    except OSError as error:
        raise ExportError(f"the {writer.name} file cannot be written: {error.strerror or error}") from error
