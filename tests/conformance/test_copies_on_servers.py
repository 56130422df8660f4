"""A graph goes to each server and comes back: every sort of literal, and what our reviews come to."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from samples import IRIS, SAMPLE
from servers import NEEDS_VIRTUOSO
from tellygraph.errors import StoreError
from tellygraph.graph import add_reading, open_store
from tellygraph.graph.canonical import digest_of
from tellygraph.graph.copying import copy
from tellygraph.reviews.records import Reading

EX, XSD_BASE = "https://example.org/", "http://www.w3.org/2001/XMLSchema#"
TEXTS = (
    "", " kept blanks ", "two\nlines\r\n and a\ttab", 'a "quote" and a \\', "\\u0041", "%20 &amp; <b>", "it's", "\u0085",
    "é漢𝄞😀", "x" * 5_000, "é" * 5_000, "😀" * 3_000,
)  # fmt: skip
TYPED = (
    ("0.9", "decimal"), ("1.0", "decimal"), ("-5.25", "decimal"), ("0.123456789", "decimal"), ("0", "integer"),
    ("-3", "integer"), ("2147483647", "integer"), ("2020", "gYear"), ("2020-05", "gYearMonth"),
    ("1066-01-01", "date"), ("2020-05-01T10:20:30Z", "dateTime"), ("true", "boolean"), ("1.5E0", "double"),
)  # fmt: skip


@pytest.fixture(params=["oxigraph", pytest.param("virtuoso", marks=NEEDS_VIRTUOSO)])
def server(request: pytest.FixtureRequest) -> str:
    """An empty server of each sort."""
    url: str = request.getfixturevalue({"oxigraph": "server_url", "virtuoso": "virtuoso_url"}[request.param])
    with open_store(url) as store:
        for graph in store.graphs():
            store.remove(graph)
    return url


@pytest.fixture
def graph(tmp_path: Path) -> str:
    """The sample's reviews, and a graph of literals large enough for Virtuoso's Graph Store and one that is not."""
    where = str(tmp_path / "graph.db")
    literals = [
        *map(Literal, TEXTS),
        *(Literal(text, datatype=NamedNode(XSD_BASE + name)) for text, name in TYPED),
        *(Literal("Hallo", language=language) for language in ("en", "de-at")),
        *(Literal(f"{number} more") for number in range(100)),
    ]
    with open_store(where) as store:
        for review, facts in SAMPLE.items():
            add_reading(store, Reading(review, facts), IRIS)
        for name, some in (("many", literals), ("few", literals[:50])):
            store.extend(
                Quad(NamedNode(f"{EX}é/{at}"), NamedNode(f"{EX}p"), literal, NamedNode(EX + name))
                for at, literal in enumerate(some)
            )
    return where


def test_a_copy_on_a_server_is_the_graph_and_comes_back_as_it_was(graph: str, server: str, tmp_path: Path) -> None:
    there = copy(graph, server)
    again = copy(graph, server, into=True)
    back = copy(server, str(tmp_path / "back.db"))
    with open_store(graph, read_only=True) as store, open_store(str(tmp_path / "back.db"), read_only=True) as other:
        assert there.digest == again.digest == back.digest == digest_of(store.quads()).hexdigest()
        assert set(store.quads()) == set(other.quads())
        assert (there.added, again.added, back.added) == (len(store), 0, len(store))


def test_a_copy_that_broke_off_is_finished(graph: str, server: str) -> None:
    with open_store(graph, read_only=True) as store:
        half = store.graphs()[::2]
        with open_store(server) as other:
            other.extend(quad for name in half for quad in store.quads(name))
        with pytest.raises(StoreError, match=r"holds something already.*--into"):
            copy(graph, server)
        finished = copy(graph, server, into=True)
        assert finished.quads == len(store)
        assert finished.added == len(store) - sum(1 for name in half for _ in store.quads(name))
