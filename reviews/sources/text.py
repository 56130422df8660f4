"""Plain text: the file is the review, to the last code point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from .decode import read_whole
from .inputs import Draft, FieldValue, Format, Found, Input, Limits

_HEADLINE = re.compile(r"\s*(\S[^\r\n]{0,199})(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")


def headline(text: str) -> str | None:
    """Return a text's first line where it looks like a headline: at most 200 characters, then a blank line.

    >>> headline("Saltmarsh returns, wetter\\n\\nNell is back.")
    'Saltmarsh returns, wetter'
    """
    match = _HEADLINE.match(text)
    return match[1].strip() if match is not None else None


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    text = read_whole(stream, limits)
    title = headline(text)
    fields: dict[str, FieldValue] = {} if title is None else {"title": title}
    yield Draft(source.shown, source.id, text, fields)


TEXT = Format("text", (".txt",), _read)
