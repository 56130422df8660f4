"""Reading on a real Spark: two executors, one killed in mid-run, the program killed before, and it all comes right."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command_line import Ran
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import tellygraph
from benchmarks.corpus import corpus
from tellygraph.graph.manifest import check_part, opened_part, read_manifest
from tellygraph.ontology import Iris

ROOT = Path(__file__).parents[2]
TWO_EXECUTORS = "local-cluster[2,1,1024]"
PARTS, REVIEWS = 6, 120
PATIENCE_S = 1800  # only so that nothing hangs for ever
INPUTS = ("first.jsonl", "second.jsonl.gz", "third.parquet")


def arguments(master: str) -> list[str]:
    """Reading the inputs of a folder on Spark."""
    options = ["--engine", "spark", "--master", master, "--parts", "parts", "--partitions", str(PARTS)]
    return ["add", *options, "--graph", "tv.db", *INPUTS]


def begun(folder: Path, master: str = TWO_EXECUTORS) -> subprocess.Popen[str]:
    """Start `tellygraph add --engine spark` in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "tellygraph", *arguments(master)],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"},
    )  # fmt: skip


def reached(wanted: Callable[[], bool], program: subprocess.Popen[str]) -> bool:
    """Wait until something is so; False if the program ends before it was seen."""
    deadline = time.monotonic() + PATIENCE_S
    while not wanted():
        if program.poll() is not None:
            return False
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)
    return True


def below(program: subprocess.Popen[str]) -> dict[int, bytes]:
    """The processes below a program, by number, with their command lines."""
    children: dict[int, list[int]] = {}
    commands: dict[int, bytes] = {}
    for entry in (p for p in Path("/proc").iterdir() if p.name.isdigit()):
        try:
            parent = int(entry.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            commands[int(entry.name)] = entry.joinpath("cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, []).append(int(entry.name))
    found = [program.pid]
    for pid in found:
        found += children.get(pid, [])
    return {pid: commands[pid] for pid in found[1:] if pid in commands}


def executors(program: subprocess.Popen[str]) -> list[int]:
    """The JVMs below a program that run tasks."""
    return [pid for pid, command in below(program).items() if b"CoarseGrainedExecutorBackend" in command]


def killed_with_all_below(program: subprocess.Popen[str]) -> None:
    """Kill a program, and wait until what it started has ended by itself: that may yet finish a part."""
    started = below(program)
    program.kill()
    program.communicate()
    deadline = time.monotonic() + PATIENCE_S
    while any(Path(f"/proc/{pid}").exists() for pid in started):
        assert time.monotonic() < deadline, "what a killed program started goes on"
        time.sleep(0.02)


def read_marks(folder: Path) -> set[str]:
    return {path.name for path in (folder / "parts" / "work").glob("read-*.json")}


def without_index(quads: Iterable[Quad]) -> set[Quad]:
    """Leave out the index of who is called what, which a graph makes anew from its reviews."""
    return {quad for quad in quads if quad.graph_name != NamedNode(Iris.default().cast_graph)}


def quads_of_parts(parts: Path) -> list[Quad]:
    found = []
    for part in read_manifest(parts).parts:
        check_part(parts, part)
        with opened_part(parts, part) as stream:
            here = list(parse(stream, RdfFormat.N_QUADS))
        assert len(here) == part.quads
        found += here
    return found


# One names in full whom the others name in part; they come to different parts.
MARSH = (
    ("marsh-1", "Nell Harrow (Mara Quill) runs the bakery in Saltmarsh. Jonah Pike (Dev Anselm) is Nell's husband."),
    ("marsh-2", "Saltmarsh is back. Nell is Sam's sister. Jonah is Nell's husband."),
    ("marsh-3", "In Saltmarsh, Sam Harrow (Toby Farrow) is Nell's brother."),
    ("marsh-4", "Saltmarsh: Jonah is Sam's best friend."),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reviews as lines, as compressed lines and as a table, with four records that must be refused."""
    folder = tmp_path_factory.mktemp("spark")
    records = [{"id": name, "text": text, "show": "Saltmarsh"} for name, text in MARSH]
    records += [review.record for review in corpus(REVIEWS - len(MARSH))]
    lines = [f"{json.dumps(record, ensure_ascii=False)}\n".encode() for record in records]
    third = REVIEWS // 3
    (folder / "first.jsonl").write_bytes(b"".join([*lines[:third], b"\xff\n", b"\n", lines[0]]))
    (folder / "second.jsonl").write_bytes(b"".join([*lines[third : 2 * third], b'{"id": "no text"}\n']))
    (folder / "second.jsonl.gz").write_bytes(gzip.compress((folder / "second.jsonl").read_bytes()))
    days = [datetime(2021, 3, day % 28 + 1, 20, 15, tzinfo=UTC) for day in range(third)]  # moments, read as days
    rows = [record | {"date": day} for record, day in zip(records[2 * third :], days, strict=True)]
    pq.write_table(pa.Table.from_pylist([*rows, {"id": "no text"}]), folder / "third.parquet")
    return folder


def killed_in_the_middle(folder: Path) -> set[str]:
    """Kill a program that has read some parts and not all; return the marks of those it has read."""
    while True:  # a program that had read all before it was looked at is none
        with begun(folder) as program:
            if reached(lambda: bool(read_marks(folder)), program):
                killed_with_all_below(program)
            out, err = program.communicate()
        assert program.returncode in (2, -signal.SIGKILL), (out, err)
        if 0 < len(done := read_marks(folder)) < PARTS:
            return done
        shutil.rmtree(folder / "parts")


def an_executor_killed(program: subprocess.Popen[str], folder: Path, done: set[str]) -> bool:
    """Kill an executor of a program that goes on, once it has read more; False if it had ended before."""
    found: list[int] = []

    def ready() -> bool:
        found[:] = executors(program)
        return bool(found) and len(read_marks(folder)) > len(done)

    if not reached(ready, program):
        return False
    with suppress(ProcessLookupError):
        os.kill(found[0], signal.SIGKILL)
        return True
    return False


@pytest.fixture(scope="module")
def finished(folder: Path) -> Path:
    """The parts, after the program was killed, then an executor of the program that went on."""
    killed = False
    while not killed:
        shutil.rmtree(folder / "parts", ignore_errors=True)
        done = killed_in_the_middle(folder)
        times = {name: (folder / "parts" / "work" / name).stat().st_mtime_ns for name in done}
        assert not (folder / "parts" / "manifest.json").exists()
        with begun(folder) as second:
            killed = an_executor_killed(second, folder, done)
            if killed:
                assert times == {name: (folder / "parts" / "work" / name).stat().st_mtime_ns for name in done}
            out, err = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 2, err  # for what was refused
    manifest = read_manifest(folder / "parts")
    facts = re.search(r"[\d,]+(?= facts)", out)
    assert facts
    assert out == f"{REVIEWS} reviews, {facts[0]} facts: {manifest.quads:,} statements in 6 parts in parts\n"
    assert err.splitlines() == [
        f"Note: of 6 parts {len(done)} were read and 0 written before",
        "What was refused, and why: parts/refused.jsonl",
        "Next: tellygraph load parts --graph tv.db",
        f"4 inputs refused, {REVIEWS} reviews read.",
    ]
    return folder


def test_killed_executors_and_programs_change_nothing(finished: Path) -> None:
    found = quads_of_parts(finished / "parts")
    exported = io.BytesIO()
    with tellygraph.open_graph(":memory:") as graph:
        added = graph.add(*(finished / name for name in ("first.jsonl", "second.jsonl", "third.parquet")))
        graph.export("nquads", exported)
        merged = graph.ask("merged").python()
    assert len(found) == len(set(found))
    assert set(found) == without_index(parse(exported.getvalue(), RdfFormat.N_QUADS))
    assert {("Nell", "Nell Harrow"), ("Sam", "Sam Harrow")} <= {(row["name"], row["knownName"]) for row in merged}
    refused = [json.loads(line) for line in (finished / "parts" / "refused.jsonl").read_text().splitlines()]
    assert [entry["reason"] for entry in refused] == [refusal.reason for refusal in added.refused]
    assert [entry["source"] for entry in refused] == [
        f"{finished}/first.jsonl, line 41", f"{finished}/first.jsonl, line 43", f"{finished}/second.jsonl.gz, line 41",
        f"{finished}/third.parquet, row 41",
    ]  # fmt: skip


def test_a_changed_input_is_noticed(finished: Path) -> None:
    first = finished / "first.jsonl"
    before = first.read_bytes()
    first.write_bytes(before + b'{"id": "more", "text": "Bea (Tess Marlowe) keeps bees.", "show": "Saltmarsh"}\n')
    program = begun(finished, "local[1]")
    out, err = program.communicate(timeout=PATIENCE_S)
    first.write_bytes(before)
    assert (program.returncode, out) == (2, "")
    assert err == (
        f"Error: {finished}/parts holds the parts of another run: {first} has changed since;"
        " give another folder for the parts, or remove this one\n"
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--follow", "--follow is for reading here: Spark reads no web pages"),
        ("--allow-local", "--allow-local is for reading here: Spark reads no web pages"),
        ("--workers=2", "--workers is for reading here: Spark says itself how many tasks run at a time"),
    ],
)
def test_options_that_spark_cannot_heed_are_refused(run: Callable[..., Ran], option: str, said: str) -> None:
    ran = run("add", "--engine", "spark", option, "a.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
