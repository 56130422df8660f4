"""One request, within a time and a size, to an address that is looked at before it is connected to.

The only door to httpcore. The name is resolved here and the connection made to the very address that was checked, so a
name that means something else the next moment (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from ....errors import ReviewError
from ....remote import one_line, user_agent
from .addresses import is_public, without_secrets

_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, text/plain, text/markdown, application/jsonl, text/csv, "
    "application/rss+xml, application/atom+xml, application/ld+json, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: header names in lower case; `body` is empty but for status 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class LocalAddressError(ReviewError):
    """The address is of the local network."""


class Unreachable(ReviewError):  # noqa: N818 - a state of the server, not of ours
    """The server did not answer, or not in full."""


class Connections:
    """Makes requests one after another, keeping a connection open. `timeout_s` is for a whole request."""

    def __init__(self, timeout_s: float, *, allow_local: bool) -> None:
        self._timeout_s = timeout_s
        self._network = _Network(allow_local=allow_local)
        self._pool = httpcore.ConnectionPool(
            max_connections=1, max_keepalive_connections=1, network_backend=self._network
        )
        self._headers = [("User-Agent", user_agent()), *_HEADERS.items()]

    def get(self, url: str, most_bytes: int, *, cut: bool = False) -> Answer:
        """Return the answer to a GET. Redirects are not followed.

        Raises LocalAddressError, Unreachable; ReviewError where the body is larger than `most_bytes`; with `cut` it
        ends there.
        """
        where = without_secrets(url)
        self._network.deadline = time.monotonic() + self._timeout_s
        try:
            return self._exchange(url, most_bytes, cut=cut)
        except httpcore.TimeoutException as error:
            raise Unreachable(
                f"{where} did not answer within {self._timeout_s:g} s; raise TELLYGRAPH_URL_TIMEOUT_S"
            ) from error
        except (httpcore.ConnectError, socket.gaierror, UnicodeError) as error:
            raise Unreachable(f"{where} cannot be reached ({one_line(str(error))}); check the address") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            words = one_line(str(error)) or type(error).__name__
            raise Unreachable(f"{where} broke off ({words}); try again") from error

    def _exchange(self, url: str, most_bytes: int, *, cut: bool) -> Answer:
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._timeout_s)
        with self._pool.stream("GET", url, headers=self._headers, extensions={"timeout": timeouts}) as response:
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status != 200:
                return Answer(response.status, headers, b"")
            body = bytearray()
            said = headers.get("content-length", "")
            announced = int(said) if said.isdecimal() and len(said) < 20 else 0
            if announced <= most_bytes or cut:
                for chunk in response.iter_stream():
                    body += chunk
                    if len(body) > most_bytes:
                        break
            if max(announced, len(body)) > most_bytes and not cut:
                raise ReviewError(f"it is larger than {most_bytes:,} bytes; raise TELLYGRAPH_URL_MAX_BYTES to read it")
            return Answer(200, headers, bytes(body[:most_bytes]))

    def close(self) -> None:
        """Let go of the connection."""
        self._pool.close()


class _Network(httpcore.NetworkBackend):
    """Connects to addresses that were looked at, until `deadline`."""

    def __init__(self, *, allow_local: bool) -> None:
        self._allow_local = allow_local
        self._system = httpcore.SyncBackend()
        self.deadline = 0.0

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        public = [address for address in addresses if self._allow_local or is_public(address)]
        if not public:
            raise LocalAddressError(
                f"{host} is of the local network ({addresses[0]}), which is not read from; --allow-local allows it"
            )
        failed: Exception = httpcore.ConnectError("no address")
        for address in public:
            try:
                stream = self._system.connect_tcp(address, port, self.left(), local_address, socket_options)
                return _Stream(stream, self)
            except httpcore.ConnectError as error:
                failed = error
        raise failed


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline of the request."""

    def __init__(self, stream: httpcore.NetworkStream, network: _Network) -> None:
        self._stream, self._network = stream, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the request's counts
        return self._stream.read(max_bytes, self._network.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._network.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:  # fmt: skip
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._network.left()), self._network)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        return self._stream.get_extra_info(info)
