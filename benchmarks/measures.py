"""Measures of networks: what igraph counts behind `measures_of`, beside networkx's own algorithms."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import networkx as nx

from tellygraph.visualize.engine import Engine, Estimate, Tie

from .measure import Contender, Tell, Timing, side_by_side, silent
from .tables import Promise, Table, count, ratio, seconds

_DEGREE = 4


@dataclass(frozen=True, slots=True)
class Size:
    """Networks of so many nodes; networkx counts paths up to `paths` nodes, all else up to `plain`."""

    nodes: tuple[int, ...]
    paths: int
    plain: int
    rounds: int = 2
    patience: float = 5.0


WHOLE = Size((1_000, 20_000, 200_000), paths=1_000, plain=20_000)
FULL = Size((1_000, 20_000), paths=1_000, plain=20_000)
QUICK = Size((300, 1_000), paths=300, plain=1_000, rounds=1)

_THEIRS: Mapping[str, Callable[[nx.Graph[int]], object] | None] = {
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "community": lambda graph: nx.community.louvain_communities(graph, seed=7),
    "eigenvector": lambda graph: nx.eigenvector_centrality(graph, max_iter=2_000),
    "clustering": nx.clustering,
    "core": nx.core_number,
    "components": lambda graph: list(nx.connected_components(graph)),
    "bridges": lambda graph: list(nx.bridges(graph)),
    "pagerank": None,  # needs SciPy there
}
_PATHS = ("betweenness", "closeness")


def network(nodes: int, *, seed: int = 1) -> list[Tie]:
    """Return the ties of a network of degree 4 in groups of about twenty, as casts are: four in five within one."""
    dice, found, group = random.Random(seed), set[tuple[int, int]](), 20
    while len(found) < nodes * _DEGREE // 2:
        one = dice.randrange(nodes)
        near = one // group * group + dice.randrange(group)
        other = near if near < nodes and dice.random() < 0.8 else dice.randrange(nodes)
        if one != other:
            found.add((min(one, other), max(one, other)))
    return [Tie(low, high, 1.0) for low, high in sorted(found)]


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the one table of measures."""
    rows, betweenness = [], 0.0
    for nodes in size.nodes:
        tell(f"a network of {nodes:,}")
        ties = network(nodes)
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from((tie.low, tie.high) for tie in ties)
        engine = Engine(nodes, ties, seed=7)
        for name, theirs in _THEIRS.items():
            tell(f"{nodes:,} nodes: {name}")
            compared = theirs is not None and nodes <= (size.paths if name in _PATHS else size.plain)
            timings, sampled = _timed(size, engine, name, partial(theirs, graph) if theirs and compared else None)
            rows.append(_row(nodes, name, timings, sampled))
            if name == "betweenness" and compared:
                betweenness = timings["ours"].cpu / timings["networkx"].cpu
    note = (
        f"Random networks of {_DEGREE} ties a node, four in five of them within groups of twenty. networkx's own "
        f"algorithms, in Python; it counts paths up to {size.paths:,} nodes and all else up to {size.plain:,}; its "
        "PageRank needs SciPy. It finds communities by Louvain, we by Leiden. Estimated: from the paths of a sample of "
        "nodes, with the largest standard error of a value."
    )
    promise = Promise(f"betweenness at {min(size.nodes):,} nodes takes as long as in networkx", 0.1, betweenness)
    columns = ("", "nodes", "best", "processor", "networkx", "ratio", "estimated")
    return [
        Table("measures", "Measures of networks", columns, tuple(rows), ("igraph", "networkx"), (note,), (promise,))
    ]


def _timed(
    size: Size, engine: Engine, name: str, theirs: Callable[[], object] | None
) -> tuple[dict[str, Timing], Estimate | None]:
    """Time ours, and theirs where it is asked for; return what was estimated, too."""
    kept: list[object] = []

    def ours(_: object) -> None:
        kept[:] = [getattr(engine, name)()]

    contenders = [Contender("ours", ours)]
    if theirs is not None:
        contenders.append(Contender("networkx", lambda _: theirs()))
    timings = side_by_side(contenders, rounds=size.rounds, patience=size.patience)
    found = kept[0]
    return timings, found if isinstance(found, Estimate) and found.errors is not None else None


def _row(nodes: int, name: str, timings: Mapping[str, Timing], sampled: Estimate | None) -> tuple[str, ...]:
    ours, theirs = timings["ours"], timings.get("networkx")
    said = "–" if sampled is None else f"{sampled.sources:,} nodes, ±{max(sampled.errors or [0.0]):.2g}"
    return (
        name, count(nodes), seconds(ours.best), seconds(ours.cpu), "–" if theirs is None else seconds(theirs.cpu),
        "–" if theirs is None else ratio(ours.cpu / theirs.cpu), said,
    )  # fmt: skip
