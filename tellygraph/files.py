"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .errors import ExportError


@contextmanager
def written(path: str) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends well; else nothing is left of it.

    A device or a pipe is written to as it is. Raises ExportError naming the file if it cannot be written.
    """
    target = Path(path).resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    """What the user's other new files get: the temporary file starts out private."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
