"""Real SPARQL servers for tests: the `oxigraph` program on loopback, on a free port, stopped at the end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_READY_WITHIN_S = 20.0


def oxigraph_program() -> str:
    """Return the path of the `oxigraph` program; fails where it is not installed, it never skips."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        raise AssertionError("the `oxigraph` program is missing: install requirements/dev.txt (make test does)")
    return found


@contextmanager
def oxigraph_server(
    *, union: bool = True, folder: Path | None = None, read_only: bool = False, timeout_s: int | None = None
) -> Iterator[str]:
    """Serve an empty store in memory (or the one in `folder`) and yield its query URL, `http://127.0.0.1:PORT/query`.

    The update URL is the same with `/update`. `union` is whether queries see all named graphs by default.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [oxigraph_program(), "serve-read-only" if read_only else "serve", "--bind", f"127.0.0.1:{port}"]
    if folder is not None:
        command += ["--location", str(folder)]
    if union:
        command.append("--union-default-graph")
    if timeout_s is not None:
        command += ["--timeout-s", str(timeout_s)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_until_ready(server, port)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.terminate()
        try:
            server.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while True:
        if server.poll() is not None:
            words = server.stderr.read().decode() if server.stderr else ""
            raise AssertionError(f"the oxigraph server ended at once: {words}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise AssertionError("the oxigraph server did not get ready") from None
            time.sleep(0.05)
