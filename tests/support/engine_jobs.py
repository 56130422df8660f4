"""Jobs for the engine's tests: those that go wrong."""

from __future__ import annotations

import os
import time
from typing import BinaryIO

from tellygraph.errors import StoreError
from tellygraph.web.worker import Head, Produced


def process(_: object, /) -> Produced:
    """Say which process does this."""
    return Produced.whole("text/plain", str(os.getpid()).encode())


def sleeping(_: object, /) -> Produced:
    """Take longer than any test."""
    time.sleep(3600)
    return Produced.whole("text/plain", b"slept")


def waiting(_: object, /, *, until: str) -> Produced:
    """Wait for a file of this name."""
    while not os.path.exists(until):  # noqa: PTH110 - as cheap as it gets
        time.sleep(0.01)
    return Produced.whole("text/plain", b"waited")


def crashing(_: object, /) -> Produced:
    """End the process."""
    os._exit(9)


def mistaken(_: object, /) -> Produced:
    """Have a bug."""
    raise ZeroDivisionError("a secret of the house")


def refusing(_: object, /) -> Produced:
    """Fail as the graph may."""
    raise StoreError("the graph is away")


def long(_: object, /, *, size: int, then: str = "end") -> Produced:
    """Answer with `size` bytes, then end or go on in a wrong way."""

    def write(out: BinaryIO) -> None:
        for _ in range(size // 1000):
            out.write(b"x" * 1000)
        if then == "crash":
            os._exit(9)
        if then == "sleep":
            time.sleep(3600)

    return Produced(Head("text/plain"), write)
