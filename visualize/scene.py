"""A network as plain, frozen data ready to be drawn: where, how large, what colour, which line. No markup, no pixels.

Two channels say everything twice, so that nothing hangs on colour alone: what a node is shows as its shape and what
a line means as its dash. Line colours are Okabe and Ito's (2008), node colours Paul Tol's "muted" and "light"
schemes (2021): both told apart by colour-blind readers, and apart from each other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from ..settings import int_setting
from .engine import communities
from .layout import CROWD, Box, Point, place
from .measures import MEASURES, NUMBERED, measures_of
from .network import Quote, edges_of
from .words import CAST, CREW, GROUPS, OTHER

if TYPE_CHECKING:
    from .network import Network


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a group of facts is drawn: colours on a light and a dark page, dash (lengths on, off), width."""

    light: str
    dark: str
    dash: tuple[int, ...]
    width: float


LINE_STYLES: Mapping[str, LineStyle] = {
    "family": LineStyle("#009E73", "#1DBE92", (), 2.4),
    "romance": LineStyle("#CC79A7", "#E08FBC", (14, 5), 2.4),
    "social": LineStyle("#3F9FD6", "#56B4E9", (6, 5), 2.0),
    "work": LineStyle("#D98E00", "#E69F00", (14, 5, 3, 5), 2.0),
    "harm": LineStyle("#D55E00", "#F07A22", (3, 4), 2.6),
    CAST: LineStyle("#8A8F98", "#7F8792", (), 1.2),
    CREW: LineStyle("#0072B2", "#4B9FDB", (9, 4), 1.4),
    OTHER: LineStyle("#222222", "#E4E4E4", (2, 7), 1.6),
}

SHAPES: Mapping[str, str] = {"character": "dot", "person": "square", "series": "star", "thing": "diamond"}

NODE_COLOURS: tuple[tuple[str, str], ...] = (
    ("#CC6677", "#EE8866"),
    ("#44AA99", "#44BB99"),
    ("#6655AA", "#AAAAEE"),
    ("#B8A040", "#EEDD88"),
    ("#5FA8D3", "#77AADD"),
    ("#882255", "#FFAABB"),
    ("#117733", "#99CC66"),
    ("#999933", "#BBCC33"),
)
"""On a light and a dark page. Where there are more communities than colours, far-off ones share a colour."""


@dataclass(frozen=True, slots=True)
class SceneNode:
    """A thing: `x` and `y` its middle, `size` its radius, `degree` its facts, `community` the group that is coloured,
    `colour` an index into `NODE_COLOURS`, the same throughout it."""

    iri: str
    label: str
    type: str
    series: tuple[str, ...]
    x: float
    y: float
    size: float
    degree: int
    community: int
    colour: int
    shape: str


@dataclass(frozen=True, slots=True)
class SceneFact:
    """An edge of the network: `source` and `target` are indexes into `Scene.nodes`."""

    source: int
    target: int
    label: str
    phrase: str
    group: str
    season: int | None
    status: str | None
    confidence: float
    directed: bool
    series: str | None
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SceneLine:
    """One drawn line: all facts of one group between two nodes, `source` the lower index.

    `facts` are indexes into `Scene.facts`. `bend` tells lines between the same two nodes apart: 0 is straight,
    else how far it bows, by its sign to the one side or the other. `arrow` is "to", "from", "both" or "".
    """

    source: int
    target: int
    group: str
    label: str
    colour: str
    dash: tuple[int, ...]
    width: float
    bend: float
    arrow: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a picture shows. `series` maps the IRI of each show to its name.

    `sized_by` and `coloured_by` are what a node's size and colour mean: "facts" and "", or measures.
    """

    nodes: tuple[SceneNode, ...]
    facts: tuple[SceneFact, ...]
    lines: tuple[SceneLine, ...]
    series: Mapping[str, str]
    sized_by: str = "facts"
    coloured_by: str = ""


def scene_of(
    network: Network,
    *,
    seed: int = 7,
    size_by: str | None = None,
    colour_by: str | None = None,
    most: int | None = None,
) -> Scene:
    """Lay `network` out. The same network and seed give the same scene, whatever order its nodes came in.

    `size_by` is one of `MEASURES` (else the number of facts); `colour_by` one of `NUMBERED` (else communities in
    which a character also belongs to its show). Raises InputError for another name, or if the network has more nodes
    than `most`, or where that is not given the `max_picture_nodes` setting.
    """
    for name, known in ((size_by, tuple(MEASURES)), (colour_by, NUMBERED)):
        if name is not None and name not in known:
            raise InputError(f"a picture cannot go by {name!r} here: use one of {', '.join(known)}")
    most = int_setting("max_picture_nodes") if most is None else most
    if len(network) > most:
        raise InputError(
            f"the network has {len(network):,} nodes and at most {most:,} are drawn: narrow it with --show, --about "
            "or --kind, or raise the setting max_picture_nodes (TELLYGRAPH_MAX_PICTURE_NODES)"
        )
    iris = sorted(network.nodes)
    index = {iri: i for i, iri in enumerate(iris)}
    facts = _facts(network, index)
    degree = Counter(end for f in facts for end in {f.source, f.target})
    weights = Counter((min(f.source, f.target), max(f.source, f.target)) for f in facts)
    ties = _ties(network, index) - weights.keys()
    edges = sorted(p for p in weights if p[0] != p[1])
    weighted = [(u, v, float(weights[u, v])) for u, v in edges] + [(u, v, 1.0) for u, v in sorted(ties)]
    belongs = communities(len(iris), weighted, seed=seed)
    data = [network.nodes[iri] for iri in iris]
    going_by = [name for name in (size_by, colour_by) if name]
    measured = measures_of(network, going_by, seed=seed).values if going_by else {}
    amounts = _amounts(measured[size_by]) if size_by else [degree[i] for i in range(len(iris))]
    sizes = [_size(amount, d["type"]) for amount, d in zip(amounts, data, strict=True)]
    boxes = [_box(size, str(d["label"]), len(iris)) for size, d in zip(sizes, data, strict=True)]
    places = place(boxes, edges, sorted(ties), belongs, seed=seed)
    groups = _from_largest(measured[colour_by]) if colour_by else belongs
    colours = _colours(places, groups)
    nodes = tuple(
        SceneNode(
            iri=iri,
            label=str(d["label"]),
            type=d["type"],
            series=d["series"],
            x=x,
            y=y,
            size=size,
            degree=degree[i],
            community=groups[i],
            colour=colours[groups[i]],
            shape=SHAPES[d["type"]],
        )
        for i, (iri, d, size, (x, y)) in enumerate(zip(iris, data, sizes, places, strict=True))
    )
    return Scene(nodes, facts, _lines(facts), dict(network.graph["series"]), size_by or "facts", colour_by or "")


_LARGEST = 60  # facts from which a node grows no more; a measure's largest value is drawn so


def _amounts(values: Sequence[float]) -> list[float]:
    """A measure as if it were a number of facts: from 0 to the most that shows."""
    most = max(values, default=0.0) or 1.0
    return [_LARGEST * value / most for value in values]


def _from_largest(numbers: Sequence[float]) -> list[int]:
    """Number groups anew, 0 the largest; a tie goes to the smaller number."""
    sizes = Counter(numbers)
    rank = {number: at for at, number in enumerate(sorted(sizes, key=lambda n: (-sizes[n], n)))}
    return [rank[number] for number in numbers]


def _colours(places: Sequence[Point], belongs: Sequence[int]) -> list[int]:
    """Return a colour per community, the largest first: an unused one, else the one whose bearers are furthest."""
    members: dict[int, list[Point]] = defaultdict(list)
    for point, community in zip(places, belongs, strict=True):
        members[community].append(point)
    middles = [
        (math.fsum(p[0] for p in m) / len(m), math.fsum(p[1] for p in m) / len(m)) for _, m in sorted(members.items())
    ]
    chosen: list[int] = []
    for middle in middles:
        nearest = [math.inf] * len(NODE_COLOURS)
        for colour, other in zip(chosen, middles, strict=False):
            nearest[colour] = min(nearest[colour], math.dist(middle, other))
        chosen.append(nearest.index(max(nearest)))
    return chosen


def _ties(network: Network, index: Mapping[str, int]) -> set[tuple[int, int]]:
    """Pairs of a character and its show: not drawn, as no review need say it; they keep the show amid its cast."""
    ties: set[tuple[int, int]] = set()
    for iri, data in network.nodes(data=True):
        if data["type"] == "character":
            shows = [index[show] for show in data["series"] if show in index]
            ties.update((min(index[iri], show), max(index[iri], show)) for show in shows)
    return ties


def _facts(network: Network, index: Mapping[str, int]) -> tuple[SceneFact, ...]:
    return tuple(
        SceneFact(
            source=index[source],
            target=index[target],
            label=d["label"],
            phrase=d["phrase"],
            group=d["group"],
            season=d["season"],
            status=d["status"],
            confidence=d["confidence"],
            directed=d["directed"],
            series=d["series"],
            evidence=d["evidence"],
        )
        for source, target, d in edges_of(network)
    )


def _lines(facts: tuple[SceneFact, ...]) -> tuple[SceneLine, ...]:
    """Draw one line per pair of nodes and group; see docs/decisions/visualize-one-line-per-group.md."""
    between: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, fact in enumerate(facts):
        pair = min(fact.source, fact.target), max(fact.source, fact.target)
        between[pair][fact.group].append(number)
    lines = []
    for (low, high), groups in sorted(between.items()):
        for place_, group in enumerate(sorted(groups, key=GROUPS.index)):
            own = groups[group]
            style = LINE_STYLES[group]
            lines.append(
                SceneLine(
                    source=low,
                    target=high,
                    group=group,
                    label=" · ".join(dict.fromkeys(facts[n].label for n in own)),
                    colour=style.light,
                    dash=style.dash,
                    width=style.width,
                    bend=_bend(place_, len(groups)),
                    arrow=_arrow(low, [facts[n] for n in own]),
                    facts=tuple(own),
                )
            )
    return tuple(lines)


def _bend(place_: int, count: int) -> float:
    """Spread `count` lines between two nodes evenly about the straight one."""
    return round(0.32 * (place_ - (count - 1) / 2), 2)


def _arrow(low: int, facts: list[SceneFact]) -> str:
    """Where the line points. Cast and crew need no arrow: their ends have different shapes."""
    if facts[0].group in (CAST, CREW):
        return ""
    onward = any(f.directed and f.source == low for f in facts)
    back = any(f.directed and f.source != low for f in facts)
    return ("both" if back else "to") if onward else ("from" if back else "")


def _size(degree: float, type_: str) -> float:
    """The radius of a node: its area grows with its facts, or with what stands in for them."""
    return round(min(7 + 2.6 * math.sqrt(degree), 34) * (1.35 if type_ == "series" else 1.0), 1)


def _box(size: float, label: str, count: int) -> Box:
    """The room of a node: with its label below it while the picture is small, by itself in a crowd."""
    if count > CROWD:
        return Box(size, size)
    return Box(max(size, min(len(label), 26) * 3.9), size + 10)
