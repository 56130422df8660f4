"""Questions: the catalogue asked of our store, beside the same SPARQL on bare pyoxigraph and on rdflib's own store."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph
from pyoxigraph import RdfFormat

from tellygraph.graph import MEMORY, Store, add_readings, open_store
from tellygraph.ontology import Iris
from tellygraph.queries import Question, ask, catalogue
from tellygraph.queries.catalogue import Value, bound
from tellygraph.reviews import Reading, RuleReader

from . import subjects_at_sizes
from .measure import Contender, Tell, Timing, side_by_side, silent
from .rdflib_apart import CannotError, RdflibApart, TooSlowError
from .synthetic import readings
from .tables import Promise, Table, count, ratio, seconds
from .texts import examples

_QUERY, _BY_IRI, _BY_NAME, _RDFLIB = "pyoxigraph", "by IRI", "by name", "rdflib"
_LONG_ENOUGH_S = 0.001


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: graphs of so many reviews, the examples among them; rdflib has `limit_s` a question.

    `sizes` are graphs of so many reviews, on disk, in which questions with a named subject are asked; else none.
    """

    reviews: int
    small: int
    rounds: int
    limit_s: float
    patience: float = 0.5
    sizes: tuple[int, ...] = ()


FULL = Size(reviews=1000, small=20, rounds=12, limit_s=3.0)
QUICK = Size(reviews=100, small=14, rounds=3, limit_s=0.5, patience=0.1)
WHOLE = replace(FULL, sizes=(700, 7_000, 70_000))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, its parameters as names and as terms, the SPARQL that it comes to, how many answers it has."""

    name: str
    names: Mapping[str, Value]
    terms: Mapping[str, Value]
    queries: tuple[str, ...]
    answers: int


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return a table for the large graph, beside pyoxigraph, one for the small graph, beside rdflib; one for sizes."""
    tell("reading the examples")
    found = list(RuleReader().read(examples()))
    sizes = [subjects_at_sizes.measure(size.sizes, rounds=4, patience=size.patience, tell=tell)] if size.sizes else []
    return [_beside_pyoxigraph(size, found, tell), _beside_rdflib(size, found, tell), *sizes]


def _filled(found: list[Reading], reviews: int) -> Store:
    store, iris = open_store(MEMORY), Iris.default()
    add_readings(store, found, iris)
    add_readings(store, readings(reviews - len(found), shows=max(2, reviews // 10), iris=iris), iris)
    return store


class Recorder:
    """A store that notes what it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.queries: list[str] = []

    def query(self, sparql: str) -> object:
        self.queries.append(sparql)
        return self._store.query(sparql)


def _ways_to_ask(question: Question) -> list[Mapping[str, Value]]:
    """The example's parameters, and none at all where they only narrow the answer."""
    example = dict(question.example.params)
    return [example] if question.required or not example else [example, {}]


def _asked(store: Store, question: Question, names: Mapping[str, Value]) -> _Asked:
    terms = bound(store, question, names)
    recorder = Recorder(store)
    answers = len(ask(recorder, question.name, terms))
    return _Asked(question.name, names, terms, tuple(recorder.queries), answers)


def _example(store: Store, question: Question) -> _Asked:
    return _asked(store, question, dict(question.example.params))


def _beside_pyoxigraph(size: Size, found: list[Reading], tell: Tell) -> Table:
    tell("filling the stores")
    store = _filled(found, size.reviews)
    bare = pyoxigraph.Store()
    bare.bulk_extend(store.quads())
    rows, asks = [], []
    for question, names in [(q, names) for q in catalogue().values() for names in _ways_to_ask(q)]:
        tell(question.name)
        asked = _asked(store, question, names)
        timings = side_by_side(
            [
                Contender(_QUERY, partial(all_answers, bare, asked.queries)),
                Contender(_BY_IRI, partial(_asking, store, asked.name, asked.terms)),
                Contender(_BY_NAME, partial(_asking, store, asked.name, asked.names)),
            ],
            rounds=size.rounds,
            patience=size.patience,
        )
        name = question.name if names or not question.example.params else f"{question.name}, all"
        rows.append(_row(name, asked.answers, timings))
        asks.append((name, timings[_QUERY].cpu, timings[_BY_IRI].cpu))
    own = median(ours - base for _, base, ours in asks)
    # Below a millisecond one sees what asking costs by itself, however little it is.
    worst = max(
        (entry for entry in asks if entry[1] >= _LONG_ENOUGH_S), key=lambda entry: entry[2] / entry[1], default=asks[0]
    )
    note = (
        f"{size.reviews:,} reviews, {len(store):,} quads, in memory; processor seconds, best of up to {size.rounds}. "
        "The same SPARQL on bare pyoxigraph, with `use_default_graph_as_union`; all terms are looked at and kept. By "
        "name: parameters as people give them, looked up first. Asking by IRI adds "
        f"{seconds(max(own, 0.0))} (median) to the query."
    )
    promise = f"asking takes as long as the query, where that takes 1 ms or more (`{worst[0]}` being the worst)"
    return Table(
        "questions",
        "Questions, beside bare pyoxigraph",
        ("", "answers", "pyoxigraph", "ask, by IRI", "ratio", "ask, by name", "ratio"),
        tuple(rows),
        ("pyoxigraph",),
        (note,),
        (Promise(promise, 1.3, worst[2] / worst[1]),),
    )


def _asking(store: Store, name: str, given: Mapping[str, Value], _: object) -> object:
    return list(ask(store, name, given))


def all_answers(store: pyoxigraph.Store, queries: Sequence[str], _: object) -> object:
    rows: list[tuple[object, ...]] = []
    for sparql in queries:
        answer = store.query(sparql, use_default_graph_as_union=True)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise TypeError("the questions of the catalogue are SELECT queries")
        rows += map(tuple, answer)
    return rows


def _row(name: str, answers: int, timings: Mapping[str, Timing]) -> tuple[str, ...]:
    base = timings[_QUERY].cpu
    cells = [name, count(answers), seconds(base)]
    for way in (_BY_IRI, _BY_NAME):
        cells += [seconds(timings[way].cpu), ratio(timings[way].cpu / base)]
    return tuple(cells)


def _beside_rdflib(size: Size, found: list[Reading], tell: Tell) -> Table:
    tell("filling the small stores")
    store = _filled(found, size.small)
    text = io.BytesIO()
    pyoxigraph.serialize(store.quads(), text, RdfFormat.N_QUADS)
    rows, notes = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "graph.nq")
        file.write_bytes(text.getvalue())
        with RdflibApart(file, limit_s=size.limit_s) as rdflib:
            for question in catalogue().values():
                tell(f"{question.name}, at most {size.limit_s:g} s a time")
                row, remark = _one_beside_rdflib(size, store, _example(store, question), rdflib)
                rows.append(row)
                notes += [remark] if remark else []
    note = (
        f"{size.small} reviews, {len(store):,} quads: small, as rdflib needs minutes on a large graph. What it has "
        f"not answered after {size.limit_s:g} s is given up. It runs in a process of its own, with the graph in memory "
        "as a Dataset whose default graph is the union. The last column is how many times longer it takes."
    )
    columns = ("", "answers", "ask, by IRI", "rdflib", "times longer")
    about = (note, "; ".join(notes) + ".") if notes else (note,)
    return Table("questions-rdflib", "Questions, beside rdflib", columns, tuple(rows), ("pyoxigraph", "rdflib"), about)


def _one_beside_rdflib(
    size: Size, store: Store, asked: _Asked, rdflib: RdflibApart
) -> tuple[tuple[str, ...], str | None]:
    """A row, and what there is to say about it."""
    ours = Contender(_BY_IRI, partial(_asking, store, asked.name, asked.terms))
    theirs = Contender(_RDFLIB, lambda _: [rdflib.answers(query) for query in asked.queries])
    remark = None
    try:
        start = time.perf_counter()
        told = sum(rdflib.answers(query) for query in asked.queries)
        took = time.perf_counter() - start
        if took > size.patience:
            timings = side_by_side([ours], rounds=size.rounds) | {_RDFLIB: Timing((took,), took)}
        else:
            timings = side_by_side([ours, theirs], rounds=min(3, size.rounds))
    except (TooSlowError, CannotError) as error:
        mine = side_by_side([ours], rounds=size.rounds)[_BY_IRI].best
        if isinstance(error, CannotError):
            return (
                asked.name,
                count(asked.answers),
                seconds(mine),
                "fails",
                "–",
            ), f"on {asked.name} rdflib fails: {error}"
        slow = (f"over {seconds(size.limit_s)}", f"over {ratio(size.limit_s / mine)}")
        return (asked.name, count(asked.answers), seconds(mine), *slow), None
    if len(asked.queries) == 1 and told != asked.answers:
        remark = f"on {asked.name} rdflib gives {told} answers"
    mine, other = timings[_BY_IRI].best, timings[_RDFLIB].best
    return (asked.name, count(asked.answers), seconds(mine), seconds(other), ratio(other / mine)), remark
