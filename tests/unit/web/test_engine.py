"""The engine on real graphs in real processes: what is stopped is gone, and the next question is answered."""

from __future__ import annotations

import asyncio
import importlib
import os
import pickle
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import engine_jobs as jobs
import pytest
from pyoxigraph import NamedNode, Quad

from tellygraph.errors import JobError, StoreError, TellygraphError, WorkerError
from tellygraph.graph import open_store
from tellygraph.web import sparql_jobs
from tellygraph.web.engine import BusyError, Engine, StoppedError, TooSlowError
from tellygraph.web.worker import TooLargeError

# Every pair of pairs of statements, none of which is wanted: hours of work.
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) > 9000) }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("engine") / "graph.db")
    with open_store(where) as store:
        graph, p = NamedNode("http://t.example/g"), NamedNode("http://t.example/p")
        store.extend(
            Quad(NamedNode(f"http://t.example/{n}"), p, NamedNode("http://t.example/o"), graph) for n in range(1000)
        )
    return where


@pytest.fixture
def on(folder: str) -> Callable[..., object]:
    """Run what a test does with an engine, and stop the engine."""

    def run(test: Callable[[Engine], Awaitable[object]], **options: object) -> object:
        async def whole() -> object:
            engine = Engine(folder, **{"processes": 1, **options})
            await engine.start()
            try:
                return await test(engine)
            finally:
                await engine.stop()

        return asyncio.run(whole())

    return run


async def _count(engine: Engine) -> bytes:
    answer = await engine.run(
        sparql_jobs.answer, sparql="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", accept="text/csv", timeout_s=20
    )
    return await answer.read()


async def _process(engine: Engine) -> int:
    return int(await (await engine.run(jobs.process, timeout_s=20)).read())


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_query_that_takes_too_long_is_stopped_with_its_process_and_the_next_is_answered(on):
    async def test(engine: Engine) -> None:
        before = await _process(engine)
        with pytest.raises(TooSlowError, match=r"longer than 0\.5 s"):
            await engine.run(sparql_jobs.answer, sparql=ENDLESS, accept=None, timeout_s=0.5)
        assert not _alive(before)
        assert await _count(engine) == b"n\r\n1000\r\n"
        assert await _process(engine) != before

    on(test)


def test_a_process_that_dies_is_told_and_another_takes_its_place(on):
    async def test(engine: Engine) -> None:
        with pytest.raises(WorkerError, match="ended by itself"):
            await engine.run(jobs.crashing)
        assert await _count(engine) == b"n\r\n1000\r\n"
        answer = await engine.run(jobs.long, size=500_000, then="crash")
        with pytest.raises(WorkerError):
            await answer.read()
        assert await _count(engine) == b"n\r\n1000\r\n"

    on(test)


def test_who_comes_when_too_many_wait_is_told_when_to_come_again(on, tmp_path):
    async def test(engine: Engine) -> None:
        gate = tmp_path / "open"
        running = [asyncio.create_task(engine.run(jobs.waiting, until=str(gate))) for _ in range(3)]
        await asyncio.sleep(0.1)
        with pytest.raises(BusyError) as refused:
            await engine.run(jobs.process)
        assert refused.value.retry_after_s == 70
        gate.touch()
        assert [await (await task).read() for task in running] == [b"waited"] * 3

    on(test, waiting=2, timeout_s=70)


def test_who_waits_longer_than_a_job_may_take_is_told_so(on, tmp_path):
    async def test(engine: Engine) -> None:
        gate = tmp_path / "open"
        running = asyncio.create_task(engine.run(jobs.waiting, until=str(gate), timeout_s=70))
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError):
            await engine.run(jobs.process, timeout_s=0.2)
        gate.touch()
        assert await (await running).read() == b"waited"
        assert await _count(engine) == b"n\r\n1000\r\n"

    on(test)


def test_an_answer_that_is_too_large_is_refused_at_once_or_cut_short(on):
    async def test(engine: Engine) -> None:
        with pytest.raises(TooLargeError, match="more than 60,000 bytes"):
            await engine.run(jobs.long, size=70_000)
        assert len(await (await engine.run(jobs.long, size=60_000)).read()) == 60_000

    on(test, max_bytes=60_000)

    async def cut(engine: Engine) -> None:
        answer = await engine.run(jobs.long, size=300_000)
        with pytest.raises(TooLargeError):
            await answer.read()
        assert await _count(engine) == b"n\r\n1000\r\n"

    on(cut, max_bytes=200_000)


def test_who_stops_reading_frees_the_process(on):
    async def test(engine: Engine) -> None:
        before = await _process(engine)
        answer = await engine.run(jobs.long, size=200_000, then="sleep")
        assert await anext(answer.chunks)
        await answer.chunks.aclose()
        assert not _alive(before)
        assert await _count(engine) == b"n\r\n1000\r\n"

    on(test)


def test_a_task_that_is_cancelled_frees_the_process(on):
    async def test(engine: Engine) -> None:
        before = await _process(engine)
        task = asyncio.create_task(engine.run(jobs.sleeping))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not _alive(before)
        assert await _count(engine) == b"n\r\n1000\r\n"

    on(test)


def test_a_mistake_of_ours_is_told_on_stderr_and_not_to_the_client(on, capfd):
    async def test(engine: Engine) -> None:
        before = await _process(engine)
        with pytest.raises(JobError) as told:
            await engine.run(jobs.mistaken)
        assert "secret" not in str(told.value)
        assert await _process(engine) == before, "a mistake does not end the process"

    on(test)
    assert "ZeroDivisionError: a secret of the house" in capfd.readouterr().err


def test_what_a_job_refuses_comes_as_it_was_raised(on):
    async def test(engine: Engine) -> None:
        with pytest.raises(StoreError, match=r"^the graph is away$"):
            await engine.run(jobs.refusing)

    on(test)


def test_stopping_ends_what_runs_and_what_waits(on):
    async def test(engine: Engine) -> None:
        process = await _process(engine)
        tasks = [asyncio.create_task(engine.run(jobs.sleeping)) for _ in range(3)]
        await asyncio.sleep(0.2)
        await engine.stop()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(error) for error in ended] == [StoppedError] * 3
        assert not _alive(process)
        with pytest.raises(StoppedError):
            await engine.run(jobs.process)
        await engine.stop()

    on(test)


def test_an_engine_whose_graph_cannot_be_opened_says_so_and_leaves_no_process(tmp_path: Path):
    async def test() -> None:
        engine = Engine(str(tmp_path / "none.db"), processes=2)
        with pytest.raises(StoreError, match="there is no graph at"):
            await engine.start()

    asyncio.run(test())


def _every(kind: type[TellygraphError]) -> Iterator[type[TellygraphError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _every(below)


def test_every_error_goes_through_a_pipe_as_it_is():
    importlib.import_module("tellygraph.web")  # with all its errors
    kinds = list(_every(TellygraphError))
    assert len(kinds) > 12
    for kind in kinds:
        error = kind.__new__(kind)
        error.args, error.more = (7,), "kept"
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.args, again.more) == (kind, (7,), "kept")
    busy = pickle.loads(pickle.dumps(BusyError(12)))
    assert (str(busy), busy.retry_after_s) == ("too many questions at once: ask again in 12 s", 12)
