"""Whatever is asked, at every route: no 500, no trace, the header fields that guard pages, nothing from elsewhere."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad
from served import TOKEN, Served, served
from starlette.routing import Route

from samples import IRIS
from tellygraph.graph import open_store
from tellygraph.web.app import create_app
from tellygraph.web.engine import Engine
from tellygraph.web.guards import SECURITY_FIELDS
from tellygraph.web.site import Addresses, Site

_ORIGIN = "http://127.0.0.1"
_ROUTES = create_app(Site(Engine(":memory:"), Addresses(IRIS.base, _ORIGIN))).routes
_PATHS = sorted({route.path for route in _ROUTES if isinstance(route, Route)})
_PARAMETER = re.compile(r"\{[^}]*\}")
_HOSTILE = (
    "", "..", "../../etc/passwd", "%2e%2e%2fetc%2fpasswd", "//evil.example/", "\\\\evil.example", "https://evil.example",
    "javascript:alert(1)", "<script>alert(1)</script>", "\u202eevil", "\x00", "\r\nSet-Cookie: a=b", "ASK {}", "é" * 500,
    "SELECT * { ?s ?p ?o }", "1e9", "-1", "99999999999", "\ud800", "http://t.example/a", IRIS.base + "show/x",
)  # fmt: skip
_NAMES = (
    "query", "update", "default-graph-uri", "named-graph-uri", "graph", "default", "iri", "as", "q", "show", "around",
    "until", "claim", "from", "to", "one", "other", "start", "limit", "format", "url", "next",
)  # fmt: skip
_ACCEPT = (
    "*/*",
    "text/html",
    "text/turtle",
    "application/ld+json;q=2",
    "application/sparql-results+json",
    ",;=",
    "x" * 2000,
)
_TYPES = (
    "",
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
    "text/turtle",
)

_text = st.one_of(st.sampled_from(_HOSTILE), st.text(max_size=60))


def _encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


_raw = st.one_of(
    st.sampled_from(_HOSTILE).map(_encoded), _text.map(_encoded), st.sampled_from(("%", "%zz", "%ff", ".."))
)
_queries = st.lists(st.tuples(st.sampled_from(_NAMES), _raw), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    where = str(tmp_path_factory.mktemp("fuzz") / "graph.db")
    with open_store(where) as store:
        name, graph = NamedNode("https://schema.org/name"), NamedNode("http://t.example/g")
        store.extend([Quad(NamedNode(IRIS.base + "show/x"), name, name, graph)])
    limits = {"TELLYGRAPH_WRITE_TOKEN": TOKEN, "TELLYGRAPH_SERVE_TIMEOUT_S": "20"}
    with served(where, "--writable", settings=limits) as running:
        yield running
        assert "Traceback" not in running.said(), running.said()


@pytest.fixture(scope="module")
def client(site: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=30) as opened:
        yield opened


def _check(answer: httpx.Response) -> None:
    assert answer.status_code != 500, answer.text
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text
    for name in SECURITY_FIELDS:
        assert name in answer.headers, (answer.status_code, name)
    assert "set-cookie" not in answer.headers
    where = urlsplit(answer.headers.get("location", "/"))
    assert not where.netloc
    assert not where.scheme
    assert not answer.headers.get("location", "/").startswith(("//", "/\\"))
    if answer.status_code >= 400 and answer.headers.get("content-type", "").startswith("text/html"):
        assert "<script>alert" not in answer.text


def test_every_route_is_among_those_that_are_asked():
    assert [route for route in _ROUTES if not isinstance(route, Route)] == [], "its paths are not known here"
    assert {"/", "/sparql", "/id/{path:path}", "/dataset.{extension}", "/api/v1/find"} <= set(_PATHS)


@pytest.mark.parametrize("path", _PATHS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    below=st.one_of(st.sampled_from(("", "html", "ttl", "1", "show/x", "show/x.ttl", "tellygraph.nq")), _raw),
    query=_queries,
    method=st.sampled_from(("GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")),
    accept=st.sampled_from(_ACCEPT),
    media_type=st.sampled_from(_TYPES),
    body=st.one_of(st.binary(max_size=200), _queries.map(str.encode)),
    known=st.booleans(),
)
def test_whatever_is_asked_is_answered(client, path, below, query, method, accept, media_type, body, known):
    headers = {"Accept": accept, **({"Content-Type": media_type} if media_type else {})}
    if known:
        headers["Authorization"] = f"Bearer {TOKEN}"
    target = _PARAMETER.sub(lambda _: below, path)
    _check(
        client.request(
            method, f"{target}?{query}", headers=headers, content=body if method in ("POST", "PUT") else None
        )
    )


@pytest.mark.parametrize("below", ["/static/", "/id/"])
@pytest.mark.parametrize(
    "steps",
    ["../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "..\\..\\x"],
)
def test_no_path_leads_out_of_the_site(site, below, steps):
    said = _said(site, f"GET {below}{steps} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert said.split()[1] in ("404", "400"), said
    assert "root:" not in said


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/%2f..", "/\\evil.example", "/id//evil.example"])
def test_no_path_leads_elsewhere(site, path):
    said = _said(site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert "location:" not in said.lower(), said


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1", True), ("localhost:1", True), ("LOCALHOST", True), ("[::1]:8765", True), ("evil.example", False),
        ("127.0.0.1.evil.example", False), ("localhost@evil.example", False), ("[::2]", False), ("", False),
        ("169.254.169.254", False),
    ],
)  # fmt: skip
def test_only_its_own_names_are_answered(site, host, known):
    said = _said(site, f"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    status = said.split()[1]
    assert (status == "200") is known, said
    if not known and host:
        assert status in ("400", "421"), said
        assert status == "400" or "content-security-policy" in said.lower()


def test_the_origin_is_the_name_it_goes_by(tmp_path):
    where = str(tmp_path / "graph.db")
    with open_store(where):
        pass
    with served(where, "--origin", "https://telly.example") as running:
        answers = [
            httpx.get(f"{running.url}/sparql?query=ASK%7B%7D", headers={"Host": host}).status_code
            for host in ("telly.example", "127.0.0.1")
        ]
    assert answers == [200, 421]


@pytest.mark.parametrize("request_", ["GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "\x00\x01\r\n\r\n"])
def test_what_is_no_http_is_answered_with_the_same_header_fields(site, request_):
    said = _said(site, request_)
    assert said.split()[1] == "400"
    assert all(f"{name}: {value}" in said for name, value in SECURITY_FIELDS.items())


def test_a_head_that_is_too_large_is_refused(site):
    head = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "
    said = _said(site, head + "x" * 200_000 + "\r\nConnection: close\r\n\r\n")
    assert said == "" or said.split()[1] in ("400", "431"), said[:200]
    assert httpx.get(f"{site.url}/sparql?query=ASK%7B%7D").status_code == 200


def _said(site: Served, request: str) -> str:
    """Send a request as it is written, and return all that comes."""
    said = b""
    with socket.create_connection(("127.0.0.1", int(site.url.rpartition(":")[2])), timeout=10) as connection:
        try:
            connection.sendall(request.encode())
            while piece := connection.recv(65_536):
                said += piece
        except ConnectionError:
            pass
    return said.decode("utf-8", "replace")
