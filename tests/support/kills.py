"""Programs that are killed (SIGKILL) at random moments of what they do, and what is found of the graph then.

`python tests/support/kills.py --kills 240` kills so many, in turn in each operation, and prints a table. After each
kill the graph must open and be wholly as before or wholly as after, or, where reviews come and go one by one, hold each
review wholly in one of its versions; then the operation is done again, and must come to what it comes to undisturbed.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, Quad, RdfFormat

from samples import IRIS, SAMPLE
from tellygraph.errors import StoreError
from tellygraph.graph import MEMORY, Store, add_readings, changes, open_store, remove_review
from tellygraph.graph.backup import RECORD, back_up, restore
from tellygraph.graph.canonical import digest_of
from tellygraph.graph.copying import copy
from tellygraph.graph.loading import load
from tellygraph.graph.store.folder import is_free
from tellygraph.knowledge_graph import KnowledgeGraph, open_graph
from tellygraph.reviews.records import Entity, EntityType, Fact, Reading

GRAPH, OTHER, SAVED, PARTS = "graph.db", "other.db", "saved", "parts"
REVIEWS = 60

_CONTEXT = multiprocessing.get_context("forkserver")


# ---- what is written ----------------------------------------------------------------------------------------------


def reading(number: int, version: int) -> Reading:
    """One of any number of reviews; its second version says less. Every third one calls a character by half a name."""
    original = list(SAMPLE)[number % len(SAMPLE)]
    iri = IRIS.review(f"review-{number}")
    review = replace(
        original, iri=iri, id=f"review-{number}", title=f"Review {number}", text=f"{original.text} {version}"
    )
    facts = SAMPLE[original][: -version or None]
    if number % 3 == 0:
        facts = tuple(map(_by_first_name, facts))
    return Reading(review, tuple(replace(fact, evidence=replace(fact.evidence, review=iri)) for fact in facts))


def _by_first_name(fact: Fact) -> Fact:
    def shorter(entity: Entity) -> Entity:
        if entity.type is not EntityType.CHARACTER or entity.name != "Nell Harrow" or fact.show is None:
            return entity
        return Entity("Nell", entity.type, IRIS.character("Nell", fact.show.iri or ""))

    return replace(fact, subject=shorter(fact.subject), object=shorter(fact.object))


def _add(where: Path, numbers: range, version: int) -> None:
    changes._BATCH_SECONDS = 0.02  # many small batches, so that a kill falls between and into them
    with open_store(str(where)) as store:
        add_readings(store, (reading(number, version) for number in numbers), IRIS)


def _remove(where: Path) -> None:
    with open_store(str(where)) as store:
        there = {graph.value for graph in store.graphs()}
        for number in range(0, REVIEWS, 3):
            if IRIS.review(f"review-{number}") in there:
                remove_review(store, f"review-{number}", IRIS)


# ---- what may be found --------------------------------------------------------------------------------------------


def is_there(where: Path) -> bool:
    """Whether there is a graph; a program that was ended while making one has left none."""
    try:
        open_store(str(where), read_only=True).close()
    except StoreError as error:
        if "there is no graph at" not in str(error):
            raise
        return False
    return True


def held(where: Path, *, bookkeeping: bool = True) -> str | None:
    """Return the hash of all a graph holds, or of all but what the program keeps for itself; None for no graph."""
    if not is_there(where):
        return None
    with open_store(str(where), read_only=True) as store:
        quads = (quad for quad in store.quads() if bookkeeping or quad.graph_name.value != IRIS.cast_graph)
        return digest_of(quads).hexdigest()


def _own(store: Store, review: str) -> Counter[tuple[str, str]]:
    """What a review says of itself and of its evidence, whoever its names are taken for."""
    return Counter(
        (quad.predicate.value, quad.object.value if isinstance(quad.object, Literal) else "")
        for quad in store.quads(pyoxigraph.NamedNode(review))
        if isinstance(quad.subject, pyoxigraph.NamedNode) and quad.subject.value.startswith(review)
    )


@cache
def _whole(number: int, version: int) -> Counter[tuple[str, str]]:
    one = reading(number, version)
    with open_store(MEMORY) as store:
        add_readings(store, [one], IRIS)
        return _own(store, one.review.iri)


def look_at_reviews(where: Path) -> None:
    """Assert that each review in the graph is one of its versions, wholly."""
    if not is_there(where):
        return
    with open_store(str(where), read_only=True) as store:
        for graph in store.graphs():
            if graph.value not in IRIS.other_graphs:
                number = int(graph.value.rpartition("-")[2])
                found = _own(store, graph.value)
                assert any(found == _whole(number, version) for version in (0, 1)), f"half of {graph.value} is there"


# ---- the operations -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operation:
    """What is killed: `prepare` makes what is there before, `run` does it or finishes it, on `result`."""

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], None]
    result: str = GRAPH
    review_by_review: bool = False


def _nothing(folder: Path) -> None:
    pass


def _graph(folder: Path) -> None:
    _add(folder / GRAPH, range(REVIEWS), 0)


def _parts(folder: Path) -> None:
    _graph(folder)
    (folder / PARTS).mkdir()
    with open_store(str(folder / GRAPH), read_only=True) as store:
        quads: list[Quad] = sorted(store.quads(), key=str)
    (folder / PARTS / "all.nq.gz").write_bytes(gzip.compress(pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS)))
    shutil.rmtree(folder / GRAPH)


def _parts_and_graph(folder: Path) -> None:
    _parts(folder)
    _add(folder / GRAPH, range(REVIEWS, REVIEWS + 10), 0)


def _two_graphs(folder: Path) -> None:
    _graph(folder)
    _add(folder / OTHER, range(REVIEWS, REVIEWS + 10), 0)


def _backup(folder: Path) -> None:
    _graph(folder)
    _save(folder)
    shutil.rmtree(folder / GRAPH)


def _backup_and_graph(folder: Path) -> None:
    _backup(folder)
    _add(folder / GRAPH, range(20), 1)


def _save(folder: Path) -> None:
    if is_free(str(folder / SAVED)):
        with open_store(str(folder / GRAPH), read_only=True) as store:
            back_up(store, str(folder / SAVED))


def _add_all(folder: Path) -> None:
    _add(folder / GRAPH, range(REVIEWS), 1)


def _load(folder: Path) -> None:
    load([folder / PARTS], str(folder / GRAPH))


def _copy(folder: Path) -> None:
    copy(str(folder / GRAPH), str(folder / OTHER), into=True, iris=IRIS)


def _restore(folder: Path) -> None:
    restore(str(folder / SAVED), str(folder / GRAPH), replace=True)


def _remove_some(folder: Path) -> None:
    _remove(folder / GRAPH)


def _decided(folder: Path) -> None:
    _graph(folder)
    _merge(folder)


def _merge(folder: Path) -> None:
    """Decide that one show is the other: nearly all reviews of it are rewritten."""
    with _deciding(folder) as graph:
        if not graph.decisions():
            graph.merge("Northgate", "Saltmarsh")


def _split(folder: Path) -> None:
    with _deciding(folder) as graph:
        if not graph.decisions():
            graph.split("Nell Harrow")


def _undo(folder: Path) -> None:
    with _deciding(folder) as graph:
        if graph.decisions():
            graph.undo()


def _deciding(folder: Path) -> KnowledgeGraph:
    os.environ |= {"SOURCE_DATE_EPOCH": "1790000000", "TELLYGRAPH_WHO": "ana"}  # whenever it is done
    return open_graph(str(folder / GRAPH))


OPERATIONS = (
    Operation("add, to a new graph", _nothing, _add_all, review_by_review=True),
    Operation("add, over older versions", _graph, _add_all, review_by_review=True),
    Operation("remove", _graph, _remove_some, review_by_review=True),
    Operation("load, a new graph", _parts, _load),
    Operation("load, into a graph", _parts_and_graph, _load),
    Operation("copy, to a new graph", _graph, _copy, OTHER),
    Operation("copy, into a graph", _two_graphs, _copy, OTHER),
    Operation("backup", _graph, _save, SAVED),
    Operation("restore, to a new graph", _backup, _restore),
    Operation("restore, over a graph", _backup_and_graph, _restore),
    Operation("merge, of two shows", _graph, _merge),
    Operation("split", _graph, _split),
    Operation("undo, of a merge", _decided, _undo),
)


# ---- killing ------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What was found after the kills of one operation."""

    operation: str
    kills: int = 0
    before: int = 0
    between: int = 0
    after: int = 0


class Killing:
    """One operation, prepared once, to be killed any number of times in `folder`."""

    def __init__(self, operation: Operation, folder: Path, random_: random.Random) -> None:
        self.operation, self._random = operation, random_
        self._start, self._at = folder / "start", folder / "at"
        self._start.mkdir(parents=True)
        operation.prepare(self._start)
        self._before = held(self._start / operation.result, bookkeeping=False)
        self._again()
        program, took = self._program()
        self._seconds = took.recv()
        program.join()
        assert program.exitcode == 0
        self._after = held(self._at / operation.result, bookkeeping=False)
        self._whole = held(self._at / operation.result)
        assert self._after not in (None, self._before)
        self.tally = Tally(operation.name)

    def kill(self) -> None:
        """Kill it at a random moment, look, finish it, look again. One that ended before the kill is done once more."""
        while True:
            self._again()
            program, _ = self._program()
            time.sleep(self._random.uniform(0, self._seconds))
            program.kill()
            program.join()
            if program.exitcode == -signal.SIGKILL:
                break
            self._seconds *= 0.9
        self._look()
        self.operation.run(self._at)
        result = self._at / self.operation.result
        assert held(result) == self._whole, f"{self.operation.name}: done again, it came to something else"
        left = [path.name for path in self._at.iterdir() if path.name.startswith(".")]
        assert not left, f"{self.operation.name}: left {left}"
        assert (result / RECORD).exists() == (self.operation.result == SAVED)

    def _look(self) -> None:
        found = held(self._at / self.operation.result, bookkeeping=False)  # which is made again where it is missing
        if self.operation.review_by_review:
            look_at_reviews(self._at / self.operation.result)
        else:
            assert found in (self._before, self._after), f"{self.operation.name}: half of it is there"
        self.tally.kills += 1
        self.tally.before += found == self._before
        self.tally.after += found == self._after
        self.tally.between += found not in (self._before, self._after)

    def _again(self) -> None:
        shutil.rmtree(self._at, ignore_errors=True)
        shutil.copytree(self._start, self._at)

    def _program(self) -> tuple[multiprocessing.process.BaseProcess, Connection]:
        """Start it; returns when it begins."""
        ours, its = _CONTEXT.Pipe()
        program = _CONTEXT.Process(target=_timed, args=(self.operation.run, self._at, its))
        program.start()
        its.close()
        assert ours.recv() == "begin"
        return program, ours


def _timed(run: Callable[[Path], None], folder: Path, tell: Connection) -> None:
    tell.send("begin")
    began = time.perf_counter()
    run(folder)
    tell.send(time.perf_counter() - began)


def killed(kills: int, folder: Path, *, seed: int = 1, only: str = "") -> Iterator[Tally]:
    """Kill `kills` programs, in turn in every operation (`only`: whose name begins so), and yield the tallies.

    Raises AssertionError for what must not be.
    """
    _CONTEXT.set_forkserver_preload(["kills"])
    random_ = random.Random(seed)
    operations = [operation for operation in OPERATIONS if operation.name.startswith(only)]
    for number, operation in enumerate(operations):
        killing = Killing(operation, folder / str(number), random_)
        for _ in range(kills * (number + 1) // len(operations) - kills * number // len(operations)):
            killing.kill()
        yield killing.tally


def main() -> None:
    """Print a table, a row for each operation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="TEXT", default="", help="only operations whose name begins so")
    given = parser.parse_args()
    print("| killed while | kills | as before | between | as after |\n| :-- | --: | --: | --: | --: |")
    total = Tally("all")
    with tempfile.TemporaryDirectory() as folder:
        for tally in killed(given.kills, Path(folder), seed=given.seed, only=given.only):
            _row(tally)
            for column in ("kills", "before", "between", "after"):
                setattr(total, column, getattr(total, column) + getattr(tally, column))
    _row(total)


def _row(tally: Tally) -> None:
    print(f"| {tally.operation} | {tally.kills} | {tally.before} | {tally.between} | {tally.after} |", flush=True)


if __name__ == "__main__":
    sys.modules["kills"] = sys.modules["__main__"]
    from kills import main as run

    run()
