"""Start-up: how long the command line takes to answer, against Python doing nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .measure import Contender, Tell, Timing, side_by_side, silent
from .tables import Promise, Table, ratio, seconds

_NOTHING, _HELP = "python -c pass", "tellygraph --help"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int


FULL, QUICK = Size(rounds=10), Size(rounds=3)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the one table of start-up."""
    commands = {
        _NOTHING: [sys.executable, "-c", "pass"],
        'python -c "import click"': [sys.executable, "-c", "import click"],
        'python -c "import tellygraph"': [sys.executable, "-c", "import tellygraph"],
        _HELP: [program(), "--help"],
        'python -c "import spacy"': [sys.executable, "-c", "import spacy"],
    }
    contenders = [Contender(name, _ran(command)) for name, command in commands.items()]
    timings = side_by_side(contenders, rounds=size.rounds, tell=tell)
    base = timings[_NOTHING]
    rows = tuple(_row(name, timing, base) for name, timing in timings.items())
    note = f"A new process each time, files cached by the system; best and median of {base.rounds}."
    promise = Promise("`tellygraph --help` answers", 0.3, timings[_HELP].best, "s")
    columns = ("", "best", "median", "ratio")
    return [Table("startup", "Start-up", columns, rows, ("tellygraph", "click"), (note,), (promise,))]


def program() -> str:
    """The program beside this Python."""
    program = Path(sys.executable).with_name("tellygraph")
    if not program.exists():
        raise SystemExit("Tellygraph is not installed beside this Python: run `make install`")
    return str(program)


def _ran(command: list[str]) -> Callable[[Any], object]:
    return lambda _: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _row(name: str, timing: Timing, base: Timing) -> tuple[str, ...]:
    return name, seconds(timing.best), seconds(timing.median), ratio(timing.best / base.best)
