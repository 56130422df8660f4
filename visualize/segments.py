"""A text with spans marked in it, which may lie over or inside each other, cut where any of them begins or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text in which nothing begins or ends: half-open offsets, and the numbers of the spans over it.

    `over` is in the order of the spans' numbers; `first_of` are those of them that begin here.
    """

    start: int
    end: int
    over: tuple[int, ...]
    first_of: tuple[int, ...]


def segments(length: int, spans: Sequence[Span]) -> Iterator[Segment]:
    """Yield the segments of a text, in order, without gaps, none empty: together they are the text.

    Spans are half-open, not empty and inside the text; their numbers are their places in `spans`.

    >>> [(s.start, s.end, s.over) for s in segments(9, [(0, 6), (4, 8)])]
    [(0, 4, (0,)), (4, 6, (0, 1)), (6, 8, (1,)), (8, 9, ())]
    """
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(spans):
        begins.setdefault(start, []).append(number)
        ends.setdefault(end, []).append(number)
    borders = sorted({0, length, *begins, *ends})
    over: set[int] = set()
    for start, end in pairwise(borders):
        over.difference_update(ends.get(start, ()))
        over.update(begins.get(start, ()))
        yield Segment(start, end, tuple(sorted(over)), tuple(begins.get(start, ())))


def lanes(spans: Sequence[Span]) -> list[int]:
    """Return a lane for each span so that spans in one lane never touch the same text; the fewest there can be.

    Spans are in the order in which they begin.

    >>> lanes([(0, 6), (4, 8), (6, 9)])
    [0, 1, 0]
    """
    free_from: list[int] = []
    given = []
    for start, end in spans:
        lane = next((i for i, free in enumerate(free_from) if free <= start), len(free_from))
        free_from[lane : lane + 1] = [end]
        given.append(lane)
    return given
