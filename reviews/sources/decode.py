"""Bytes to text, and what text must be: UTF-8 (or UTF-16 with a byte order mark), no control characters, words.

Code points are kept exactly as decoded, line ends included: a Windows file keeps its `\\r\\n`, so that offsets into
`Review.text` are offsets into the decoded file. Only a byte order mark is taken off.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from ...errors import ReviewError
from .inputs import Limits

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Not text: C0 controls other than tab, line feed, form feed and carriage return; DEL; and what no RDF or XML
# document can carry (surrogates, U+FFFE, U+FFFF).
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_whole(stream: BinaryIO, limits: Limits) -> str:
    """Return the decoded text of a stream. Raises ReviewError if it is too large, binary or wrongly encoded."""
    return decode(read_bytes(stream, limits))


def read_bytes(stream: BinaryIO, limits: Limits) -> bytes:
    """Return all bytes of a stream. Raises ReviewError if there are more than `limits.file_bytes`."""
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise ReviewError(
            f"it is larger than {limits.file_bytes:,} bytes; split it, or raise TELLYGRAPH_MAX_FILE_BYTES"
        )
    return data


def is_utf16(data: bytes) -> bool:
    """Tell whether bytes begin with the byte order mark of UTF-16."""
    return data.startswith(_UTF16_MARKS)


def decode(data: bytes, before: int = 0) -> str:
    """Return bytes as text, without a byte order mark; `before` is the position of the first byte in its file.

    Raises ReviewError saying which byte is wrong, counted from 0.

    >>> decode(b"\\xef\\xbb\\xbfZo\\xc3\\xab")
    'Zoë'
    """
    if is_utf16(data):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ReviewError(
                f"its byte order mark says UTF-16, but byte {before + error.start} is not: save it as UTF-8"
            ) from error
    nul = data.find(b"\0")
    if nul >= 0:
        raise ReviewError(f"it is binary (byte {before + nul} is NUL); give the review as text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the mark
        start = error.start + (len(data) - len(error.object))
        raise ReviewError(f"it is not UTF-8 (byte {before + start}, 0x{data[start]:02X}); save it as UTF-8") from error


def check_text(text: str, limits: Limits) -> None:
    """Raise ReviewError unless this is the text of a review: words, not too long, without control characters."""
    if len(text) > limits.chars:
        raise ReviewError(
            f"it has {len(text):,} characters, more than {limits.chars:,};"
            " split it, or raise TELLYGRAPH_MAX_REVIEW_CHARS"
        )
    wrong = _NOT_TEXT.search(text)
    if wrong is not None:
        raise ReviewError(
            f"it is not plain text (character {wrong.start()} is U+{ord(wrong[0]):04X}); give the review as text"
        )
    if not any(character.isalpha() for character in text):
        raise ReviewError("it is empty: there is not one letter in it")


def has_control(value: str) -> bool:
    """Tell whether a line of metadata holds what a line cannot: a line end, a tab or anything that is not text."""
    return _NOT_TEXT.search(value) is not None or any(character in "\t\n\f\r\x85\u2028\u2029" for character in value)
