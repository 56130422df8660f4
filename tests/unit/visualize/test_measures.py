"""A network's measures: of its simple graph, in tables, in files, in the picture."""

from __future__ import annotations

import io
import random

import networkx as nx
import pytest

from picture_rows import crowd, row, sample_rows
from samples import IRIS
from tellygraph.errors import InputError
from tellygraph.queries import printed
from tellygraph.visualize import (
    MEASURES,
    gexf,
    graphml,
    measures_of,
    network_of,
    of_season,
    scene_of,
    simple_graph,
)
from tellygraph.visualize import engine as engines
from tellygraph.visualize.page import page_of


def line() -> list[dict[str, object]]:
    """Ann and Bea, joined by two facts; Bea and Cid; Dot by herself, as her own rival."""
    return [
        row("Ann", "sibling", "Bea"),
        row("Bea", "boss", "Ann", season=2),
        row("Bea", "friend", "Cid", season=2),
        row("Dot", "rival", "Dot"),
    ]


def iri(name: str) -> str:
    return IRIS.character(name, IRIS.series("Saltmarsh"))


def test_measured_is_the_simple_graph_of_facts() -> None:
    measures = measures_of(network_of(line()))
    assert tuple(measures.values) == tuple(MEASURES)
    bea = measures.of(iri("Bea"))
    assert (bea["degree"], bea["weightedDegree"], bea["betweenness"], bea["component"]) == (2, 3, 0.333333, 0)
    assert measures.of(iri("Dot"))["degree"] == 0
    assert [(b.source_name, b.target_name, b.facts) for b in measures.bridges] == [("Ann", "Bea", 2), ("Bea", "Cid", 1)]
    whole = measures.whole
    assert (whole["things"], whole["ties"], whole["facts"], whole["components"]) == (4, 2, 4, 2)
    assert whole["density"] == pytest.approx(1 / 3, abs=1e-6)
    assert measures.notes == ()
    simple = simple_graph(network_of(line()))
    assert simple.edges[iri("Ann"), iri("Bea")]["weight"] == 2
    assert nx.density(simple) == pytest.approx(whole["density"], abs=1e-6)


def test_the_same_network_in_any_order_has_the_same_measures() -> None:
    rows = crowd(120, 300)
    shuffled = list(rows)
    random.Random(5).shuffle(shuffled)
    assert measures_of(network_of(rows)) == measures_of(network_of(shuffled))


def test_an_empty_network_has_measures() -> None:
    measures = measures_of(network_of([]))
    assert measures.whole["things"] == 0
    assert len(measures.table()) == 0


def test_only_what_is_asked_for_in_that_order() -> None:
    measures = measures_of(network_of(line()), ["pagerank", "degree"])
    assert measures.table().variables == ("thingName", "type", "pagerank", "degree", "thing")
    assert "communities" not in measures.whole
    assert [r["thingName"] for r in measures.table().python()] == ["Bea", "Ann", "Cid", "Dot"]
    with pytest.raises(InputError, match="no measure 'fame': the measures are degree, weightedDegree"):
        measures_of(network_of(line()), ["fame"])


def test_groups_are_listed_from_the_first() -> None:
    table = measures_of(network_of(line()), ["component"]).table().python()
    assert [(r["thingName"], r["component"]) for r in table] == [("Ann", 0), ("Bea", 0), ("Cid", 0), ("Dot", 1)]


def test_what_is_estimated_says_so_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "EXACT_STEPS", 1000)
    monkeypatch.setattr(engines, "SAMPLE_STEPS", 1)
    monkeypatch.setattr(engines, "LEAST_SOURCES", 64)
    network = network_of(crowd(200, 600))
    measures = measures_of(network, ["betweenness", "degree"])
    assert measures.table().variables[2:5] == ("betweenness", "betweennessError", "degree")
    assert max(measures.errors["betweenness"]) > 0
    assert measures.notes[0].startswith("Betweenness is estimated from the paths of 64 of ")
    assert measures.notes[0] in printed(measures.table(), "table")
    assert "betweennessError" in graphml(network, measures=measures)
    exact = measures_of(network, ["betweenness", "degree"], exact=True)
    assert (exact.errors, exact.notes) == ({}, ())


def test_network_files_carry_measures() -> None:
    network = network_of(sample_rows())
    measures = measures_of(network)
    for text, opened in [
        (graphml(network, measures=measures), nx.read_graphml),
        (gexf(network, measures=measures), nx.read_gexf),
    ]:
        again = opened(io.BytesIO(text.encode()))
        for node in measures.nodes:
            found = {name: again.nodes[node][name] for name in MEASURES}
            assert found == measures.of(node)
    assert "pagerank" not in graphml(network)


def test_a_season_is_a_view() -> None:
    season = of_season(network_of(line()), 2)
    assert season.number_of_edges() == 2
    assert {d["season"] for _, _, d in season.edges(data=True)} == {2}
    assert len(of_season(network_of(line()), 9)) == 0


def test_the_picture_shows_a_measure_as_size_and_groups_as_colour() -> None:
    network = network_of(line())
    scene = scene_of(network, size_by="betweenness", colour_by="component")
    sizes = {node.label: node.size for node in scene.nodes}
    assert sizes["Bea"] > sizes["Ann"] == sizes["Dot"]
    colours = {node.label: node.colour for node in scene.nodes}
    assert colours["Ann"] == colours["Bea"] == colours["Cid"] != colours["Dot"]
    page = page_of(scene, title="x")
    assert "larger has more betweenness" in page
    assert "Colours <small>component</small>" in page
    plain = page_of(scene_of(network), title="x")
    assert "larger has more facts" in plain
    assert "who belongs together" in plain


def test_a_picture_goes_by_measures_only() -> None:
    network = network_of(line())
    with pytest.raises(InputError, match="cannot go by 'fame'"):
        scene_of(network, size_by="fame")
    with pytest.raises(InputError, match="use one of community, component, core"):
        scene_of(network, colour_by="betweenness")
