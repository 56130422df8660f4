"""The picture: from rows to the page, and from the page to its first frame in a browser."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tellygraph.visualize import Picture, Scene, draw, network_of, scene_of

from .measure import Contender, Tell, Timing, side_by_side, silent
from .synthetic import network_rows, readings
from .tables import Promise, Table, ratio, seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_TRIES = 600  # of 50 ms: half a minute


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: pictures of so many nodes, and whether a browser opens them."""

    nodes: tuple[int, ...]
    rounds: int
    frames: int


FULL, QUICK = Size(nodes=(30, 1000), rounds=5, frames=5), Size(nodes=(30, 1000), rounds=2, frames=2)


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the table of making pages, and that of opening them where there is a Chromium."""
    rows_of = {nodes: rows_of_size(nodes) for nodes in size.nodes}
    pictures = {nodes: draw(rows, title=f"{nodes:,} names") for nodes, rows in rows_of.items()}
    made = _made(size, rows_of, pictures, tell)
    if not size.frames:
        return [made]
    chromium = chromium_here()
    if chromium is None:
        return [replace(made, notes=(*made.notes, "No Chromium here: the first frame was not measured."))]
    return [made, _opened(size, pictures, chromium, tell)]


def rows_of_size(nodes: int) -> list[dict[str, object]]:
    """Return rows of a network of so many nodes."""
    return network_rows(readings(nodes // 2 + 5, shows=max(2, nodes // 22)), nodes=nodes)


def _made(
    size: Size, rows_of: Mapping[int, Sequence[Mapping[str, object]]], pictures: Mapping[int, Picture], tell: Tell
) -> Table:
    contenders = []
    for nodes, rows in rows_of.items():
        contenders += [
            Contender(f"{nodes:,} nodes: rows to network", network_of, partial(nullcontext, rows)),
            Contender(f"{nodes:,} nodes: network to places", scene_of, partial(nullcontext, pictures[nodes].network)),
            Contender(
                f"{nodes:,} nodes: rows to page, whole", partial(draw, title="Measured"), partial(nullcontext, rows)
            ),
        ]
    timings = side_by_side(contenders, rounds=size.rounds, tell=tell)
    sizes = [
        f"{len(p.scene.nodes):,} nodes, {len(p.scene.facts):,} facts: a page of {len(p.html.encode()) / 1e6:.2f} MB"
        for p in pictures.values()
    ]
    return Table(
        "picture",
        "The picture: from rows to one page",
        ("", "best", "median", "n"),
        tuple((name, seconds(t.best), seconds(t.median), str(t.rounds)) for name, t in timings.items()),
        ("networkx", "igraph", "pyvis"),
        (f"{'; '.join(sizes)}. With the libraries loaded already.",),
    )


def _opened(size: Size, pictures: Mapping[int, Picture], chromium: str, tell: Tell) -> Table:
    """Milliseconds from navigation to the end of the first frame, as the page's own clock has them."""
    pages = {}
    for nodes, picture in pictures.items():
        pages[f"{nodes:,} nodes: bare vis-network"] = (bare_page(picture.scene), "window.firstDrawn")
        pages[f"{nodes:,} nodes: our page"] = (picture.html, "window.tellygraph && tellygraph.firstDrawn")
    frames: dict[str, list[float]] = {name: [] for name in pages}
    with tempfile.TemporaryDirectory() as folder, launched(chromium) as browser:
        for number in range(size.frames + 1):  # the first, which starts the browser's parts, does not count
            for name, (html, drawn) in pages.items() if number % 2 else reversed(pages.items()):
                tell(f"browser, round {number} of {size.frames}: {name}")
                took = _first_frame(browser, Path(folder, "page.html"), html, drawn)
                if number:
                    frames[name].append(took)
        version = browser.version
    timings = {name: Timing(tuple(took), 0.0) for name, took in frames.items()}
    rows = []
    for name, timing in timings.items():
        base = timings[name.partition(":")[0] + ": bare vis-network"]
        rows.append(
            (name, seconds(timing.best), seconds(timing.median), str(timing.rounds), ratio(timing.best / base.best))
        )
    largest = timings[f"{max(pictures):,} nodes: our page"]
    note = (
        "From navigation to the first frame drawn, 1280 by 800 pixels, without a graphics card. Bare vis-network is "
        "the copy pyvis brings, given the same places, plain dots with labels and straight lines, no physics."
    )
    promise = Promise("from opening the page to the first frame", 1.5, largest.best, "s")
    return Table(
        "picture-frame",
        f"The picture: from opening the page to the first frame (Chromium {version.partition('.')[0]})",
        ("", "best", "median", "n", "ratio"),
        tuple(rows),
        ("pyvis",),
        (note,),
        (promise,),
    )


def bare_page(scene: Scene) -> str:
    """Return a page with nothing but vis-network and the scene's nodes and lines, at the same places."""
    nodes = [
        {"id": i, "label": node.label, "shape": "dot", "size": node.size, "x": node.x, "y": node.y}
        for i, node in enumerate(scene.nodes)
    ]
    edges = [{"id": i, "from": line.source, "to": line.target} for i, line in enumerate(scene.lines)]
    options = {
        "physics": False, "layout": {"improvedLayout": False}, "nodes": {"shadow": False}, "edges": {"smooth": False},
    }  # fmt: skip
    given = json.dumps([nodes, edges, options]).replace("<", "\\u003c")
    library = Path(_origin("pyvis")).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    code = library.read_text(encoding="utf-8").partition("\n//# sourceMappingURL=")[0]
    return f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<style>html, body, #canvas {{ margin: 0; width: 100%; height: 100% }}</style><div id="canvas"></div>
<script>{code}</script>
<script>
window.firstDrawn = null;
const [nodes, edges, options] = {given};
const data = {{ nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }};
const network = new vis.Network(document.getElementById("canvas"), data, options);
network.once("afterDrawing", () => {{ window.firstDrawn = performance.now(); }});
</script></html>"""


def _origin(package: str) -> str:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"{package} is not installed: run `make install`")
    return found.origin


def chromium_here() -> str | None:
    if find_spec("playwright") is None:
        return None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def launched(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


def _first_frame(browser: Browser, file: Path, html: str, drawn: str) -> float:
    """Open a page in a window of its own and return the seconds to its first frame."""
    file.write_bytes(html.encode())
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        for _ in range(_TRIES):
            took = page.evaluate(drawn)
            if took:
                return float(took) / 1000
            page.wait_for_timeout(50)
    finally:
        context.close()
    raise RuntimeError("the page was never drawn")
