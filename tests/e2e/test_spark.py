"""Reading on a real Spark: two executors, one killed in mid-run, the program killed as well, and it all comes right."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import tellygraph
from benchmarks.corpus import corpus
from tellygraph.graph.manifest import check_part, opened_part, read_manifest
from tellygraph.ontology import Iris

ROOT = Path(__file__).parents[2]
TWO_EXECUTORS = "local-cluster[2,1,1024]"
PARTS, REVIEWS = 6, 240


def begun(folder: Path, master: str) -> subprocess.Popen[str]:
    """Start `tellygraph add --engine spark` in a folder."""
    command = [sys.executable, "-m", "tellygraph", "add", "--engine", "spark", "--master", master, "--parts", "parts"]
    command += ["--partitions", str(PARTS), "--graph", "tv.db", "first.jsonl", "second.jsonl.gz"]
    return subprocess.Popen(
        command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"},
    )  # fmt: skip


def until(wanted: Callable[[], bool], program: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 300
    while not wanted():
        assert program.poll() is None, program.communicate()
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)


def executors(program: subprocess.Popen[str]) -> list[int]:
    """The JVMs below a program that run tasks."""
    children: dict[int, list[int]] = {}
    commands: dict[int, bytes] = {}
    for entry in (p for p in Path("/proc").iterdir() if p.name.isdigit()):
        try:
            parent = int(entry.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            commands[int(entry.name)] = entry.joinpath("cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, []).append(int(entry.name))
    below = [program.pid]
    for pid in below:
        below += children.get(pid, [])
    return [pid for pid in below if b"CoarseGrainedExecutorBackend" in commands.get(pid, b"")]


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
    """Reviews in two files, the second compressed, with three records that must be refused."""
    folder = tmp_path_factory.mktemp("spark")
    records = [{"id": name, "text": text, "show": "Saltmarsh"} for name, text in MARSH]
    records += [review.record for review in corpus(REVIEWS - len(MARSH))]
    lines = [f"{json.dumps(record, ensure_ascii=False)}\n".encode() for record in records]
    half = REVIEWS // 2
    (folder / "first.jsonl").write_bytes(b"".join([*lines[:half], b"\xff\n", b"\n", lines[0]]))
    (folder / "second.jsonl").write_bytes(b"".join([*lines[half:], b'{"id": "no text"}\n']))
    (folder / "second.jsonl.gz").write_bytes(gzip.compress((folder / "second.jsonl").read_bytes()))
    return folder


@pytest.fixture(scope="module")
def finished(folder: Path) -> Path:
    """The parts, after an executor was killed, then the program, then an executor of the program that went on."""
    first = begun(folder, TWO_EXECUTORS)
    until(lambda: bool(read_marks(folder)), first)
    assert len(executors(first)) == 2
    os.kill(executors(first)[0], signal.SIGKILL)
    until(lambda: len(read_marks(folder)) >= 2, first)
    first.kill()
    first.communicate()
    done = read_marks(folder)
    assert 2 <= len(done) < PARTS
    assert not (folder / "parts" / "manifest.json").exists()

    second = begun(folder, TWO_EXECUTORS)
    until(lambda: len(executors(second)) == 2, second)
    os.kill(executors(second)[-1], signal.SIGKILL)
    out, err = second.communicate(timeout=300)
    manifest = read_manifest(folder / "parts")
    facts = re.search(r"[\d,]+(?= facts)", out)
    assert facts
    assert out == f"240 reviews, {facts[0]} facts: {manifest.quads:,} statements in 6 parts in parts\n"
    assert err.splitlines() == [
        f"Note: of 6 parts {len(done)} were read and 0 written before",
        "What was refused, and why: parts/refused.jsonl",
        "Next: tellygraph load parts --graph tv.db",
        "3 inputs refused, 240 reviews read.",
    ]
    assert second.returncode == 2  # for what was refused
    return folder


def test_killed_executors_and_programs_change_nothing(finished: Path) -> None:
    found = quads_of_parts(finished / "parts")
    exported = io.BytesIO()
    with tellygraph.open_graph(":memory:") as graph:
        added = graph.add(finished / "first.jsonl", finished / "second.jsonl")
        graph.export("nquads", exported)
        merged = graph.ask("merged").python()
    assert len(found) == len(set(found))
    assert set(found) == without_index(parse(exported.getvalue(), RdfFormat.N_QUADS))
    assert {("Nell", "Nell Harrow"), ("Sam", "Sam Harrow")} <= {(row["name"], row["characterName"]) for row in merged}
    refused = [json.loads(line) for line in (finished / "parts" / "refused.jsonl").read_text().splitlines()]
    assert [entry["reason"] for entry in refused] == [refusal.reason for refusal in added.refused]
    assert [entry["source"] for entry in refused] == [
        f"{finished}/first.jsonl, line 121", f"{finished}/first.jsonl, line 123", f"{finished}/second.jsonl.gz, line 121",
    ]  # fmt: skip


def test_a_changed_input_is_noticed(finished: Path) -> None:
    first = finished / "first.jsonl"
    before = first.read_bytes()
    first.write_bytes(before + b'{"id": "more", "text": "Bea (Tess Marlowe) keeps bees.", "show": "Saltmarsh"}\n')
    program = begun(finished, "local[1]")
    out, err = program.communicate(timeout=300)
    first.write_bytes(before)
    assert (program.returncode, out) == (2, "")
    assert err == (
        f"Error: {finished}/parts holds the parts of another run: {first} has changed since;"
        " give another folder for the parts, or remove this one\n"
    )
