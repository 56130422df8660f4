"""Measures of a simple graph: the only door to python-igraph, whose graphs `layout` works on.

A graph is plain data here: a number of nodes and `Tie`s between them, each pair at most once, none to itself. Every
measure is defined as networkx defines it, so that either can check the other. Seeded: same input, same numbers.
"""

from __future__ import annotations

import importlib
import itertools
import math
import operator
import random
import statistics
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple

_Graph = Any  # igraph.Graph, which has no types

EXACT_STEPS = 150_000_000
"""Steps (nodes times nodes and ties) up to which shortest paths are counted from every node: about 4 s."""
SAMPLE_STEPS = 60_000_000
"""Steps a sample of starting nodes may take, if that lets it have `LEAST_SOURCES`."""
LEAST_SOURCES = 128
_BATCHES = 16  # parts of a sample; how much they differ says how far off the whole is
_TILL_STABLE = 20_000  # nodes up to which communities are refined until nothing moves
_ROUNDS = 10  # of refining beyond
_SAME = 1e-9  # two eigenvalues nearer than this, relatively, are one


class Tie(NamedTuple):
    """Two nodes, the lower index first, and how strongly they are tied (above 0)."""

    low: int
    high: int
    weight: float


class Estimate(NamedTuple):
    """A value per node. `errors` are standard errors, `sources` how many nodes were started from; None where exact."""

    values: list[float]
    errors: list[float] | None = None
    sources: int | None = None


@contextmanager
def seeded(seed: int) -> Iterator[ModuleType]:
    """Give igraph our random numbers, then its default (Python's own module) back."""
    igraph = importlib.import_module("igraph")
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - a picture, not a secret
    try:
        yield igraph
    finally:
        igraph.set_random_number_generator(random)


def communities(count: int, ties: Sequence[tuple[int, int, float]], *, seed: int) -> list[int]:
    """Return a community per node, 0 the largest; a tie goes to the one with the first node.

    The Leiden algorithm on modularity: https://doi.org/10.1038/s41598-019-41695-z. Above 20,000 nodes it is stopped
    after ten rounds, when little moves any more.
    """
    with seeded(seed) as igraph:
        graph = igraph.Graph(n=count, edges=[(u, v) for u, v, _ in ties])
        weights = [w for _, _, w in ties] or None
        rounds = -1 if count <= _TILL_STABLE else _ROUNDS
        found = graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=rounds)
    return _numbered(count, found)


class Engine:
    """Measures of one graph, each worked out when asked for; what several need is worked out once."""

    def __init__(self, count: int, ties: Sequence[Tie], *, seed: int, exact: bool = False) -> None:
        """With `exact`, shortest paths are counted from every node however long that takes."""
        igraph = importlib.import_module("igraph")
        self._count = count
        self._ties = ties
        self._seed = seed
        self._budget = math.inf if exact else EXACT_STEPS
        self._weights = [tie.weight for tie in ties]
        self._graph: _Graph = igraph.Graph(n=count, edges=[(tie.low, tie.high) for tie in ties])
        self._parts: list[list[int]] = sorted(
            (sorted(c) for c in self._graph.connected_components()), key=lambda c: (-len(c), c)
        )

    def components(self) -> list[int]:
        """Return a connected component per node, 0 the largest."""
        return _numbered(self._count, self._parts)

    def bridges(self) -> list[int]:
        """Return, in order, the indexes of the ties without which a component would fall apart."""
        return sorted(self._graph.bridges())

    def degree(self) -> list[int]:
        """Return how many neighbours each node has."""
        return list(self._graph.degree())

    def weighted_degree(self) -> list[float]:
        """Return the sum of the weights of each node's ties."""
        return list(map(float, self._graph.strength(weights=self._weights))) if self._ties else [0.0] * self._count

    def core(self) -> list[int]:
        """Return each node's core number: the largest k of a subgraph in which all have k neighbours or more."""
        return list(self._graph.coreness())

    def clustering(self) -> list[float]:
        """Return the share of each node's pairs of neighbours that are tied; 0 with fewer than two neighbours."""
        return list(self._graph.transitivity_local_undirected(mode="zero"))

    def pagerank(self) -> list[float]:
        """Return PageRank by weight, damping 0.85, summing to 1."""
        if not self._ties:
            return [1 / self._count for _ in range(self._count)]
        return list(self._graph.pagerank(directed=False, damping=0.85, weights=self._weights))

    def community(self) -> tuple[list[int], float]:
        """Return `communities`, and the modularity of that division."""
        belongs = communities(self._count, self._ties, seed=self._seed)
        if not self._ties:
            return belongs, 0.0
        return belongs, float(self._graph.modularity(belongs, weights=self._weights))

    def eigenvector(self) -> list[float]:
        """Return eigenvector centrality by weight, of length 1: what power iteration from equal values tends to.

        Components whose eigenvalue is smaller than the largest have 0.
        """
        values, best = [0.0] * self._count, 0.0
        found: list[tuple[float, list[int], list[float]]] = []
        strength = self.weighted_degree()
        # No eigenvalue is larger than the largest weighted degree: most small components need not be looked at.
        for bound, part in sorted(((max(strength[i] for i in p), p) for p in self._parts), key=lambda b: (-b[0], b[1])):
            if len(part) == 1 or bound < best * (1 - _SAME):
                break
            own = self._graph.induced_subgraph(part)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # that values are near 0, which they may be
                vector, eigenvalue = own.eigenvector_centrality(weights=self._within(part), return_eigenvalue=True)
            found.append((eigenvalue, part, vector))
            best = max(best, eigenvalue)
        for eigenvalue, part, vector in found:
            if eigenvalue >= best * (1 - _SAME):
                share = math.fsum(vector) / math.fsum(x * x for x in vector)
                for node, value in zip(part, vector, strict=True):
                    values[node] = max(0.0, value * share)
        length = math.sqrt(math.fsum(x * x for x in values)) or 1.0
        return [x / length for x in values]

    def _within(self, part: Sequence[int]) -> list[float]:
        """The weights of the ties of a component, in the order its own subgraph has them."""
        inside = set(part)
        return [tie.weight for tie in self._ties if tie.low in inside]

    def betweenness(self) -> Estimate:
        """Return the share of the shortest paths between all other pairs that lead through each node (0 to 1).

        Paths from a node with one tie are those of its neighbour, one step longer: in a sample the neighbour stands for
        it, and what leads through that neighbour is known. Without this, rare sources would carry most of the error.
        """
        pairs = (self._count - 1) * (self._count - 2) / 2 or 1.0
        degrees = self.degree()
        anchors = {i: self._graph.neighbors(i)[0] for i, degree in enumerate(degrees) if degree == 1}
        leaves = Counter(anchors.values())

        def through(sources: Sequence[int], part: Sequence[int]) -> list[float]:
            # A source that comes twice counts twice.
            starts = [anchors.get(source, source) for source in sources]
            found = self._graph.betweenness(vertices=part, directed=False, sources=starts)
            return [value / pairs for value in found]

        def whole(total: float, part: Sequence[int], node: int) -> float:
            return total + leaves[node] * (len(part) - 2) / 2 / pairs if degrees[node] > 1 else 0.0

        return self._by_part(through, whole)

    def closeness(self) -> Estimate:
        """Return how near each node is to those it can reach, times the share of all nodes it can reach (0 to 1).

        Wasserman and Faust's form for graphs in parts; 0 for a node without ties.
        """

        def away(sources: Sequence[int], part: Sequence[int]) -> list[float]:
            if sources is part:  # all of them: igraph's own closeness is the inverse of their mean
                found = self._graph.closeness(vertices=part, normalized=True)
                return [(len(part) - 1) / value for value in found]
            totals = [0.0] * len(part)
            for source in sources:
                totals = list(map(operator.add, totals, self._graph.distances(source=[source], target=part)[0]))
            return totals

        def near(total: float, part: Sequence[int], _node: int) -> float:
            reached = len(part) - 1
            return reached / (self._count - 1) * (reached / total) if total > 0 else 0.0

        return self._by_part(away, near)

    def _by_part(
        self,
        measured: Callable[[Sequence[int], Sequence[int]], list[float]],
        finished: Callable[[float, Sequence[int], int], float],
    ) -> Estimate:
        """Add up what is `measured` from each source, for every component; from a sample where all are too many.

        The smallest components are done exactly while they stay within the budget. `finished` turns the sum from
        all of a component into a node's value.
        """
        values, errors, used = [0.0] * self._count, [0.0] * self._count, 0
        spent, degrees, dice = 0.0, self.degree(), random.Random(self._seed)  # noqa: S311
        for part in reversed(self._parts):
            if len(part) == 1:
                continue
            step = len(part) + sum(degrees[i] for i in part) // 2
            spent += step * len(part)
            size = _sample_size(len(part), step)
            if spent <= self._budget or size >= len(part):
                for node, total in zip(part, measured(part, part), strict=True):
                    values[node] = finished(total, part, node)
                continue
            sources = dice.sample(part, size)
            used += size
            each = size // _BATCHES
            sums = [measured(sources[at : at + each], part) for at in range(0, size, each)]
            left = math.sqrt(1 - size / len(part))  # a sample of nearly all is nearly exact
            for node, batches in zip(part, zip(*sums, strict=True), strict=True):
                whole = math.fsum(batches) * len(part) / size
                spread = statistics.stdev(batches) * len(part) / each / math.sqrt(_BATCHES) * left
                values[node] = finished(whole, part, node)
                errors[node] = abs(finished(whole + spread, part, node) - values[node])
            # A sample without a rare but weighty source seems sure of itself: none is surer than all together.
            together = math.sqrt(math.fsum(errors[i] ** 2 for i in part) / len(part))
            for node in part:
                errors[node] = max(errors[node], together)
        return Estimate(values, errors, used) if used else Estimate(values)


def _sample_size(nodes: int, step: int) -> int:
    """How many nodes of a component to start from: a multiple of the batches."""
    size = max(LEAST_SOURCES, SAMPLE_STEPS // step)
    return min(size, nodes) // _BATCHES * _BATCHES if size < nodes else nodes


def _numbered(count: int, parts: Sequence[Sequence[int]]) -> list[int]:
    """Number parts from the largest down, a tie going to the one with the first node; return each node's number."""
    members = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))
    number = dict(itertools.chain.from_iterable(((node, at) for node in part) for at, part in enumerate(members)))
    return [number[node] for node in range(count)]
