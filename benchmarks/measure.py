"""Side by side: contenders take turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

Tell = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Something timed: `run` is given what `setup` yields; only `run` counts."""

    name: str
    run: Callable[[Any], object]
    setup: Callable[[], AbstractContextManager[Any]] = nullcontext


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a contender took: wall-clock seconds, one a round, and its processor seconds in the cheapest round.

    Where the work is done in this process, ratios are those of `cpu`: other programs on the machine stretch the wall
    clock by half, but hardly touch what the processor has to do. On an idle machine the two agree.
    """

    seconds: tuple[float, ...]
    cpu: float

    @property
    def best(self) -> float:
        """The quickest round: what the machine can do when it is left alone."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The middle round: what one sees."""
        return statistics.median(self.seconds)

    @property
    def rounds(self) -> int:
        """How often it was timed."""
        return len(self.seconds)


def side_by_side(
    contenders: Sequence[Contender], *, rounds: int, tell: Tell = silent, patience: float = float("inf")
) -> dict[str, Timing]:
    """Time every contender once a round, for `rounds` rounds, every second round in the opposite order.

    One that has taken `patience` seconds in all is not asked again; its `Timing.rounds` say so. Garbage is collected
    before each, and collecting stays on, as what a contender leaves behind is part of its cost; what was there before
    all of them is kept out of it.
    """
    wall: dict[str, list[float]] = {c.name: [] for c in contenders}
    cpu: dict[str, list[float]] = {c.name: [] for c in contenders}
    if len(wall) != len(contenders):
        raise ValueError("two contenders have the same name")
    gc.collect()
    gc.freeze()
    try:
        for number in range(rounds):
            for contender in contenders if number % 2 == 0 else reversed(contenders):
                if number and sum(wall[contender.name]) >= patience:
                    continue
                tell(f"round {number + 1} of {rounds}: {contender.name}")
                with contender.setup() as given:
                    gc.collect()
                    spent, start = time.process_time(), time.perf_counter()
                    contender.run(given)
                    wall[contender.name].append(time.perf_counter() - start)
                    cpu[contender.name].append(time.process_time() - spent)
    finally:
        gc.unfreeze()
    return {name: Timing(tuple(seconds), min(cpu[name])) for name, seconds in wall.items()}
