"""What a page is, by what its server says, and its text as UTF-8 whatever the server's encoding."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ....errors import ReviewError
from ..decode import read_bytes
from ..inputs import Format, Limits
from ..packing import PACKINGS, buffered, unpacked
from .fetch import Page

_TYPES = {
    "HTML": ("text/html", "application/xhtml+xml"),
    "text": ("text/plain",),
    "markdown": ("text/markdown", "text/x-markdown"),
    "JSON lines": ("application/jsonl", "application/x-jsonlines", "application/jsonlines", "application/x-ndjson",
                   "application/ndjson"),
    "CSV": ("text/csv", "application/csv"),
    "TSV": ("text/tab-separated-values",),
    "Parquet": ("application/vnd.apache.parquet",),
    "feed": ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    "JSON-LD": ("application/ld+json",),
}  # fmt: skip
_VAGUE = frozenset({
    "", "text/plain", "application/octet-stream", "binary/octet-stream", "application/json", "application/gzip",
    "application/x-gzip", "application/zstd",
})  # fmt: skip
"""Types that say little: the address's suffix goes before them."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ENCODINGS = re.compile(
    r"utf-?8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|koi8-[ru]|mac-roman|gb2312|gbk|gb18030|big5(hkscs)?|euc_jp|"
    r"shift_jis|cp932|iso2022_jp|euc_kr|cp949"
)


def stream_of(page: Page, formats: Sequence[Format], limits: Limits) -> tuple[Format, io.BufferedReader]:
    """Return the format of a page and what is in it. Raises ReviewError for what is no review, or cannot be decoded."""
    kind = _format(page, formats)
    stream = buffered(page.body)
    if page.packed:
        stream = unpacked(stream, limits, "gzip")
    if not kind.packed:
        return kind, stream
    stream = unpacked(stream, limits)
    charset = page.charset
    if charset is None and kind.name == "HTML":
        data = read_bytes(stream, limits)
        said = (
            None
            if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            else _META.search(data[:2048])
        )
        charset = None if said is None else said[1].decode()
        stream = io.BufferedReader(io.BytesIO(data))
    if charset is None or charset in ("utf-8", "utf8"):
        return kind, stream
    text = _decoded(read_bytes(stream, limits), charset)
    if kind.name == "feed":  # what it says of its encoding is not so any longer
        text = _XML_DECLARATION.sub("", text)
    return kind, buffered(text.encode("utf-8", "surrogatepass"))


def _format(page: Page, formats: Sequence[Format]) -> Format:
    name = PurePosixPath(urlsplit(page.url).path).name.lower()
    for suffix in PACKINGS:
        name = name.removesuffix(suffix)
    suffix = PurePosixPath(name).suffix
    for kind in formats:
        if page.type in _VAGUE and suffix in kind.suffixes:
            return kind
    for kind in formats:
        if page.type in _TYPES.get(kind.name, ()):
            return kind
    said = f"it is {page.type[:80]!r}" if page.type else "its server does not say what it is"
    raise ReviewError(f"{said}; what is read is {', '.join(kind.name for kind in formats)}")


def _decoded(data: bytes, charset: str) -> str:
    try:
        # pages that say Latin-1 mean what Windows made of it (WHATWG Encoding, section 4.2)
        name = codecs.lookup(charset).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        if not _ENCODINGS.fullmatch(name):
            raise LookupError(charset)
        return data.decode(name)
    except LookupError as error:
        raise ReviewError(f"its encoding {charset[:40]!r} is not known") from error
    except UnicodeDecodeError as error:
        raise ReviewError(f"it is not {charset}, as its server says (byte {error.start})") from error
