"""Spark: whole commands that read a corpus, on one thread, on two executors, and in one process without Spark."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .corpus import write
from .measure import Tell, silent
from .tables import Table, ratio, seconds

_MASTERS = {"Spark, local[1]": "local[1]", "Spark, two executors of one core": "local-cluster[2,1,1024]"}


@dataclass(frozen=True, slots=True)
class Size:
    """How many reviews are read."""

    reviews: int


FULL, QUICK = Size(300), Size(40)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return one table: each command once with one review, which is mostly starting, and once with all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(1, folder / "one.jsonl")
        write(size.reviews, folder / "all.jsonl")
        rows = []
        base = 0.0
        for name, options in _commands().items():
            tell(name)
            started = _took(folder, [*options, "one.jsonl"])
            took = _took(folder, [*options, "all.jsonl"])
            base = base or took
            speed = (size.reviews - 1) / max(took - started, 1e-9)
            rows.append((name, seconds(started), seconds(took), f"{speed:.1f}", ratio(took / base)))
    note = (
        f"`tellygraph add` of {size.reviews:,} reviews of the corpus, whole commands by the wall clock, each once. "
        "Reviews a second are those of the time that all take longer than one. Spark reads its inputs twice, counts "
        "them, and writes compressed N-Quads; what one process adds is in its graph already."
    )
    columns = ("", "one review", "all", "reviews/s", "ratio")
    return [Table("spark", "Reading on Spark", columns, tuple(rows), ("pyspark", "spacy"), (note,))]


def _commands() -> Mapping[str, Sequence[str]]:
    return {
        "one process": ["--graph", "NEW", "add"],
        **{
            name: ["--graph", "NEW", "add", "--engine", "spark", "--master", master, "--parts", "NEW-parts"]
            for name, master in _MASTERS.items()
        },
    }


def _took(folder: Path, command: Sequence[str]) -> float:
    """The wall-clock seconds of a command, in which NEW is a name that nothing has yet. RuntimeError if it fails."""
    new = f"new-{time.monotonic_ns()}"
    given = [sys.executable, "-m", "tellygraph", *(word.replace("NEW", new) for word in command)]
    root = str(Path(__file__).parents[1])
    start = time.monotonic()
    done = subprocess.run(
        given, cwd=folder, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": root, "SPARK_LOCAL_IP": "127.0.0.1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(given)} failed: {done.stderr}")
    return time.monotonic() - start
