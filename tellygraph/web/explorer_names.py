"""The file of a site's names: written in a process of its own, beside the questions, and kept while it is right."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request

from .archive import archive_of
from .engine import BusyError, Engine
from .finding import write_names
from .worker import Produced

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph
    from .archive import Archive
    from .site import Site

_LONG_S = 3600.0
_RETRY_S = 10
_KEPT_S = 60.0  # a file is kept that long at least, and twenty times as long as it took to write
_KEPT_TIMES = 20


def names_of(request: Request) -> Names:
    """Return the names of the site that is asked."""
    state = request.app.state
    if not hasattr(state, "names"):
        state.names = Names(state.site, archive_of(request))
    names = state.names
    assert isinstance(names, Names)  # noqa: S101 - it was put there above
    return names


def written(graph: KnowledgeGraph, /, *, path: str) -> Produced:
    """Write the names of a graph into a new file at `path`."""
    write_names(graph.store, Path(path))
    return Produced.whole("text/plain", b"")


class Names:
    """The names of a site, in a temporary folder; the file follows a graph that changes, a minute behind or more."""

    def __init__(self, site: Site, archive: Archive) -> None:
        self._site, self._archive = site, archive
        self._folder = Path(tempfile.mkdtemp(prefix="tellygraph-names-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._number = 0
        self._file: Path | None = None
        self._state = ""
        self._old_at = 0.0
        self._writing: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to write the file where there is none, or a new one where it may be out of date."""
        if self._writing is None or self._writing.done():
            if self._file is not None and (time.monotonic() < self._old_at or not self._has_changed()):
                return
            self._writing = asyncio.get_running_loop().create_task(self._write())
            self._writing.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def file(self, wait_s: float) -> str:
        """Return the path of the file, the last one while a new one is being written.

        Raises BusyError where there is none in `wait_s`, and what writing it raised.
        """
        self.begin()
        if self._file is None and self._writing is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._writing), wait_s)
        if self._file is None:
            raise BusyError(_RETRY_S)
        return str(self._file)

    def _has_changed(self) -> bool:
        return self._site.engine.where.startswith(("http://", "https://")) or self._archive.state != self._state

    async def _write(self) -> None:
        began, state = time.monotonic(), self._archive.state
        self._old_at = began + _KEPT_S
        self._number += 1
        path = self._folder / f"{self._number}.db"
        try:
            await self._ordered(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._file, self._state = path, state
        took = time.monotonic() - began
        self._old_at = time.monotonic() + max(_KEPT_S, _KEPT_TIMES * took)
        (self._folder / f"{self._number - 2}.db").unlink(missing_ok=True)  # the last may still be being read

    async def _ordered(self, path: Path) -> None:
        engine = self._site.engine
        if engine.writable:  # a folder that is written can be opened once only
            await (await engine.run(written, timeout_s=_LONG_S, path=str(path))).read()
            return
        own = Engine(engine.where, processes=1, timeout_s=_LONG_S)
        try:
            await own.start()
            await (await own.run(written, path=str(path))).read()
        finally:
            await own.stop()
