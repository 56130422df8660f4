"""What an exporter is, and what those of RDF share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TypeVar, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from ...ontology.iris import is_bookkeeping
from ..store.protocol import Store
from .prefixes import PREFIXES


class Exporter(Protocol):
    """A format: its name on the command line, media type and file suffix, and how the graph is written in it."""

    @property
    def name(self) -> str:
        """The format's name."""

    @property
    def media_type(self) -> str:
        """Its media type, without parameters."""

    @property
    def suffix(self) -> str:
        """Its file suffix, with the dot."""

    @property
    def named_graphs(self) -> bool:
        """Whether each review's graph is kept apart."""

    def refuses(self, store: Store) -> str | None:
        """Return why the format cannot hold the graph, or None; writes nothing."""

    def write(self, store: Store, out: BinaryIO) -> int:
        """Write the graph and return how many statements that were."""


def sorted_triples(store: Store) -> list[Triple]:
    """Return the union of all graphs, each triple once, in the order of N-Triples; all in memory."""
    return sorted({quad.triple for quad in store.quads() if not _is_bookkeeping(quad)}, key=str)


def sorted_quads(store: Store) -> Iterator[Quad]:
    """Stream all quads by graph, in the order of N-Quads within each; one graph in memory."""
    for graph in store.graphs():
        if not is_bookkeeping(graph.value):
            yield from sorted(store.quads(graph), key=str)


def _is_bookkeeping(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and is_bookkeeping(quad.graph_name.value)


Statement = TypeVar("Statement", Quad, Triple)


@dataclass(slots=True)
class Counted(Iterable[Statement]):
    """Pass statements on and count them."""

    statements: Iterable[Statement]
    count: int = 0

    def __iter__(self) -> Iterator[Statement]:
        for statement in self.statements:
            self.count += 1
            yield statement


class OxigraphExporter:
    """A format that pyoxigraph writes, with our prefixes where it has any."""

    def __init__(self, name: str, format_: RdfFormat, *, named_graphs: bool) -> None:
        self.name = name
        self.media_type = format_.media_type
        self.suffix = "." + format_.file_extension
        self.named_graphs = named_graphs
        self._format = format_

    def refuses(self, store: Store) -> str | None:  # noqa: ARG002
        """Return None: the format holds any graph."""
        return None

    def write(self, store: Store, out: BinaryIO) -> int:
        """See `Exporter.write`."""
        filtered = _Filter(out, self.header_lines, self.header, self.body)
        to = cast("BinaryIO", filtered)
        if self.named_graphs:
            quads = Counted(sorted_quads(store))
            pyoxigraph.serialize(quads, to, self._format, prefixes=dict(PREFIXES))
            count = quads.count
        else:
            triples = Counted(sorted_triples(store))
            pyoxigraph.serialize(triples, to, self._format, prefixes=dict(PREFIXES))
            count = triples.count
        filtered.finish()
        return count

    # pyoxigraph writes the prefixes in the order of a hash table, another each time.
    header_lines = 0

    def header(self, lines: list[bytes]) -> list[bytes]:
        """Return the file's first `header_lines` lines, with their line feeds, always in the same order."""
        return lines

    def body(self, data: bytes) -> bytes:
        """Return what is to be written for some bytes of the file."""
        return data


class PrefixedExporter(OxigraphExporter):
    """A format that begins with a line for each prefix."""

    header_lines = len(PREFIXES)

    def header(self, lines: list[bytes]) -> list[bytes]:
        """Sort the prefixes."""
        return sorted(lines)


class _Filter:
    """What pyoxigraph writes to: sets the header right and hands the rest on as it comes."""

    def __init__(
        self,
        out: BinaryIO,
        header_lines: int,
        header: Callable[[list[bytes]], list[bytes]],
        body: Callable[[bytes], bytes],
    ) -> None:
        self._out, self._lines, self._header, self._body = out, header_lines, header, body
        self._held: bytes | None = b"" if header_lines else None

    def write(self, data: bytes) -> int:
        """Take all of `data`."""
        if self._held is not None:
            self._held += data
            if self._held.count(b"\n") >= self._lines:
                self.finish()
        else:
            self._out.write(self._body(data))
        return len(data)

    def finish(self) -> None:
        """Write what is held back."""
        if self._held is not None:
            lines = self._held.splitlines(keepends=True)
            self._held = None
            self._out.write(b"".join(self._header(lines[: self._lines])))
            self._out.write(self._body(b"".join(lines[self._lines :])))

    def flush(self) -> None:
        """Flush what is underneath."""
        self._out.flush()
