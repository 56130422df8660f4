"""The engine: jobs on the graph, done in processes of its own, so that one that takes too long is really stopped.

A query cannot be interrupted from within its process (pyoxigraph has no way to); a process can. Each has the graph open
for itself, for reading; the one that may write is alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ..errors import StoreError, TellygraphError, WorkerError
from .worker import Failure, Head, Message, Order, Ready, work

if TYPE_CHECKING:
    from .worker import Job

P = ParamSpec("P")
T = TypeVar("T")

_READY_WITHIN_S = 30.0
_ENDED = "a process that answers questions has ended by itself: ask again"
_PATIENCE = 4  # how many times as long as a job may take, a client may take to receive the answer


class BusyError(TellygraphError):
    """Too many jobs are waiting already; `retry_after_s` is when to come again."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many questions at once: ask again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class StoppedError(TellygraphError):
    """The engine is being stopped."""

    def __str__(self) -> str:
        return "the site is closing: ask again when it is back"


class TooSlowError(TellygraphError):
    """A job took longer than it may, and was stopped."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__(f"that takes longer than {timeout_s:g} s and was stopped: ask for less, with a LIMIT say")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a job gave: its media type, what else it says of itself, and its bytes as they come, to be read once.

    Whatever goes wrong before the first 64 KiB are there is raised by `Engine.run`; later, by `chunks`.
    """

    head: Head
    chunks: AsyncIterator[bytes]

    async def read(self) -> bytes:
        """Return all of it."""
        return b"".join([chunk async for chunk in self.chunks])


class Engine:
    """`processes` processes with the graph at `where` open, one where it is `writable`.

    At most `waiting` jobs wait for a free process; a job may take `timeout_s` seconds, waiting included, and answer
    with `max_bytes`.
    """

    def __init__(
        self,
        where: str,
        *,
        writable: bool = False,
        processes: int = 2,
        waiting: int = 32,
        timeout_s: float = 30.0,
        max_bytes: int = 64_000_000,
    ) -> None:
        self.where, self.writable, self.timeout_s = where, writable, timeout_s
        self._max_bytes = max_bytes
        self._count = 1 if writable else processes
        self._waiting, self._most_waiting = 0, waiting
        self._stopped = False
        self._idle: asyncio.Queue[_Worker | None] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(2 * self._count, thread_name_prefix="engine")
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the processes, if they are not; the first is there when this returns, the others come while it answers.

        Raises StoreError if the graph cannot be opened.
        """
        if self._workers:
            return
        try:
            self._idle.put_nowait(await self._start_one())
        except BaseException:
            await self.stop()
            raise
        for _ in range(self._count - 1):
            self._start_another()

    async def stop(self) -> None:
        """Kill the processes, whatever they do; jobs that run or wait raise StoppedError. Again does nothing."""
        self._stopped = True
        for starting in list(self._starting):
            starting.cancel()
        for _ in range(self._waiting):
            self._idle.put_nowait(None)  # wakes one that waits
        for worker in list(self._workers):
            self._workers.discard(worker)
            await asyncio.to_thread(worker.kill)
        self._threads.shutdown()

    async def run(self, job: Job, /, *, timeout_s: float | None = None, **arguments: object) -> Answer:
        """Do a job: a function of a module, called with the graph and `arguments` in one of the processes.

        Raises what the job raises, if that is a TellygraphError, before there is an answer, and JobError for anything
        else; BusyError, TooSlowError; WorkerError if its process dies; StoppedError.
        """
        chunks = self._chunks(Order(job, arguments), timeout_s or self.timeout_s)
        try:
            head = await anext(chunks)
        except BaseException:
            await chunks.aclose()
            raise
        assert isinstance(head, Head)  # noqa: S101 - the first that comes
        return Answer(head, _bytes(chunks))

    async def _chunks(self, order: Order, timeout_s: float) -> AsyncGenerator[Head | bytes, None]:
        deadline = time.monotonic() + timeout_s
        last = deadline + _PATIENCE * timeout_s
        worker = await self._free(timeout_s)
        finished = False
        try:
            await self._in_thread(worker.send, order)
            while not finished:
                message = await self._in_thread(worker.receive, deadline)
                if message is None or time.monotonic() > last:
                    raise TooSlowError(timeout_s)
                if isinstance(message, Failure):
                    finished = True
                    raise message.error
                assert not isinstance(message, Ready)  # noqa: S101 - that came at the start
                finished = message == b""
                if not finished:
                    handed = time.monotonic()
                    yield message
                    deadline += time.monotonic() - handed  # that is the client's time
        except WorkerError:
            if self._stopped:
                raise StoppedError from None
            raise
        finally:
            if finished and not self._stopped:
                self._idle.put_nowait(worker)
            else:
                self._renew(worker)

    async def _free(self, timeout_s: float) -> _Worker:
        if self._idle.empty() and self._waiting >= self._most_waiting:
            raise BusyError(max(1, round(self.timeout_s)))
        self._waiting += 1
        try:
            if self._stopped or (worker := await asyncio.wait_for(self._idle.get(), timeout_s)) is None:
                raise StoppedError
            return worker
        except TimeoutError:
            raise BusyError(max(1, round(self.timeout_s))) from None
        finally:
            self._waiting -= 1

    def _renew(self, worker: _Worker) -> None:
        """Kill a process, and start another in its place."""
        worker.kill()
        self._workers.discard(worker)
        if not self._stopped:
            self._start_another()

    def _start_another(self) -> None:
        starting = asyncio.get_running_loop().create_task(self._start_until_it_works())
        self._starting.add(starting)
        starting.add_done_callback(self._starting.discard)

    async def _start_until_it_works(self) -> None:
        pause = 0.1
        while True:
            with suppress(StoreError, WorkerError):  # an endpoint that is away for now; jobs wait, and are told
                self._idle.put_nowait(await self._start_one())
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)

    async def _start_one(self) -> _Worker:
        worker = _Worker(self.where, writable=self.writable, max_bytes=self._max_bytes)
        self._workers.add(worker)
        try:
            message = await self._in_thread(worker.receive, time.monotonic() + _READY_WITHIN_S)
            if isinstance(message, Failure):
                raise message.error
            if not isinstance(message, Ready):
                raise WorkerError("a process that answers questions did not start")
        except BaseException:
            worker.kill()
            self._workers.discard(worker)
            raise
        return worker

    async def _in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._stopped:
            raise StoppedError
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **kwargs))


async def _bytes(chunks: AsyncGenerator[Head | bytes, None]) -> AsyncIterator[bytes]:
    async with aclosing(chunks):
        async for chunk in chunks:
            assert isinstance(chunk, bytes)  # noqa: S101 - there is one head
            yield chunk


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, where: str, *, writable: bool, max_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe: Connection[Order | None, Message] = ours
        self._process: BaseProcess = context.Process(
            target=work, args=(theirs, where), kwargs={"writable": writable, "max_bytes": max_bytes}, daemon=True
        )
        self._process.start()
        theirs.close()
        self._using = threading.Lock()

    def send(self, order: Order) -> None:
        with self._using:
            try:
                self._pipe.send(order)
            except OSError as error:
                raise WorkerError(_ENDED) from error

    def receive(self, deadline: float) -> Message | None:
        """Return the next message, None if there is none by `deadline` (of time.monotonic)."""
        with self._using:
            try:
                return self._pipe.recv() if self._pipe.poll(max(0.0, deadline - time.monotonic())) else None
            except (EOFError, OSError) as error:
                raise WorkerError(_ENDED) from error

    def kill(self) -> None:
        """End the process; who waits for a message from it is told that there is none."""
        self._process.kill()
        self._process.join()
        with self._using:
            self._pipe.close()
