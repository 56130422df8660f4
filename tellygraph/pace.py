"""How fast reviews are read, and how long it will still take."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from .reading import Remark
from .reviews.records import Review
from .reviews.sources import Position, bytes_of


class Pace:
    """Counts reviews between their source and what is read of them, in the same order.

    `position` is where the source is, in bytes; of all bytes that there are the reviews already read tell the time
    left. It is not told where the bytes cannot be known beforehand (standard input).
    """

    def __init__(
        self, sources: Sequence[str | os.PathLike[str]], position: Position,
        *, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._total = bytes_of([os.fspath(source) for source in sources])
        self._position, self._clock = position, clock
        self._began = clock()
        self._read, self._passed = 0, 0
        self._ahead: deque[int] = deque()  # the positions behind the reviews that are being read

    def noted(self, found: Iterable[Review | Remark]) -> Iterator[Review | Remark]:
        """Pass on what a source yields."""
        for item in found:
            if isinstance(item, Review):
                self._ahead.append(self._position.done)
            yield item

    def one_more(self) -> str:
        """Count a review that has been read; return the sentence that says how far we are."""
        self._read += 1
        if self._ahead:
            self._passed = self._ahead.popleft()
        took = max(self._clock() - self._began, 1e-9)
        said = f"{self._read:,} review{'' if self._read == 1 else 's'} read, {self._read / took:,.1f} a second"
        if self._total and self._passed:
            said += f", {_duration(took * max(self._total / self._passed - 1, 0))} left"
        return said


def _duration(seconds: float) -> str:
    """Return a time as one says it: "40 s", "3 min", "2 h 05 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
