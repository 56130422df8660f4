"""A model's server for tests: real HTTP on loopback, the chat completions protocol, and every way to misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from typing import Any

from loopback import Loopback, Reply, Silent, running
from tellygraph import Reading, Review, new_review
from tellygraph.ontology.terms import RELATIONS
from tellygraph.reviews.llm import LlmReader, Server
from tellygraph.reviews.llm.cache import Cache


@dataclass(frozen=True)
class Asked:
    """A request as it came: `number` counts from 1, `text` is the review between the markers."""

    number: int
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def data(self) -> str:
        return self.body["messages"][-1]["content"]

    @property
    def text(self) -> str:
        marker = self.data.split("\n", 1)[0].removeprefix("Marker: ")
        return self.data.split(f"\n{marker}\n", 1)[1].removesuffix(f"\n{marker}")


def fact(relation: str, subject: str, object_: str, quote: str, **more: Any) -> dict[str, Any]:
    """A fact as the schema has it, of the relation's own types."""
    known = RELATIONS.get(relation, RELATIONS["plays"])
    return {
        "relation": relation, "subject": subject, "subject_type": known.subject, "object": object_,
        "object_type": known.object, "kind": None, "status": None, "season": None, "quote": quote, "occurrence": 1,
        **more,
    }  # fmt: skip


def says(content: object, *, finish: str = "stop", refusal: str | None = None, usage: object = True) -> Reply:
    """A completion whose message is `content`: text as it is, anything else as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    body: dict[str, Any] = {
        "id": "one", "object": "chat.completion", "model": "small",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, "refusal": refusal}}],
    }  # fmt: skip
    if usage:
        body["usage"] = {"prompt_tokens": 1000, "completion_tokens": 50} if usage is True else usage
    return Reply(json.dumps(body).encode())


def states(*facts: object, **more: Any) -> Reply:
    """A completion that states facts."""
    return says({"facts": list(facts)}, **more)


def fails(status: int, message: str = "no", **headers: str) -> Reply:
    """An error as OpenAI-compatible servers word it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message, "type": "error"}}).encode(), status, named)


Script = Callable[[Asked], Reply]


class ModelServer:
    """The server: `url` is its base, `asked` what came, in order of coming; `most_at_once` is how many ran together."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._http = Loopback(self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @contextmanager
    def running(self) -> Iterator[ModelServer]:
        with running(self._http, self._stopping):
            yield self

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Completions(Silent, BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with server._lock:
                    asked = Asked(len(server.asked) + 1, self.path, dict(self.headers), body)
                    server.asked.append(asked)
                    server._now += 1
                    server.most_at_once = max(server.most_at_once, server._now)
                try:
                    server._send(self, server.script(asked))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True
                finally:
                    with server._lock:
                        server._now -= 1

        return Completions

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        self._stopping.wait(reply.wait_s)
        if reply.status == 0:  # hang up
            handler.close_connection = True
            return
        handler.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            handler.send_header(name, value)
        if reply.endless_headers:
            handler.flush_headers()
            while not self._stopping.wait(0.02):
                handler.wfile.write(b"X-More: again\r\n")
                handler.wfile.flush()
            return
        handler.close_connection = reply.length is not None
        if not reply.endless:
            handler.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        else:
            handler.send_header("Connection", "close")
            handler.close_connection = True
        handler.end_headers()
        handler.wfile.write(reply.body)
        while reply.endless and not self._stopping.is_set():
            handler.wfile.write(reply.endless)
            if len(reply.endless) < 100:
                time.sleep(0.02)


@contextmanager
def model_server(script: Script | Reply) -> Iterator[ModelServer]:
    """Serve a script, or the same reply to everything."""
    with ModelServer(script if callable(script) else lambda _: script).running() as server:
        yield server


CAST = fact("plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)")


def reviews(count: int = 1) -> list[Review]:
    """Reviews that state `CAST`, each with words of its own."""
    return [
        new_review(f"Nell Harrow (Mara Quill) runs the bakery. It is night {i}.", id=f"review-{i}", show="Saltmarsh")
        for i in range(count)
    ]


def reader_of(server: ModelServer, **more: object) -> LlmReader:
    """A reader that keeps nothing and does not wait long."""
    given = replace(Server(server.url, "small"), timeout_s=25.0, **more)  # type: ignore[arg-type]
    return LlmReader(server=given, cache=Cache(None), pause_s=0.01)


def read(reader: LlmReader, count: int = 1) -> tuple[list[Reading], list[str]]:
    """What is read of `reviews(count)`, and what is heard of the others."""
    heard: list[str] = []
    found = list(
        reader.read_heard(reviews(count), lambda r: heard.append(f"{type(r).__name__} {r.source}: {r.reason}"))
    )  # type: ignore[union-attr]
    return found, heard
