"""What runs in a process of the engine: orders come through a pipe, answers go back in pieces."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from ..errors import JobError, TellygraphError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

    from ..knowledge_graph import KnowledgeGraph

PIECE_BYTES = 1 << 16


class TooLargeError(TellygraphError):
    """An answer is larger than answers may be; `args` is that limit in bytes."""

    def __str__(self) -> str:
        return f"the answer has more than {self.args[0]:,} bytes: ask for less, with a LIMIT say"


@dataclass(frozen=True, slots=True)
class Ready:
    """The graph is open."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer is: its media type, and what else the job says of it (header fields, a status)."""

    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """What a job, or the opening of the graph, raised."""

    error: TellygraphError


@dataclass(frozen=True, slots=True)
class Produced:
    """What a job returns: the head, and the function that writes the bytes (to a file that can only be written to)."""

    head: Head
    write: Callable[[BinaryIO], object]

    @classmethod
    def whole(cls, media_type: str, body: bytes, **headers: str) -> Produced:
        """An answer that is there already; header fields with `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(Head(media_type, named), lambda out: out.write(body))


Job: TypeAlias = "Callable[..., Produced]"
"""A function of a module, called with the graph and named arguments; what it raises are TellygraphErrors."""


@dataclass(frozen=True, slots=True)
class Order:
    """A job to be done."""

    job: Job
    arguments: Mapping[str, object]


Message: TypeAlias = "Ready | Head | Failure | bytes"
"""The head comes first, then pieces that are not empty, then an empty one; or, at any time, a failure."""


def work(pipe: Connection[Message, Order | None], where: str, *, writable: bool, max_bytes: int) -> None:
    """Open the graph and do orders, one at a time, until the pipe is closed or None is ordered."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ..knowledge_graph import open_graph

    try:
        graph = open_graph(where, read_only=not writable)
    except TellygraphError as error:
        pipe.send(Failure(error))
        return
    with graph:
        pipe.send(Ready())
        while (order := _next(pipe)) is not None:
            try:
                pipe.send(_done(order, graph, pipe, max_bytes))
            except _NobodyListensError:
                return


def _done(order: Order, graph: KnowledgeGraph, pipe: Connection[Message, Order | None], max_bytes: int) -> Message:
    """Do an order, and return the last message about it."""
    try:
        produced = order.job(graph, **order.arguments)
        sink = _Sink(pipe, produced.head, max_bytes)
        produced.write(cast("BinaryIO", sink))
        sink.pass_on()
    except TellygraphError as error:
        return Failure(error)
    except _NobodyListensError:
        raise
    except Exception:  # a mistake of ours: told here in full, and there that it happened
        traceback.print_exc()
        return Failure(JobError("something went wrong here, and has been noted: it is not your question's fault"))
    return b""


def _end_with_parent() -> None:
    """End when the server ends, however that happens: a query may run that looks at no pipe."""
    if (parent := multiprocessing.parent_process()) is not None:
        wait([parent.sentinel])
        os._exit(1)


class _NobodyListensError(Exception):
    """The server's end of the pipe is closed."""


def _next(pipe: Connection[Message, Order | None]) -> Order | None:
    try:
        return pipe.recv()
    except EOFError:
        return None


class _Sink(io.RawIOBase):
    """Sends what is written in full pieces; the head goes with the first, so that what fails before has no head."""

    def __init__(self, pipe: Connection[Message, Order | None], head: Head, limit: int) -> None:
        self._pipe, self._head, self._limit = pipe, head, limit
        self._waiting, self._written, self._headed = bytearray(), 0, False

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Buffer, /) -> int:
        """Take some bytes. Raises TooLargeError beyond the limit."""
        size = len(memoryview(data))
        self._written += size
        if self._written > self._limit:
            raise TooLargeError(self._limit)
        self._waiting += data
        if len(self._waiting) >= PIECE_BYTES:
            self.pass_on()
        return size

    def pass_on(self) -> None:
        """Send what there is."""
        try:
            if not self._headed:
                self._pipe.send(self._head)
                self._headed = True
            if self._waiting:
                self._pipe.send(bytes(self._waiting))
                self._waiting.clear()
        except OSError as error:
            raise _NobodyListensError from error
