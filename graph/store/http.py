"""Being a good client: addresses, bounded reading, patience, and refusals told as our errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

from ...errors import StoreError, StoreTimeoutError, TellygraphError
from ...remote import one_line, seconds
from .sparql import syntax_error

_PATIENCE = 5  # tries in all
_BUSY = (429, 503)
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Address:
    """A URL and what the user wrote into it: `http://user:password@host/path`. Only `url` is ever shown."""

    url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, text: str) -> Address:
        """Take a URL apart. Raises StoreError if it names no http(s) host."""
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError as error:
            raise StoreError(f"the endpoint's address is not a URL: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError("the endpoint's address must be an http:// or https:// URL with a host")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        url = urlunsplit((parts.scheme, host if port is None else f"{host}:{port}", parts.path, parts.query, ""))
        user, password = parts.username, parts.password
        return cls(url, None if user is None else unquote(user), None if password is None else unquote(password))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: `media_type` without parameters, the whole `body`."""

    media_type: str
    body: bytes


class Refused(Exception):  # noqa: N818 - never leaves this folder
    """A server answered with an error status."""

    def __init__(self, status: int, body: bytes, retry_after: str | None) -> None:
        self.status, self.body, self.retry_after = status, body, retry_after
        super().__init__(status)


class Readable(Protocol):
    """The little of http.client.HTTPResponse that is used here."""

    def read1(self, n: int, /) -> bytes:
        """Return up to `n` bytes, b"" at the end."""


def read_bounded(response: Readable, *, where: str, limit: int, deadline: float) -> bytes:
    """Return the whole answer. Raises StoreError beyond `limit` bytes, StoreTimeoutError beyond `deadline`."""
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise StoreError(
                f"{where} sent more than {limit:,} bytes: ask for less (LIMIT), or raise TELLYGRAPH_MAX_RESULTS_BYTES"
            )
        if monotonic() > deadline:
            raise too_slow(where)
    return bytes(body)


def too_slow(where: str) -> StoreTimeoutError:
    """Return the error for a server that did not answer in time."""
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
    status, words = refused.status, one_line(refused.body.decode("utf-8", "replace"))
    said = f": {words}" if words else ""
    if status == 400 and not updating:
        return syntax_error(refused.body.decode("utf-8", "replace"))
    if status in (401, 403):
        return StoreError(
            f"{where} does not let you in (HTTP {status}): "
            "put a user name and password that may do this into the URL, http://user:password@host/..."
        )
    if status in (404, 405, 415) or (status == 400 and updating):
        hint = "name its update URL too, QUERY_URL|UPDATE_URL" if updating else "name the URL that answers queries"
        return StoreError(
            f"{where} is not a SPARQL {'update ' if updating else ''}endpoint (HTTP {status}{said}): {hint}"
        )
    if status in (408, 504):
        return too_slow(where)
    if status == 413:
        return StoreError(f"{where} takes no request this large (HTTP 413): raise the server's limit")
    return StoreError(f"{where} failed (HTTP {status}){said}")
