"""The SPARQL 1.1 Protocol and Graph Store Protocol, case by case, over HTTP, on a folder and on an endpoint.

The cases are those of the W3C's protocol tests (https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/),
written out by hand from the specifications.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat, parse, parse_query_results
from served import TOKEN, served

from servers import oxigraph_server
from tellygraph.graph import open_store

_T = "http://t.example/"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ALL = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def _node(name: str) -> NamedNode:
    return NamedNode(_T + name)


def _fill(where: str) -> None:
    with open_store(where) as store:
        store.extend(Quad(_node(f"of-{g}"), _node("p"), _node("o"), _node(g)) for g in ("g1", "g2", "g3"))


@pytest.fixture(scope="module", params=["folder", "endpoint"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A writable site with three graphs of a statement each."""
    settings = {"TELLYGRAPH_WRITE_TOKEN": TOKEN, "TELLYGRAPH_SERVE_TIMEOUT_S": "20"}
    if request.param == "folder":
        where = str(tmp_path_factory.mktemp("protocol") / "graph.db")
        _fill(where)
        with (
            served(where, "--writable", settings=settings) as running,
            httpx.Client(base_url=running.url, timeout=60) as client,
        ):
            yield client
            assert "Traceback" not in running.said()
        return
    with oxigraph_server() as url:
        _fill(url)
        with (
            served(url, "--writable", settings=settings) as running,
            httpx.Client(base_url=running.url, timeout=60) as client,
        ):
            yield client
            assert "Traceback" not in running.said()


def _names(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["s"]["value"].removeprefix(_T) for row in answer.json()["results"]["bindings"]]


def _one_sentence(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.count("\n") == 1
    assert 20 < len(answer.text) < 400
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-security-policy" in answer.headers


# Section 2.1: query operation


def test_query_by_get(site):
    answer = site.get("/sparql", params={"query": "ASK {}"})
    assert answer.json() == {"head": {}, "boolean": True}
    assert answer.headers["content-type"] == JSON
    assert answer.headers["vary"] == "Accept"


def test_query_by_post_of_a_form(site):
    assert site.post("/sparql", data={"query": "ASK {}"}).json()["boolean"] is True
    typed = {"Content-Type": f"{FORM}; charset=UTF-8"}
    assert site.post("/sparql", content="query=ASK%20%7B%7D", headers=typed).json()["boolean"] is True


def test_query_by_post_direct(site):
    assert site.post("/sparql", content="ASK {}", headers={"Content-Type": QUERY}).json()["boolean"] is True
    typed = {"Content-Type": f"{QUERY}; charset=utf-8"}
    answer = site.post("/sparql", content='SELECT ("ö🙂" AS ?s) {}'.encode(), headers=typed)
    assert answer.json()["results"]["bindings"][0]["s"]["value"] == "ö🙂"


def test_the_default_graph_is_the_union(site):
    assert {"of-g1", "of-g2", "of-g3"} <= set(_names(site.get("/sparql", params={"query": ALL})))


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_dataset_of_default_graphs(site, way):
    dataset = [("default-graph-uri", _T + "g1"), ("default-graph-uri", _T + "g2")]
    assert _names(_ask(site, way, ALL, dataset)) == ["of-g1", "of-g2"]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_dataset_of_named_graphs(site, way):
    dataset = [("named-graph-uri", _T + "g1"), ("named-graph-uri", _T + "g3")]
    assert _names(_ask(site, way, "SELECT ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s", dataset)) == ["of-g1", "of-g3"]
    assert _names(_ask(site, way, ALL, dataset)) == []


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_full_dataset(site, way):
    dataset = [("default-graph-uri", _T + "g3"), ("named-graph-uri", _T + "g1"), ("named-graph-uri", _T + "g2")]
    both = "SELECT ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s"
    assert _names(_ask(site, way, both, dataset)) == ["of-g1", "of-g2", "of-g3"]
    assert _names(_ask(site, way, ALL, dataset)) == ["of-g3"]


def test_the_requests_dataset_goes_over_the_querys_own(site):
    query = f"SELECT ?s FROM <{_T}g1> {{ ?s ?p ?o }}"
    assert _names(_ask(site, "get", query, [("default-graph-uri", _T + "g2")])) == ["of-g2"]


def _ask(site: httpx.Client, way: str, query: str, dataset: list[tuple[str, str]]) -> httpx.Response:
    if way == "get":
        return site.get("/sparql", params=[("query", query), *dataset])
    if way == "form":
        encoded = str(httpx.QueryParams([("query", query), *dataset]))
        return site.post("/sparql", content=encoded, headers={"Content-Type": FORM})
    return site.post("/sparql", params=dataset, content=query, headers={"Content-Type": QUERY})


_READERS = {
    JSON: QueryResultsFormat.JSON, XML: QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV, "text/tab-separated-values": QueryResultsFormat.TSV,
}  # fmt: skip


@pytest.mark.parametrize("media_type", _READERS)
def test_the_media_types_of_select(site, media_type):
    query = f"SELECT ?s {{ GRAPH <{_T}g1> {{ ?s ?p ?o }} }}"
    answer = site.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    if media_type == "text/csv":
        assert answer.text == f"s\r\n{_T}of-g1\r\n"
    else:
        assert [row["s"] for row in parse_query_results(answer.content, _READERS[media_type])] == [_node("of-g1")]


@pytest.mark.parametrize("media_type", [JSON, XML])
def test_the_media_types_of_ask(site, media_type):
    answer = site.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": media_type})
    assert answer.headers["content-type"] == media_type
    assert bool(parse_query_results(answer.content, _READERS[media_type])) is True


@pytest.mark.parametrize("form", ["CONSTRUCT", "DESCRIBE"])
@pytest.mark.parametrize(
    ("media_type", "format_"),
    [
        ("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD), ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)  # fmt: skip
def test_the_media_types_of_graphs(site, form, media_type, format_):
    query = {"CONSTRUCT": f"CONSTRUCT WHERE {{ <{_T}of-g1> ?p ?o }}", "DESCRIBE": f"DESCRIBE <{_T}of-g1>"}[form]
    answer = site.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert [q.subject for q in parse(answer.content, format_)] == [_node("of-g1")]


def test_what_a_client_likes_best_is_what_it_gets(site):
    liked = {"Accept": f"{JSON};q=0.3, text/csv;q=0.9, {XML};q=0.5"}
    assert site.get("/sparql", params={"query": ALL}, headers=liked).headers["content-type"].startswith("text/csv")


# Section 2.1: what is wrong


def test_another_method_is_refused(site):
    answer = site.put("/sparql", content="ASK {}", headers={"Content-Type": QUERY})
    _one_sentence(answer, 405)
    assert {m.strip() for m in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST", "OPTIONS"}


def test_several_queries_are_refused(site):
    _one_sentence(site.get("/sparql", params=[("query", "ASK {}"), ("query", "SELECT * {}")]), 400)
    two = "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"
    _one_sentence(site.post("/sparql", content=two, headers={"Content-Type": FORM}), 400)
    _one_sentence(site.post("/sparql?query=ASK%7B%7D", content="ASK {}", headers={"Content-Type": QUERY}), 400)
    _one_sentence(site.post("/sparql?query=ASK%7B%7D", data={"other": "1"}), 400)


def test_a_wrong_or_missing_media_type_is_refused(site):
    _one_sentence(site.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"}), 415)
    _one_sentence(site.post("/sparql", content="ASK {}"), 415)
    _one_sentence(site.post("/sparql", content="query=ASK%20%7B%7D"), 415)


def test_what_is_not_utf_8_is_refused(site):
    latin = 'ASK { ?s ?p "ö" }'.encode("latin-1")
    _one_sentence(site.post("/sparql", content=latin, headers={"Content-Type": QUERY}), 400)
    _one_sentence(site.post("/sparql", content=b"query=ASK%20%7B%7D%F6", headers={"Content-Type": FORM}), 400)
    _one_sentence(site.get("/sparql?query=%FF"), 400)


def test_a_query_that_does_not_parse_is_refused_with_its_place(site):
    answer = site.get("/sparql", params={"query": "ASK {\n ?s ?p }"})
    _one_sentence(answer, 400)
    assert "line 2" in answer.text


def test_no_query_a_graph_that_is_no_iri_and_services_are_refused(site):
    _one_sentence(site.post("/sparql", data={"other": "1"}), 400)
    _one_sentence(site.get("/sparql?default-graph-uri=http://t.example/g1"), 400)
    _one_sentence(site.get("/sparql", params={"query": ALL, "default-graph-uri": "no iri"}), 400)


def test_services_are_refused_before_a_server_behind_us_asks_them(site):
    query = "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }"
    answer = site.get("/sparql", params={"query": query})
    _one_sentence(answer, 400)
    assert "is not allowed" in answer.text


def test_what_nobody_can_write_is_not_acceptable(site):
    _one_sentence(site.get("/sparql", params={"query": ALL}, headers={"Accept": "image/png"}), 406)
    _one_sentence(site.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"}), 406)


def test_a_request_that_is_too_long_is_refused_told_or_not(site):
    long = "ASK {}" + " " * 1_000_000
    _one_sentence(site.post("/sparql", content=long, headers={"Content-Type": QUERY}), 413)
    pieces = (b" " * 100_000 for _ in range(11))
    _one_sentence(site.post("/sparql", content=pieces, headers={"Content-Type": QUERY}), 413)


def test_head_and_options(site):
    head = site.head("/sparql", params={"query": ALL})
    assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", JSON)
    options = site.options("/sparql", headers={"Origin": "https://elsewhere.example"})
    assert options.status_code == 204
    assert "POST" in options.headers["access-control-allow-methods"]
    assert "Authorization" in options.headers["access-control-allow-headers"]


# The service description


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "*/*"])
def test_without_a_query_the_endpoint_describes_itself(site, accept):
    answer = site.get("/sparql", headers={"Accept": accept})
    format_ = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert format_ is not None
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(q.predicate.value, q.object.value) for q in parse(answer.content, format_)}
    assert {
        (f"{sd}endpoint", f"{site.base_url}/sparql".replace("//sparql", "/sparql")),
        (f"{sd}supportedLanguage", f"{sd}SPARQL11Query"), (f"{sd}supportedLanguage", f"{sd}SPARQL11Update"),
        (f"{sd}feature", f"{sd}UnionDefaultGraph"),
        (f"{sd}resultFormat", "http://www.w3.org/ns/formats/SPARQL_Results_JSON"),
    } <= said  # fmt: skip


def test_a_browser_is_sent_to_the_editor_and_who_takes_results_has_forgotten_the_query(site):
    answer = site.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
    _one_sentence(site.get("/sparql", headers={"Accept": JSON}), 400)


# Section 2.2: update operation

_INSERT = f"INSERT DATA {{ GRAPH <{_T}new> {{ <{_T}new> <{_T}p> 1 }} }}"
_THERE = f"ASK {{ GRAPH <{_T}new> {{ ?s ?p ?o }} }}"


def _there(site: httpx.Client) -> bool:
    found = site.get("/sparql", params={"query": _THERE}).json()["boolean"]
    assert isinstance(found, bool)
    return found


@pytest.mark.parametrize("way", ["form", "direct"])
def test_an_update(site, way):
    def update(text: str) -> httpx.Response:
        if way == "form":
            return site.post("/sparql", data={"update": text}, headers=BEARER)
        return site.post("/sparql", content=text, headers={"Content-Type": UPDATE, **BEARER})

    answer = update(_INSERT)
    assert (answer.status_code, answer.content) == (204, b"")
    assert _there(site)
    assert update(f"DROP GRAPH <{_T}new> ; {_INSERT} ; DROP GRAPH <{_T}new>").status_code == 204
    assert not _there(site)


def test_updates_are_not_sent_by_get(site):
    _one_sentence(site.get("/sparql", params={"update": _INSERT}, headers=BEARER), 400)


def test_wrong_updates_are_refused(site):
    _one_sentence(site.post("/sparql", content="INSERT", headers={"Content-Type": UPDATE, **BEARER}), 400)
    _one_sentence(site.post("/sparql", content=b"\xff", headers={"Content-Type": UPDATE, **BEARER}), 400)
    _one_sentence(site.post("/sparql", content=_INSERT, headers={"Content-Type": "text/plain", **BEARER}), 415)
    _one_sentence(site.post("/sparql", content=f"update={_INSERT}", headers=BEARER), 415)
    _one_sentence(site.post("/sparql", data={"update": [_INSERT, _INSERT]}, headers=BEARER), 400)
    _one_sentence(site.post("/sparql", data={"update": _INSERT, "query": "ASK {}"}, headers=BEARER), 400)
    _one_sentence(site.post("/sparql", data={"update": "ASK {}"}, headers=BEARER), 400)
    for own in (f"WITH <{_T}g1>", f"USING <{_T}g1>"):
        update = f"{own} DELETE {{}} WHERE {{}}" if "WITH" in own else f"DELETE {{}} {own} WHERE {{}}"
        using = {"update": update, "using-graph-uri": _T + "g1"}
        _one_sentence(site.post("/sparql", data=using, headers=BEARER), 400)
    using = {"update": _INSERT, "using-graph-uri": "no iri"}
    _one_sentence(site.post("/sparql", data=using, headers=BEARER), 400)
    assert not _there(site)


def test_an_update_sent_as_a_query_changes_nothing(site):
    _one_sentence(site.get("/sparql", params={"query": _INSERT}), 400)
    assert not _there(site)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:1/x>", "LOAD SILENT <file:///etc/passwd>", "prefix load: <http://127.0.0.1:1/> LOADload:x",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }",
    ],
)  # fmt: skip
def test_updates_ask_no_other_server(site, update):
    answer = site.post("/sparql", data={"update": update}, headers=BEARER)
    _one_sentence(answer, 400)
    assert "switched off" in answer.text


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer no"}, {"Authorization": f"Basic {TOKEN}"}])
def test_who_does_not_know_the_token_writes_nothing(site, given):
    refused = [
        site.post("/sparql", data={"update": _INSERT}, headers=given),
        site.put("/rdf-graph-store", params={"graph": _T + "new"}, content="", headers=given),
        site.delete("/rdf-graph-store", params={"graph": _T + "g1"}, headers=given),
    ]
    for answer in refused:
        _one_sentence(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    assert not _there(site)


# The Graph Store Protocol

_BODIES = {
    "text/turtle": f"<{_T}s> <{_T}p> <{_T}o> .",
    "application/n-triples": f"<{_T}s> <{_T}p> <{_T}o> .",
    "application/ld+json": json.dumps({"@id": f"{_T}s", f"{_T}p": {"@id": f"{_T}o"}}),
    "application/rdf+xml": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:t="http://t.example/">'
    '<r:Description r:about="http://t.example/s"><t:p r:resource="http://t.example/o"/></r:Description></r:RDF>',
}


@pytest.mark.parametrize("media_type", _BODIES)
def test_a_graph_is_put_read_and_deleted(site, media_type):
    where, typed = {"graph": _T + "stored"}, {"Content-Type": media_type, **BEARER}
    _one_sentence(site.get("/rdf-graph-store", params=where), 404)
    assert site.put("/rdf-graph-store", params=where, content=_BODIES[media_type], headers=typed).status_code == 201
    assert site.put("/rdf-graph-store", params=where, content=_BODIES[media_type], headers=typed).status_code == 204
    answer = site.get("/rdf-graph-store", params=where, headers={"Accept": media_type})
    format_ = RdfFormat.from_media_type(media_type)
    assert format_ is not None
    assert [(q.subject, q.object) for q in parse(answer.content, format_)] == [(_node("s"), _node("o"))]
    assert site.head("/rdf-graph-store", params=where).status_code == 200
    assert site.delete("/rdf-graph-store", params=where, headers=BEARER).status_code == 204
    _one_sentence(site.delete("/rdf-graph-store", params=where, headers=BEARER), 404)


def test_posting_adds_and_putting_replaces(site):
    where, typed = {"graph": _T + "stored"}, {"Content-Type": "text/turtle", **BEARER}

    def held() -> set[str]:
        answer = site.get("/rdf-graph-store", params=where, headers={"Accept": "application/n-triples"})
        return set(answer.text.splitlines())

    one, two = (f"<{_T}s> <{_T}p> <{_T}o{n}> ." for n in (1, 2))
    assert site.post("/rdf-graph-store", params=where, content=one, headers=typed).status_code == 201
    assert site.post("/rdf-graph-store", params=where, content=two, headers=typed).status_code == 204
    assert held() == {one, two}
    assert site.put("/rdf-graph-store", params=where, content=two, headers=typed).status_code == 204
    assert held() == {two}
    assert site.delete("/rdf-graph-store", params=where, headers=BEARER).status_code == 204


def test_blank_nodes_get_names_that_are_the_same_for_the_same_body(site):
    where, typed = {"graph": _T + "stored"}, {"Content-Type": "text/turtle", **BEARER}
    body = f"<{_T}s> <{_T}p> [ <{_T}q> 1 ], [ <{_T}q> 2 ] ."
    read = {"Accept": "application/n-triples"}
    site.put("/rdf-graph-store", params=where, content=body, headers=typed)
    before = sorted(site.get("/rdf-graph-store", params=where, headers=read).text.splitlines())
    site.post("/rdf-graph-store", params=where, content=body, headers=typed)
    after = sorted(site.get("/rdf-graph-store", params=where, headers=read).text.splitlines())
    assert len(before) == 4
    assert after == before
    assert "/.well-known/genid/" in before[-1]
    site.delete("/rdf-graph-store", params=where, headers=BEARER)


def test_the_default_graph_is_read_not_written(site):
    answer = site.get("/rdf-graph-store?default", headers={"Accept": "application/n-triples"})
    assert all(f"{_T}of-{g}" in answer.text for g in ("g1", "g2", "g3"))
    _one_sentence(site.put("/rdf-graph-store?default", content="", headers=BEARER), 405)
    _one_sentence(site.delete("/rdf-graph-store?default", headers=BEARER), 405)


def test_wrong_requests_to_the_graph_store_are_refused(site):
    typed = {"Content-Type": "text/turtle", **BEARER}
    _one_sentence(site.get("/rdf-graph-store"), 400)
    _one_sentence(site.get("/rdf-graph-store?default&graph=http://t.example/g1"), 400)
    _one_sentence(site.get("/rdf-graph-store?graph=relative"), 400)
    _one_sentence(site.put("/rdf-graph-store?graph=http://t.example/x", content="<a", headers=typed), 400)
    _one_sentence(site.put("/rdf-graph-store?graph=http://t.example/x", content="", headers=BEARER), 415)
    _one_sentence(site.get("/rdf-graph-store?graph=http://t.example/g1", headers={"Accept": "image/png"}), 406)
    assert site.options("/rdf-graph-store").status_code == 204
    _one_sentence(site.get("/rdf-graph-store?graph=http://t.example/x"), 404)
