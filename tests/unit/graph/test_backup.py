"""Backups and the way back: compared both ways, whole or not at all, nothing given up before the new one stands."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad

import tellygraph
from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE
from servers import oxigraph_server
from tellygraph.errors import InputError, StoreError, VerificationError
from tellygraph.graph import add_reading, open_store
from tellygraph.graph.backup import RECORD, back_up, read_record, restore
from tellygraph.graph.store import folder as folders
from tellygraph.reviews.records import Reading

X = NamedNode("x:x")


def whole() -> set[Quad]:
    """What a graph of one review holds: the review, and what is kept of its cast."""
    with open_store(":memory:") as store:
        add_reading(store, Reading(NORTHGATE, SAMPLE[NORTHGATE]), IRIS)
        return set(store.quads())


ONE = whole()


def put(where: str, review: object = NORTHGATE) -> None:
    with open_store(where) as store:
        add_reading(store, Reading(review, SAMPLE[review]), IRIS)  # type: ignore[arg-type, index]


def held(where: str) -> set[Quad]:
    with open_store(where, read_only=True) as store:
        return set(store.quads())


@pytest.fixture
def graph(tmp_path: Path) -> str:
    where = str(tmp_path / "graph.db")
    put(where)
    return where


@pytest.fixture
def saved(graph: str, tmp_path: Path) -> str:
    """A backup of `graph`, which holds one more review since."""
    with open_store(graph, read_only=True) as store:
        back_up(store, str(tmp_path / "saved"))
    put(graph, SALTMARSH_1)
    return str(tmp_path / "saved")


def test_a_backup_is_made_while_others_read(graph: str, tmp_path: Path) -> None:
    with open_store(graph, read_only=True) as one, open_store(graph, read_only=True) as two:
        record = back_up(one, str(tmp_path / "saved"))
        assert len(two) == record.quads
    assert record == read_record(str(tmp_path / "saved"))
    assert (record.quads, record.source) == (len(ONE), graph)
    assert held(str(tmp_path / "saved")) == ONE


def test_a_graph_that_is_written_is_backed_up_by_who_writes(tmp_path: Path) -> None:
    with tellygraph.open_graph(tmp_path / "graph.db") as graph:
        graph.add(Path(__file__).parents[3] / "examples" / "reviews")
        first = graph.backup(tmp_path / "first")
        graph.remove(_any_review(graph))
        second = graph.backup(tmp_path / "second")
        assert second.quads < first.quads
    assert len(held(str(tmp_path / "first"))) == first.quads
    assert held(str(tmp_path / "second")) == held(str(tmp_path / "graph.db"))


def _any_review(graph: tellygraph.KnowledgeGraph) -> str:
    return str(next(iter(graph.ask("reviews").python()))["review"])


def test_a_graph_in_memory_and_one_on_a_server_are_backed_up(graph: str, tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        add_reading(store, Reading(NORTHGATE, SAMPLE[NORTHGATE]), IRIS)
        back_up(store, str(tmp_path / "memory"))
    with oxigraph_server() as url:
        put(url)
        with open_store(url, read_only=True) as store:
            back_up(store, str(tmp_path / "server"))
    assert held(str(tmp_path / "memory")) == held(str(tmp_path / "server")) == ONE


def test_what_is_written_later_is_not_in_the_backup(saved: str, graph: str) -> None:
    assert held(saved) == ONE < held(graph)


def test_a_backup_never_goes_over_anything(saved: str, graph: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with open_store(graph, read_only=True) as store:
        for there in (saved, graph, str(tmp_path / "file")):
            with pytest.raises(StoreError, match="holds something already"):
                back_up(store, there)
        with pytest.raises(StoreError, match="cannot be made"):
            back_up(store, str(tmp_path / "nowhere" / "saved"))
    assert held(saved) == ONE


def test_a_backup_becomes_a_new_graph(saved: str, tmp_path: Path) -> None:
    new = str(tmp_path / "new.db")
    assert restore(saved, new) == read_record(saved)
    assert held(new) == ONE
    assert not Path(new, RECORD).exists()
    put(new, SALTMARSH_1)
    assert held(saved) == ONE, "they have nothing in common any more"


def test_a_backup_goes_to_an_empty_server(saved: str) -> None:
    with oxigraph_server() as url:
        restore(saved, url)
        assert held(url) == ONE
        with pytest.raises(StoreError, match="cannot be replaced in one step"):
            restore(saved, url, replace=True)
        with pytest.raises(StoreError, match="holds something already"):
            restore(saved, url)


def test_a_graph_is_replaced_only_when_that_is_said(saved: str, graph: str, tmp_path: Path) -> None:
    before = held(graph)
    with pytest.raises(StoreError, match="--replace"):
        restore(saved, graph)
    assert held(graph) == before
    restore(saved, graph, replace=True)
    assert held(graph) == ONE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.db", "saved"]


def test_a_graph_that_is_open_is_not_replaced(saved: str, graph: str) -> None:
    before = held(graph)
    for read_only in (True, False):
        with open_store(graph, read_only=read_only), pytest.raises(StoreError, match="already open for"):
            restore(saved, graph, replace=True)
    assert held(graph) == before


def test_other_files_are_not_replaced(saved: str, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not a graph, and not empty"):
        restore(saved, str(tmp_path / "papers"), replace=True)
    assert (tmp_path / "papers" / "thesis.txt").read_text() == "mine"


def test_what_is_no_backup_is_refused(graph: str, saved: str, tmp_path: Path) -> None:
    for folder in (graph, str(tmp_path / "none")):
        with pytest.raises(InputError, match="is no backup"):
            restore(folder, str(tmp_path / "new.db"))
    for text in ("{", "[]", '{"format": "another/1"}', '{"format": "tellygraph-backup/1"}'):
        Path(saved, RECORD).write_text(text)
        with pytest.raises(InputError, match="is not the record of a backup"):
            restore(saved, str(tmp_path / "new.db"))


def test_a_backup_that_was_changed_is_not_restored(saved: str, graph: str, tmp_path: Path) -> None:
    put(saved, SALTMARSH_1)
    before = held(graph)
    with pytest.raises(VerificationError, match="is not what it was when it was made") as caught:
        restore(saved, graph, replace=True)
    assert f"{len(ONE):,} statements" in str(caught.value)
    assert held(graph) == before


def test_a_damaged_backup_is_not_restored(saved: str, tmp_path: Path) -> None:
    for path in Path(saved).glob("*.sst"):
        path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises((StoreError, VerificationError)) as caught:
        restore(saved, str(tmp_path / "new.db"))
    assert not any(word in str(caught.value) for word in ("RocksDB", "orruption", ".sst", "LOCK"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.db", "saved"]


def test_blank_nodes_of_others_are_kept(tmp_path: Path) -> None:
    quad = Quad(X, X, BlankNode(), X)
    with open_store(str(tmp_path / "graph.db")) as store:
        store.extend([quad])
        back_up(store, str(tmp_path / "saved"))
    restore(str(tmp_path / "saved"), str(tmp_path / "new.db"))
    assert held(str(tmp_path / "new.db")) == {quad}


def test_folders_change_places_without_the_system_s_help_too(
    saved: str, graph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders.sys, "platform", "darwin")
    restore(saved, graph, replace=True)
    assert held(graph) == ONE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.db", "saved"]


def test_a_file_system_that_fails_at_the_end_leaves_all_as_it_was(
    saved: str, graph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = held(graph)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        restore(saved, graph, replace=True)
    assert held(graph) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.db", "saved"]
