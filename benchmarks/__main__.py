"""`python -m benchmarks`: measure, print tables, and renew those of the README where asked."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from .machine import load
from .tables import Table, renewed

SECTIONS = (
    "reading", "memory", "adding", "identity", "loading", "questions", "exports", "picture", "measures", "startup",
    "explorer", "serving", "spark", "growth",
)  # fmt: skip
WHOLE_RUN = SECTIONS[:-2]  # what takes long, or needs Java, is measured when it is named
README = Path(__file__).with_name("README.md")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line; a broken promise is told, not an error: other work on the machine counts, too."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure Tellygraph against the bare libraries underneath."
    )
    parser.add_argument("--quick", action="store_true", help="less of everything: under a minute, and rougher")
    parser.add_argument("--full", action="store_true", help="memory and growth over 100,000 reviews: long")
    parser.add_argument("--parts", metavar="FOLDER", type=Path, help="growth keeps what is done there, and goes on")
    parser.add_argument(
        "--only", action="append", choices=SECTIONS, metavar="SECTION", help=f"one of {', '.join(SECTIONS)}; repeatable"
    )
    parser.add_argument("--markdown", metavar="FILE", type=Path, help="write the tables to FILE as Markdown, too")
    parser.add_argument("--write", action="store_true", help="renew the tables in benchmarks/README.md")
    given = parser.parse_args(arguments)
    if given.quick and given.write:
        parser.error("--write keeps what a whole run measures: leave --quick out")
    tables: list[Table] = []
    for section in [name for name in SECTIONS if name in (given.only or WHOLE_RUN)]:
        measured = run(section, quick=given.quick, full=given.full, parts=given.parts)
        print("\n".join(table.text() for table in measured), flush=True)
        tables += measured
        if given.write:
            README.write_text(renewed(README.read_text(encoding="utf-8"), measured), encoding="utf-8")
    promises = [promise for table in tables for promise in table.promises]
    if promises:
        print(f"{sum(p.kept for p in promises)} of {len(promises)} promises kept.")
    if given.markdown:
        given.markdown.write_text("\n".join(f"## {t.title}\n\n{t.markdown()}" for t in tables), encoding="utf-8")


def run(section: str, *, quick: bool, full: bool = False, parts: Path | None = None) -> list[Table]:
    """Measure one section; each table says how busy the machine was when it began."""
    module = importlib.import_module(f".{section}", __package__)
    size = module.QUICK if quick else getattr(module, "WHOLE", module.FULL) if full else module.FULL
    if parts is not None and section == "growth":
        size = replace(size, parts=parts.absolute())
    busy, start = load(), time.monotonic()
    with Progress(section) as progress:
        tables: list[Table] = module.measure(size, progress.tell)
    took = f"Took {time.monotonic() - start:.0f} s"
    took += "." if busy is None else f"; the load average when it began was {busy:.1f}."
    return [*tables[:-1], replace(tables[-1], notes=(*tables[-1].notes, took))]


class Progress:
    """One line that says what is being done, on a terminal only."""

    def __init__(self, section: str) -> None:
        self._section = section
        self._shown = sys.stderr.isatty()
        self.tell: Callable[[str], None] = self._tell if self._shown else lambda _: None

    def __enter__(self) -> Progress:
        self.tell("starting")
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _tell(self, step: str) -> None:
        print(f"\r\x1b[K{self._section}: {step}"[:120], end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
