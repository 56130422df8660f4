"""Copying between folders and servers: what arrives is compared, what is in the way is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE
from servers import oxigraph_server
from tellygraph.errors import InputError, StoreError, VerificationError
from tellygraph.graph import Store, add_reading, open_store, quads_of
from tellygraph.graph.canonical import Digest, digest_of, quad_hash
from tellygraph.graph.copying import copy
from tellygraph.graph.store.embedded import EmbeddedStore
from tellygraph.ontology.terms import TG
from tellygraph.reviews.records import Reading

X, G = NamedNode("x:x"), NamedNode("x:g")


@pytest.fixture
def graph(tmp_path: Path) -> str:
    where = str(tmp_path / "graph.db")
    with open_store(where) as store:
        for review in (NORTHGATE, SALTMARSH_1):
            add_reading(store, Reading(review, SAMPLE[review]), IRIS)
    return where


@pytest.fixture
def server() -> Iterator[str]:
    with oxigraph_server() as url:
        yield url


def held(where: str) -> set[Quad]:
    with open_store(where, read_only=True) as store:
        return set(store.quads())


def test_a_graph_goes_to_a_server_and_comes_back(graph: str, server: str, tmp_path: Path) -> None:
    there = copy(graph, server)
    back = copy(server, str(tmp_path / "back.db"))
    assert held(str(tmp_path / "back.db")) == held(server) == held(graph)
    assert (there.quads, there.added, there.digest) == (back.quads, back.added, back.digest)
    assert (there.source, there.where) == (graph, server)
    assert there.quads == len(held(graph))


def test_a_place_that_holds_something_is_refused(graph: str, server: str, tmp_path: Path) -> None:
    copy(graph, server)
    copy(graph, str(tmp_path / "copy.db"))
    before = held(server)
    for to in (server, str(tmp_path / "copy.db")):
        with pytest.raises(StoreError, match=r"holds something already.*--into"):
            copy(graph, to)
    assert held(server) == before


def test_a_copy_that_was_interrupted_is_finished(graph: str, server: str) -> None:
    some = sorted(held(graph), key=str)[::3]
    with open_store(server) as store:
        store.extend(some)
    with pytest.raises(StoreError, match="--into"):
        copy(graph, server)
    done = copy(graph, server, into=True)
    assert (done.quads, done.added) == (len(held(graph)), len(held(graph)) - len(some))
    again = copy(graph, server, into=True)
    assert (again.added, again.digest) == (0, done.digest)
    assert held(server) == held(graph)


def test_into_keeps_what_is_there(graph: str, tmp_path: Path) -> None:
    to = str(tmp_path / "other.db")
    own = Quad(X, X, Literal("mine"), G)
    record = Quad(X, X, X, NamedNode(IRIS.identity_graph))
    with open_store(to) as store:
        store.extend([own, record])
    copy(graph, to, into=True)
    version = {quad for quad in held(graph) if quad.predicate == TG.castVersion}
    assert held(to) == (held(graph) | {own, record}) - version, "who is whom is to be worked out anew"


def test_a_review_that_says_something_else_there_stops_the_copy(graph: str, tmp_path: Path) -> None:
    to = str(tmp_path / "other.db")
    with open_store(to) as store:
        store.extend(quads_of(replace(NORTHGATE, title="Otherwise"), SAMPLE[NORTHGATE], IRIS))
    before = held(to)
    with pytest.raises(StoreError, match=f"other statements of 1 reviews, such as {NORTHGATE.iri}: remove them there"):
        copy(graph, to, into=True)
    assert held(to) == before


def test_what_lies_in_no_graph_stays_where_it_is(graph: str, tmp_path: Path) -> None:
    with open_store(graph) as store:
        assert isinstance(store, EmbeddedStore)
        store._open.add(Quad(X, X, X, DefaultGraph()))
    to = str(tmp_path / "copy.db")
    copy(graph, to)
    assert held(to) == held(graph)


def test_blank_nodes_cannot_be_compared(graph: str, tmp_path: Path) -> None:
    with open_store(graph) as store:
        store.extend([Quad(X, X, BlankNode(), G)])
    with pytest.raises(InputError, match="x:g> has a blank node"):
        copy(graph, str(tmp_path / "copy.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]


def test_a_graph_is_not_copied_onto_itself(graph: str) -> None:
    with pytest.raises(InputError, match="onto itself"):
        copy(graph, f"{graph}/../graph.db")


def test_a_graph_that_is_not_there_makes_no_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no graph at"):
        copy(str(tmp_path / "none.db"), str(tmp_path / "copy.db"))
    assert list(tmp_path.iterdir()) == []


def _one_lost(monkeypatch: pytest.MonkeyPatch, sort: type) -> None:
    """A store that loses the last quad of what it is given."""
    extend = sort.extend

    def lossy(self: Store, quads: Iterable[Quad]) -> None:
        extend(self, list(quads)[:-1])

    monkeypatch.setattr(sort, "extend", lossy)


@pytest.mark.parametrize("into", [False, True])
def test_a_copy_that_lost_something_is_told(
    graph: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, into: bool
) -> None:
    from tellygraph.graph.store.endpoint import EndpointStore

    count = len(held(graph))
    _one_lost(monkeypatch, EndpointStore)
    with pytest.raises(VerificationError, match=f"{count - 1} statements .*, not {count} statements") as caught:
        copy(graph, server, into=into)
    assert "what is there stays" in str(caught.value)
    assert caught.value.exit_code == 1
    _one_lost(monkeypatch, EmbeddedStore)
    with pytest.raises(VerificationError, match="nothing was left at"):
        copy(graph, str(tmp_path / "copy.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]


def test_the_digest_does_not_depend_on_the_order_but_on_every_quad() -> None:
    quads = quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS)
    digest = digest_of(quads)
    assert digest == digest_of(reversed(quads))
    assert digest.count == len(quads)
    assert len(digest.hexdigest()) == 64
    for left_out in range(0, len(quads), 7):
        assert digest_of(quads[:left_out] + quads[left_out + 1 :]).total != digest.total
    twice = Digest()
    for _ in range(2):
        twice.add(quad_hash(quads[0]))
    assert twice.total not in (0, digest_of(quads[:1]).total)


def test_the_digest_is_of_canonical_nquads() -> None:
    import hashlib

    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    line = b'<x:x> <x:x> "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal> <x:g> .\n'
    for lexical in ("0.9", "0.90", "+00.9"):
        assert quad_hash(Quad(X, X, Literal(lexical, datatype=decimal), G)) == hashlib.sha256(line).digest()
    assert (
        quad_hash(Quad(X, X, Literal('a"\n\\é'), G))
        == hashlib.sha256('<x:x> <x:x> "a\\"\\n\\\\é" <x:g> .\n'.encode()).digest()
    )
