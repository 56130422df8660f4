"""The site over small graphs, started as anybody starts it, and what tests ask of the explorer in a browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, Route

from chromium import Watched
from samples import IRIS, fact
from tellygraph.graph import open_store
from tellygraph.graph.quads import quads_of
from tellygraph.reviews.records import Fact, Review

IMG = "<img src=x onerror=alert(1)>"
TURNED = "Agent \u202egnp.exe"
LONG = "Long " * 2000
_TEXT = f"{IMG} (javascript:alert(2)) hates {TURNED}. </script><script>alert(3)</script> {LONG} is there."
_HOSTILE = Review(
    IRIS.review("hostile"), "hostile", _TEXT, "<svg onload=alert(4)>", 1, "<script>alert(5)</script>", "<b>Critic</b>",
    "\u202eThe Lamp", "2024-01-01", "javascript:alert(6)",
)  # fmt: skip
HOSTILE: dict[Review, tuple[Fact, ...]] = {
    _HOSTILE: (
        fact(_HOSTILE, "plays", "javascript:alert(2)", IMG, f"{IMG} (javascript:alert(2))"),
        fact(_HOSTILE, "relationship", IMG, TURNED, f"hates {TURNED}. </script><script>alert(3)", kind="enemy"),
        fact(_HOSTILE, "relationship", LONG.strip(), IMG, "is there", kind="friend"),
    )
}


def graph_of(path: Path, reviews: Mapping[Review, tuple[Fact, ...]]) -> Path:
    """Write what reviews state into a new graph at `path`."""
    with open_store(str(path)) as store:
        for review, facts in reviews.items():
            store.extend(quads_of(review, facts, IRIS))
    return path


@contextmanager
def served(graph: Path) -> Iterator[str]:
    """Run `tellygraph serve` over a graph; yields the site's address, without a slash at its end."""
    command = [sys.executable, "-m", "tellygraph", "--graph", str(graph), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as site:
        try:
            assert site.stdout is not None
            line = site.stdout.readline()
            assert "Serving" in line, line + site.stdout.read()
            yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
        finally:
            site.terminate()
            site.wait(60)


@dataclass
class Opened(Watched):
    """The explorer in a page of a site."""

    site: str = ""
    told: str = ""
    pending: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        for event, change in (("request", 1), ("requestfinished", -1), ("requestfailed", -1)):
            self.page.on(event, lambda _, change=change: self._count(change))

    def _count(self, change: int) -> None:
        self.pending += change

    def listen(self) -> Opened:
        """Keep all that the site answers from now on, in `told`."""
        self.page.route("**/api/**", self._heard)
        return self

    def _heard(self, route: Route) -> None:
        answer = route.fetch()
        self.told += answer.text()
        route.fulfill(response=answer)

    def go(self, **state: str) -> Opened:
        """Open a state of the explorer, and wait until it is on screen."""
        self.page.goto(f"{self.site}/" + (f"?{urlencode(state)}" if state else ""))
        return self.settle()

    def settle(self) -> Opened:
        """Wait until everything asked for is here and the picture has its place."""
        self.page.locator(".home, .list, .compare, canvas").first.wait_for(state="attached")
        quiet = 0
        while quiet < 3:
            settled = self._frame("tellygraph.settled")  # asked first: what is pending is told meanwhile
            quiet = quiet + 1 if settled and not self.pending else 0
        return self

    def _frame(self, expression: str) -> object:
        """The value of an expression after the next frame."""
        return self.page.evaluate(f"() => new Promise(done => requestAnimationFrame(() => done({expression})))")

    def shown(self) -> tuple[set[str], int]:
        """The names of the things that are drawn, and how many lines."""
        nodes, edges = self.page.evaluate(
            "() => [tellygraph.shown.nodes.map(node => node.label), tellygraph.shown.edges.length]"
        )
        return set(nodes), edges

    def at(self, name: str) -> tuple[float, float]:
        """Where a thing is on the screen."""
        place = self.page.evaluate("name => tellygraph.screen(name)", name)
        return place["x"], place["y"]

    def click(self, name: str, *, times: int = 1) -> None:
        """Click a thing where it is drawn, once it stands still there."""
        for _ in range(300):
            self.page.mouse.move(*self.at(name))
            if self._frame("tellygraph.over") == name:
                return self.page.mouse.click(*self.at(name), click_count=times)
        raise AssertionError(f"{name} is not at {self.at(name)}, {self._frame('tellygraph.over')} is")

    def drag(self, start: tuple[float, float], *, by: tuple[float, float]) -> None:
        """Press the mouse's button at a point of the screen, move it so far, and let it go."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(start[0] + by[0], start[1] + by[1], steps=5)
        mouse.up()

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.locator(".panel")

    def elsewhere(self) -> list[str]:
        """The requests that were not made to the site."""
        return [url for url in self.requests if not url.startswith((self.site, "data:", "blob:"))]


def violations(page: Page, axe: Path) -> list[str]:
    """Return what axe-core finds wrong with a page: rule, and where."""
    page.add_script_tag(path=axe)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
