"""`tellygraph serve` as a process: how it starts, refuses, ends, and what becomes of what runs then."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad
from served import TOKEN, Served, served

from servers import oxigraph_server
from tellygraph.graph import open_store

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) > 9000) }"
MUCH = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("serve") / "graph.db")
    with open_store(where) as store:
        p, g = NamedNode("http://t.example/p"), NamedNode("http://t.example/g")
        store.extend(Quad(NamedNode(f"http://t.example/{n}"), p, p, g) for n in range(1000))
    return where


def _children(process: int) -> set[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return {int(line.split()[0]) for line in found.stdout.splitlines() if "Z" not in line.split()[1]}


def _all_children(site: Served) -> set[int]:
    """The site's processes: the two that answer, and the one that multiprocessing keeps, once all are there."""
    _wait_until(lambda: len(_children(site.process.pid)) >= 3)
    return _children(site.process.pid)


def _alive(process: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and "Z" not in found.stdout


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_with_what_runs(folder, how):
    with served(folder) as site:
        children = _all_children(site)
        asked = _background(site)
        assert site.end(how) == 0
        assert site.said().count("\n") == 1, "it said where it is, and nothing more"
        asked.join(timeout=60)
        _wait_until(lambda: not any(map(_alive, children)))


def test_when_it_is_killed_no_process_is_left(folder):
    with served(folder) as site:
        children = _all_children(site)
        _background(site)
        site.process.kill()
        site.process.wait()
        _wait_until(lambda: not any(map(_alive, children)))


def _background(site: Served) -> threading.Thread:
    def ask() -> None:
        try:
            answer = httpx.get(f"{site.url}/sparql", params={"query": ENDLESS}, timeout=30)
        except httpx.TransportError:
            return
        assert answer.status_code in (503, 504)  # stopped with the site, or for its time

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    time.sleep(0.7)
    return thread


def _wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_takes_too_long_is_stopped_and_too_many_are_told_to_come_again(folder):
    with served(folder, settings={"TELLYGRAPH_SERVE_TIMEOUT_S": "1", "TELLYGRAPH_SERVE_PROCESSES": "1"}) as site:
        slow = httpx.get(f"{site.url}/sparql", params={"query": ENDLESS}, timeout=30)
        assert (slow.status_code, slow.text) == (
            504, "that takes longer than 1 s and was stopped: ask for less, with a LIMIT say\n"
        )  # fmt: skip
        asked = _background(site)
        busy = httpx.get(f"{site.url}/sparql", params={"query": ENDLESS}, timeout=30)
        assert busy.status_code in (503, 504)
        if busy.status_code == 503:
            assert int(busy.headers["retry-after"]) >= 1
        asked.join()
        _wait_until(lambda: httpx.get(f"{site.url}/sparql", params={"query": "ASK {}"}, timeout=30).status_code == 200)


def test_an_answer_that_grows_too_large_is_cut_short_where_the_client_sees_it(folder):
    with served(folder, settings={"TELLYGRAPH_SERVE_MAX_RESULTS_BYTES": "1000000"}) as site:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{site.url}/sparql", params={"query": MUCH}, timeout=30)
        assert httpx.get(f"{site.url}/sparql", params={"query": "ASK {}"}, timeout=30).status_code == 200
        assert "Traceback" not in site.said()
        assert "cut short: the answer has more than 1,000,000 bytes" in site.said()


@pytest.mark.parametrize("query", [MUCH, ENDLESS], ids=["much", "endless"])
def test_a_client_that_goes_away_frees_its_process(folder, query):
    with served(folder, settings={"TELLYGRAPH_SERVE_PROCESSES": "1", "TELLYGRAPH_SERVE_TIMEOUT_S": "3600"}) as site:
        request = f"GET /sparql?{httpx.QueryParams(query=query)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with socket.create_connection(("127.0.0.1", int(site.url.rpartition(":")[2]))) as client:
            client.sendall(request.encode())
            time.sleep(0.7)
        assert httpx.get(f"{site.url}/sparql", params={"query": "ASK {}"}, timeout=120).status_code == 200
        assert "Traceback" not in site.said()


def test_to_be_sent_on_costs_no_process(folder):
    with served(folder) as site:
        children = _all_children(site)
        for n in range(20):
            asked = httpx.get(f"{site.url}/about", params={"iri": f"http://t.example/{n}"}, timeout=30)
            assert asked.status_code == 303
        known = {"iri": "http://t.example/1", "as": "ttl"}
        assert httpx.get(f"{site.url}/about", params=known, timeout=30).status_code == 200
        assert _children(site.process.pid) == children


def test_it_serves_an_endpoint():
    with oxigraph_server() as url, served(url) as site:
        assert httpx.get(f"{site.url}/sparql", params={"query": "ASK {}"}, timeout=30).json()["boolean"] is True
        assert httpx.get(f"{site.url}/", timeout=30).status_code == 200


def _refused(*arguments: str, settings: dict[str, str] | None = None) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tellygraph", *arguments], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, **(settings or {})},
    )  # fmt: skip
    return ran.returncode, ran.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--graph", ":memory:", "serve"], 2, "a graph in memory cannot be served"),
        (["--graph", "none.db", "serve"], 3, "there is no graph at none.db"),
        (["--graph", "http://127.0.0.1:1/query", "serve"], 3, "127.0.0.1:1"),
        (["--graph", "{folder}", "serve", "--host", "no.such.host.invalid"], 2, "nobody can listen at"),
        (["--graph", "{folder}", "serve", "--host", "0.0.0.0"], 2, "--origin"),
        (["--graph", "{folder}", "serve", "--base", "nowhere"], 2, "base"),
        (["--graph", "{folder}", "serve", "--origin", "ftp://x/"], 2, "must be http(s)://HOST[:PORT]"),
        (["--graph", "{folder}", "serve", "--port", "70000"], 2, "70000"),
        (["--graph", "{folder}", "serve", "--writable"], 2, "TELLYGRAPH_WRITE_TOKEN"),
        (["--graph", "{folder}", "serve", "--service", "nothing"], 2, "NAME=URL"),
        (["--graph", "{folder}", "serve", "--service", "x=ftp://y"], 3, "http:// or https://"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_sentence(folder, tmp_path, monkeypatch, arguments, code, words):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    port = [] if "--port" in arguments else ["--port", "0"]
    ended, said = _refused(*(text.replace("{folder}", folder) for text in arguments), *port)
    assert ended == code, said
    assert words in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_and_a_folder_that_is_written_to(folder, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = _refused("--graph", folder, "serve", "--port", str(taken.getsockname()[1]))
        assert (code, "name another --port" in said) == (2, True), said
    where = str(tmp_path / "written.db")
    with open_store(where):
        code, said = _refused("--graph", where, "serve", "--port", "0")
        assert code == 3
        assert said.startswith("Error: ")
        assert said.count("\n") == 1
    with served(where, "--writable", settings={"TELLYGRAPH_WRITE_TOKEN": TOKEN}):
        code, said = _refused("--graph", where, "info")
        assert code == 3
