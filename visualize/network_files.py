"""A network as GraphML or GEXF text, for Gephi, Cytoscape, yEd and igraph. Same network, same bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from .measures import Measures
from .network import edges_of, networkx
from .scene import NODE_COLOURS, Scene

if TYPE_CHECKING:
    from .network import Network

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(network: Network, *, measures: Measures | None = None) -> str:
    """Return `network` as GraphML, which `networkx.read_graphml` opens again.

    Nodes are IRIs with `label`, `type` and `series`; edges have `label`, `relation`, `kind`, `group`, `season`,
    `status`, `confidence`, `directed`, `series`, `quote` (the first), `review` (its title), `quotes` (their number)
    and `evidence`: a JSON list of [quote, review IRI, review title, confidence], exact to the last character. What is
    unknown is left out. With `measures` of the network, nodes have those, too. Elsewhere characters that XML cannot
    hold are removed, and line ends are line feeds.
    """
    return "\n".join(networkx().generate_graphml(_flat(network, measures))) + "\n"


def gexf(network: Network, *, scene: Scene | None = None, measures: Measures | None = None) -> str:
    """Return `network` as GEXF 1.2, which `networkx.read_gexf` opens again; attributes are those of `graphml`.

    With a `scene` of the network the file also has places, sizes and colours, so that Gephi opens it as it was drawn.
    """
    flat = _flat(network, measures)
    for node in scene.nodes if scene else ():
        red, green, blue = bytes.fromhex(NODE_COLOURS[node.colour][0][1:])
        flat.nodes[_text(node.iri)]["viz"] = {
            "size": node.size,
            "position": {"x": node.x, "y": -node.y, "z": 0.0},  # Gephi's y runs upwards
            "color": {"r": red, "g": green, "b": blue},
        }
    writer = networkx().readwrite.gexf.GEXFWriter()
    writer.add_graph(flat)
    for meta in writer.xml.findall("meta"):
        del meta.attrib["lastmodifieddate"]  # today's date: the same network must give the same bytes
    return f"<?xml version='1.0' encoding='utf-8'?>\n{writer}\n"


def _flat(network: Network, measures: Measures | None) -> Network:
    """A sorted copy whose attributes are scalars that XML can hold."""
    names: dict[str, str] = network.graph["series"]
    flat: Network = networkx().MultiDiGraph()
    for iri in sorted(network.nodes):
        node = network.nodes[iri]
        shows = "; ".join(names.get(s, s) for s in node["series"])
        flat.add_node(_text(iri), label=_text(node["label"]), type=node["type"], series=_text(shows))
    for name, values in measures.columns().items() if measures else ():
        for iri, value in zip(measures.nodes if measures else (), values, strict=True):
            flat.nodes[_text(iri)][name] = value
    for number, (source, target, data) in enumerate(edges_of(network)):
        first = data["evidence"][0] if data["evidence"] else None
        attributes = {
            "label": data["label"],
            "relation": data["relation"],
            "kind": data["kind"],
            "group": data["group"],
            "season": data["season"],
            "status": data["status"],
            "confidence": float(data["confidence"]),
            "directed": data["directed"],
            "series": names.get(data["series"], data["series"]),
            "quote": first.quote if first else None,
            "review": first.title if first else None,
            "quotes": len(data["evidence"]),
            "evidence": json.dumps(data["evidence"]),
        }
        kept = {k: _text(v) if isinstance(v, str) else v for k, v in attributes.items() if v is not None}
        flat.add_edge(_text(source), _text(target), key=f"e{number}", **kept)
    return flat


def _text(text: str) -> str:
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
