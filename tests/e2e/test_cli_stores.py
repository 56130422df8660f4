"""Whole graphs on the command line: loaded, copied, backed up, restored, and what is said where they are in use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import Ran

from samples import IRIS, NORTHGATE, SALTMARSH_1, SAMPLE
from servers import oxigraph_server
from tellygraph.graph import add_reading, open_store
from tellygraph.reviews.records import Reading

HOLD = """
import sys
from tellygraph.graph import open_store
with open_store(sys.argv[1], read_only=sys.argv[2] == "read"):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The graph `graph.db`, and a review of it as N-Quads in `part.nq`, in the current folder."""
    monkeypatch.chdir(tmp_path)
    with open_store("graph.db") as store:
        for review in (NORTHGATE, SALTMARSH_1):
            add_reading(store, Reading(review, SAMPLE[review]), IRIS)
        lines = sorted(f"{quad} .\n" for quad in store.quads() if quad.graph_name.value == NORTHGATE.iri)
    Path("part.nq").write_text("".join(lines), encoding="utf-8")
    return "graph.db"


def size(where: str) -> int:
    with open_store(where, read_only=True) as store:
        return len(store)


def test_a_graph_goes_round(graph: str, run: Callable[..., Ran]) -> None:
    count = size(graph)
    with oxigraph_server() as url:
        done = run("copy", graph, url)
        assert (done.code, done.err) == (0, "")
        assert f"{count:,} statements of graph.db are at {url}, {count:,} of them new; compared, hash " in done.out
        assert run("copy", url, "back.db").code == 0
        assert run("--graph", url, "backup", "saved").code == 0
    assert run("restore", "--graph", "restored.db", "saved").code == 0
    assert size("back.db") == size("restored.db") == count
    exported = [
        run("export", "--graph", where, "--format", "nquads").out for where in (graph, "back.db", "restored.db")
    ]
    assert exported[0] == exported[1] == exported[2]


def test_parts_are_loaded(graph: str, run: Callable[..., Ran]) -> None:
    done = run("load", "part.nq", "--graph", "new.db")
    lines = len(Path("part.nq").read_text().splitlines())
    assert (done.code, done.out) == (0, f"{lines} statements in 1 file: {lines} added to new.db\n")
    assert run("load", "part.nq", "--graph", "new.db").out == f"{lines} statements in 1 file: 0 added to new.db\n"
    Path("odd.nq").write_text('<x:s> <x:p> "0.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <x:g> .')
    assert "Note: 1 literal not in canonical form" in run("load", "odd.nq", "--graph", "new.db").err


WRONG = {
    "no such file": (["load", "none.nq", "--graph", "new.db"], 2, "there is no file none.nq"),
    "no quads": (["load", "bad.nq", "--graph", "new.db"], 2, "bad.nq, line 1: a statement of no graph"),
    "no graph to copy": (["copy", "none.db", "new.db"], 3, "there is no graph at none.db"),
    "a copy over something": (["copy", "graph.db", "other.db"], 3, "say --into"),
    "no graph to back up": (["backup", "new.db", "--graph", "none.db"], 3, "there is no graph at none.db"),
    "a backup over something": (["backup", "other.db", "--graph", "graph.db"], 3, "holds something already"),
    "no backup": (["restore", "other.db", "--graph", "new.db"], 2, "is no backup"),
    "a restore over something": (["restore", "saved", "--graph", "other.db"], 3, "say --replace"),
    "no place": (["copy", "graph.db", "no/where/new.db"], 3, "cannot be made"),
}


@pytest.mark.parametrize("what", WRONG)
def test_mistakes_are_one_sentence_and_change_nothing(graph: str, run: Callable[..., Ran], what: str) -> None:
    Path("bad.nq").write_text('<x:s> <x:p> "o" .\n')
    assert run("load", "part.nq", "--graph", "other.db").code == 0
    assert run("backup", "saved", "--graph", graph).code == 0
    before = sorted(path.name for path in Path().iterdir()), size("graph.db"), size("other.db")
    arguments, code, words = WRONG[what]
    done = run(*arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("Error: ")
    assert words in done.err
    assert done.err.count("\n") == 1
    assert (sorted(path.name for path in Path().iterdir()), size("graph.db"), size("other.db")) == before


@contextmanager
def in_use(graph: str, how: str) -> Iterator[None]:
    """Let another program have the graph open."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLD, graph, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        yield
    finally:
        program.communicate("")


USES = {
    "add": ["add", "review.txt"],
    "remove": ["remove", "northgate"],
    "load": ["load", "part.nq"],
    "restore": ["restore", "--replace", "saved"],
    "copy to it": ["copy", "--into", "saved", "graph.db"],
    "ask": ["ask", "shows"],
    "query": ["query", "-e", "ASK {}"],
    "info": ["info"],
    "check": ["check"],
    "export": ["export", "--format", "nquads"],
    "backup": ["backup", "again-1"],
    "copy from it": ["copy", "graph.db", "again-2"],
}
READ_ONLY = ("ask", "query", "info", "check", "export", "backup", "copy from it")


@pytest.mark.parametrize("how", ["read", "write"])
def test_a_graph_in_use_is_told_of_with_the_way_out(graph: str, run: Callable[..., Ran], how: str) -> None:
    Path("review.txt").write_text("Northgate, created by Lena Voss, stars Mara Quill as DCI Ruth Calder.")
    assert run("backup", "saved", "--graph", graph).code == 0
    with in_use(graph, how):
        for what, arguments in USES.items():
            before = sorted(path.name for path in Path().iterdir())
            done = run("--graph", graph, *arguments)
            if how == "read" and what in READ_ONLY:
                assert done.code in (0, 1), done.err
                continue
            assert done.code == 3, what
            assert "graph.db is open in another program: close that one first" in done.err
            assert done.err.count("\n") == 1
            assert not any(word in done.err for word in ("RocksDB", "LOCK", "IO error", "Resource temporarily"))
            assert sorted(path.name for path in Path().iterdir()) == before
    assert size(graph) > 0
