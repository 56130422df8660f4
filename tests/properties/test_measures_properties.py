"""What the engine measures is what networkx measures, on any small graph."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tellygraph.visualize import engine as engines
from tellygraph.visualize.engine import Engine, Tie


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Tie]]:
    count = draw(st.integers(2, 12))
    pairs = draw(st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=25))
    ordered = sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    return count, [Tie(u, v, float(draw(st.integers(1, 5)))) for u, v in ordered]


def in_networkx(count: int, ties: list[Tie]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(ties)
    return graph


def listed(of: dict[int, float]) -> list[float]:
    return [of[node] for node in sorted(of)]


@given(graphs())
@settings(deadline=None)
def test_counts_and_parts(given_graph: tuple[int, list[Tie]]) -> None:
    count, ties = given_graph
    ours, theirs = Engine(count, ties, seed=1), in_networkx(count, ties)
    assert ours.degree() == listed(dict(theirs.degree()))
    assert ours.weighted_degree() == listed(dict(theirs.degree(weight="weight")))
    assert ours.core() == listed(nx.core_number(theirs))
    assert ours.clustering() == pytest.approx(listed(nx.clustering(theirs)))
    assert {(ties[i].low, ties[i].high) for i in ours.bridges()} == {(min(b), max(b)) for b in nx.bridges(theirs)}
    numbers = ours.components()
    parts = {frozenset(i for i in range(count) if numbers[i] == n) for n in numbers}
    assert parts == set(map(frozenset, nx.connected_components(theirs)))
    sizes = [numbers.count(n) for n in range(len(parts))]
    assert sizes == sorted(sizes, reverse=True)


@given(graphs())
@settings(deadline=None)
def test_paths(given_graph: tuple[int, list[Tie]]) -> None:
    count, ties = given_graph
    ours, theirs = Engine(count, ties, seed=1), in_networkx(count, ties)
    for measured, expected in [
        (ours.betweenness(), nx.betweenness_centrality(theirs)),
        (ours.closeness(), nx.closeness_centrality(theirs)),
    ]:
        assert measured.errors is None
        assert measured.values == pytest.approx(listed(expected))


@given(graphs())
@settings(deadline=None)
def test_pagerank(given_graph: tuple[int, list[Tie]]) -> None:
    """networkx's own needs SciPy; its matrix does not."""
    count, ties = given_graph
    steps = np.asarray(nx.google_matrix(in_networkx(count, ties), alpha=0.85, nodelist=range(count), weight="weight"))
    values, vectors = np.linalg.eig(steps.T)
    vector = np.real(vectors[:, np.argmax(np.real(values))])
    assert Engine(count, ties, seed=1).pagerank() == pytest.approx(list(vector / vector.sum()), abs=1e-9)


@given(graphs())
@settings(deadline=None)
def test_eigenvector(given_graph: tuple[int, list[Tie]]) -> None:
    """What power iteration from equal values tends to: their shadow on the space of the largest eigenvalue."""
    count, ties = given_graph
    assume(ties)
    matrix = nx.to_numpy_array(in_networkx(count, ties), nodelist=range(count))
    values, vectors = np.linalg.eigh(matrix)
    top = vectors[:, values > values[-1] - 1e-7]
    assume(not ((values < values[-1] - 1e-7) & (values > values[-1] - 1e-3)).any())
    shadow = top @ (top.T @ np.ones(count))
    ours = Engine(count, ties, seed=1).eigenvector()
    assert ours == pytest.approx(list(shadow / np.linalg.norm(shadow)), abs=1e-6)


@given(st.integers(5, 12), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_eigenvector_as_networkx_has_it(count: int, seed: int) -> None:
    theirs = nx.gnp_random_graph(count, 0.6, seed=seed)
    assume(nx.is_connected(theirs))
    ours = Engine(count, [Tie(u, v, 1.0) for u, v in theirs.edges], seed=1).eigenvector()
    assert ours == pytest.approx(listed(nx.eigenvector_centrality(theirs, max_iter=5000, tol=1e-9)), abs=1e-6)


@given(graphs())
@settings(deadline=None)
def test_communities_are_connected_and_no_worse_than_networkx_finds(given_graph: tuple[int, list[Tie]]) -> None:
    count, ties = given_graph
    theirs = in_networkx(count, ties)
    belongs, modularity = Engine(count, ties, seed=1).community()
    parts = [{i for i in range(count) if belongs[i] == n} for n in sorted(set(belongs))]
    assert all(nx.is_connected(theirs.subgraph(part)) for part in parts)
    if ties:
        assert modularity == pytest.approx(nx.community.modularity(theirs, parts))
        louvain = nx.community.modularity(theirs, nx.community.louvain_communities(theirs, seed=1))
        assert modularity >= louvain - 0.05
    assert Engine(count, ties, seed=1).community()[0] == belongs


@pytest.mark.parametrize("measure", ["betweenness", "closeness"])
def test_a_sample_is_as_far_off_as_it_says(measure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = nx.barabasi_albert_graph(900, 2, seed=3)
    theirs.add_edges_from([(900, 901), (901, 902)])  # a part so small that it is exact
    ties = [Tie(min(e), max(e), 1.0) for e in theirs.edges]
    truth = getattr(Engine(903, ties, seed=1, exact=True), measure)()
    monkeypatch.setattr(engines, "EXACT_STEPS", 10_000)
    monkeypatch.setattr(engines, "SAMPLE_STEPS", 1)
    estimate = getattr(Engine(903, ties, seed=1), measure)()
    assert truth.errors is None
    assert estimate.sources == engines.LEAST_SOURCES
    assert estimate.values[900:] == pytest.approx(truth.values[900:])
    assert estimate.errors[900:] == [0.0, 0.0, 0.0]
    off = [abs(a - b) for a, b in zip(estimate.values, truth.values, strict=True)]
    assert max(off) < 4 * max(estimate.errors)
    within = sum(o <= 2 * e for o, e in zip(off, estimate.errors, strict=True))
    assert within > 0.95 * len(off)
    assert max(off) > 0, "it is a sample"
    assert getattr(Engine(903, ties, seed=1), measure)() == estimate, "the same sample for the same seed"
    assert getattr(Engine(903, ties, seed=1, exact=True), measure)() == truth
