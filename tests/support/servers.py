"""Real SPARQL servers for tests: the `oxigraph` program and Virtuoso 7, on loopback and free ports, stopped at the end."""

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

import pytest

_READY_WITHIN_S = 60.0


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
    port = free_port()
    command = [oxigraph_program(), "serve-read-only" if read_only else "serve", "--bind", f"127.0.0.1:{port}"]
    if folder is not None:
        command += ["--location", str(folder)]
    if union:
        command.append("--union-default-graph")
    if timeout_s is not None:
        command += ["--timeout-s", str(timeout_s)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/query")
        yield f"http://127.0.0.1:{port}/query"
    finally:
        _stop(server)


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        assert isinstance(port, int)
        return port


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.communicate()


def _wait_until_ready(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while True:
        if server.poll() is not None:
            words = server.stderr.read().decode() if server.stderr else ""
            raise AssertionError(f"the server at {url} ended at once: {words}")
        try:
            with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise AssertionError(f"the server at {url} did not get ready") from None
            time.sleep(0.05)


VIRTUOSO = all(map(shutil.which, ("virtuoso-t", "isql-vt")))
NEEDS_VIRTUOSO = [
    pytest.mark.virtuoso,
    pytest.mark.skipif(not VIRTUOSO, reason="no Virtuoso here: install Debian's package virtuoso-opensource-7-bin"),
]
VIRTUOSO_USER, VIRTUOSO_PASSWORD = "writer", "secret of the tests"

# Small buffers, one database file in the folder it is started in, nothing but SQL for the rights and HTTP for us.
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
CaseMode = 2

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
EnabledGzipContent = 1

[SPARQL]
ResultSetMaxRows = {max_rows}
MaxQueryExecutionTime = 60
"""

_VIRTUOSO_RIGHTS = f"""\
GRANT SPARQL_UPDATE TO "SPARQL";
DB.DBA.USER_CREATE('{VIRTUOSO_USER}', '{VIRTUOSO_PASSWORD}');
GRANT SPARQL_UPDATE TO "{VIRTUOSO_USER}";
"""


@contextmanager
def virtuoso_server(folder: Path, *, max_rows: int = 10_000) -> Iterator[str]:
    """Serve an empty Virtuoso in `folder` and yield its query and update URL, `http://127.0.0.1:PORT/sparql`.

    Anybody may write there; at `/sparql-auth` it is VIRTUOSO_USER with VIRTUOSO_PASSWORD, by HTTP digest. Ready in 4 s.
    """
    port, sql_port = free_port(), free_port()
    folder.joinpath("virtuoso.ini").write_text(
        _VIRTUOSO_INI.format(port=port, sql_port=sql_port, max_rows=max_rows), encoding="utf-8"
    )
    server = subprocess.Popen(
        ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}/sparql"
        _wait_until_ready(server, url)
        rights = ["isql-vt", f"127.0.0.1:{sql_port}", "dba", "dba", f"EXEC={_VIRTUOSO_RIGHTS}"]
        subprocess.run(rights, check=True, capture_output=True, timeout=30)
        yield url
    finally:
        server.kill()  # nobody wants its checkpoint
        _stop(server)
