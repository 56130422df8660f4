"""Measures of a network: who is central, what hangs together, how dense it is.

Measured is the simple graph behind a network: two things are tied where any fact joins them, in either direction, and
the tie weighs as many facts as join them. A fact of a thing with itself is no tie. Degree, weighted degree, PageRank,
eigenvector and communities go by weight as their names say; paths (betweenness, closeness) count every tie as one
step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ..errors import InputError
from ..queries import Rows, Term
from .engine import Engine, Estimate, Tie
from .network import edges_of, networkx

if TYPE_CHECKING:
    import networkx as nx

    from .network import Network

MEASURES: Mapping[str, str] = {
    "degree": "how many others it is tied to",
    "weightedDegree": "how many facts tie it to others",
    "betweenness": "the share of the shortest paths between others that lead through it",
    "closeness": "how few steps it is from the others",
    "eigenvector": "how central those are that it is tied to",
    "pagerank": "how often one comes by on a random walk",
    "clustering": "the share of its neighbours' pairs that are tied, too",
    "core": "the largest k of a group around it in which all have k ties or more",
    "community": "which group it belongs to, 0 the largest (Leiden)",
    "component": "which connected part it is in, 0 the largest",
}
"""Every measure of a node, in the order of the columns, and what it says."""

NUMBERED: tuple[str, ...] = ("community", "component", "core")
"""The measures that put nodes into groups."""

Number = int | float


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie without which what it joins falls apart: the names and IRIs of its ends, and how many facts it is."""

    source: str
    source_name: str
    target: str
    target_name: str
    facts: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured of a network.

    `nodes` are IRIs, in order, and `labels` and `types` theirs. `values` has a value per node for every measure asked
    for, numbers rounded to six digits. What was estimated from a sample has the standard error of each value in
    `errors`. `whole` is measured of the network itself. `notes` are sentences that say what was estimated, and how.
    """

    nodes: tuple[str, ...]
    labels: tuple[str, ...]
    types: tuple[str, ...]
    values: Mapping[str, tuple[Number, ...]]
    errors: Mapping[str, tuple[float, ...]]
    whole: Mapping[str, Number]
    bridges: tuple[Bridge, ...]
    notes: tuple[str, ...]

    def of(self, node: str) -> dict[str, Number]:
        """Return the values of a node, given by IRI. Raises KeyError if it is not in the network."""
        if node not in self.nodes:
            raise KeyError(node)
        at = self.nodes.index(node)
        return {name: values[at] for name, values in self.values.items()}

    def columns(self) -> dict[str, Sequence[Number]]:
        """Return a column per measure, in the order of `nodes`; an estimated one is followed by its standard error."""
        columns: dict[str, Sequence[Number]] = {}
        for name, values in self.values.items():
            columns[name] = values
            if name in self.errors:
                columns[f"{name}Error"] = self.errors[name]
        return columns

    def table(self) -> Rows:
        """Return a row per node, with most of the first measure first: `thing`, `thingName`, `type`, the measures.

        A measure that was estimated is followed by its standard error, as in `betweennessError`.
        """
        columns = self.columns()
        first = next(iter(columns.values()), [0] * len(self.nodes))
        up = next(iter(columns), "") in ("community", "component")
        order = sorted(
            range(len(self.nodes)), key=lambda i: (first[i] if up else -first[i], self.labels[i], self.nodes[i])
        )
        rows: list[list[Term]] = [
            [
                Literal(self.labels[i]),
                Literal(self.types[i]),
                *(Literal(c[i]) for c in columns.values()),
                _iri(self.nodes[i]),
            ]
            for i in order
        ]
        names = ("thingName", "type", *columns, "thing")
        return Rows(names, rows, note=" ".join(self.notes) or None, labels={"thing": "thingName"})

    def whole_table(self) -> Rows:
        """Return a row per measure of the network itself: `measure` and `value`."""
        rows = [[Literal(name), Literal(value)] for name, value in self.whole.items()]
        return Rows(("measure", "value"), rows, note=" ".join(self.notes) or None)

    def bridge_table(self) -> Rows:
        """Return a row per bridge: the names of its ends, its facts, their IRIs."""
        rows: list[list[Term]] = [
            [Literal(b.source_name), Literal(b.target_name), Literal(b.facts), _iri(b.source), _iri(b.target)]
            for b in self.bridges
        ]
        labels = {"source": "sourceName", "target": "targetName"}
        return Rows(("sourceName", "targetName", "facts", "source", "target"), rows, labels=labels)

    def _repr_html_(self) -> str:
        return self.whole_table()._repr_html_() + self.table()._repr_html_()


def simple_graph(network: Network) -> nx.Graph[str]:
    """Return the simple graph that is measured, for measures of your own: edges have `weight`, nodes what they had."""
    simple: nx.Graph[str] = networkx().Graph()
    simple.add_nodes_from((iri, dict(network.nodes[iri])) for iri in sorted(network.nodes))
    simple.add_weighted_edges_from((u, v, weight) for (u, v), weight in sorted(_weights(network).items()))
    return simple


def measures_of(
    network: Network, measures: Collection[str] | None = None, *, seed: int = 7, exact: bool = False
) -> Measures:
    """Measure `network`: all of `MEASURES`, or those named, in that order. Same network and seed, same numbers.

    Betweenness and closeness take time as nodes times ties. Beyond about 7,000 nodes of 4 ties each they are estimated
    from a seeded sample of starting nodes, and say how far off they may be; with `exact` they never are.

    Raises InputError for a name that is no measure.
    """
    asked = list(dict.fromkeys(MEASURES if measures is None else measures))
    for name in asked:
        if name not in MEASURES:
            raise InputError(f"there is no measure {name!r}: the measures are {', '.join(MEASURES)}")
    iris = sorted(network.nodes)
    index = {iri: at for at, iri in enumerate(iris)}
    ties = [Tie(index[u], index[v], float(weight)) for (u, v), weight in sorted(_weights(network).items())]
    engine = Engine(len(iris), ties, seed=seed, exact=exact)
    found = _Found()
    for name in asked:
        found.measure(engine, name, len(iris))
    labels = tuple(str(network.nodes[iri]["label"]) for iri in iris)
    bridges = tuple(
        Bridge(iris[low], labels[low], iris[high], labels[high], int(weight))
        for low, high, weight in map(ties.__getitem__, engine.bridges())
    )
    types = tuple(network.nodes[iri]["type"] for iri in iris)
    whole = _whole(network, ties, engine.components(), len(bridges)) | found.whole
    return Measures(tuple(iris), labels, types, found.values, found.errors, whole, bridges, tuple(found.notes))


class _Found:
    """What has been measured so far."""

    def __init__(self) -> None:
        self.values: dict[str, tuple[Number, ...]] = {}
        self.errors: dict[str, tuple[float, ...]] = {}
        self.whole: dict[str, Number] = {}
        self.notes: list[str] = []

    def measure(self, engine: Engine, name: str, count: int) -> None:
        if name == "community":
            belongs, modularity = engine.community()
            self.values[name] = tuple(belongs)
            self.whole |= {"communities": len(set(belongs)), "modularity": _rounded(modularity)}
            return
        measured = _BY_NAME[name](engine)
        values = measured.values if isinstance(measured, Estimate) else measured
        self.values[name] = tuple(v if isinstance(v, int) else _rounded(v) for v in values)
        if name == "clustering":
            self.whole["averageClustering"] = _rounded(sum(values) / count) if count else 0.0
        if isinstance(measured, Estimate) and measured.errors is not None:
            self.errors[name] = tuple(map(_rounded, measured.errors))
            self.notes.append(
                f"{name.capitalize()} is estimated from the paths of {measured.sources:,} of {count:,} things, with a "
                f"standard error of at most {max(self.errors[name]):.2g}; `exact` counts them all."
            )


_BY_NAME: Mapping[str, Callable[[Engine], Sequence[Number] | Estimate]] = {
    "degree": Engine.degree,
    "weightedDegree": lambda engine: [int(weight) for weight in engine.weighted_degree()],
    "betweenness": Engine.betweenness,
    "closeness": Engine.closeness,
    "eigenvector": Engine.eigenvector,
    "pagerank": Engine.pagerank,
    "clustering": Engine.clustering,
    "core": Engine.core,
    "component": Engine.components,
}


def _weights(network: Network) -> Counter[tuple[str, str]]:
    """How many facts join two things, the first in order first."""
    return Counter((min(u, v), max(u, v)) for u, v, _ in edges_of(network) if u != v)


def _whole(network: Network, ties: Sequence[Tie], components: Sequence[int], bridges: int) -> dict[str, Number]:
    count = len(network)
    pairs = count * (count - 1) / 2
    return {
        "things": count,
        "ties": len(ties),
        "facts": network.number_of_edges(),
        "density": _rounded(len(ties) / pairs) if pairs else 0.0,
        "averageDegree": _rounded(2 * len(ties) / count) if count else 0.0,
        "components": len(set(components)),
        "largestComponent": components.count(0),
        "bridges": bridges,
    }


def _rounded(value: float) -> float:
    """To six digits, so that the last bits of floating point change nothing."""
    return float(f"{value:.6g}") + 0.0


def _iri(text: str) -> Term:
    return NamedNode(text) if ":" in text else Literal(text)
