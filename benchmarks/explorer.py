"""The explorer in a browser without a graphics card, beside the bare drawing library on the same graph."""

from __future__ import annotations

import json
import math
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tellygraph.visualize.explorer_page import page_of

from .measure import Tell, silent
from .picture import chromium_here, launched
from .tables import Promise, Table, count, ratio, seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Json = dict[str, object]

_TRIES = 1200  # of 50 ms: a minute
_GROUPS = ("family", "romance", "social", "work", "harm", "cast")
_PAN_MS = 2000
# Drags the ground to and fro as a hand does, a step a frame, and counts the frames.
_PAN = """milliseconds => new Promise(done => {
  const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
  const at = (type, x) => new MouseEvent(type, { clientX: box.right - 20 - x, clientY: box.bottom - 20, button: 0,
    buttons: 1, bubbles: true, cancelable: true, view: window });
  canvas.dispatchEvent(at("mousedown", 0));
  let frames = 0; const start = performance.now();
  const step = now => {
    window.dispatchEvent(at("mousemove", 200 * Math.abs(Math.sin(frames / 20))));
    frames += 1;
    if (now - start < milliseconds) requestAnimationFrame(step);
    else { window.dispatchEvent(at("mouseup", 0)); done(1000 * frames / (now - start)); }
  };
  requestAnimationFrame(step);
})"""


@dataclass(frozen=True, slots=True)
class Size:
    """Graphs of so many nodes, each opened so often."""

    nodes: tuple[int, ...]
    rounds: int


FULL, QUICK = Size((200, 1_000, 5_000, 20_000), rounds=3), Size((200, 1_000), rounds=1)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the table of opening and panning."""
    chromium = chromium_here()
    if chromium is None:
        raise SystemExit("the explorer is measured in Chromium: install it (Debian's package chromium)")
    rows: list[tuple[str, ...]] = []
    promises: list[Promise] = []
    with tempfile.TemporaryDirectory() as folder, launched(chromium) as browser:
        for nodes in size.nodes:
            view = view_of_size(nodes)
            pages = {
                "bare": (bare_page(view), "window.drawnAt"),
                "ours": (
                    page_of({"view": view, "quotes": {}, "values": {}, "files": {}}, title="Measured").html,
                    "performance.getEntriesByName('tellygraph-drawn')[0]?.startTime",
                ),
            }
            took: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
            for number in range(size.rounds + 1):  # the first, which starts the browser's parts, does not count
                for name, (html, drawn) in pages.items():
                    tell(f"{nodes:,} nodes, round {number} of {size.rounds}: {name}")
                    measured = _opened(browser, Path(folder, "page.html"), html, drawn)
                    if number:
                        took[name].append(measured)
            ready = {name: median(one for one, _ in times) for name, times in took.items()}
            pan = {name: median(rate for _, rate in times) for name, times in took.items()}
            rows.append((
                f"{nodes:,} nodes", seconds(ready["bare"]), seconds(ready["ours"]),
                ratio(ready["ours"] / ready["bare"]),
                count(pan["bare"]), count(pan["ours"]), ratio(pan["ours"] / pan["bare"]),
            ))  # fmt: skip
            if nodes == 200:
                promises.append(Promise("200 nodes on screen", 1.0, ready["ours"], "s"))
        version = browser.version
    note = (
        "Medians. From navigation to the first frame, and frames a second while the ground is dragged, 1280 by 800 "
        "pixels, no graphics card. Bare force-graph has the same places, plain dots and lines, no labels."
    )
    columns = ("", "bare ready", "ours ready", "ratio", "bare frames/s", "ours frames/s", "ratio")
    title = f"The explorer: opening and panning (Chromium {version.partition('.')[0]})"
    return [Table("explorer", title, columns, tuple(rows), (), (note,), tuple(promises))]


def view_of_size(nodes: int) -> Json:
    """Return a view of so many things at places of their own and half as many lines again; the same every time."""
    rng = random.Random(nodes)
    radius = 45 * math.sqrt(nodes)
    things = [
        {
            "id": f"n{at}", "label": f"Person {at}", "type": ("character", "person")[at % 2], "shows": ["s"],
            "season": None, "degree": 3, "community": at % 40,
            "x": rng.uniform(-radius, radius), "y": rng.uniform(-radius, radius),
        }
        for at in range(nodes)
    ]  # fmt: skip
    return {
        "title": "Measured", "until": None, "seasons": [1], "nodes": things, "edges": list(_edges(nodes, rng)),
        "shows": {"s": "Measured"}, "heldBack": 0, "leftOut": 0,
    }  # fmt: skip


def _edges(nodes: int, rng: random.Random) -> Iterator[Json]:
    for at in range(nodes * 3 // 2):
        one = at % nodes
        other = (one + 1 + int(rng.random() ** 3 * 40)) % nodes
        yield {
            "id": f"e{at}", "source": f"n{one}", "target": f"n{other}", "relation": "relationship", "kind": "friend",
            "group": _GROUPS[at % len(_GROUPS)], "label": "friend", "phrase": "is a friend of", "status": None,
            "season": None, "confidence": 0.9, "reviews": 1, "against": 0, "directed": at % 2 == 0, "show": "s",
            "claims": [f"c{at}"],
        }  # fmt: skip


def bare_page(view: Json) -> str:
    """Return a page with nothing but force-graph and the view's nodes and lines, at the same places."""
    nodes, edges = view["nodes"], view["edges"]
    assert isinstance(nodes, list)
    assert isinstance(edges, list)
    given = json.dumps({
        "nodes": [{"id": n["id"], "x": n["x"], "y": n["y"], "fx": n["x"], "fy": n["y"]} for n in nodes],
        "links": [{"source": e["source"], "target": e["target"]} for e in edges],
    })  # fmt: skip
    folder = files("tellygraph.visualize") / "explorer" / "node_modules" / "force-graph" / "dist"
    code = (folder / "force-graph.min.js").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<style>html, body, #graph {{ margin: 0; width: 100%; height: 100% }}</style><div id="graph"></div>
<script>{code}</script>
<script>
const graph = new ForceGraph(document.getElementById("graph")).cooldownTicks(0).graphData({given});
graph.onRenderFramePost(() => {{ window.drawnAt ??= performance.now(); }});
requestAnimationFrame(() => graph.zoomToFit(0, 30));
</script></html>"""


def _opened(browser: Browser, file: Path, html: str, drawn: str) -> tuple[float, float]:
    """Open a page in a window of its own; return the seconds to its first frame, and frames a second of panning."""
    file.write_bytes(html.encode())
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        ready = _ready(page, drawn)
        page.wait_for_timeout(1000)
        return ready, float(page.evaluate(_PAN, _PAN_MS))
    finally:
        context.close()


def _ready(page: Page, drawn: str) -> float:
    for _ in range(_TRIES):
        took = page.evaluate(drawn)
        if took:
            return float(took) / 1000
        page.wait_for_timeout(50)
    raise RuntimeError("the page was never drawn")
