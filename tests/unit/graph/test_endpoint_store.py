"""Speaking to servers: what is sent, what is waited for, and what is said when they misbehave."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions
from scripted_server import NO_ROWS, Answer, scripted

from samples import IRIS, NORTHGATE, SAMPLE
from servers import oxigraph_server
from tellygraph.errors import QueryError, StoreError, StoreTimeoutError
from tellygraph.graph import Store, add_reading, open_store, quads_of
from tellygraph.graph.store import http
from tellygraph.remote import seconds
from tellygraph.reviews.records import Reading


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been slept."""
    slept: list[float] = []
    monkeypatch.setattr(http, "sleep", slept.append)
    return slept


def test_requests_are_posted_with_our_name_and_for_the_form_they_have() -> None:
    with scripted() as server, open_store(server.url) as store:
        store.query("# INSERT, says the comment\nPREFIX insert: <x:DROP> SELECT ?s WHERE { ?s insert:x ?o }")
        path, headers, form = server.asked[-1]
        assert path == "/query"
        assert headers["User-Agent"] == f"tellygraph/{version('tellygraph')}"
        assert headers["Accept"].startswith("application/sparql-results+json")
        assert list(form) == ["query"]
        store.apply(add=[Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("o"), NamedNode("x:g"))])
        path, _, form = server.asked[-1]
        assert path == "/update"
        assert list(form) == ["update"]


@pytest.mark.parametrize(
    ("where", "query", "update"),
    [
        ("http://h:1/query", "http://h:1/query", "http://h:1/update"),
        ("http://h/ds/query/", "http://h/ds/query/", "http://h/ds/update"),
        ("https://h/sparql", "https://h/sparql", "https://h/sparql"),
        ("http://h/repo|http://h/repo/statements", "http://h/repo", "http://h/repo/statements"),
    ],
)
def test_the_update_url_is_told_from_the_query_url(
    where: str, query: str, update: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tellygraph.graph.store.endpoint import EndpointStore

    monkeypatch.setattr(EndpointStore, "_check_union", lambda _: None)
    store = EndpointStore(where)
    assert (store._query_url, store.update_url) == (query, update)
    assert store.where == query


@pytest.mark.parametrize("where", ["http://", "http://host:port/query", "http:///query"])
def test_a_broken_address_is_reported(where: str) -> None:
    with pytest.raises(StoreError, match="endpoint's address"):
        open_store(where)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(status: int, waits: list[float]) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    busy = [
        Answer(status, b"later", headers={"Retry-After": "7"}),
        Answer(status, b"later", headers={"Retry-After": soon}),
        Answer(status, b"later", headers={"Retry-After": "whenever"}),
        Answer(status, b"later"),
    ]
    with scripted(Answer(), *busy, Answer()) as server, open_store(server.url) as store:
        assert list(store.query("SELECT * WHERE {}")) == []
        # the probe, the query and its four repetitions, and the probe an empty server needs again
        assert len(server.asked) == 7
    assert waits[0] == 7
    assert 15 < waits[1] <= 20
    assert waits[2:] == [2.0, 4.0]


def test_patience_ends(waits: list[float]) -> None:
    with (
        scripted(Answer(503, b"down")) as server,
        pytest.raises(StoreError, match="is busy \\(HTTP 503\\): try again later"),
    ):
        open_store(server.url)
    assert waits == [0.5, 1.0, 2.0, 4.0]
    assert len(server.asked) == 5
    waits.clear()
    with (
        scripted(Answer(429, b"", headers={"Retry-After": "3600"})) as server,
        pytest.raises(StoreError, match="in 3600 s"),
    ):
        open_store(server.url)
    assert waits == []


@pytest.mark.parametrize(
    ("header", "wait"),
    [(None, None), ("12", 12.0), ("-3", None), ("soon", None), ("Fri, 31 Dec 1999 23:59:59 GMT", 0.0)],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, wait: float | None) -> None:
    assert seconds(header) == wait


def test_a_slow_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_QUERY_TIMEOUT_S", "0.2")
    slow = scripted(Answer(), Answer(delay_s=0.6))
    message = r"did not answer in time.*TELLYGRAPH_QUERY_TIMEOUT_S"
    with slow as server, open_store(server.url) as store, pytest.raises(StoreTimeoutError, match=message):
        store.query("ASK {}")


def test_a_trickle_is_given_up_too() -> None:
    class Trickle:
        headers = Message()

        def read1(self, _: int) -> bytes:
            return b"."

    with pytest.raises(StoreTimeoutError):
        http.read_bounded(Trickle(), where="x", limit=10**9, deadline=time.monotonic() + 0.05)


def test_answers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_MAX_RESULTS_BYTES", "1000")
    long = scripted(Answer(), Answer(body=NO_ROWS + b" " * 1000))
    message = "more than 1,000 bytes: ask for less"
    with long as server, open_store(server.url) as store, pytest.raises(StoreError, match=message):
        store.query("SELECT * WHERE {}")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(type="text/html", body=b"<h1>Welcome</h1>"), "answered with text/html, which is no SPARQL result"),
        (Answer(404, b"nothing here"), r"not a SPARQL endpoint \(HTTP 404: nothing here\)"),
        (Answer(500, b"out of\n\nmemory"), r"failed \(HTTP 500\): out of memory"),
        (Answer(502, b""), r"failed \(HTTP 502\)$"),
        (Answer(504, b""), "did not answer in time"),
        (Answer(body=NO_ROWS[:20]), "cannot be read"),
        (Answer(length=9_999), "broke off after"),
        (Answer(body=b'{"head":{},"boolean":true}'), "answered a SELECT query with a boolean"),
    ],
)
def test_what_is_no_endpoint_is_reported_in_one_sentence(answer: Answer, message: str) -> None:
    with scripted(answer) as server, pytest.raises(StoreError, match=message) as caught:
        open_store(server.url)
    assert "\n" not in str(caught.value)


def test_nobody_there() -> None:
    with pytest.raises(StoreError, match=r"cannot be reached .*is the server running"):
        open_store("http://127.0.0.1:9/query")


def test_a_refused_query_is_the_querys_fault_and_a_refused_update_the_servers() -> None:
    with scripted(Answer(), Answer(400, b"Parse error: line 3")) as server, open_store(server.url) as store:
        with pytest.raises(QueryError, match="Parse error: line 3"):
            store.query("SELECT * WHERE {}")
        with pytest.raises(StoreError, match=r"not a SPARQL update endpoint .*QUERY_URL\|UPDATE_URL"):
            store.apply(clear=[NamedNode("x:g")])


@pytest.fixture(scope="module")
def apart() -> Iterator[str]:
    """A server whose default graph is not the union."""
    with oxigraph_server(union=False) as url:
        yield url


def filled(store: Store) -> None:
    add_reading(store, Reading(NORTHGATE, SAMPLE[NORTHGATE]), IRIS)


def test_a_server_without_the_union_is_named_with_the_remedy(apart: str) -> None:
    with open_store(apart) as store:  # empty: nothing can be told yet
        store.replace(NamedNode(NORTHGATE.iri), quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS))
        with pytest.raises(StoreError, match="--union-default-graph"):
            store.query("SELECT * WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="tdb2:unionDefaultGraph"):
        open_store(apart)


def test_a_server_for_reading_says_so_when_written_to(tmp_path: object) -> None:
    with oxigraph_server() as url, open_store(url) as store, open_store(url, read_only=True) as reader:
        filled(store)
        assert len(reader) == len(store) > 0
        with pytest.raises(StoreError, match="opened for reading only"):
            reader.remove(NamedNode(NORTHGATE.iri))


def test_what_another_program_left_is_kept_or_replaced_whole() -> None:
    """The unnamed graph is not ours; blank nodes of others cannot be named, so their graph is emptied as one."""
    from tellygraph.graph.store.endpoint import EndpointStore

    with oxigraph_server() as url, EndpointStore(url) as store:
        others = 'INSERT DATA { <x:s> <x:p> "theirs" . GRAPH <x:g> { _:b <x:p> [ <x:q> "blank" ] , "old" } }'
        store._update(others)
        assert len(store) == 3
        assert [g.value for g in store.graphs()] == ["x:g"]
        mine = Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("mine"), NamedNode("x:g"))
        assert store.replace(NamedNode("x:g"), [mine]).removed == 3
        assert list(store.quads()) == [mine]
        answer = store.query("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o")
        assert isinstance(answer, QuerySolutions)
        assert [row["o"].value for row in answer] == ["mine", "theirs"]


def test_a_packed_answer_is_unpacked_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = Answer(body=gzip.compress(NO_ROWS), headers={"Content-Encoding": "gzip"})
    bomb = Answer(body=gzip.compress(NO_ROWS + b" " * 5_000_000), headers={"Content-Encoding": "gzip"})
    half = Answer(body=gzip.compress(NO_ROWS)[:-9], headers={"Content-Encoding": "gzip"})
    rot = Answer(body=b"no gzip at all", headers={"Content-Encoding": "gzip"})
    monkeypatch.setenv("TELLYGRAPH_MAX_RESULTS_BYTES", "10000")
    with scripted(packed, packed, bomb, packed, half, packed, rot) as server, open_store(server.url) as store:
        assert server.asked[0][1]["Accept-Encoding"] == "gzip"
        for message in ("more than 10,000 bytes", "broke off after", "cannot be unpacked"):
            with pytest.raises(StoreError, match=message):
                store.query("SELECT * WHERE {}")


ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"x:a"}},{"s":{"type":"uri","va'


def test_half_an_answer_is_told_before_any_of_it_is_used() -> None:
    """Whatever the headers say; quads are read as rows, whose end can be seen."""
    with scripted(Answer(), Answer(body=ROWS)) as server, open_store(server.url) as store:
        for use in (lambda: store.query("SELECT ?s WHERE {}"), lambda: list(store.quads()), store.graphs):
            with pytest.raises(StoreError, match="cannot be read"):
                use()


def test_an_update_whose_answer_is_missing_says_that_it_may_be_done() -> None:
    new = Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("o"), NamedNode("x:g"))
    cut = scripted(Answer(), Answer(length=99))
    with cut as server, open_store(server.url) as store, pytest.raises(StoreError, match="broke off"):
        store.apply(add=[new])
    with (
        scripted(Answer(), Answer(type="text/html", body=b"<h1>Welcome</h1>")) as server,
        open_store(server.url) as store,
    ):
        with pytest.raises(StoreError, match="answered an update with a web page: name the update URL"):
            store.apply(add=[new])
        server.answers[:] = [Answer(type="text/html", body=b"<h1>Success</h1>")]
        store.apply(add=[new])


def test_a_certificate_that_is_not_trusted_is_named(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with scripted(tls=context) as server, pytest.raises(StoreError, match=r"is not trusted \(TLS: .*SSL_CERT_FILE"):
        open_store(server.url)


def test_a_load_that_breaks_off_says_how_far_it_came() -> None:
    quads = [
        Quad(NamedNode("x:s"), NamedNode("x:p"), Literal(str(i)), NamedNode(f"x:g{i // 1500}")) for i in range(6_000)
    ]
    broken = scripted(Answer(), Answer(204, b""), Answer(204, b""), Answer(500, b"full"))
    message = r"full \(3,000 quads went in before that\)"
    with broken as server, open_store(server.url) as store, pytest.raises(StoreError, match=message):
        store.extend(quads)


def test_virtuoso_gets_large_graphs_one_by_one_and_updates_where_it_lets_nobody_do_that() -> None:
    large = [Quad(NamedNode(f"x:s{n}"), NamedNode("x:p"), Literal("o"), NamedNode("x:g?a=b")) for n in range(150)]
    small = [Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("o"), NamedNode(f"x:h{n}")) for n in range(3)]
    virtuoso = {"Server": "Virtuoso/07.20.3217"}
    sent = Answer(headers=virtuoso)
    with scripted(sent) as server, open_store(server.url.replace("/query", "/sparql")) as store:
        before = len(server.asked)
        store.extend([*large, *small])
        assert [path for path, _, _ in server.asked[before:]] == [
            "/sparql-graph-crud?graph-uri=x%3Ag%3Fa%3Db", "/sparql",
        ]  # fmt: skip
        before = len(server.asked)
        server.answers[:] = [Answer(404, b"none", "text/plain", virtuoso), sent]
        store.extend([*large, *small])
        assert [path.partition("?")[0] for path, _, _ in server.asked[before:]] == [
            "/sparql-graph-crud", "/sparql", "/sparql",
        ]  # fmt: skip


def test_what_a_server_says_of_an_error_may_be_packed() -> None:
    failed = Answer(500, gzip.compress(b"out of memory"), "text/plain", {"Content-Encoding": "gzip"})
    rot = Answer(500, b"no gzip at all", "text/plain", {"Content-Encoding": "gzip"})
    with scripted(Answer(), failed, rot) as server, open_store(server.url) as store:
        with pytest.raises(StoreError, match="out of memory"):
            store.query("SELECT * WHERE {}")
        with pytest.raises(StoreError, match=r"HTTP 500"):
            store.query("SELECT * WHERE {}")
