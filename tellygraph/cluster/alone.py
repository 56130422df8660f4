"""One program at a time writes the parts of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]

LOCK = "lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other programs from writing parts into `folder` while the block runs; what is killed holds nothing.

    Raises InputError if one does. A file system without locks, such as some mounted buckets, keeps nobody out.
    """
    with (folder / LOCK).open("wb") as file:
        try:
            if fcntl is not None:
                # The lock of an open file, not of a process: neither Spark's programs nor other handles end it.
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(
                f"another program is writing parts into {folder}: wait until it ends, or give another folder"
            ) from error
        except OSError:
            pass
        yield
