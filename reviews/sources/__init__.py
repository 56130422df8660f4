"""Where reviews come from: files, folders and standard input, as `Review`s in order, read as a stream.

One small module a format; `FORMATS` is the whole list.
"""

from __future__ import annotations

from .inputs import Format, Notice, Position
from .record import columns_of
from .run import SUFFIXES, bytes_of, new_review, read_paths
from .standard_input import FORMATS, INPUT_FORMATS

__all__ = [
    "FORMATS",
    "INPUT_FORMATS",
    "SUFFIXES",
    "Format",
    "Notice",
    "Position",
    "bytes_of",
    "columns_of",
    "new_review",
    "read_paths",
]
