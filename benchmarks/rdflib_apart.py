"""rdflib in a process of its own, which can be ended when a question takes it too long.

Run as a program with the path of an N-Quads file: answers every line of standard input, a SPARQL query as JSON, with a
line that holds the number of rows. Imports nothing of Tellygraph.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO


class TooSlowError(Exception):
    """There was no answer within the limit."""


class CannotError(Exception):
    """rdflib gave up, with an error of its own."""


class RdflibApart:
    """A graph in rdflib's own store, in another process. After a question that took too long, a new one is started."""

    def __init__(self, file: Path, *, limit_s: float, loading_s: float = 120.0) -> None:
        self.limit_s = limit_s
        self._file, self._loading_s = file, loading_s
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> RdflibApart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._end()

    def answers(self, sparql: str) -> int:
        """Return the number of rows. Raises TooSlowError after the limit, CannotError if rdflib fails."""
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(json.dumps(sparql) + "\n")
        process.stdin.flush()
        line = self._line(self.limit_s)
        if not line.strip().isdecimal():
            raise CannotError(line.strip() or "rdflib ended")
        return int(line)

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-W", "ignore", __file__, str(self._file)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process, self._lines = process, queue.Queue()
        assert process.stdout is not None
        threading.Thread(target=_forward, args=(process.stdout, self._lines), daemon=True).start()
        if self._line(self._loading_s).strip() != "ready":
            raise RuntimeError("rdflib could not read the graph")
        return process

    def _line(self, within_s: float) -> str:
        try:
            return self._lines.get(timeout=within_s)
        except queue.Empty:
            self._end()
            raise TooSlowError from None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _forward(stream: IO[str], lines: queue.Queue[str]) -> None:
    try:
        for line in stream:
            lines.put(line)
    except ValueError:
        return  # closed, as its process was ended
    lines.put("")


def _serve(file: str) -> None:
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(file, format="nquads")
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            print(len(list(dataset.query(json.loads(line)))), flush=True)
        except Exception as error:  # whatever it is, the other side is to hear of it
            print(f"{type(error).__name__}: {' '.join(str(error).split())}", flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
