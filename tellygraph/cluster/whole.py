"""Whether all that was sent to a task has come to it.

When an executor is killed, the Python beside it takes the end of the connection for the end of its input and goes on,
for a moment, with half of it (PySpark's deserializers treat EOFError so). What it returns is lost with the executor,
but what it writes to a disk stays. So every sender tells every receiver at the end how much it has sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ..errors import WorkerError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class End:
    """A sender's last word to one receiver: which sender, and how many things it has sent before."""

    sender: int
    count: int


def sent(sender: int, things: Iterable[tuple[int, T]], receivers: Iterable[int]) -> Iterator[tuple[int, T | End]]:
    """Yield things, each with the number of its receiver, then for every receiver the last word."""
    counts = Counter[int]()
    for receiver, thing in things:
        counts[receiver] += 1
        yield receiver, thing
    for receiver in receivers:
        yield receiver, End(sender, counts[receiver])


def received(things: Iterable[T | End], senders: int) -> list[T]:
    """Return what was sent without the last words. Raises WorkerError unless it is all that every sender has sent."""
    came: list[T] = []
    ends: dict[int, int] = {}
    for thing in things:
        if isinstance(thing, End):
            ends[thing.sender] = thing.count
        else:
            came.append(thing)
    if len(ends) != senders or sum(ends.values()) != len(came):
        raise WorkerError("the connection to the executor has ended")
    return came
