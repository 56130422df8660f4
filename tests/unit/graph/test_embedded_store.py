"""The store on disk: who may open it, what stands in the way, and what a killed program leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE, statements
from tellygraph.errors import QueryError, StoreError
from tellygraph.graph import add_reading, add_readings, open_store, quads_of
from tellygraph.graph.store.embedded import EmbeddedStore
from tellygraph.reviews.records import Reading

SUPPORT = str(Path(__file__).parents[2] / "support")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A store on disk that holds one review and is closed."""
    where = str(tmp_path / "graph.db")
    with open_store(where) as store:
        add_reading(store, Reading(NORTHGATE, SAMPLE[NORTHGATE]), IRIS)
    return where


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": SUPPORT}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


HOLD = """
import sys
from tellygraph.graph import open_store
with open_store(sys.argv[1], read_only=sys.argv[2] == "read") as store:
    print(len(store), flush=True)
    sys.stdin.read()
"""


def held(folder: str, how: str) -> subprocess.Popen[str]:
    program = child(HOLD, folder, how)
    assert program.stdout is not None
    assert program.stdout.readline().strip().isdigit()
    return program


def let_go(program: subprocess.Popen[str]) -> None:
    program.communicate("")
    assert program.returncode == 0


def test_what_was_added_is_there_when_it_is_opened_again(folder: str) -> None:
    with open_store(folder) as store:
        assert sorted(statements(store), key=str) == quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS)


def test_a_second_program_is_told_to_close_the_first(folder: str) -> None:
    other = held(folder, "write")
    try:
        for read_only in (False, True):
            with pytest.raises(StoreError, match=r"is open in another program: close that one first") as caught:
                open_store(folder, read_only=read_only)
            assert "LOCK" not in str(caught.value)
    finally:
        let_go(other)
    open_store(folder).close()


def test_two_programs_read_at_once_and_keep_a_writer_out(folder: str) -> None:
    other = held(folder, "read")
    try:
        with open_store(folder, read_only=True) as store:
            assert len(store) > 0
        with pytest.raises(StoreError, match="is open in another program"):
            open_store(folder)
    finally:
        let_go(other)
    open_store(folder).close()


def test_one_program_shares_a_folder_among_readers_only(folder: str) -> None:
    with open_store(folder, read_only=True) as one, open_store(folder, read_only=True) as two:
        assert len(one) == len(two) > 0
        one.close()
        with pytest.raises(StoreError, match="already open for reading in this program"):
            open_store(folder)
    with open_store(folder):
        for read_only in (False, True):
            with pytest.raises(StoreError, match="already open for writing in this program"):
                open_store(folder, read_only=read_only)
    open_store(folder).close()


def test_a_store_nobody_closed_is_let_go_of_with_its_last_user(folder: str) -> None:
    store = open_store(folder)
    del store
    open_store(folder).close()


def test_answers_still_being_read_keep_the_folder_open(folder: str) -> None:
    store = open_store(folder)
    answer = store.query("SELECT * WHERE { ?s ?p ?o }")
    store.close()
    with pytest.raises(StoreError, match="still open in this program"):
        open_store(folder)
    del answer
    open_store(folder).close()


def test_a_read_only_store_refuses_every_change(folder: str) -> None:
    before = sorted(p.name for p in Path(folder).iterdir())
    with open_store(folder, read_only=True) as store:
        assert store.read_only
        quads = quads_of(SALTMARSH_1, SAMPLE[SALTMARSH_1], IRIS)
        graph = NamedNode(NORTHGATE.iri)
        for change in (
            lambda: store.extend(quads),
            lambda: store.apply(add=quads),
            lambda: store.replace(NamedNode(SALTMARSH_1.iri), quads),
            lambda: store.remove(graph),
            lambda: add_reading(store, Reading(SALTMARSH_1, SAMPLE[SALTMARSH_1]), IRIS),
        ):
            with pytest.raises(StoreError, match="opened for reading only"):
                change()
        assert graph in store.graphs()
    assert sorted(p.name for p in Path(folder).iterdir()) == before


def test_reading_a_graph_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no graph at .*add a review"):
        open_store(str(tmp_path / "none.db"), read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_not_a_graph(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    with pytest.raises(StoreError, match=r"notes\.txt is not a folder"):
        open_store(str(file))
    with pytest.raises(StoreError, match=r"notes\.txt is not a graph"):
        open_store(str(file), read_only=True)
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(str(file / "graph.db"))
    assert file.read_text() == "mine"


@pytest.mark.parametrize("name", ["thesis.txt", "CURRENT"])
def test_a_folder_of_other_files_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(StoreError, match="holds other files and is not a graph"):
        open_store(str(tmp_path))
    with pytest.raises(StoreError, match="is not a graph"):
        open_store(str(tmp_path), read_only=True)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_an_empty_folder_becomes_a_graph(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        assert len(store) == 0


def test_a_store_whose_making_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    for name in ("LOCK", "LOG", "IDENTITY", "MANIFEST-000001", "000001.dbtmp"):
        (tmp_path / name).touch()
    with pytest.raises(StoreError, match=r"there is no graph at .* yet, since a program was ended"):
        open_store(str(tmp_path), read_only=True)
    with open_store(str(tmp_path)) as store:
        assert len(store) == 0


@pytest.mark.parametrize(
    "said", ["Inserts are only possible on read-write instances", "Invalid argument: Column family not found: gspo"]
)
def test_a_store_without_its_engines_first_writes_is_no_graph_yet(
    folder: str, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Found by killing programs (tests/support/kills.py): what pyoxigraph says of such a store."""

    class Engine:
        @staticmethod
        def read_only(_: str) -> None:
            raise RuntimeError(said)

    monkeypatch.setattr("tellygraph.graph.store.embedded.pyoxigraph.Store", Engine)
    with pytest.raises(StoreError, match=r"there is no graph at .* yet, since a program was ended"):
        open_store(folder, read_only=True)


def test_a_graph_that_another_program_is_making_is_waited_for(tmp_path: Path) -> None:
    from tellygraph.graph.store.folder import made_whole

    where = str(tmp_path / "graph.db")
    with pytest.raises(StoreError, match="is being made by another program"), made_whole(where):
        open_store(where)
    with open_store(where) as store:
        assert len(store) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["graph.db"]


def test_a_missing_parent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"cannot be made: there is no folder {tmp_path / 'typo'}"):
        open_store(str(tmp_path / "typo" / "graph.db"))


def test_a_damaged_graph_is_reported_in_one_sentence(folder: str) -> None:
    Path(folder, "CURRENT").write_text("MANIFEST-999999\n")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="does not hold a graph that can be read") as caught:
            open_store(folder, read_only=read_only)
        assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_written_to_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # file modes do not stop root, who may run these tests
    with pytest.raises(StoreError, match="cannot be written to"):
        open_store(str(tmp_path / "graph.db"))
    assert list(tmp_path.iterdir()) == []


def test_another_kind_of_url_is_neither_folder_nor_endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="neither a folder nor"):
        open_store("ftp://example.org/graph")
    assert list(tmp_path.iterdir()) == []


SERVICES = [
    "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "ASK { SeRvIcE SILENT ?where { ?s ?p ?o } }",
    "PREFIX ex: <http://127.0.0.1:1/> ASK { SERVICEex:ep { ?s ?p ?o } }",
    "PREFIX ex: <http://127.0.0.1:1/> PREFIX SERVICEex: <x:> ASK { SERVICEex:ep { ?s ?p ?o } }",
    "ASK { SERVICESILENT<http://127.0.0.1:1/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_no_query_calls_another_server(query: str) -> None:
    with open_store(":memory:") as store, pytest.raises(QueryError, match="SERVICE is switched off"):
        store.query(query)


def test_the_word_service_is_no_service() -> None:
    with open_store(":memory:") as store:
        answer = store.query('PREFIX a: <x:> ASK { ?service a:service "SERVICE <x>" . # SERVICE\n <x:SERVICE> ?p ?o }')
        assert not answer


def test_service_can_be_switched_on() -> None:
    with EmbeddedStore(None, allow_service=True) as store, pytest.raises(StoreError, match="could not be used"):
        store.query("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")  # a port no HTTP client may call


def test_from_narrows_the_union() -> None:
    with open_store(":memory:") as store:
        for review in (NORTHGATE, SALTMARSH_1):
            add_reading(store, Reading(review, SAMPLE[review]), IRIS)
        (row,) = store.query(f"SELECT (COUNT(*) AS ?n) FROM <{NORTHGATE.iri}> WHERE {{ ?s ?p ?o }}")
        assert int(row["n"].value) == len(quads_of(NORTHGATE, SAMPLE[NORTHGATE], IRIS))


ADD_FOR_EVER = """
import sys
from dataclasses import replace
from samples import IRIS, SALTMARSH_1, SAMPLE
from tellygraph.graph import adding, open_store
from tellygraph.graph import changes
from tellygraph.reviews.records import Reading
if sys.argv[2] == "batch":
    changes._BATCH_SECONDS = 0.05
else:
    changes._BATCH_SECONDS = -1.0

def readings():
    n = 0
    while True:
        iri = IRIS.review(f"copy-{n % 60}")
        review = replace(SALTMARSH_1, iri=iri, author=f"Critic {n}")
        yield Reading(review, tuple(replace(f, evidence=replace(f.evidence, review=iri)) for f in SAMPLE[SALTMARSH_1]))
        n += 1

with open_store(sys.argv[1]) as store:
    for addition in adding(store, readings(), IRIS):
        print(addition.review.iri, flush=True)
"""


@pytest.mark.parametrize("how", ["batch", "one by one"])
def test_a_killed_program_leaves_whole_reviews_only(tmp_path: Path, how: str) -> None:
    whole = len(quads_of(SALTMARSH_1, SAMPLE[SALTMARSH_1], IRIS))
    folder = str(tmp_path / "graph.db")
    reported: set[str] = set()
    for milliseconds in (0, 3, 7, 20, 55):
        program = child(ADD_FOR_EVER, folder, how)
        assert program.stdout is not None
        reported.add(program.stdout.readline().strip())
        time.sleep(milliseconds / 1000)
        program.send_signal(signal.SIGKILL)
        rest = program.stdout.read()  # not communicate(), which forgets what readline() has read ahead
        program.communicate()
        reported.update(line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n"))
        with open_store(folder) as store:
            sizes = {
                graph.value: len(list(store.quads(graph))) for graph in store.graphs() if graph.value != IRIS.cast_graph
            }
            assert set(sizes.values()) == {whole}
            assert reported <= set(sizes)


@pytest.mark.parametrize(("least", "share", "compacted"), [(1, 0.5, True), (10**6, 0.5, False), (1, 2.0, False)])
def test_what_much_adding_leaves_is_put_in_order(
    folder: str, monkeypatch: pytest.MonkeyPatch, least: int, share: float, compacted: bool
) -> None:
    from tellygraph.graph import changes

    monkeypatch.setattr(changes, "_COMPACT_FROM", least)
    monkeypatch.setattr(changes, "_COMPACT_SHARE", share)
    compact, compacting = EmbeddedStore.compact, []
    monkeypatch.setattr(EmbeddedStore, "compact", lambda self: compacting.append(compact(self)))
    with open_store(folder) as store:
        add_readings(store, [Reading(review, facts) for review, facts in SAMPLE.items()], IRIS)
        held = set(store.quads())
    assert len(compacting) == compacted
    with open_store(folder, read_only=True) as store:
        assert set(store.quads()) == held
