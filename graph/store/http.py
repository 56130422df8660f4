"""Being a good client: addresses, bounded reading, patience, and refusals told as our errors."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from time import monotonic, sleep
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit

from ...errors import StoreError, StoreTimeoutError, TellygraphError
from ...remote import one_line, seconds
from .credentials import HOW
from .sparql import syntax_error

_PATIENCE = 5  # tries in all
_BUSY = (429, 503)
_CHUNK = 1 << 16


def checked_url(text: str) -> str:
    """Return an endpoint's URL as it is used and shown. Raises StoreError if it names no host, or a password."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise StoreError(f"the endpoint's address is not a URL: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError("the endpoint's address must be an http:// or https:// URL with a host")
    if "@" in parts.netloc:
        raise StoreError(f"the endpoint's address must hold no user name or password, which others could see: {HOW}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return urlunsplit((parts.scheme, host if port is None else f"{host}:{port}", parts.path, parts.query, ""))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: `media_type` without parameters, the whole `body`, `headers` by lower-case name."""

    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - never leaves this folder
    """A server answered with an error status; `challenge` is what it wants to know of the user."""

    def __init__(self, status: int, body: bytes, retry_after: str | None, challenge: str = "") -> None:
        self.status, self.body, self.retry_after, self.challenge = status, body, retry_after, challenge
        super().__init__(status)


class Readable(Protocol):
    """The little of http.client.HTTPResponse that is used here."""

    headers: Message

    def read1(self, n: int, /) -> bytes:
        """Return up to `n` bytes, b"" at the end."""


def read_bounded(response: Readable, *, where: str, limit: int, deadline: float) -> bytes:
    """Return the whole answer, unpacked where it is gzip.

    Raises StoreError beyond `limit` bytes or where it breaks off, StoreTimeoutError beyond `deadline`.
    """
    unpack = _unpacker(response.headers)
    body, taken = bytearray(), 0
    while chunk := response.read1(_CHUNK):
        taken += len(chunk)
        body += chunk if unpack is None else _unpacked(unpack, chunk, limit + 1 - len(body), where)
        if len(body) > limit:
            raise StoreError(
                f"{where} sent more than {limit:,} bytes: ask for less (LIMIT), or raise TELLYGRAPH_MAX_RESULTS_BYTES"
            )
        if monotonic() > deadline:
            raise too_slow(where)
    length = response.headers.get("Content-Length", "")
    if (length.isdecimal() and int(length) != taken) or (unpack is not None and taken and not unpack.eof):
        raise StoreError(f"{where} broke off after {taken:,} of {length or 'more'} bytes: try again")
    return bytes(body)


def read_start(response: HTTPError, limit: int) -> bytes:
    """Return the first bytes of what a server says of an error, at most `limit`, unpacked where it is gzip."""
    said, unpack = response.read(limit), _unpacker(response.headers)
    try:
        return said if unpack is None else unpack.decompress(said, limit)
    except zlib.error:
        return b""


def _unpacker(headers: Message) -> zlib._Decompress | None:
    packed = headers.get("Content-Encoding", "").strip().casefold() in ("gzip", "x-gzip")
    return zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None


def _unpacked(unpack: zlib._Decompress, chunk: bytes, room: int, where: str) -> bytes:
    try:
        return unpack.decompress(chunk, room)
    except zlib.error as error:
        raise StoreError(f"{where} sent an answer that cannot be unpacked: {error}") from error


def too_slow(where: str, *, updating: bool = False) -> StoreTimeoutError:
    """Return the error for a server that did not answer in time."""
    if updating:
        return StoreTimeoutError(
            f"{where} did not answer in time: the update may still be carried out; do the same again, which adds "
            "nothing twice, with a higher TELLYGRAPH_QUERY_TIMEOUT_S"
        )
    return StoreTimeoutError(f"{where} did not answer in time: ask for less, or raise TELLYGRAPH_QUERY_TIMEOUT_S")


def patiently(send: Callable[[], Reply], *, where: str, patience_s: float) -> Reply:
    """Send until the server is not busy (429, 503): at most five times, waiting as long as its Retry-After says.

    Without one the waits are 0.5, 1, 2 and 4 s. Raises StoreError if it is still busy then, or asks for more than
    `patience_s` in one go; whatever `send` raises else goes through.
    """
    pause = 0.5
    for tries_left in range(_PATIENCE - 1, -1, -1):
        try:
            return send()
        except Refused as refused:
            if refused.status not in _BUSY:
                raise
            asked = seconds(refused.retry_after)
            wait = pause if asked is None else asked
            if not tries_left or wait > patience_s:
                later = "later" if asked is None else f"in {asked:.0f} s"
                raise StoreError(f"{where} is busy (HTTP {refused.status}): try again {later}") from refused
            sleep(wait)
            pause *= 2
    raise AssertionError  # pragma: no cover - the last try returns or raises


def told(refused: Refused, *, where: str, updating: bool) -> TellygraphError:
    """Return our error for a server's refusal."""
    status, text = refused.status, refused.body.decode("utf-8", "replace")
    words = one_line(text.partition("\n\nSPARQL query:")[0])  # Virtuoso adds the whole query
    said = f": {words}" if words else ""
    if status == 400 and not updating:
        return syntax_error(words)
    if status in (401, 403):
        return StoreError(f"{where} does not let you in (HTTP {status}{said}): {HOW}")
    if status in (404, 405, 406, 415) or (status == 400 and updating):
        hint = "name its update URL too, QUERY_URL|UPDATE_URL" if updating else "name the URL that answers queries"
        return StoreError(
            f"{where} is not a SPARQL {'update ' if updating else ''}endpoint (HTTP {status}{said}): {hint}"
        )
    if status in (408, 504):
        return too_slow(where, updating=updating)
    if status == 413:
        return StoreError(f"{where} takes no request this large (HTTP 413): raise the server's limit")
    return StoreError(f"{where} failed (HTTP {status}){said}")
