"""A scene becomes one HTML file that fetches nothing: the only door to pyvis.

pyvis holds the nodes, edges and options and fills the template; its bundled vis-network is put into the page. Its own
template is not used: it links style sheets and scripts from the network, whatever `cdn_resources` says.

Text from reviews reaches the page in two ways only: as JSON in a data block, where `<`, `>`, `&` and everything
outside ASCII is escaped, and as escaped text in the title, heading and `<noscript>` list. The page's policy allows no
script but the two whose hashes it names, no request, and no string to be read as HTML.
"""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from .layout import CROWD
from .network import Quote
from .scene import LINE_STYLES, NODE_COLOURS, Scene, SceneFact, SceneLine, SceneNode
from .self_contained import source_hash
from .words import GROUPS

_TEMPLATES = Path(__file__).parent / "templates"
_PROGRAM = ("model.js", "canvas.js", "panel.js", "controls.js", "main.js")
_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_MANY_LINES = 2000  # more are left out while the picture is dragged, so that it follows the hand
_MOST_PLAIN = 300  # facts in the list for readers without JavaScript
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def page_of(scene: Scene, *, title: str, physics: bool = False) -> str:
    """Return the page that shows `scene`: one self-contained HTML document, the same for the same input.

    `physics` lets the nodes move from the start; else they stay where the scene has them until asked. Takes about
    0.2 s at 1,000 nodes and 4,000 facts; the file is 0.5 MB plus about 0.35 kB per fact.
    """
    pyvis = importlib.import_module("pyvis.network")
    network = pyvis.Network(heading=_writable(title), cdn_resources="in_line")
    # In one go: add_node and add_edge search all there is for each one they add.
    network.nodes = [_node(i, n) for i, n in enumerate(scene.nodes)]
    network.node_ids = [n["id"] for n in network.nodes]
    network.node_map = {n["id"]: n for n in network.nodes}
    network.edges = [_edge(i, line) for i, line in enumerate(scene.lines)]
    network.options = _options(many=len(scene.lines) > _MANY_LINES)
    network.set_template_dir(str(_TEMPLATES), "page.html")
    network.templateEnv.autoescape = True
    css, program, library = _style(), _program(), _library()
    network.templateEnv.globals.update(
        css=css,
        program=program,
        library=library,
        policy=_policy(css, [library, program]),
        summary=_summary(scene),
        sized_by="larger has more facts" if scene.sized_by == "facts" else f"larger has more {scene.sized_by}",
        coloured_by=scene.coloured_by or "who belongs together",
        plain=_plain(scene),
        picture=_picture(scene, physics=physics),
    )
    html: str = network.generate_html()
    return html


def _node(number: int, node: SceneNode) -> dict[str, Any]:
    return {"id": number, "label": node.label, "shape": node.shape, "size": node.size, "x": node.x, "y": node.y}


def _edge(number: int, line: SceneLine) -> dict[str, Any]:
    edge: dict[str, Any] = {"id": number, "from": line.source, "to": line.target, "width": line.width}
    if line.dash:
        edge["dashes"] = list(line.dash)
    if line.bend:
        turn = "curvedCW" if line.bend > 0 else "curvedCCW"
        edge["smooth"] = {"enabled": True, "type": turn, "roundness": abs(line.bend)}
    if line.arrow:
        ends = {"to": ("to",), "from": ("from",), "both": ("to", "from")}[line.arrow]
        edge["arrows"] = {end: {"enabled": True} for end in ends}
    return edge


def _options(*, many: bool) -> dict[str, Any]:
    """What vis-network is told: nothing that costs time before the first frame, and no hints of its own."""
    return {
        "autoResize": True,
        "physics": {
            "enabled": False,
            "solver": "forceAtlas2Based",
            "forceAtlas2Based": {"springLength": 120, "avoidOverlap": 0.6},
            "stabilization": False,
        },
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "shadow": False, "chosen": True},
        "edges": {
            "smooth": False,
            "shadow": False,
            "hoverWidth": 1,
            "selectionWidth": 1.5,
            "arrowStrikethrough": False,
            "arrows": {"to": {"scaleFactor": 0.55}, "from": {"scaleFactor": 0.55}},
        },
        "interaction": {
            "hover": True,
            "tooltipDelay": 0,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
        },
    }


def _picture(scene: Scene, *, physics: bool) -> dict[str, Any]:
    """What the page knows beyond what vis-network draws; reviews are listed once and named by their number."""
    reviews = sorted({(q.review, q.title) for f in scene.facts for q in f.evidence})
    number = {review: i for i, review in enumerate(reviews)}

    def quote(q: Quote) -> list[object]:
        return [q.quote, number[q.review, q.title], q.confidence]

    def fact(f: SceneFact) -> dict[str, object]:
        return {
            "source": f.source,
            "target": f.target,
            "label": f.label,
            "phrase": f.phrase,
            "group": f.group,
            "season": f.season,
            "status": f.status,
            "series": f.series,
            "quotes": [quote(q) for q in f.evidence],
        }

    return {
        "nodes": [
            {"iri": n.iri, "type": n.type, "series": list(n.series), "community": n.community, "colour": n.colour}
            for n in scene.nodes
        ],
        "lines": [{"group": line.group, "facts": list(line.facts)} for line in scene.lines],
        "facts": [fact(f) for f in scene.facts],
        "reviews": [{"review": iri, "title": title} for iri, title in reviews],
        "series": dict(scene.series),
        "groups": list(GROUPS),
        "styles": {
            g: {"light": s.light, "dark": s.dark, "dash": list(s.dash), "width": s.width}
            for g, s in LINE_STYLES.items()
        },
        "colours": [list(pair) for pair in NODE_COLOURS],
        "physics": physics,
        "crowded": len(scene.nodes) > CROWD,
    }


def _summary(scene: Scene) -> str:
    if not scene.facts:
        return "No facts"
    types = Counter(n.type for n in scene.nodes)
    reviews = {q.review for f in scene.facts for q in f.evidence}
    parts = [
        _count(types["character"], "character", "characters"),
        _count(types["person"], "person", "people"),
        _count(types["series"], "show", "shows"),
        _count(len(scene.facts), "fact", "facts"),
    ]
    return f"{', '.join(parts)} from {_count(len(reviews), 'review', 'reviews')}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _plain(scene: Scene) -> dict[str, Any]:
    names = [n.label for n in scene.nodes]
    lines = []
    for f in scene.facts[:_MOST_PLAIN]:
        details = [t for t in (f.season is not None and f"season {f.season}", f.status) if t]
        words = "; ".join(f"“{q.quote}” ({q.title})" for q in f.evidence)
        text = f"{names[f.source]} {f.phrase} {names[f.target]}"
        if details:
            text += f" ({', '.join(details)})"
        lines.append(_writable(f"{text}: {words}" if words else text))
    left = len(scene.facts) - len(lines)
    more = f"{_count(left, 'more fact is', 'more facts are')} in the picture." if left else ""
    return {"lines": lines, "more": more}


def _writable(text: str) -> str:
    """Return `text` without what an HTML file cannot hold: control characters and lone surrogates."""
    return _UNWRITABLE.sub("\ufffd", text)


def _policy(css: str, scripts: list[str]) -> str:
    allowed = " ".join(source_hash(s) for s in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {source_hash(css)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


@cache
def _style() -> str:
    return _text(_TEMPLATES / "page.css")


@cache
def _program() -> str:
    parts = "\n".join(_text(_TEMPLATES / name) for name in _PROGRAM)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


@cache
def _library() -> str:
    """vis-network as pyvis ships it, without the pointer to its source map, which a browser would try to fetch."""
    package = Path(importlib.import_module("pyvis").__file__ or "").parent
    return re.sub(r"\n//# sourceMappingURL=.*", "", _text(package / _LIBRARY))


def _text(path: Path) -> str:
    """Return a file as a browser sees it inside a page: line ends are line feeds, so that hashes agree."""
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def island(html: str, name: str) -> Any:  # noqa: ANN401 - JSON
    """Return the data block `name` of a page ("nodes", "lines", "options" or "picture"). Raises KeyError if none."""
    found = re.search(rf'<script type="application/json" id="{re.escape(name)}">(.*?)</script>', html, re.DOTALL)
    if found is None:
        raise KeyError(name)
    return json.loads(found[1])
