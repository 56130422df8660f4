"""What tells that a graph has changed, also while the store puts its files in order."""

from __future__ import annotations

from pathlib import Path

from explorer_site import graph_of
from samples import SAMPLE
from tellygraph.graph import open_store
from tellygraph.web.archive import Archive
from tellygraph.web.engine import Engine
from tellygraph.web.site import Addresses, Site


def test_the_state_follows_the_graph_and_a_file_that_vanishes_meanwhile_is_passed_over(tmp_path: Path) -> None:
    graph = graph_of(tmp_path / "G.db", SAMPLE)
    archive = Archive(Site(Engine(str(graph)), Addresses("http://t.example/", "http://localhost")))
    before = archive.state
    (graph / "999999.sst").symlink_to("gone")
    assert archive.state == before
    (graph / "999999.sst").unlink()
    with open_store(str(graph)) as store:
        store.remove(next(iter(store.graphs())))
    assert archive.state != before
