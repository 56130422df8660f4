"""Hermetic tests: no network beyond loopback, no settings from the outside."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from hypothesis import settings

# The machine's mood decides no test: no deadlines, and the same examples each time.
settings.register_profile("tellygraph", deadline=None, derandomize=True)
settings.load_profile("tellygraph")


def _forbid_network(event: str, args: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = args[1]
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"a test reached for the network: {address}")


sys.addaudithook(_forbid_network)


# Started in the background, as some CI does, all would ignore interrupts, and so would the programs that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("TELLYGRAPH_"):
            monkeypatch.delenv(name)
