"""Who has a store's folder open: one writer, or any number of readers, over all programs of this machine.

RocksDB itself keeps a second writer out (an fcntl write lock on the file LOCK), but lets a reader in beside a writer,
which pyoxigraph calls undefined behaviour. Readers here hold a read lock on that same file. Such locks belong to
the process and end when it closes *any* handle of the file, hence the table of what this program has open.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...errors import StoreError

try:
    import fcntl
except ImportError:  # Windows: RocksDB's own lock between writers is all there is
    fcntl = None  # type: ignore[assignment]


@dataclass(slots=True)
class _Holding:
    writing: bool
    readers: int = 0
    handle: int | None = None


_HELD: dict[str, _Holding] = {}
_GUARD = threading.Lock()


def hold(folder: str, *, writing: bool) -> str:
    """Note that this program opens `folder`, and return the key to give to `release`.

    Raises StoreError if that may not be: somebody writes, or wants to write where somebody reads.
    """
    key = os.path.realpath(folder)
    with _GUARD:
        held = _HELD.get(key)
        if held is not None and (writing or held.writing):
            doing = "writing" if held.writing else "reading"
            raise StoreError(f"the graph {folder} is already open for {doing} in this program: close it there first")
        if writing:
            _HELD[key] = _Holding(writing=True)
        elif held is not None:
            held.readers += 1
        else:
            _HELD[key] = _Holding(writing=False, readers=1, handle=_lock(folder, writing=False))
    return key


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Keep every program, this one too, from opening a store's folder while the block runs, opening it for nobody.

    Raises StoreError if it is open somewhere.
    """
    key = hold(folder, writing=True)
    try:
        handle = _lock(folder, writing=True)
        try:
            yield
        finally:
            if handle is not None:
                os.close(handle)
    finally:
        release(key)


def release(key: str) -> None:
    """Undo one `hold`."""
    with _GUARD:
        held = _HELD[key]
        held.readers -= 1
        if held.readers > 0:
            return
        del _HELD[key]
        if held.handle is not None:
            os.close(held.handle)


def _lock(folder: str, *, writing: bool) -> int | None:
    lock_file = Path(folder, "LOCK")
    if fcntl is None or not lock_file.exists():
        return None
    try:
        handle = os.open(lock_file, os.O_RDWR if writing else os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"the graph {folder} cannot be opened: {error.strerror}") from error
    try:
        fcntl.lockf(handle, (fcntl.LOCK_EX if writing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:  # POSIX allows either
        os.close(handle)
        raise busy(folder) from error
    except OSError:  # a file system without locks, such as some network shares
        os.close(handle)
        return None
    return handle


def busy(folder: str) -> StoreError:
    """Return the error for a folder that another program has open."""
    return StoreError(
        f"the graph {folder} is open in another program: close that one first; several programs can read it at once "
        "if all open it read-only, and a SPARQL server in front of it can be read and written by many"
    )
