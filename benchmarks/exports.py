"""Exports: the same graph written by our exporters, by bare pyoxigraph and by rdflib's serializers."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import RdfFormat

from tellygraph.graph import MEMORY, PREFIXES, Store, add_readings, export_graph, open_store
from tellygraph.ontology import Iris, jsonld_context

from .measure import Contender, Tell, Timing, side_by_side, silent
from .synthetic import readings
from .tables import Table, count, ratio, seconds

if TYPE_CHECKING:
    import rdflib

_BARE = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; a contender that took `patience` seconds in all is not timed again."""

    reviews: int
    rounds: int
    patience: float = 5.0


FULL, QUICK = Size(reviews=100, rounds=3), Size(reviews=20, rounds=2)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the one table of exports."""
    tell("filling the stores")
    iris = Iris.default()
    store = open_store(MEMORY)
    add_readings(store, readings(size.reviews, iris=iris), iris)
    bare = pyoxigraph.Store()
    bare.bulk_extend(store.quads())
    union = pyoxigraph.Store()
    union.bulk_extend(pyoxigraph.Quad(*quad.triple) for quad in store.quads())
    dataset, graph = _rdflib(store)
    contenders = [
        *(Contender(f"{name}: ours", _ours(store, name)) for name in ("turtle", "trig", "jsonld")),
        Contender("turtle: pyoxigraph, unsorted", _bare(union, "turtle")),
        Contender("trig: pyoxigraph, unsorted", _bare(bare, "trig")),
        Contender("turtle: rdflib", lambda _: graph.serialize(format="turtle")),
        Contender("trig: rdflib", lambda _: dataset.serialize(format="trig")),
        Contender(
            "jsonld: rdflib", lambda _: graph.serialize(format="json-ld", context=jsonld_context(), auto_compact=True)
        ),
    ]
    timings = side_by_side(contenders, rounds=size.rounds, tell=tell, patience=size.patience)
    names = sorted(timings, key=lambda name: ("turtle", "trig", "jsonld").index(name.partition(":")[0]))
    rows = tuple(_row(name, timings, len(bare) if name.startswith("trig") else len(union)) for name in names)
    note = (
        f"{size.reviews:,} synthetic reviews: {len(bare):,} quads, {len(union):,} triples in the union of their "
        "graphs. The ratio is to rdflib's serializer, which writes from its own store in memory. Ours sort, so that "
        "the same graph gives the same bytes."
    )
    columns = ("", "best", "median", "n", "processor", "statements/s", "ratio")
    return [Table("exports", "Exports", columns, rows, ("pyoxigraph", "rdflib"), (note,))]


def _rdflib(store: Store) -> tuple[rdflib.Dataset, rdflib.Graph]:
    """The store's data in rdflib's own: as a dataset, and its union as one graph."""
    import rdflib

    text = io.BytesIO()
    pyoxigraph.serialize(store.quads(), text, RdfFormat.N_QUADS)
    dataset, graph = rdflib.Dataset(), rdflib.Graph()
    dataset.parse(data=text.getvalue(), format="nquads")
    for s, p, o, _ in dataset.quads():
        graph.add((s, p, o))
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
        graph.bind(prefix, iri)
    return dataset, graph


def _ours(store: Store, name: str) -> Callable[[Any], object]:
    return lambda _: export_graph(store, name, io.BytesIO())


def _bare(store: pyoxigraph.Store, name: str) -> Callable[[Any], object]:
    format_ = _BARE[name]
    graph = None if format_.supports_datasets else pyoxigraph.DefaultGraph()
    return lambda _: store.dump(io.BytesIO(), format_, from_graph=graph, prefixes=dict(PREFIXES))


def _row(name: str, timings: dict[str, Timing], statements: int) -> tuple[str, ...]:
    timing, base = timings[name], timings[f"{name.partition(':')[0]}: rdflib"]
    return (
        name, seconds(timing.best), seconds(timing.median), str(timing.rounds), seconds(timing.cpu),
        count(statements / timing.best), ratio(timing.cpu / base.cpu),
    )  # fmt: skip
