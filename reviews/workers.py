"""Reading in several processes: batches of reviews go out, readings come back in the order of the reviews.

A process makes the reader itself, from a recipe that is sent to it, and reads whole batches of `batches_of`, so that
it does exactly what one process would do: the results are the same. Processes are spawned on every system; a thread in
each waits on a pipe that only we hold the other end of, and ends the process when that end is closed or we are gone.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, runtime_checkable

from ..errors import WorkerError
from .reader import Reader, batches_of
from .records import Reading, Review

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import TracebackType

Recipe: TypeAlias = "Callable[[], Reader]"

_BATCHES_PER_WORKER = 4  # under way or waiting: enough that nobody waits for a long batch before its own


@runtime_checkable
class Copyable(Reader, Protocol):
    """A reader that other processes can have the like of."""

    @property
    def recipe(self) -> Recipe:
        """What makes the same reader again. It is pickled."""
        ...


class ParallelReader:
    """Reads in `workers` processes; each makes its reader by `recipe` and holds a pipeline, about 150 MB.

    The processes start with each call of `read` and end with it, or live as long as the reader is used in a `with`.
    A script that reads with workers does so under `if __name__ == "__main__":`, as the processes import it, too.
    """

    def __init__(self, recipe: Recipe, workers: int, *, name: str = "rules", version: str | None = None) -> None:
        """Start nothing yet; `version` is the reader's, see `Versioned`. Raises ValueError for less than one worker."""
        if workers < 1:
            raise ValueError("there must be one worker or more")
        self.name, self.version = name, version
        self._recipe, self._workers = recipe, workers
        self._kept: _Processes | None = None

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order. Takes a bounded number of reviews ahead of what it yields.

        Raises WorkerError if a process ends by itself, and whatever reading a review raises. What `reviews` raises
        is raised when all before it has been yielded.
        """
        if self._kept is not None:
            yield from self._kept.read(reviews)
            return
        with _Processes(self._recipe, self._workers) as processes:
            yield from processes.read(reviews)

    def __enter__(self) -> Self:
        self._kept = _Processes(self._recipe, self._workers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.__exit__(kind, error, trace)


class _Processes:
    def __init__(self, recipe: Recipe, workers: int) -> None:
        context = get_context("spawn")  # a fork would copy the threads' locks of stores and terminals
        self._limit = _BATCHES_PER_WORKER * workers
        ours, self._lifeline = context.Pipe(duplex=False)
        self._theirs = ours
        self._pool = ProcessPoolExecutor(workers, context, initializer=_prepare, initargs=(recipe, ours))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        if kind is not None:
            self._lifeline.close()  # nobody wants what is under way
        self._pool.shutdown(cancel_futures=True)
        self._lifeline.close()
        self._theirs.close()

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        waiting: deque[tuple[list[Review], Future[list[Reading]]]] = deque()
        batches, failed = batches_of(reviews), None
        try:
            while True:
                try:
                    batch = next(batches, None)
                except Exception as error:  # raised below, when its turn has come
                    batch, failed = None, error
                if batch is None:
                    break
                waiting.append((batch, self._pool.submit(_read, batch)))
                while len(waiting) >= self._limit or (waiting and waiting[0][1].done()):
                    yield from _taken(*waiting.popleft())
            while waiting:
                yield from _taken(*waiting.popleft())
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process that reads reviews has ended by itself (it was killed, memory ran out, or a script reads"
                ' outside of `if __name__ == "__main__":`); read again, with fewer workers'
            ) from error
        # A future is never cancelled here: a pool whose processes end finds it so and fails (CPython before 3.12).
        if failed is not None:
            raise failed


def _taken(batch: list[Review], future: Future[list[Reading]]) -> Iterator[Reading]:
    """The texts stay with us; only what was found in them comes back."""
    for review, reading in zip(batch, future.result(), strict=True):
        yield Reading(replace(reading.review, text=review.text), reading.facts)


# ---- in the other process -----------------------------------------------------------------------------------------

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

_recipe: Recipe | None = None
_reader: Reader | None = None


def _prepare(recipe: Recipe, lifeline: Connection) -> None:
    import signal

    global _recipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who holds the lifeline
    for name in _THREADS:
        os.environ[name] = "1"
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    _recipe = recipe


def _end_with(lifeline: Connection) -> None:
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def _read(batch: list[Review]) -> list[Reading]:
    global _reader
    if _reader is None and _recipe is not None:
        _reader = _recipe()
    assert _reader is not None  # noqa: S101 - every process is prepared before it reads
    return [Reading(replace(r.review, text=""), r.facts) for r in _reader.read(batch)]
