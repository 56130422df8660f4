"""A web site for tests: real HTTP on loopback, pages by path, and every way to misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from loopback import Loopback, Reply, Silent, running


def page(body: str | bytes, type_: str | None = "text/html; charset=utf-8", **more: object) -> Reply:
    data = body if isinstance(body, bytes) else body.encode()
    return Reply(data, headers={} if type_ is None else {"Content-Type": type_}, **more)  # type: ignore[arg-type]


def sent_to(where: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": where})


class Site:
    """The site: `url` is its front, `asked` the paths in order, `agents` who asked."""

    def __init__(self, pages: Mapping[str, Reply | Callable[[int], Reply]]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.at: list[float] = []
        self.stopping = threading.Event()
        self.http = Loopback(_handler(self))
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Pages(Silent, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.at.append(time.monotonic())
            site.agents.add(self.headers["User-Agent"])
            reply = site.pages.get(self.path, Reply(b"no", 404))
            _send(self, reply(site.asked.count(self.path)) if callable(reply) else reply, site.stopping)

    return Pages


def _send(handler: BaseHTTPRequestHandler, reply: Reply, stopping: threading.Event) -> None:
    stopping.wait(reply.wait_s)
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if reply.endless_headers:
        handler.flush_headers()
        while not stopping.wait(0.02):
            handler.wfile.write(b"X-More: again\r\n")
        return
    if reply.endless or reply.length is not None:
        handler.close_connection = True
    if not reply.endless:
        handler.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
    handler.end_headers()
    handler.wfile.write(reply.body)
    while reply.endless and not stopping.is_set():
        handler.wfile.write(reply.endless)
        if len(reply.endless) < 100:
            stopping.wait(0.02)


@contextmanager
def site(pages: Mapping[str, Reply | Callable[[int], Reply]]) -> Iterator[Site]:
    served = Site(pages)
    with running(served.http, served.stopping):
        yield served
