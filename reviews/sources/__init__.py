"""Where reviews come from: files, folders and standard input, as `Review`s in order, read as a stream.

One small module a format; `FORMATS` is the whole list.
"""

from __future__ import annotations

from .inputs import Format, Notice
from .run import FORMATS, SUFFIXES, new_review, read_paths

__all__ = ["FORMATS", "SUFFIXES", "Format", "Notice", "new_review", "read_paths"]
