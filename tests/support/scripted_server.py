"""A server for tests that answers what it is told to, and keeps what it was asked."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

from loopback import Loopback, Silent, running

NO_ROWS = b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}'
JSON = "application/sparql-results+json; charset=utf-8"


@dataclass
class Answer:
    status: int = 200
    body: bytes = NO_ROWS
    type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    length: int | None = None


@dataclass
class Scripted:
    """A server that gives its answers in order, the last one again and again, and keeps what it was asked."""

    url: str
    answers: list[Answer]
    asked: list[tuple[str, dict[str, str], dict[str, list[str]]]]


@contextmanager
def scripted(*answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    script = Scripted("", list(answers) or [Answer()], [])

    class Answers(Silent, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            script.asked.append((self.path, dict(self.headers), form))
            answer = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
            time.sleep(answer.delay_s)
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.type)
                self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)
            except BrokenPipeError:
                pass  # the client has gone, as some tests want

    server = Loopback(Answers)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    script.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}/query"
    with running(server):
        yield script
