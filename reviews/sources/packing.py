"""gzip and Zstandard, taken off as a stream. The only door to `backports.zstd`, which Python has itself from 3.14."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from ...errors import ReviewError
from .inputs import Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PACKINGS: dict[str, str] = {".gz": "gzip", ".zst": "zstd"}
"""The kinds of packing by the suffix that names them."""

_MOST_TIMES = 250  # that text gets smaller: prose 3 to 5 times, tables of numbers 20; zeros 1,000 and more

LONGEST_MAGIC = 4


def packing_of(first: bytes) -> str | None:
    """Return how bytes are packed, by the four they begin with: no text begins so."""
    if first.startswith(b"\x1f\x8b"):
        return "gzip"
    frame = first.startswith(b"\x28\xb5\x2f\xfd")
    skippable = len(first) >= 4 and first[0] & 0xF0 == 0x50 and first[1:4] == b"\x2a\x4d\x18"
    return "zstd" if frame or skippable else None


def buffered(data: bytes) -> io.BufferedReader:
    """Return a stream of bytes that are in memory."""
    return io.BufferedReader(cast("io.RawIOBase", io.BytesIO(data)))


def unpacked(stream: io.BufferedReader, limits: Limits, named: str | None = None) -> io.BufferedReader:
    """Return a stream of what is in another, as it is or packed; `named` is the packing its name speaks of.

    Reading it raises ReviewError where the packed data is broken, cut off, or unpacks to far more than text does.
    Members and frames that follow one another are one text. Raises ReviewError if it is not packed as it is named.
    """
    packing = packing_of(stream.peek(LONGEST_MAGIC)[:LONGEST_MAGIC])
    if packing is None:
        if named is not None and stream.peek(1):
            raise ReviewError(f"its name says {named}, but it is not packed; take the suffix off")
        return stream
    return io.BufferedReader(_Unpacked(stream, packing, limits))


def zstd() -> tuple[Callable[..., BinaryIO], type[Exception]]:
    """Return what opens a binary stream of Zstandard data, and the error that reading broken data raises."""
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdError, ZstdFile
    else:
        from backports.zstd import ZstdError, ZstdFile
    return cast("Callable[..., BinaryIO]", ZstdFile), ZstdError


class _Unpacked(io.RawIOBase):
    """What is in a packed stream, bounded."""

    def __init__(self, packed: io.BufferedReader, packing: str, limits: Limits) -> None:
        self._packing, self._limits = packing, limits
        self._counted = _Counted(packed)
        self._file: io.BufferedReader
        self._broken: tuple[type[Exception], ...] = (gzip.BadGzipFile, zlib.error)
        if packing == "gzip":
            self._file = cast("io.BufferedReader", gzip.GzipFile(fileobj=cast("BinaryIO", self._counted)))
        else:
            zstd_file, zstd_error = zstd()
            self._file = cast("io.BufferedReader", zstd_file(self._counted))
            self._broken = (zstd_error,)
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._file.read1(len(view))
        except EOFError as error:
            raise ReviewError(
                f"its {self._packing} data is cut off after {self._out:,} bytes of text; fetch or pack it again"
            ) from error
        except self._broken as error:
            raise ReviewError(f"its {self._packing} data is broken after {self._out:,} bytes of text") from error
        self._out += len(data)
        if self._out > max(self._limits.file_bytes, _MOST_TIMES * self._counted.done):
            raise ReviewError(
                f"its {self._packing} data unpacks to more than {_MOST_TIMES} times its size, which no text does"
            )
        view[: len(data)] = data
        return len(data)


class _Counted:
    """A stream that counts what is read of it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)
        self.done += len(data)
        return data
