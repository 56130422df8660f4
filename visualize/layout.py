"""Where the nodes go: igraph's layouts, as `engine` hands them out. Seeded: same input, same places.

Every connected part is laid out by itself, freed of overlaps, turned to lie wide, and packed beside the others, the
largest in the middle. Positions are in the page's units, rounded to one decimal so that the last bits of
floating point do not change the file.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from .engine import seeded

Pair = tuple[int, int]
_Graph = Any  # igraph.Graph, which has no types
Point = tuple[float, float]

SPACING = 150.0
"""The wished length of an edge in a small picture, in the page's units."""
CROWD = 120
"""Pictures with more nodes are crowded, and parts with more are drawn as maps of regions.

Up to here stress (Kamada-Kawai) draws best, and is quick.
"""
_GAP = 14.0  # between two boxes
_STILL = 1.0  # who moves less than that is
_VAST = 5_000  # nodes in a picture of which nobody sees all names at once: boxes are not pushed apart for long
_ROUNDS, _FEW_ROUNDS = 120, 24
_STEPS = 800_000  # of nodes, all together, until a group has its places
_GUTTER = 40.0  # half of it on every side of a part
_ASPECT = 1.3  # width to height of the canvas beside the legend, on common screens
_TIGHT = 0.4  # edges in a crowd are so much shorter
_TIE = 1.5  # how much longer than an edge a tie may be


class Box(NamedTuple):
    """The room a node needs: half its width and half its height."""

    half_width: float
    half_height: float


def place(
    boxes: Sequence[Box], edges: Sequence[Pair], ties: Sequence[Pair], groups: Sequence[int], *, seed: int
) -> list[Point]:
    """Return a position per node; `edges` and `ties` are pairs of indexes into `boxes`, each pair at most once.

    Ties are not drawn but keep their ends near each other. `groups` says who belongs together, one number per node:
    in a crowd each group is laid out by itself and the groups are then set side by side, as regions of a map.
    About 0.1 s at 200 nodes, 0.4 s at 1,000, 2 s at 5,000 and 4 s at 20,000 on one core.
    """
    with seeded(seed) as igraph:
        graph = igraph.Graph(n=len(boxes), edges=[*edges, *ties])
        graph.es["length"] = [1.0] * len(edges) + [_TIE] * len(ties)
        graph.es["pull"] = [1.0] * len(edges) + [1 / _TIE] * len(ties)
        parts = sorted((sorted(c) for c in graph.connected_components()), key=lambda c: (-len(c), c))
        spacing = SPACING if len(boxes) <= CROWD else SPACING * _TIGHT
        rounds = _ROUNDS if len(boxes) <= _VAST else _FEW_ROUNDS
        drawn = []
        for part in parts:
            own = [boxes[i] for i in part]
            if len(part) <= CROWD:
                drawn.append(_small(graph.induced_subgraph(part), own, spacing, rounds))
            else:
                drawn.append(_regions(graph.induced_subgraph(part), own, [groups[i] for i in part], rounds))
    places: list[Point] = [(0.0, 0.0)] * len(boxes)
    shifts = _packed(drawn, [[boxes[i] for i in p] for p in parts])
    for part, points, (dx, dy) in zip(parts, drawn, shifts, strict=True):
        for index, (x, y) in zip(part, points, strict=True):
            places[index] = (round(x + dx, 1) + 0.0, round(y + dy, 1) + 0.0)  # + 0.0 makes -0.0 the same as 0.0
    return places


def _small(graph: _Graph, boxes: Sequence[Box], spacing: float, rounds: int) -> list[Point]:
    """Lay out one part with neighbours about `spacing` apart, turned wide, its boxes clear of each other."""
    if graph.vcount() == 1:
        return [(0.0, 0.0)]
    if graph.vcount() <= CROWD:
        found = graph.layout_kamada_kawai(weights="length")
    else:
        found = graph.layout_fruchterman_reingold(weights="pull", niter=min(400, _STEPS // graph.vcount()))
    points = _turned_wide([(float(x), float(y)) for x, y in found])
    lengths = sorted(math.dist(points[e.source], points[e.target]) for e in graph.es)
    typical = (lengths[len(lengths) // 2] if lengths else 0.0) or 1.0
    scale = spacing / typical
    if graph.vcount() > CROWD:
        scale = max(scale, _roomy(points, boxes))
    return _apart([(x * scale, y * scale) for x, y in points], boxes, rounds)


def _roomy(points: Sequence[Point], boxes: Sequence[Box]) -> float:
    """How much larger the frame of the points must be for all boxes to have their place in it."""
    wide, high = (max(p[axis] for p in points) - min(p[axis] for p in points) or 1.0 for axis in (0, 1))
    return math.sqrt(math.fsum((2 * b.half_width + _GAP) * (2 * b.half_height + _GAP) for b in boxes) / (wide * high))


def _regions(graph: _Graph, boxes: Sequence[Box], groups: Sequence[int], rounds: int) -> list[Point]:
    """Lay out a crowd as a map: each group by itself, then the groups as discs, near those they have ties with."""
    members: dict[int, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        members[group].append(index)
    order = sorted(members)
    inner = [
        _small(graph.induced_subgraph(members[g]), [boxes[i] for i in members[g]], SPACING * _TIGHT, rounds)
        for g in order
    ]
    radii = [
        max(math.hypot(x, y) + boxes[i].half_width for i, (x, y) in zip(members[g], points, strict=True)) + _GUTTER / 3
        for g, points in zip(order, inner, strict=True)
    ]
    outer = graph.copy()
    rank = {group: i for i, group in enumerate(order)}
    outer.contract_vertices([rank[g] for g in groups])
    outer.es["weight"] = outer.es["pull"]
    outer.simplify(combine_edges="sum")
    weights = [math.log1p(w) for w in outer.es["weight"]] or None
    found = [(float(x), float(y)) for x, y in outer.layout_fruchterman_reingold(weights=weights, niter=1000)]
    middles = _discs_apart(_filling(_turned_wide(found), radii), radii)
    places: list[Point] = [(0.0, 0.0)] * len(groups)
    for group, points, (mx, my) in zip(order, inner, middles, strict=True):
        for index, (x, y) in zip(members[group], points, strict=True):
            places[index] = (x + mx, y + my)
    return places


def _filling(points: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Stretch the middles of discs to the shape of a screen, so near that the discs crowd each other a little."""
    if len(points) < 2:
        return list(points)
    wide = max(p[0] for p in points) - min(p[0] for p in points) or 1.0
    high = max(p[1] for p in points) - min(p[1] for p in points) or 1.0
    height = 0.7 * math.sqrt(math.fsum(4 * r * r for r in radii) / _ASPECT)
    return [(x * height * _ASPECT / wide, y * height / high) for x, y in points]


def _apart(points: list[Point], boxes: Sequence[Box], rounds: int) -> list[Point]:
    """Push overlapping boxes apart along the axis where they overlap least."""

    def push(a: int, b: int, dx: float, dy: float) -> Point | None:
        over_x = boxes[a].half_width + boxes[b].half_width + _GAP - abs(dx)
        over_y = boxes[a].half_height + boxes[b].half_height + _GAP - abs(dy)
        if over_x <= 0 or over_y <= 0:
            return None
        return (math.copysign(over_x / 2, dx), 0.0) if over_x < over_y else (0.0, math.copysign(over_y / 2, dy))

    reach = Box(max(b.half_width for b in boxes), max(b.half_height for b in boxes))
    return _pushed(points, reach, push, rounds=rounds)


def _discs_apart(points: list[Point], radii: Sequence[float]) -> list[Point]:
    """Push overlapping discs apart along the line through their middles."""

    def push(a: int, b: int, dx: float, dy: float) -> Point | None:
        distance = math.hypot(dx, dy)
        over = radii[a] + radii[b] + _GAP - distance
        if over <= 0:
            return None
        return (over / 2, 0.0) if distance == 0 else (dx / distance * over / 2, dy / distance * over / 2)

    return _pushed(points, Box(max(radii), max(radii)), push, rounds=300)


def _pushed(
    points: list[Point], reach: Box, push: Callable[[int, int, float, float], Point | None], *, rounds: int
) -> list[Point]:
    """Move pairs of points nearer than twice `reach` as `push` says, by that much either way, until all are still."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide, high = 2 * reach.half_width + _GAP, 2 * reach.half_height + _GAP
    for _ in range(rounds):
        moved = False
        for a, near in _neighbours(xs, ys, wide, high):
            for b in near:
                dx, dy = xs[b] - xs[a], ys[b] - ys[a]
                if -wide < dx < wide and -high < dy < high and (by := push(a, b, dx, dy)) is not None:
                    moved = moved or abs(by[0]) > _STILL or abs(by[1]) > _STILL
                    xs[a], xs[b] = xs[a] - by[0], xs[b] + by[0]
                    ys[a], ys[b] = ys[a] - by[1], ys[b] + by[1]
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _neighbours(
    xs: Sequence[float], ys: Sequence[float], wide: float, high: float
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield points with those that may be less than `wide` and `high` away, each pair once, by a grid as it is now."""
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        grid[math.floor(x / wide), math.floor(y / high)].append(i)
    for (cx, cy), here in grid.items():
        around = [
            b for ahead in ((1, 0), (0, 1), (1, 1), (-1, 1)) for b in grid.get((cx + ahead[0], cy + ahead[1]), ())
        ]
        for at, a in enumerate(here):
            yield a, [*here[at + 1 :], *around]


def _turned_wide(points: list[Point]) -> list[Point]:
    """Turn the points about their mean so that they reach furthest sideways: screens are wide."""
    n = len(points)
    mx, my = math.fsum(p[0] for p in points) / n, math.fsum(p[1] for p in points) / n
    centred = [(x - mx, y - my) for x, y in points]
    xx, yy = math.fsum(x * x for x, _ in centred), math.fsum(y * y for _, y in centred)
    xy = math.fsum(x * y for x, y in centred)
    angle = math.atan2(2 * xy, xx - yy) / 2  # of the principal axis
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in centred]


def _packed(parts: Sequence[Sequence[Point]], boxes: Sequence[Sequence[Box]]) -> list[Point]:
    """Return a shift per part so that no two overlap and the whole is about as wide as a screen, centred on 0.

    Rectangles drop, in order, to the lowest free place of a skyline; of several widths the best-shaped whole is kept.
    """
    frames = [_frame(points, room) for points, room in zip(parts, boxes, strict=True)]
    if not frames:
        return []
    area = math.fsum((right - left) * (bottom - top) for left, top, right, bottom in frames)
    least = max(right - left for left, _, right, _ in frames)
    best: tuple[float, list[Point]] | None = None
    for factor in (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6):
        width = max(least, factor * math.sqrt(area * _ASPECT))
        corners, used, height = _skyline(frames, width)
        waste = max(used / _ASPECT, height)  # how far the page must zoom out
        if best is None or waste < best[0]:
            middle = (used / 2, height / 2)
            best = (
                waste,
                [
                    (x - left - middle[0], y - top - middle[1])
                    for (x, y), (left, top, _, _) in zip(corners, frames, strict=True)
                ],
            )
    return best[1] if best else []


def _frame(points: Sequence[Point], boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a part, with half a gutter on every side."""
    both = list(zip(points, boxes, strict=True))
    return (
        min(x - b.half_width for (x, _), b in both) - _GUTTER,
        min(y - b.half_height for (_, y), b in both) - _GUTTER,
        max(x + b.half_width for (x, _), b in both) + _GUTTER,
        max(y + b.half_height for (_, y), b in both) + _GUTTER,
    )


def _skyline(frames: Sequence[tuple[float, float, float, float]], limit: float) -> tuple[list[Point], float, float]:
    """Pack frames into `limit` of width; return the upper left corner of each, the width used and the height."""
    sky: list[tuple[float, float]] = [(0.0, 0.0), (limit, math.inf)]  # steps: from x on, free below y
    corners: list[Point] = []
    used = height = 0.0
    for left, top, right, bottom in frames:
        w, h = right - left, bottom - top
        x, y = min(
            ((x, _depth(sky, x, x + w)) for x, _ in sky[:-1] if x + w <= limit + 1e-6), key=lambda p: (p[1], p[0])
        )
        corners.append((x, y))
        used, height = max(used, x + w), max(height, y + h)
        after = [depth for start, depth in sky if start <= x + w][-1]
        sky = [s for s in sky if s[0] < x] + [(x, y + h)] + [s for s in sky if s[0] > x + w or s[1] == math.inf]
        if not any(start == x + w for start, _ in sky) and x + w < limit:
            sky = sorted([*sky, (x + w, after)])
    return corners, used, height


def _depth(sky: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """The lowest free y over the stretch from `start` to `end`."""
    depth = 0.0
    for (x, y), (following, _) in itertools.pairwise(sky):
        if x < end - 1e-9 and following > start + 1e-9:
            depth = max(depth, y)
    return depth
