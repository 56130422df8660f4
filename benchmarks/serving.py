"""Serving: the catalogue's questions asked of `tellygraph serve` over HTTP, beside the bare `oxigraph` server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import httpx

from tellygraph.graph import Store, add_readings, open_store
from tellygraph.ontology import Iris
from tellygraph.queries import Question, ask, catalogue
from tellygraph.queries.catalogue import bound
from tellygraph.reviews import RuleReader

from .measure import Contender, Tell, side_by_side, silent
from .questions import Recorder
from .synthetic import readings
from .tables import Table, count, ratio, seconds
from .texts import examples

_READY_WITHIN_S = 60.0
_HEADERS = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: a graph of so many reviews, the examples among them."""

    reviews: int
    rounds: int


FULL = Size(reviews=1000, rounds=12)
QUICK = Size(reviews=100, rounds=5)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return one table: what a client waits for every question, at either server, on the same folder."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(Path(scratch, "graph.db"))
        tell("filling the graph")
        with open_store(folder) as store:
            iris, found = Iris.default(), list(RuleReader().read(examples()))
            add_readings(store, found, iris)
            add_readings(store, readings(size.reviews - len(found), shows=max(2, size.reviews // 10), iris=iris), iris)
            quads = len(store)
            asked = {name: _sparql(store, question) for name, question in catalogue().items()}
        with _oxigraph(folder) as bare, _tellygraph(folder) as (ours, started), httpx.Client(timeout=120) as client:
            rows = [
                row
                for name, queries in asked.items()
                if queries
                for row in [_row(name, queries, client, (bare, ours), size.rounds, tell)]
            ]
    waits = [(theirs, mine) for _, _, theirs, mine in rows]
    added = max(0.0, median(mine - theirs for theirs, mine in waits))
    note = (
        f"{size.reviews:,} reviews, {quads:,} quads, on disk; wall-clock seconds of a client that keeps its "
        f"connection, best of {size.rounds}. Both servers read the same folder and answer the same queries as JSON. "
        f"Ours does each in a process that can be killed, which adds {seconds(added)} (median). "
        f"`tellygraph serve` answered {seconds(started)} after it was started."
    )
    cells = tuple(
        (name, count(size_), seconds(theirs), seconds(mine), ratio(mine / theirs)) for name, size_, theirs, mine in rows
    )
    columns = ("", "bytes", "oxigraph", "tellygraph", "ratio")
    return [Table("serving", "Serving, beside the oxigraph server", columns, cells, ("pyoxigraph", "uvicorn"), (note,))]


def _sparql(store: Store, question: Question) -> tuple[str, ...]:
    recorder = Recorder(store)
    terms = bound(store, question, dict(question.example.params))
    ask(recorder, question.name, terms)
    return tuple(recorder.queries)


def _row(
    name: str, queries: Sequence[str], client: httpx.Client, urls: tuple[str, str], rounds: int, tell: Tell
) -> tuple[str, int, float, float]:
    tell(name)
    timings = side_by_side(
        [Contender(url, partial(_answers, client, url, queries)) for url in urls], rounds=rounds, patience=5.0
    )
    theirs, mine = (timings[url].best for url in urls)
    return name, _answers(client, urls[1], queries, None), theirs, mine


def _answers(client: httpx.Client, url: str, queries: Sequence[str], _: object) -> int:
    """Ask the queries, and return how many bytes came."""
    got = 0
    for query in queries:
        answer = client.post(url, data={"query": query}, headers=_HEADERS)
        answer.raise_for_status()
        got += len(answer.content)
    return got


@contextmanager
def _oxigraph(folder: str) -> Iterator[str]:
    port = _free_port()
    program = Path(sys.executable).with_name("oxigraph")
    where = ["--location", folder, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running([str(program), "serve-read-only", *where], f"http://127.0.0.1:{port}/query"):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def _tellygraph(folder: str) -> Iterator[tuple[str, float]]:
    port = _free_port()
    command = [sys.executable, "-m", "tellygraph", "--graph", folder, "serve", "--port", str(port)]
    with _running(command, f"http://127.0.0.1:{port}/sparql") as took:
        yield f"http://127.0.0.1:{port}/sparql", took


@contextmanager
def _running(command: Sequence[str], url: str) -> Iterator[float]:
    """Run a server, wait until it answers, and yield how long that took; stop it."""
    begun = time.monotonic()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    try:
        while not _answers_yet(url):
            if server.poll() is not None or time.monotonic() - begun > _READY_WITHIN_S:
                raise RuntimeError(f"{command[0]} does not answer at {url}")
            time.sleep(0.01)
        yield time.monotonic() - begun
    finally:
        server.terminate()
        server.wait()


def _answers_yet(url: str) -> bool:
    try:
        return httpx.get(url, params={"query": "ASK {}"}).status_code == 200
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
