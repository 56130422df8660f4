"""Many at a time, results in order: an event loop in a thread of its own, fed as its results are taken."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from threading import Thread
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Tool = TypeVar("Tool")


def in_order(
    jobs: Iterable[Job],
    tool: Callable[[], AbstractAsyncContextManager[Tool]],
    do: Callable[[Tool, Job], Coroutine[Any, Any, Result]],
    *,
    ahead: int,
) -> Iterator[Result]:
    """Yield `do(tool, job)` for each job, in their order; at most `ahead` jobs are taken before their turn.

    All run on one event loop, with one tool, made and closed there. Whatever `do` raises is raised here, in its turn.
    Ending early, an interrupt too, gives up what is still running.
    """
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="tellygraph-llm", daemon=True)
    thread.start()
    waiting: deque[Future[Result]] = deque()
    try:
        context = _made(loop, tool)
        opened = asyncio.run_coroutine_threadsafe(context.__aenter__(), loop).result()
        try:
            for job in jobs:
                waiting.append(asyncio.run_coroutine_threadsafe(do(opened, job), loop))
                if len(waiting) >= ahead:
                    yield _first(waiting)
            while waiting:
                yield _first(waiting)
        finally:
            for future in waiting:
                future.cancel()
            asyncio.run_coroutine_threadsafe(_end(context), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _first(waiting: deque[Future[Result]]) -> Result:
    """Return the first result; until it is there it counts as waiting, so that an interrupt gives it up too."""
    result = waiting[0].result()
    waiting.popleft()
    return result


def _made(
    loop: asyncio.AbstractEventLoop, tool: Callable[[], AbstractAsyncContextManager[Tool]]
) -> AbstractAsyncContextManager[Tool]:
    async def make() -> AbstractAsyncContextManager[Tool]:
        return tool()

    return asyncio.run_coroutine_threadsafe(make(), loop).result()


async def _end(context: AbstractAsyncContextManager[Any]) -> None:
    """Wait for what was given up, and what it started while ending, then close the tool."""
    while running := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.gather(*running, return_exceptions=True)
    await context.__aexit__(None, None, None)
