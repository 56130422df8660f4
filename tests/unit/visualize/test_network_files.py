"""GraphML and GEXF hold the whole network and open again in networkx."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import networkx as nx
import pytest

from picture_rows import row, sample_rows
from samples import IRIS
from tellygraph.visualize import gexf, graphml, network_of, of_shows, scene_of

HOSTILE = "<b>&amp;\x00\x0b\ud800\"'\u2028 \U0001f642 ]]>\tend"


def _read_graphml(text: str) -> nx.MultiDiGraph:
    read: nx.MultiDiGraph = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    return read


def _read_gexf(text: str) -> nx.MultiDiGraph:
    read: nx.MultiDiGraph = nx.read_gexf(io.BytesIO(text.encode()))
    return read


BOTH = pytest.mark.parametrize(
    ("write", "read"), [(graphml, _read_graphml), (gexf, _read_gexf)], ids=["graphml", "gexf"]
)
Write = Callable[[nx.MultiDiGraph], str]
Read = Callable[[str], nx.MultiDiGraph]


@BOTH
def test_labels_kinds_and_quotes_come_back(write: Write, read: Read) -> None:
    network = network_of(sample_rows())
    back = read(write(network))
    assert {n: d["label"] for n, d in back.nodes(data=True)} == {n: d["label"] for n, d in network.nodes(data=True)}
    assert {n: d["type"] for n, d in back.nodes(data=True)} == {n: d["type"] for n, d in network.nodes(data=True)}

    def claim(
        source: str, target: str, data: dict[str, object], evidence: list[tuple[object, ...]]
    ) -> tuple[object, ...]:
        said = (data["label"], data.get("kind"), data.get("season"), data.get("status"), data["directed"])
        return source, target, said, tuple(evidence)

    read_back = {claim(u, v, d, [tuple(q) for q in json.loads(d["evidence"])]) for u, v, d in back.edges(data=True)}
    assert read_back == {claim(u, v, d, list(d["evidence"])) for u, v, d in network.edges(data=True)}
    assert len(read_back) == network.number_of_edges() > 20
    (edge,) = back.get_edge_data(
        IRIS.person("Mara Quill"), IRIS.character("Nell Harrow", IRIS.series("Saltmarsh"))
    ).values()
    assert edge["quote"] == "Nell Harrow (Mara Quill)"
    assert edge["review"] == "Saltmarsh: the new drama reviewed"
    assert edge["quotes"] == 2
    assert edge["series"] == "Saltmarsh"


@BOTH
def test_the_same_network_gives_the_same_bytes(write: Write, read: Read) -> None:
    rows = sample_rows()
    assert write(network_of(rows)) == write(network_of(reversed(rows)))
    assert write(of_shows(network_of(rows), ["Saltmarsh"])) == write(
        of_shows(network_of(reversed(rows)), ["Saltmarsh"])
    )


@BOTH
def test_text_that_xml_cannot_hold_is_cleaned_and_the_evidence_is_exact(write: Write, read: Read) -> None:
    network = network_of([row("Nell", "friend", "Bea", sourceName=HOSTILE, quote=HOSTILE)])
    back = read(write(network))
    clean = "<b>&amp;\"'\u2028 \U0001f642 ]]>\tend"
    assert clean in {d["label"] for _, d in back.nodes(data=True)}
    ((_, _, edge),) = back.edges(data=True)
    assert edge["quote"] == clean
    assert json.loads(edge["evidence"])[0][0] == HOSTILE


@BOTH
def test_an_empty_network_is_an_empty_file(write: Write, read: Read) -> None:
    assert len(read(write(network_of([])))) == 0


def test_gexf_has_no_date_and_can_have_places_and_colours() -> None:
    network = network_of(sample_rows())
    scene = scene_of(network)
    text = gexf(network, scene=scene)
    assert "lastmodifieddate" not in text
    back = _read_gexf(text)
    node = scene.nodes[0]
    viz = back.nodes[node.iri]["viz"]
    assert viz["position"] == {"x": node.x, "y": -node.y, "z": 0.0}
    assert viz["size"] == node.size
    assert set(viz["color"]) == {"r", "g", "b", "a"}
