"""A store's folder as RocksDB keeps it: what is in it, whether it may be opened, and what the engine's errors mean."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from ...errors import StoreError
from ...remote import one_line
from . import lock

_ROCKSDB_FILE = re.compile(
    r"CURRENT|LOCK|IDENTITY|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|\d+\.(log|sst|dbtmp)|.*\.dbtmp"
)


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


def folder_identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another that comes to its place."""
    try:
        found = Path(folder).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def check_readable(folder: str) -> None:
    """Raise StoreError unless a whole store is in a folder."""
    if not Path(folder).exists():
        raise StoreError(f"there is no graph at {folder}: add a review to make one, or name another with --graph")
    if not is_store(folder):
        if _is_unfinished_store(folder):
            raise _unfinished(folder)
        raise StoreError(f"{folder} is not a graph: name the folder of one, or the URL of an endpoint")


def check_writable(folder: str) -> None:
    """Raise StoreError unless a folder is a store, or could become one, and may be written to."""
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


def opening_error(folder: str, error: Exception) -> StoreError:
    """Return what the engine's error at opening a store means, and what to do."""
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
