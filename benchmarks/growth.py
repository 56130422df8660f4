"""Growth: everything a user does, on graphs of a hundred to a hundred thousand reviews, and how it grows with them.

What is measured is kept in a folder step by step; a run that was ended goes on where it was.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from .corpus import corpus
from .corpus_known import sanity
from .growth_tables import Found, growth_tables
from .measure import Tell, silent
from .tables import Table

READ_UP_TO = 10_000
_SETUP_S = 3600.0


@dataclass(frozen=True, slots=True)
class Size:
    """Graphs of so many reviews, `served` for servers; a step has `limit_s`. `parts` keeps what is done."""

    reviews: tuple[int, ...]
    served: int
    limit_s: float
    scored: int = 100
    parts: Path | None = None


WHOLE = Size((100, 1_000, 10_000, 100_000), served=100, limit_s=1200.0)
FULL = Size((100, 1_000), served=100, limit_s=300.0)
QUICK = Size((20, 60), served=20, limit_s=20.0, scored=20)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the tables of growth."""
    found: dict[tuple[str, int], Found] = {}
    with nullcontext(str(size.parts)) if size.parts else TemporaryDirectory() as name:
        folder = Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for reviews in size.reviews:
            for part in ("reading", "adding", "asking", "exporting", "drawing"):
                if part != "reading" or reviews <= READ_UP_TO:
                    found[part, reviews] = Part(part, reviews, folder, size.limit_s).done(tell)
        found["servers", size.served] = Part("servers", size.served, folder, size.limit_s).done(tell)
    tell("scoring the reader")
    score = sanity(corpus(size.scored)).overall
    note = (
        f"On the first {size.scored} reviews of the corpus the rule reader finds {score.recall or 0:.0%} of the facts, "
        f"and {score.precision or 0:.0%} of what it says is right: it does honest work there. That says little of how "
        "it reads critics."
    )
    return growth_tables(size.reviews, size.served, found, note)


class Part:
    """One part at one size: what is in its file is done, the rest is done in a process of its own."""

    def __init__(self, part: str, reviews: int, folder: Path, limit_s: float) -> None:
        self._part, self._reviews, self._folder, self._limit_s = part, reviews, folder, limit_s
        self._file = folder / f"{part}-{reviews}.jsonl"

    def done(self, tell: Tell) -> Found:
        """Do what is not done and return all of it. Raises RuntimeError if a step fails."""
        lines = self._lines()
        while not any("end" in line for line in lines):
            self._go_on([str(line["step"]) for line in lines if "step" in line], tell)
            lines = self._lines()
        return Found.of(line for line in lines if "step" in line)

    def _lines(self) -> list[dict[str, object]]:
        if not self._file.exists():
            return []
        return [json.loads(line) for line in self._file.read_text(encoding="utf-8").splitlines()]

    def _go_on(self, done: Sequence[str], tell: Tell) -> None:
        given = (self._part, str(self._reviews), str(self._folder))
        command = [sys.executable, "-m", f"{__package__}.growth_parts", *given]
        process = subprocess.Popen([*command, *done], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
        assert process.stdout is not None
        said: queue.Queue[str] = queue.Queue()
        listener = threading.Thread(target=_forward, args=(process.stdout, said), daemon=True)
        listener.start()
        step = ""
        try:
            with self._file.open("a", encoding="utf-8") as kept:
                while True:
                    try:
                        text = said.get(timeout=self._limit_s if step else _SETUP_S)
                    except queue.Empty:
                        print(json.dumps({"step": step, "seconds": self._limit_s, "answer": "over"}), file=kept)
                        return
                    if not text:
                        break
                    line = json.loads(text)
                    step = str(line.get("start", ""))
                    if step:
                        tell(f"{self._part} at {self._reviews:,}: {step}")
                    else:
                        print(text.strip(), file=kept, flush=True)
        finally:
            process.terminate()  # so that a server it started is stopped, too
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            listener.join(timeout=10)
        if process.returncode:
            raise RuntimeError(f"{self._part} at {self._reviews:,} reviews failed; its words are above")


def _forward(stream: IO[str], lines: queue.Queue[str]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")
