"""Loading: N-Quads into a new folder, and transactions, against pyoxigraph doing the same; and the room they take."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from tellygraph.graph import MEMORY, add_readings, open_store
from tellygraph.graph.copying import copy
from tellygraph.graph.loading import load
from tellygraph.ontology import Iris

from .measure import Contender, Tell, Timing, side_by_side, silent
from .synthetic import readings
from .tables import Promise, Table, count, ratio, seconds


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: all reviews by the bulk loaders, `transactions` of them one by one."""

    reviews: int
    transactions: int
    rounds: int
    patience: float = 30.0


WHOLE, FULL, QUICK = Size(4000, 1000, 2), Size(1000, 300, 2), Size(100, 50, 2)

_BARE, _OURS, _COPY = (
    "pyoxigraph bulk_load, of the file",
    "load: as `tellygraph load` does",
    "copy: as `tellygraph copy`",
)
_ADDED = "add_readings: as `tellygraph add` does"
_EXTEND, _APPLY, _REPLACE = "pyoxigraph extend", "Store.apply", "Store.replace, to find what differs"


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return a table of loading everything, with what it takes on disk, and one of transactions, one a review."""
    iris = Iris.default()
    with tempfile.TemporaryDirectory() as folder:
        tell("making up reviews")
        file, each = Path(folder, "all.nq"), dict[NamedNode, list[Quad]]()
        with open_store(MEMORY) as store:
            add_readings(store, readings(size.reviews, iris=iris), iris)
            with file.open("wb") as out:
                pyoxigraph.serialize(store.quads(), out, RdfFormat.N_QUADS)
            quads = len(store)
            for graph in store.graphs()[: size.transactions]:
                each[graph] = list(store.quads(graph))
        return [_bulk(size, file, quads, iris, tell), _transactions(size, each, tell)]


@contextmanager
def _new_folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder, "graph.db"))


def _bulk(size: Size, file: Path, quads: int, iris: Iris, tell: Tell) -> Table:
    room: dict[str, int] = {}

    def bare(where: str) -> None:
        store = pyoxigraph.Store(where)
        store.bulk_load(path=file, format=RdfFormat.N_QUADS)
        store.flush()

    def compacted(where: str) -> None:
        bare(where)
        pyoxigraph.Store(where).optimize()

    def added(where: str) -> None:
        with open_store(where) as store:
            add_readings(store, readings(size.reviews, iris=iris), iris)

    def noting(name: str, run: Callable[[str], object]) -> Contender:
        def run_and_look(where: str) -> None:
            run(where)
            room[name] = sum(path.stat().st_size for path in Path(where).iterdir() if path.suffix in (".sst", ".log"))

        return Contender(name, run_and_look, _new_folder)

    with _new_folder() as source:
        load([file], source)
        contenders = [
            noting(_BARE, bare),
            noting(_OURS, lambda where: load([file], where)),
            noting(_COPY, lambda where: copy(source, where)),
            noting(_ADDED, added),
        ]
        timings = side_by_side(contenders, rounds=size.rounds, tell=tell, patience=size.patience)
        with _new_folder() as where:
            compacted(where)
            smallest = sum(path.stat().st_size for path in Path(where).glob("*.sst"))
    base = timings[_BARE]
    rows = tuple(
        (*_row(name, timing, quads, base), f"{room[name] / 1e6:,.0f} MB", ratio(room[name] / smallest))
        for name, timing in timings.items()
    )
    note = (
        f"{quads:,} quads in a file of {file.stat().st_size / 1e6:,.0f} MB. `load` also looks at every line,"
        " takes the file's hash, counts, syncs and moves the folder into its place; `copy` also reads the copy and"
        " compares hashes; `add_readings` makes the quads and recognises names. The last column is to what"
        " pyoxigraph has on disk after its bulk loader and `optimize`."
    )
    return Table(
        "loading",
        "Loading N-Quads into a new folder",
        ("", "best", "median", "n", "processor", "quads/s", "ratio", "on disk", "to bare"),
        rows,
        ("pyoxigraph",),
        (note,),
        (
            Promise("loading takes as long as bulk_load", 1.25, timings[_OURS].cpu / base.cpu),
            Promise("what is loaded takes the room of bare bulk_load, compacted", 1.2, room[_OURS] / smallest),
        ),
    )


def _transactions(size: Size, each: dict[NamedNode, list[Quad]], tell: Tell) -> Table:
    def bare(where: str) -> None:
        store = pyoxigraph.Store(where)
        for quads in each.values():
            store.extend(quads)

    def apply(where: str) -> None:
        with open_store(where) as store:
            for quads in each.values():
                store.apply(add=quads)

    def replace(where: str) -> None:
        with open_store(where) as store:
            for graph, quads in each.items():
                store.replace(graph, quads)

    contenders = [
        Contender(name, run, _new_folder) for name, run in ((_EXTEND, bare), (_APPLY, apply), (_REPLACE, replace))
    ]
    timings = side_by_side(contenders, rounds=size.rounds, tell=tell, patience=size.patience)
    quads, base = sum(map(len, each.values())), timings[_EXTEND]
    return Table(
        "loading-transactions",
        "Transactions, one a review",
        ("", "best", "median", "n", "processor", "quads/s", "ratio"),
        tuple(_row(name, timing, quads, base) for name, timing in timings.items()),
        ("pyoxigraph",),
        (f"{len(each):,} reviews, {quads:,} quads, in a new folder.",),
        (Promise("a transaction takes as long as extend", 1.25, timings[_APPLY].cpu / base.cpu),),
    )


def _row(name: str, timing: Timing, quads: int, base: Timing) -> tuple[str, ...]:
    return (
        name, seconds(timing.best), seconds(timing.median), str(timing.rounds), seconds(timing.cpu),
        count(quads / timing.best), ratio(timing.cpu / base.cpu),
    )  # fmt: skip
