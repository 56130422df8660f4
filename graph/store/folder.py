"""A store's folder that appears whole or not at all: made beside its place, then moved into it.

While it is made it is called `.NAME.new` and locked (flock on the folder itself, which ends with the program), so that
what a killed program left is told from what another program is making, and cleared away by the next.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import StoreError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def is_free(folder: str) -> bool:
    """Whether nothing is there, or an empty folder."""
    path = Path(folder)
    try:
        return not path.is_symlink() and (not path.exists() or (path.is_dir() and not any(path.iterdir())))
    except OSError as error:
        raise StoreError(f"the graph {folder} cannot be opened: {error.strerror}") from error


def takes_new(folder: str) -> bool:
    """Whether `made_whole` can move a store to `folder`: it is free, and no mount point, and its parent is writable."""
    path = Path(folder)
    return is_free(folder) and not (
        path.exists() and (path.is_mount() or not os.access(path.absolute().parent, os.W_OK))
    )


@contextmanager
def made_whole(folder: str, *, replace: bool = False) -> Iterator[str]:
    """Give a new folder to make a store in; when the block ends well, it is synced to disk and moved to `folder`.

    If the block fails, or the program is killed, `folder` is as it was. With `replace` what is there gives way in the
    moment in which the new one is there, and is then taken away. Raises StoreError where the folder cannot be made,
    another program is making it, or something has come to its place meanwhile.
    """
    place = Path(folder).absolute()
    making = place.with_name(f".{place.name}.new")
    try:
        lock = _own(making, folder)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {_reason(error)}") from error
    try:
        yield str(making)
        try:
            _sync(making)
            _move(making, place, replace=replace)
        except OSError as error:
            raise StoreError(f"{folder} cannot be made: {_reason(error)}") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)  # what is not in its place: a failed store, or the one replaced
        if lock is not None:
            os.close(lock)


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
        return "something else has come to its place meanwhile; nothing there was changed"
    return error.strerror or str(error)


def _own(making: Path, folder: str) -> int | None:
    """Make the folder anew and lock it, in place of what a killed program left there."""
    making.mkdir(exist_ok=True)
    handle = None
    if fcntl is not None:
        handle = os.open(making, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise StoreError(f"the graph {folder} is being made by another program: wait for it to end") from error
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS):
                os.close(handle)
                raise
    for left in making.iterdir():
        left.unlink()
    return handle


def _sync(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        if path.is_dir() and os.name == "nt":
            continue
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _move(new: Path, place: Path, *, replace: bool) -> None:
    if replace and place.exists():
        _exchange(new, place)
    elif os.name == "nt" and place.exists():
        place.rmdir()  # an empty one, which Windows does not rename over
        new.rename(place)
    else:
        new.rename(place)
    if os.name != "nt":
        _sync_entry(place.parent)


def _sync_entry(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(new: Path, place: Path) -> None:
    """Let two folders change places: at once where the system can, else with a moment in which neither is there."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "renameat2"):
            names = (ctypes.c_char_p(os.fsencode(path)) for path in (new, place))
            if libc.renameat2(_AT_FDCWD, next(names), _AT_FDCWD, next(names), _RENAME_EXCHANGE) == 0:
                return
            if (code := ctypes.get_errno()) not in (errno.EINVAL, errno.ENOSYS):
                raise OSError(code, os.strerror(code))
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)
