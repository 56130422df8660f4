"""The site as a visitor meets it: `tellygraph serve` in a process of its own, on loopback and a free port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from servers import free_port

TOKEN = "a token for the tests"
_READY_WITHIN_S = 30.0


@dataclass(frozen=True)
class Served:
    """A running site: its address, its process, and the file that its stderr goes to."""

    url: str
    process: subprocess.Popen[bytes]
    errors: Path

    def said(self) -> str:
        """What it has said on stderr."""
        return self.errors.read_text(encoding="utf-8")

    def end(self, how: int = signal.SIGTERM) -> int:
        """Tell it to end, and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=60)


@contextmanager
def served(where: str | Path, *options: str, settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Serve a graph; `options` are the command's, `settings` environment variables."""
    port = free_port()
    command = [sys.executable, "-m", "tellygraph", "--graph", str(where), "serve", "--port", str(port), *options]
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder, "stderr")
        with errors.open("wb") as file:
            process = subprocess.Popen(
                command, env={**os.environ, **(settings or {})}, stdout=subprocess.DEVNULL, stderr=file
            )
        try:
            _wait_until_ready(process, errors)
            yield Served(f"http://127.0.0.1:{port}", process, errors)
        finally:
            process.kill()
            process.wait()


def when_counted(client: httpx.Client, path: str) -> httpx.Response:
    """Ask for what must be counted first, again for as long as the site says to come again."""
    while "retry-after" in (answer := client.get(path)).headers:
        time.sleep(0.1)
    return answer


def _wait_until_ready(process: subprocess.Popen[bytes], errors: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while "(SPARQL at " not in (words := errors.read_text(encoding="utf-8")):
        assert process.poll() is None, f"the site ended at once: {words}"
        assert time.monotonic() < deadline, f"the site did not get ready: {words}"
        time.sleep(0.02)
