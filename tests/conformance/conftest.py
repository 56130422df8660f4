"""The four stores every conformance test runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from servers import NEEDS_VIRTUOSO, oxigraph_server, virtuoso_server
from tellygraph.graph import Store, open_store


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    with oxigraph_server() as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(params=["embedded-memory", "embedded-disk", "oxigraph", pytest.param("virtuoso", marks=NEEDS_VIRTUOSO)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each sort."""
    where = {"embedded-memory": ":memory:", "embedded-disk": str(tmp_path / "graph.db")}.get(request.param)
    server = {"oxigraph": "server_url", "virtuoso": "virtuoso_url"}.get(request.param, "")
    with open_store(where or request.getfixturevalue(server)) as opened:
        for graph in opened.graphs():
            opened.remove(graph)
        yield opened
