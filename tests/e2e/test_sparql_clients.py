"""Clients that others wrote, at our endpoint: SPARQLWrapper, rdflib's stores, curl, Comunica."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from served import TOKEN, Served, served
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from tellygraph.graph import open_store

_T = "http://t.example/"
_QUERY = f"SELECT ?o WHERE {{ <{_T}s> <{_T}p> ?o }} ORDER BY ?o"
_COMUNICA = Path(__file__).with_name("comunica")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    where = str(tmp_path_factory.mktemp("clients") / "graph.db")
    with open_store(where) as store:
        store.extend(
            Quad(NamedNode(f"{_T}s"), NamedNode(f"{_T}p"), NamedNode(f"{_T}o{n}"), NamedNode(f"{_T}g")) for n in (1, 2)
        )
    with served(where, "--writable", settings={"TELLYGRAPH_WRITE_TOKEN": TOKEN}) as running:
        yield running


@pytest.mark.parametrize("by_post", [False, True])
def test_sparqlwrapper(site, by_post):
    wrapper = SPARQLWrapper(f"{site.url}/sparql")
    if by_post:
        wrapper.setMethod(POST)
    wrapper.setQuery(_QUERY)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == [f"{_T}o1", f"{_T}o2"]
    wrapper.setReturnFormat(XML)
    assert len(wrapper.queryAndConvert().getElementsByTagName("result")) == 2
    wrapper.setReturnFormat(CSV)
    assert wrapper.queryAndConvert().splitlines() == [b"o", f"{_T}o1".encode(), f"{_T}o2".encode()]
    wrapper.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    wrapper.setReturnFormat(TURTLE)
    assert b"http://t.example/o1" in wrapper.queryAndConvert()


def test_sparqlwrapper_updates(site):
    wrapper = SPARQLWrapper(f"{site.url}/sparql")
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    wrapper.setMethod(POST)
    for update, there in (("INSERT DATA", True), ("DELETE DATA", False)):
        wrapper.setQuery(f"{update} {{ GRAPH <{_T}w> {{ <{_T}w> <{_T}p> 1 }} }}")
        assert wrapper.query().response.status == 204
        asked = SPARQLWrapper(f"{site.url}/sparql")
        asked.setQuery(f"ASK {{ <{_T}w> ?p ?o }}")
        asked.setReturnFormat(JSON)
        assert asked.queryAndConvert()["boolean"] is there


def test_rdflibs_store(site):
    store = SPARQLStore(f"{site.url}/sparql")
    assert [str(row["o"]) for row in store.query(_QUERY)] == [f"{_T}o1", f"{_T}o2"]
    found = {str(o) for (_, _, o), _ in store.triples((URIRef(f"{_T}s"), None, None))}
    assert found == {f"{_T}o1", f"{_T}o2"}


def test_rdflibs_update_store(site):
    store = SPARQLUpdateStore(
        f"{site.url}/sparql", f"{site.url}/sparql", headers={"Authorization": f"Bearer {TOKEN}"}, context_aware=True
    )
    name, there = URIRef(f"{_T}r"), f"ASK {{ GRAPH <{_T}r> {{ ?s ?p 'ö' }} }}"
    store.update(f"INSERT DATA {{ GRAPH <{_T}r> {{ {name.n3()} {name.n3()} {Literal('ö').n3()} }} }}")
    assert store.query(there).askAnswer is True
    store.update(f"DROP GRAPH <{_T}r>")
    assert store.query(there).askAnswer is False


def test_curl(site):
    curl = shutil.which("curl")
    assert curl, "curl is missing: install Debian's package curl"
    for how in (["--get"], []):
        command = [curl, "-sf", *how, f"{site.url}/sparql", "--data-urlencode", f"query={_QUERY}"]
        ran = subprocess.run([*command, "-H", "Accept: text/csv"], capture_output=True, check=True, timeout=60)
        assert ran.stdout.decode().split() == ["o", f"{_T}o1", f"{_T}o2"]


def test_comunica(site):
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "Node.js is missing: install Debian's packages nodejs and npm"
    assert npm, "npm is missing: install Debian's package npm"
    if not (_COMUNICA / "node_modules").is_dir():
        subprocess.run(
            [npm, "ci", "--silent", "--no-progress"], cwd=_COMUNICA, check=True, timeout=600, stdout=subprocess.DEVNULL
        )
    ran = subprocess.run(
        [node, "ask.mjs", f"{site.url}/sparql", _QUERY], cwd=_COMUNICA, capture_output=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert [json.loads(line)["o"] for line in ran.stdout.splitlines()] == [f"{_T}o1", f"{_T}o2"]
