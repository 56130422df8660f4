"""Long jobs, which read the whole graph: each in a process of its own, so that no question waits for them.

What they find is kept as long as the graph stays the same: counted once, told to everybody.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from .engine import Answer, BusyError, Engine
from .site import Site
from .worker import Job

_LONG_S = 3600.0
_MOST_BYTES = 1 << 40
_MOST_AT_ONCE = 2
_RETRY_S = 30
_ENDPOINT_KEPT_S = 3600


def archive_of(request: Request) -> Archive:
    """Return the archive of the site that is asked."""
    state = request.app.state
    if not hasattr(state, "archive"):
        state.archive = Archive(state.site)
    archive = state.archive
    assert isinstance(archive, Archive)  # noqa: S101 - it was put there above
    return archive


@dataclass(slots=True)
class Archive:
    """The long jobs of a site. A folder that is served writable can be opened once only: there they are jobs as any."""

    _site: Site
    _kept: dict[Job, tuple[str, asyncio.Task[bytes]]] = field(default_factory=dict)
    _open: set[Engine] = field(default_factory=set)
    _ending: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def state(self) -> str:
        """What changes with the graph: of a folder its files, of an endpoint the hour."""
        where = self._site.engine.where
        if where.startswith(("http://", "https://")):
            return str(int(time.time()) // _ENDPOINT_KEPT_S)
        return hashlib.sha256(repr(sorted(_files(where))).encode()).hexdigest()[:32]

    async def kept(self, job: Job, wait_s: float) -> bytes | None:
        """Return what a job answers, done once for each state of the graph; None if it is not there in `wait_s`.

        It goes on then: ask again. Raises what the job raises, and BusyError.
        """
        state = self.state
        known = self._kept.get(job)
        if known is None or (known[1].done() and (known[0] != state or known[1].exception() is not None)):
            known = self._kept[job] = state, asyncio.get_running_loop().create_task(self._whole(job))
            known[1].add_done_callback(lambda task: task.cancelled() or task.exception())
        try:
            return await asyncio.wait_for(asyncio.shield(known[1]), wait_s)
        except TimeoutError:
            return None

    async def run(self, job: Job, **arguments: object) -> Answer:
        """Do a long job. Raises as `Engine.run` does, and BusyError where there are enough of them."""
        engine = self._site.engine
        if engine.writable:
            return await engine.run(job, timeout_s=engine.timeout_s, **arguments)
        if len(self._open) >= _MOST_AT_ONCE:
            raise BusyError(_RETRY_S)
        own = Engine(engine.where, processes=1, timeout_s=_LONG_S, max_bytes=_MOST_BYTES)
        self._open.add(own)
        try:
            await own.start()
            answer = await own.run(job, timeout_s=_LONG_S, **arguments)
        except BaseException:
            self._end(own)
            raise
        asyncio.get_running_loop().call_later(_LONG_S, self._end, own)  # where nobody reads the answer
        return Answer(answer.head, self._read(own, answer))

    async def _whole(self, job: Job) -> bytes:
        return await (await self.run(job)).read()

    async def _read(self, engine: Engine, answer: Answer) -> AsyncIterator[bytes]:
        try:
            async for chunk in answer.chunks:
                yield chunk
        finally:
            self._end(engine)

    def _end(self, engine: Engine) -> None:
        """Let an engine stop, without waiting: who reads may be gone, and with them the right to wait."""
        if engine in self._open:
            self._open.discard(engine)
            task = asyncio.get_running_loop().create_task(engine.stop())
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and time of the files with statements; the store may put others in their place meanwhile."""
    for path in Path(folder).iterdir():
        if path.suffix in (".sst", ".log"):
            with suppress(FileNotFoundError):
                found = path.stat()
                yield path.name, found.st_size, found.st_mtime_ns
