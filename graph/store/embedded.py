"""The embedded store: pyoxigraph, on disk or in memory. The only door to `pyoxigraph.Store`."""

from __future__ import annotations

import os
import re
import shutil
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from ...errors import QueryError, StoreError
from ...remote import one_line
from . import lock
from .folder import is_free, made_whole
from .protocol import QueryResult, StoreBase
from .sparql import check_update, outline, syntax_error, update_text

if TYPE_CHECKING:
    import rdflib

# From this many quads on, pyoxigraph's bulk loader is faster than a transaction; it writes finished files instead of
# a log, and is as atomic. Measured in docs/decisions/graph-batches.md.
_BULK_FROM = 5_000

_ROCKSDB_FILE = re.compile(
    r"CURRENT|LOCK|IDENTITY|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|\d+\.(log|sst|dbtmp)|.*\.dbtmp"
)


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
        (_check_readable if read_only else _check_writable)(folder)
        if not read_only and not os.path.lexists(folder):
            _make(folder)
        key = lock.hold(folder, writing=not read_only)
        try:
            self._db = pyoxigraph.Store.read_only(folder) if read_only else pyoxigraph.Store(folder)
        except (OSError, RuntimeError) as error:
            lock.release(key)
            raise _opening_error(folder, error) from error
        self._release = weakref.finalize(self, lock.release, key)
        self._place = _identity(folder)

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
            if self._folder is not None and _identity(self._folder) != self._place:
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


def copy_store_files(folder: str, to: str) -> None:
    """Copy the files of a store that nobody is writing into an empty folder. Raises OSError."""
    for path in sorted(Path(folder).iterdir()):
        if _ROCKSDB_FILE.fullmatch(path.name) and not path.name.startswith(("LOCK", "LOG")):
            shutil.copyfile(path, Path(to, path.name))


_WORDS = (
    ("No space left on device", "the disk is full: make room and do it again"),
    ("Disk quota exceeded", "your share of the disk is used up: make room and do it again"),
    ("File too large", "a file has grown larger than it may: lift the limit and do it again"),
    ("Read-only file system", "the disk cannot be written to: open the graph read-only, or move it to another"),
    ("Permission denied", "its files may not be written by you: change their permissions"),
    ("Too many open files", "too many files are open: raise the limit (ulimit -n) and do it again"),
    ("No such file or directory", "files of it are gone: restore it from a backup, if it was not moved"),
    ("Input/output error", "the disk reports an error: copy what can be read to another"),
    ("Cannot allocate memory", "there is not enough memory: close other programs and do it again"),
)


def plain_words(error: Exception) -> str:
    """Return what an error of the engine, or of the system, means to somebody who knows neither."""
    text = str(error)
    for said, meaning in _WORDS:
        if said in text:
            return meaning
    if "orruption" in text or "checksum" in text:
        return "its files are damaged: restore it from a backup"
    return one_line(re.sub(r"(IO error|Invalid argument|Not implemented): ", "", text))


def _identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another that comes to its place."""
    try:
        found = Path(folder).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make(folder: str) -> None:
    """Make an empty store in its place at once: a program that is ended while making one leaves none."""
    try:
        with made_whole(folder) as making:
            pyoxigraph.Store(making)
    except StoreError:
        if is_free(folder):
            raise  # else another program was quicker, and opening will tell


def _check_readable(folder: str) -> None:
    if not Path(folder).exists():
        raise StoreError(f"there is no graph at {folder}: add a review to make one, or name another with --graph")
    if not is_store(folder):
        if _is_unfinished_store(folder):
            raise _unfinished(folder)
        raise StoreError(f"{folder} is not a graph: name the folder of one, or the URL of an endpoint")


def _check_writable(folder: str) -> None:
    path = Path(folder)
    try:
        if path.is_dir():
            if any(path.iterdir()) and not (is_store(folder) or _is_unfinished_store(folder)):
                raise StoreError(f"{folder} holds other files and is not a graph: name a new or empty folder")
            where = path
        elif path.exists() or path.is_symlink():
            raise StoreError(f"{folder} is not a folder: a graph is kept in a folder of its own")
        else:
            where = path.absolute().parent
            if not where.is_dir():
                raise StoreError(f"{folder} cannot be made: there is no folder {where}")
    except OSError as error:
        raise StoreError(f"the graph {folder} cannot be opened: {error.strerror}") from error
    if not os.access(where, os.W_OK | os.X_OK):
        raise StoreError(f"{where} cannot be written to: change its permissions, or open the graph read-only")


def is_store(folder: str) -> bool:
    """Whether RocksDB would find a database: CURRENT names the manifest."""
    try:
        current = Path(folder, "CURRENT").read_bytes()
    except OSError:
        return False
    return current.startswith(b"MANIFEST-")


def _is_unfinished_store(folder: str) -> bool:
    """Whether a program was ended while it was making this store."""
    return Path(folder).is_dir() and all(
        _ROCKSDB_FILE.fullmatch(p.name) and p.name != "CURRENT" for p in Path(folder).iterdir()
    )


def _unfinished(folder: str) -> StoreError:
    return StoreError(
        f"there is no graph at {folder} yet, since a program was ended while it was making it: add a review to make one"
    )


def _opening_error(folder: str, error: Exception) -> StoreError:
    text = str(error)
    if "only possible on read-write" in text or "Column family not found" in text:  # its first writes are not in it
        return _unfinished(folder)
    if "lock hold by current process" in text:
        return StoreError(f"the graph {folder} is still open in this program: let go of the answers read from it")
    if "While lock file" in text:
        return lock.busy(folder)
    if any(said in text for said, _ in _WORDS[:6]):
        return StoreError(f"the graph {folder} cannot be opened: {plain_words(error)}")
    return StoreError(
        f"{folder} does not hold a graph that can be read: its files are damaged; restore it from a backup"
    )
