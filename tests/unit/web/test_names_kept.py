"""The file of a site's names: written once for a graph that stays, anew for one that has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from explorer_site import graph_of
from samples import SAMPLE
from tellygraph.web import explorer_names, sparql_jobs
from tellygraph.web.archive import Archive
from tellygraph.web.engine import BusyError, Engine
from tellygraph.web.explorer_names import Names
from tellygraph.web.finding import find_names
from tellygraph.web.site import Addresses, Site

_WAIT_S = 60.0
_ADD = (
    "INSERT DATA { GRAPH <http://t.example/g> "
    "{ <http://t.example/zed> a <https://schema.org/Person> ; <https://schema.org/name> 'Zed Zimmer' } }"
)

Test = Callable[[Names, Engine], Awaitable[None]]


@pytest.fixture
def on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run what a test does with the names of a site that looks for changes at once."""
    monkeypatch.setattr(explorer_names, "_KEPT_S", 0.0)
    monkeypatch.setattr(explorer_names, "_KEPT_TIMES", 0)
    graph = str(graph_of(tmp_path / "G.db", SAMPLE))

    def run(test: Test, *, writable: bool = False) -> None:
        async def whole() -> None:
            engine = Engine(graph, writable=writable, processes=1)
            await engine.start()
            try:
                site = Site(engine, Addresses("http://t.example/", "http://localhost"))
                await test(Names(site, Archive(site)), engine)
            finally:
                await engine.stop()

        asyncio.run(whole())

    return run


def named(path: str, text: str) -> list[str]:
    return [one.name for one in find_names(Path(path), text, 5)]


def test_a_graph_that_stays_has_its_names_written_once(on: Callable[..., None]) -> None:
    async def asked(names: Names, _: Engine) -> None:
        first = await names.file(_WAIT_S)
        assert named(first, "mara") == ["Mara Quill"]
        assert await names.file(_WAIT_S) == first

    on(asked)


def test_who_asks_before_the_names_are_written_is_told_to_come_again(on: Callable[..., None]) -> None:
    async def asked(names: Names, _: Engine) -> None:
        with pytest.raises(BusyError):
            await names.file(0.0)
        assert named(await names.file(_WAIT_S), "mara") == ["Mara Quill"]

    on(asked)


def test_a_graph_that_has_changed_gets_a_new_file_and_the_last_is_used_meanwhile(on: Callable[..., None]) -> None:
    async def asked(names: Names, engine: Engine) -> None:
        first = await names.file(_WAIT_S)
        await (await engine.run(sparql_jobs.update, sparql=_ADD)).read()
        assert await names.file(_WAIT_S) == first
        assert named(first, "zed") == []
        second = first
        async with asyncio.timeout(_WAIT_S):
            while second == first:
                await asyncio.sleep(0.01)
                second = await names.file(_WAIT_S)
        assert named(second, "zed") == ["Zed Zimmer"]

    on(asked, writable=True)
