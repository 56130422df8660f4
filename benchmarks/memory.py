"""Memory: the largest process of `tellygraph facts` over a stream of JSON lines, short and long."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .measure import Tell, silent
from .startup import program
from .synthetic import actor, character, crew_member, show, word
from .tables import Promise, Table, count, ratio


@dataclass(frozen=True, slots=True)
class Size:
    """How many reviews the short and the long stream have, and how many processes read."""

    short: int
    long: int
    workers: int = 2


WHOLE, FULL, QUICK = Size(1_000, 100_000), Size(1_000, 8_000), Size(200, 600)

_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the one table of memory."""
    streams = ((size.short, 1), (size.short, size.workers), (size.long, size.workers))
    peaks = []
    with TemporaryDirectory() as folder:
        for reviews, workers in streams:
            tell(f"{reviews:,} reviews, {workers} at a time")
            peaks.append(_peak(_written(Path(folder) / f"{reviews}.jsonl", reviews), workers))
    rows = tuple(
        (f"facts --workers {workers}", count(reviews), f"{peak / 2**20:.0f} MB", ratio(peak / peaks[1]))
        for (reviews, workers), peak in zip(streams, peaks, strict=True)
    )
    note = (
        "The largest of the command's processes. Every review has names of its own, the worst for whatever remembers"
        f" words: {len(set(_words(size.short))):,} different ones in the first {size.short:,}."
    )
    promise = Promise(f"{size.long:,} reviews need as much as {size.short:,}", 1.25, peaks[2] / peaks[1])
    columns = ("", "reviews", "peak", "ratio")
    return [Table("memory", "Memory", columns, rows, ("spacy",), (note,), (promise,))]


def _peak(stream: Path, workers: int) -> int:
    """The resident bytes of the largest process at its peak."""
    command = [program(), "facts", "--format", "jsonl", "--workers", str(workers), str(stream)]
    done = subprocess.run([sys.executable, "-c", _PEAK, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def _written(path: Path, reviews: int) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for number, text in enumerate(_texts(reviews)):
            out.write(json.dumps({"id": f"stream-{number}", "text": text}) + "\n")
    return path


def _texts(reviews: int) -> Iterator[str]:
    for n in range(reviews):
        title, cast = show(n), character(5 * n)
        yield (
            f"{title} review\n\n{cast} ({actor(n)}) runs the inn at {word(n * 23 + 1, 3)}, and her brother"
            f" {character(5 * n + 3)} keeps bees. {title} was created by {crew_member(n)}."
        )


def _words(reviews: int) -> Iterator[str]:
    for text in _texts(reviews):
        yield from text.split()
