"""The embedded store: pyoxigraph, on disk or in memory. The only door to `pyoxigraph.Store`."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from ...errors import QueryError, StoreError
from . import lock
from .folder import is_free, made_whole
from .protocol import QueryResult, StoreBase
from .rocksdb import check_readable, check_writable, copy_store_files, folder_identity, opening_error, plain_words
from .sparql import check_update, outline, syntax_error, update_text

if TYPE_CHECKING:
    import rdflib

# From this many quads on, pyoxigraph's bulk loader is faster than a transaction; it writes finished files instead of
# a log, and is as atomic. Measured in docs/decisions/graph-batches.md.
_BULK_FROM = 5_000


class EmbeddedStore(StoreBase):
    """A store in this process, in `folder` or (None) in memory; see `Store` for what it does.

    One program may have a folder open for writing, or any number for reading (`read_only`); a reader sees the graph
    as it was when it opened it. `allow_service` lets queries call other servers (SPARQL's SERVICE): off by default,
    since a query somebody hands you could otherwise carry your data away.
    """

    batch_quads = 120_000

    def __init__(self, folder: str | None, *, read_only: bool = False, allow_service: bool = False) -> None:
        self.where = ":memory:" if folder is None else folder
        self.read_only = read_only
        self._allow_service = allow_service
        self._folder = folder
        self._place: tuple[int, int] | None = None
        self._release: weakref.finalize[[str], EmbeddedStore] | None = None
        self._db: pyoxigraph.Store | None
        if folder is None:
            self._db = pyoxigraph.Store()
            return
        (check_readable if read_only else check_writable)(folder)
        if not read_only and not os.path.lexists(folder):
            _make(folder)
        key = lock.hold(folder, writing=not read_only)
        try:
            self._db = pyoxigraph.Store.read_only(folder) if read_only else pyoxigraph.Store(folder)
        except (OSError, RuntimeError) as error:
            lock.release(key)
            raise opening_error(folder, error) from error
        self._release = weakref.finalize(self, lock.release, key)
        self._place = folder_identity(folder)

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._db is None:
            raise StoreError(f"the graph {self.where} is closed: open it again")
        return self._db

    def query(
        self, sparql: str, *, default_graphs: Sequence[NamedNode] = (), named_graphs: Sequence[NamedNode] = ()
    ) -> QueryResult:
        """See `Store.query`."""
        seen = outline(sparql)
        if seen.calls_service and not self._allow_service:
            raise QueryError(
                "SERVICE is switched off: the query would send parts of itself to another server "
                "(a prefix with 'service' in its name must be renamed)"
            )
        with self._reported():
            try:
                if default_graphs or named_graphs:
                    return self._open.query(sparql, default_graph=list(default_graphs), named_graphs=list(named_graphs))
                return self._open.query(sparql, use_default_graph_as_union=not seen.names_dataset)
            except SyntaxError as error:
                raise syntax_error(str(error)) from error

    def apply(self, *, clear: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """See `Store.apply`."""
        clear, remove = list(clear), list(remove)
        with self._writing():
            if not clear and not remove:
                self._insert(add)
            elif not remove and len(clear) == 1 and not (add := list(add)):
                self._open.remove_graph(clear[0])
            else:
                self._open.update(update_text(clear=clear, remove=remove, add=add))

    def update(self, sparql: str) -> None:
        """See `Store.update`."""
        check_update(sparql)
        with self._writing():
            self._open.update(sparql)

    def extend(self, quads: Iterable[Quad]) -> None:
        """See `Store.extend`; all of it is one transaction, whose memory does not grow with it beyond about 2 GB."""
        with self._writing():
            self._insert(quads)

    def compact(self) -> None:
        """See `Store.compact`; costs some 2 processor seconds a million quads, and writes all of them once more."""
        if self._folder is not None:
            with self._writing():
                self._open.optimize()

    def load(self, nquads: BinaryIO) -> None:
        """Put in what a stream of N-Quads holds, by the bulk loader: all of it, or nothing if the stream fails.

        Raises what reading the stream raises, and SyntaxError with the line where it is not N-Quads.
        """
        with self._writing():
            self._open.bulk_load(nquads, RdfFormat.N_QUADS)

    def copy_files(self, folder: str) -> None:
        """Copy the store as it is now into an empty folder, which then holds a store of its own.

        One opened for writing keeps its finished files in common with the copy where the file system can (hard links;
        nobody ever changes such a file). Raises StoreError for a store in memory, which has no files.
        """
        if self._folder is None:
            raise StoreError("a graph in memory has no files: copy its statements")
        try:
            if self.read_only:
                self._open.contains_named_graph(NamedNode("tag:any"))  # or raise, if it is closed
                copy_store_files(self._folder, folder)
                return
            self._open.flush()
            within = Path(folder, "copy")
            self._open.backup(str(within))
            for path in within.iterdir():
                path.rename(Path(folder, path.name))
            within.rmdir()
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the copy of {self.where} could not be written: {plain_words(error)}") from error

    def _insert(self, quads: Iterable[Quad]) -> None:
        iterator = iter(quads)
        first = list(islice(iterator, _BULK_FROM))
        if len(first) < _BULK_FROM:
            self._open.extend(first)
        else:
            self._open.bulk_extend(chain(first, iterator))

    def remove(self, graph: NamedNode) -> int:
        """See `Store.remove`."""
        self.check_writable()
        count = sum(1 for _ in self.quads(graph))
        if count:
            self.apply(clear=[graph])
        return count

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """See `Store.quads`; the graph as it is when the first quad is asked for."""
        with self._reported():
            for quad in self._open.quads_for_pattern(None, None, None, graph):
                if not isinstance(quad.graph_name, DefaultGraph):
                    yield quad

    def graphs(self) -> list[NamedNode]:
        """See `Store.graphs`."""
        with self._reported():
            named = [g for g in self._open.named_graphs() if isinstance(g, NamedNode)]
        return sorted((g for g in named if next(self.quads(g), None) is not None), key=lambda g: g.value)

    def rdflib(self) -> rdflib.Dataset:
        """See `Store.rdflib`."""
        from .rdflib_view import dataset

        return dataset(self, self._open.quads_for_pattern)

    def __len__(self) -> int:
        with self._reported():
            elsewhere = sum(1 for _ in self._open.quads_for_pattern(None, None, None, DefaultGraph()))
            return len(self._open) - elsewhere

    def close(self) -> None:
        """See `Store.close`; answers still being read keep the folder open until they are let go of."""
        self._db = None
        if self._release is not None:
            self._release()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Refuse to write to a store that is read, and tell of writing to a folder that is gone, which works."""
        self.check_writable()
        with self._reported():
            yield
            if self._folder is not None and folder_identity(self._folder) != self._place:
                raise StoreError(
                    f"the folder {self.where} was moved or deleted while the graph was open: what was written since"
                    " went with it; look where it is, or restore it from a backup, and do it again"
                )

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Turn the engine's errors into ours."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the graph {self.where} could not be used: {plain_words(error)}") from error


def _make(folder: str) -> None:
    """Make an empty store in its place at once: a program that is ended while making one leaves none."""
    try:
        with made_whole(folder) as making:
            pyoxigraph.Store(making)
    except StoreError:
        if is_free(folder):
            raise  # else another program was quicker, and opening will tell
