"""Adding: a thousand reviews' facts against pyoxigraph loading the very same quads."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from tellygraph.graph import MEMORY, Store, add_reading, add_readings, open_store, quads_of
from tellygraph.ontology import Iris
from tellygraph.reviews import Reading

from .measure import Contender, Tell, Timing, side_by_side, silent
from .synthetic import readings
from .tables import Promise, Table, count, ratio, seconds


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; a contender that took `patience` seconds in all is not timed again."""

    reviews: int
    rounds: int
    patience: float = 10.0


FULL, QUICK = Size(reviews=1000, rounds=2), Size(reviews=100, rounds=2)

_BULK_LOAD, _BULK_EXTEND = "pyoxigraph bulk_load, N-Quads", "pyoxigraph bulk_extend, quads"
_EXTEND, _EXTEND_EACH = "pyoxigraph extend, quads", "pyoxigraph extend, a review at a time"
_QUADS = "making the quads alone"
_MANY, _EACH = "add_readings: as `tellygraph add` does", "add_reading: a review at a time"


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return a table for a store on disk and one for a store in memory."""
    tell("making up reviews")
    iris = Iris.default()
    found = list(readings(size.reviews, iris=iris))
    each = _quads_by_review(found, iris)
    return [_table(size, found, each, iris, tell, disk=disk) for disk in (True, False)]


def _quads_by_review(found: Sequence[Reading], iris: Iris) -> list[list[Quad]]:
    """Return what our own way in leaves in a store, review by review: merges and all."""
    with open_store(MEMORY) as store:
        add_readings(store, found, iris)
        by_graph: dict[str, list[Quad]] = {}
        for quad in store.quads():
            by_graph.setdefault(str(quad.graph_name), []).append(quad)
    return list(by_graph.values())


def _table(
    size: Size, found: Sequence[Reading], each: Sequence[Sequence[Quad]], iris: Iris, tell: Tell, *, disk: bool
) -> Table:
    everything = [quad for quads in each for quad in quads]
    text = io.BytesIO()
    pyoxigraph.serialize(everything, text, RdfFormat.N_QUADS)
    ours, bare = (_our_folder, _bare_folder) if disk else (_our_memory, _bare_memory)

    def bulk_load(store: pyoxigraph.Store) -> None:
        store.bulk_load(text.getvalue(), RdfFormat.N_QUADS)

    def extend_each(store: pyoxigraph.Store) -> None:
        for quads in each:
            store.extend(quads)

    def add_each(store: Store) -> None:
        for reading in found:
            add_reading(store, reading, iris)

    timings = side_by_side(
        [
            Contender(_BULK_LOAD, bulk_load, bare),
            Contender(_BULK_EXTEND, lambda store: store.bulk_extend(everything), bare),
            Contender(_EXTEND, lambda store: store.extend(everything), bare),
            Contender(_QUADS, lambda _: [quads_of(r.review, r.facts, iris) for r in found]),
            Contender(_MANY, lambda store: add_readings(store, found, iris), ours),
            Contender(_EXTEND_EACH, extend_each, bare),
            Contender(_EACH, add_each, ours),
        ],
        rounds=size.rounds,
        tell=lambda step: tell(f"{'on disk' if disk else 'in memory'}, {step}"),
        patience=size.patience,
    )
    where = "disk" if disk else "memory"
    base = min((timings[name] for name in (_BULK_LOAD, _BULK_EXTEND)), key=lambda timing: timing.cpu)
    facts = sum(len(reading.facts) for reading in found)
    note = (
        f"{len(found):,} synthetic reviews, {facts:,} facts, {len(everything):,} quads. The ratio is to the "
        "cheaper of the two bulk loaders. pyoxigraph is handed finished quads; our times include making them, "
        "recognising characters named in part, and sorting."
    )
    promise = Promise("adding takes as long as the bulk loader", 2.0, timings[_MANY].cpu / base.cpu)
    return Table(
        f"adding-{where}",
        f"Adding, to a store {'on disk' if disk else 'in memory'}",
        ("", "best", "median", "n", "processor", "quads/s", "facts/s", "ratio"),
        tuple(_row(name, timing, len(everything), facts, base) for name, timing in timings.items()),
        ("pyoxigraph",),
        (note,),
        (promise,) if disk else (),
    )


@contextmanager
def _bare_memory() -> Iterator[pyoxigraph.Store]:
    yield pyoxigraph.Store()


@contextmanager
def _bare_folder() -> Iterator[pyoxigraph.Store]:
    with tempfile.TemporaryDirectory() as folder:
        yield pyoxigraph.Store(str(Path(folder, "bare")))


@contextmanager
def _our_memory() -> Iterator[Store]:
    with closing(open_store(MEMORY)) as store:
        yield store


@contextmanager
def _our_folder() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, closing(open_store(str(Path(folder, "ours")))) as store:
        yield store


def _row(name: str, timing: Timing, quads: int, facts: int, base: Timing) -> tuple[str, ...]:
    return (
        name, seconds(timing.best), seconds(timing.median), str(timing.rounds), seconds(timing.cpu),
        count(quads / timing.best), count(facts / timing.best), ratio(timing.cpu / base.cpu),
    )  # fmt: skip
