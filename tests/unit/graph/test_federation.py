"""SERVICE asks the servers that are allowed, on loopback and real, and no others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from scripted_server import Answer, scripted

from servers import oxigraph_server
from tellygraph.errors import QueryError, StoreError
from tellygraph.graph import open_store, with_services
from tellygraph.knowledge_graph import KnowledgeGraph
from tellygraph.queries import Rows

NAME, BORN, G = NamedNode("x:name"), NamedNode("x:born"), NamedNode("x:g")
MARA, DEV = NamedNode("x:mara"), NamedNode("x:dev")


@pytest.fixture(scope="module")
def remote() -> Iterator[str]:
    with oxigraph_server() as url, open_store(url) as store:
        store.extend([Quad(MARA, BORN, Literal('19"80\\u0022'), G), Quad(NamedNode("x:ada"), BORN, Literal("1990"), G)])
        yield url


@pytest.fixture
def graph() -> Iterator[KnowledgeGraph]:
    store = open_store(":memory:")
    store.extend([Quad(MARA, NAME, Literal("Mara"), G), Quad(DEV, NAME, Literal("Dev"), G)])
    with KnowledgeGraph(store) as opened:
        yield opened


def rows(graph: KnowledgeGraph, sparql: str, services: dict[str, str]) -> list[tuple[str, ...]]:
    found = graph.query(sparql, services=services)
    assert isinstance(found, Rows)
    return sorted(tuple("" if term is None else term.value for term in row) for row in found)


@pytest.mark.parametrize("how", ["<service:births>", "{url}"])
def test_what_a_server_says_is_joined_with_the_graph(graph: KnowledgeGraph, remote: str, how: str) -> None:
    server = how.replace("{url}", f"<{remote}>")
    text = f"PREFIX x: <x:>\nSELECT ?n ?b {{ ?p x:name ?n # SERVICE <x:y>\n SERVICE {server} {{ ?p x:born ?b }} }}"
    assert rows(graph, text, {"births": remote}) == [("Mara", '19"80\\u0022')]
    left = text.replace("SERVICE " + server, f"OPTIONAL {{ SERVICE SILENT {server}") + "}"
    assert rows(graph, left, {"births": remote}) == [("Dev", ""), ("Mara", '19"80\\u0022')]


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        (
            "SERVICE <http://127.0.0.1:9/query> {}",
            "<http://127.0.0.1:9/query> is not allowed; these are: .*<service:a>",
        ),
        ("SERVICE <service:b> {}", "<service:b> is not allowed"),
        ("SERVICE <{url}/> {}", "is not allowed"),
        ("SERVICE ?any {}", r"SERVICE \?any is refused: write the server's IRI"),
        ("SERVICE x:y {}", "SERVICE x:y is refused"),
        ("SERVICEx:y {}", "not told apart"),
        ("SERVICE <service:a> { SERVICE <service:a> {} }", "a SERVICE in a SERVICE"),
        ("SERVICE SILENT <http://127.0.0.1:9/query> {}", "is not allowed"),
        ("SERVICE <service:a> { ?s ?p ?o", "no closing brace"),
        ("SERVICE <service:a>", "a pattern in braces"),
    ],
)
def test_no_other_server_is_asked(graph: KnowledgeGraph, clause: str, message: str) -> None:
    with scripted() as server:
        text = "PREFIX x: <" + server.url + "> SELECT * { " + clause.replace("{url}", server.url) + " }"
        if "closing" in message or "braces" in message:
            text = text.rstrip(" }") if "closing" in message else text
        with pytest.raises(QueryError, match=message):
            graph.query(text, services={"a": server.url})
        assert server.asked == []


def test_without_services_it_stays_off(graph: KnowledgeGraph, remote: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is switched off"):
        graph.query(f"SELECT * {{ SERVICE <{remote}> {{ ?s ?p ?o }} }}")


def test_a_redirect_leads_nowhere(graph: KnowledgeGraph) -> None:
    with scripted() as inner, scripted(Answer(302, b"", headers={"Location": inner.url})) as server:
        with pytest.raises(StoreError, match="has moved"):
            graph.query("SELECT * { SERVICE <service:a> { ?s ?p ?o } }", services={"a": server.url})
        assert inner.asked == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(500, b"out of order"), "out of order"),
        (Answer(type="text/html", body=b"<h1>"), "no SPARQL result"),
        (Answer(body=b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":'), "cannot be read"),
        (
            Answer(body=b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"bnode","value":"b"}}]}}'),
            "blank node",
        ),
    ],
)
def test_a_server_that_fails_is_told_unless_silent(graph: KnowledgeGraph, answer: Answer, message: str) -> None:
    with scripted(answer) as server:
        text = "SELECT * { ?p <x:name> ?n SERVICE <service:a> { ?s <x:p> ?o } }"
        with pytest.raises(StoreError, match=message):
            graph.query(text, services={"a": server.url})
        assert len(rows(graph, text.replace("SERVICE", "SERVICE SILENT"), {"a": server.url})) == 2


def test_the_graphs_own_password_is_not_for_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_TOKEN", "t0ken")
    with scripted() as server:
        with_services("SELECT * { SERVICE <service:a> { ?s ?p ?o } }", {"a": server.url})
        assert "Authorization" not in server.asked[0][1]
