"""What every server for tests is: real HTTP on loopback, a port of its own, and no word of clients that give up."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """What is sent: `length` is a false Content-Length, `endless` goes on after `body` until nobody listens."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    length: int | None = None
    endless: bytes = b""
    endless_headers: bool = False


class Silent:
    def log_message(self, *args: object) -> None:
        """Requests are kept by the server that is asked, not printed."""


class Loopback(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gives up is no error of the server."""


@contextmanager
def running(server: Loopback, stopping: threading.Event | None = None) -> Iterator[None]:
    """The server answers; `stopping` is set at the end, for replies that still wait or go on."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        if stopping is not None:
            stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
