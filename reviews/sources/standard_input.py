"""Standard input: read as the user says that it is, else by what it begins with."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from ...errors import InputError, ReviewError
from .feed import FEED
from .html import HTML
from .inputs import Format, Found, Input, Limits
from .jsonl import JSONL
from .jsonld_file import JSONLD
from .markdown import MARKDOWN
from .packing import unpacked
from .parquet import MAGIC, PARQUET
from .tables import CSV, TSV, is_header
from .text import TEXT

FORMATS: tuple[Format, ...] = (TEXT, MARKDOWN, HTML, JSONL, CSV, TSV, PARQUET, FEED, JSONLD)
"""All that is read, from files, folders and addresses as from standard input."""

INPUT_FORMATS: Mapping[str, Format] = {kind.suffixes[0].removeprefix("."): kind for kind in FORMATS}
"""What standard input can be said to be, by the suffix that a file of that kind has."""

# So much is looked at to see what it is.
_HEAD_BYTES = 4_096

_HTML = re.compile(r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_JSON_LD = re.compile(r'(?:\[\s*)?\{\s*"@(?:context|type|graph|id)"')
_JSON_LIST = re.compile(r"\[\s*[{\]]")


def input_format(name: str | None) -> Format | None:
    """Return what standard input is said to be. Raises InputError for a name that is none of `INPUT_FORMATS`."""
    if name is None or name in INPUT_FORMATS:
        return None if name is None else INPUT_FORMATS[name]
    raise InputError(f"standard input can be {', '.join(INPUT_FORMATS)}, not {name!r}")


def read_standard_input(stdin: BinaryIO, source: Input, limits: Limits, kind: Format | None) -> Iterator[Found]:
    """Yield what standard input holds, packed or not. Raises ReviewError where it is empty, or unclear what it is."""
    given = stdin if isinstance(stdin, io.BufferedReader) else io.BufferedReader(io.BytesIO(stdin.read()))
    stream = unpacked(given, limits)
    head = stream.read(_HEAD_BYTES)
    if not head:
        raise ReviewError("it is empty; pipe a review or JSON lines into it")
    whole = io.BufferedReader(_Rejoined(head, stream))
    yield from (kind or _kind_of(head, source.columns)).read(whole, source, limits)


def _kind_of(head: bytes, columns: Mapping[str, str]) -> Format:
    """Return what begins so. Raises ReviewError for what is no prose, and nothing that is read."""
    if head.startswith(MAGIC):
        return PARQUET
    text = head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
    if _JSON_LD.match(text):
        return JSONLD
    if text.startswith("{"):
        return JSONL
    if _JSON_LIST.match(text):
        raise ReviewError("it is a JSON list; give each review a line of its own (JSON lines)")
    if _FEED.match(text) or (text.startswith("<?xml") and _FEED.search(text)):
        return FEED
    if _HTML.match(text) or (text.startswith("<?xml") and re.search(r"<html\b", text)):
        return HTML
    if text.startswith("<?xml"):
        raise ReviewError("it is XML, and neither a feed nor a page; say what it is with --input-format")
    if text.startswith(("---\n", "---\r\n")):
        return MARKDOWN
    return CSV if is_header(text, columns) else TEXT


class _Rejoined(io.RawIOBase):
    """What was read of a stream, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, cast("io.BufferedReader", rest)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # as io.RawIOBase has it
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._rest.read1(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)
