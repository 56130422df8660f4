"""The dataset of an update that is named beside it (SPARQL 1.1 Protocol, section 2.2), over HTTP, on a folder.

An endpoint gets the same as USING in the update; oxigraph's server refuses that where its default graph is the union.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import NamedNode, Quad
from served import TOKEN, served

from tellygraph.graph import open_store

_T = "http://t.example/"
UPDATE = "application/sparql-update"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A writable site with three graphs of a statement each."""
    where = str(tmp_path_factory.mktemp("using") / "graph.db")
    with open_store(where) as store:
        p, o = NamedNode(_T + "p"), NamedNode(_T + "o")
        store.extend(Quad(NamedNode(f"{_T}of-{g}"), p, o, NamedNode(_T + g)) for g in ("g1", "g2", "g3"))
    settings = {"TELLYGRAPH_WRITE_TOKEN": TOKEN}
    with (
        served(where, "--writable", settings=settings) as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        yield client


def _new(site: httpx.Client) -> set[str]:
    """What is in the new graph; it is taken out."""
    where = {"graph": _T + "new"}
    answer = site.get("/rdf-graph-store", params=where, headers={"Accept": "application/n-triples"})
    site.delete("/rdf-graph-store", params=where, headers=BEARER)
    return {line.split()[0] for line in answer.text.splitlines()} if answer.status_code == 200 else set()


@pytest.mark.parametrize("way", ["form", "direct"])
@pytest.mark.parametrize(
    ("graphs", "pattern", "found"),
    [
        ({"using-graph-uri": ["g1"]}, "?s ?p ?o", {"g1"}),
        ({"using-graph-uri": ["g1", "g2"]}, "?s ?p ?o", {"g1", "g2"}),
        ({"using-named-graph-uri": ["g1", "g2"]}, "GRAPH ?g { ?s ?p ?o }", {"g1", "g2"}),
        ({"using-named-graph-uri": ["g1"]}, "?s ?p ?o", set()),
        (
            {"using-graph-uri": ["g1"], "using-named-graph-uri": ["g2"]},
            "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }",
            {"g1", "g2"},
        ),
    ],
)
def test_the_dataset_of_an_update_is_named_beside_it(site, way, graphs, pattern, found):
    given = {name: [_T + graph for graph in named] for name, named in graphs.items()}
    update = f'# where {{\nINSERT {{ GRAPH <{_T}new> {{ ?s ?p "where {{", 1.5 }} }} WHERE {{ {pattern} }}'
    if way == "form":
        answer = site.post("/sparql", data={"update": update, **given}, headers=BEARER)
    else:
        answer = site.post("/sparql", params=given, content=update, headers={"Content-Type": UPDATE, **BEARER})
    assert answer.status_code == 204, answer.text
    assert _new(site) == {f"<{_T}of-{graph}>" for graph in found}


def test_delete_where_takes_the_dataset_that_is_named_beside_it(site):
    both = f"INSERT DATA {{ GRAPH <{_T}new> {{ <{_T}a> <{_T}p> 1 . <{_T}b> <{_T}p> 2 }} }}"
    site.post("/sparql", data={"update": both}, headers=BEARER)
    for named, left in (("g1", {"a", "b"}), ("new", {"b"})):
        update = {"update": f"DELETE WHERE {{ GRAPH <{_T}new> {{ ?s ?p 1 }} }}", "using-named-graph-uri": _T + named}
        assert site.post("/sparql", data=update, headers=BEARER).status_code == 204
        answer = site.get("/sparql", params={"query": f"SELECT ?s {{ GRAPH <{_T}new> {{ ?s ?p ?o }} }}"})
        assert {row["s"]["value"] for row in answer.json()["results"]["bindings"]} == {_T + name for name in left}
    _new(site)


@pytest.mark.parametrize(
    "update",
    [
        f"WITH <{_T}g1> DELETE {{}} WHERE {{}}", f"DELETE {{}} USING <{_T}g1> WHERE {{}}", "DELETEWHERE { ?s ?p ?o }",
        f"PREFIX t: <{_T}> INSERT {{}} USINGt:g1 WHERE {{}}", "DELETE WHERE { ?s ?p ?o ",
    ],
)  # fmt: skip
def test_an_update_that_says_its_dataset_itself_or_does_not_parse_is_refused(site, update):
    answer = site.post("/sparql", data={"update": update, "using-graph-uri": _T + "g1"}, headers=BEARER)
    assert answer.status_code == 400
    assert answer.text.count("\n") == 1
    assert site.get("/sparql", params={"query": f"ASK {{ GRAPH <{_T}g1> {{ ?s ?p ?o }} }}"}).json()["boolean"] is True
