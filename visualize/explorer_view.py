"""Statements as what the explorer draws: nodes and edges in plain data, ready to be written as JSON.

The explorer's `types.ts` says what each part means. An edge stands for all claims of the same meaning, whichever
season they are about; its season is the first, for that is when it is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..ontology.terms import KINDS, SCHEMA, TG
from ..queries.statements import Statement, Thing
from .explorer_facts import Json, first_season
from .network import folded, network_of
from .scene import scene_of
from .words import group_of, label_of, phrase_of

MOST_NODES = 20_000
"""A view with more is cut: those with the fewest facts are left out, and counted."""

_TYPES = {"character": TG.Character.value, "person": SCHEMA.Person.value, "series": SCHEMA.TVSeries.value}


@dataclass(slots=True)
class Edge:
    """All statements of one meaning between two things."""

    source: Thing
    target: Thing
    relation: str
    kind: str | None
    status: str | None
    statements: list[Statement] = field(default_factory=list)

    @property
    def id(self) -> str:
        """A name that is the same every time."""
        return " ".join((self.source.iri, self.relation, self.kind or "-", self.status or "-", self.target.iri))

    @property
    def season(self) -> int | None:
        """The first season it is said of; None where one statement is of no season."""
        return first_season(s.season for s in self.statements)

    @property
    def meaning(self) -> tuple[str, str, str, str | None]:
        """What it says, whether or not it is denied."""
        return self.source.iri, self.target.iri, self.relation, self.kind

    @property
    def phrase(self) -> str:
        """The words between source and target."""
        return phrase_of(self.relation, self.kind)

    def contradicts(self, other: Edge) -> bool:
        """Whether the two cannot both hold: one denies what the other says, or another plays the part then."""
        if self.meaning == other.meaning:
            return (self.status == "denied") != (other.status == "denied")
        if self.relation != "plays" or other.relation != "plays" or self.status or other.status:
            return False
        one, two = ({s.season for s in edge.statements} for edge in (self, other))
        return self.target == other.target and bool(one & two)

    def json(self, against: int) -> Json:
        """Return it as the explorer wants it; `against` counts the claims that say otherwise."""
        shows = sorted({s.show.iri for s in self.statements if s.show is not None})
        return {
            "id": self.id,
            "source": self.source.iri,
            "target": self.target.iri,
            "relation": self.relation,
            "kind": self.kind,
            "group": group_of(self.relation, self.kind),
            "label": label_of(self.relation, self.kind),
            "phrase": self.phrase,
            "status": self.status,
            "season": self.season,
            "confidence": float(max(s.confidence for s in self.statements)),
            "reviews": len({s.source.iri for s in self.statements}),
            "against": against,
            "directed": self.kind is None or not KINDS[self.kind].symmetric,
            "show": shows[0] if shows else None,
            "claims": sorted({s.claim for s in self.statements}),
        }


def edges_of(statements: Iterable[Statement]) -> list[Edge]:
    """Return the edges between people, characters and shows, sorted; a season's facts are its show's."""
    found: dict[tuple[str, str, str, str | None, str | None], Edge] = {}
    for statement in statements:
        subject, object_ = statement.subject, statement.object
        if subject.type == "season" and statement.show is not None:
            subject = statement.show
        if not isinstance(object_, Thing) or subject.type not in _TYPES or object_.type not in _TYPES:
            continue
        source, target, kind = folded(subject.iri, object_.iri, statement.relation, statement.kind)
        ends = {subject.iri: subject, object_.iri: object_}
        key = source, target, statement.relation, kind, statement.status
        edge = found.setdefault(key, Edge(ends[source], ends[target], statement.relation, kind, statement.status))
        edge.statements.append(statement)
    return sorted(found.values(), key=lambda edge: edge.id)


def view_of(statements: Sequence[Statement], *, title: str, until: int | None = None) -> Json:
    """Return the view of statements that may be known `until` a season: nodes at their places, edges, seasons."""
    known = edges_of(s for s in statements if s.known(until))
    held_back = 0 if until is None else len(edges_of(statements)) - len(known)
    edges, left_out = _cut(known)
    scene = _Places(edges)
    nodes = [scene.node(thing) for thing in scene.things]
    against = _against(edges)
    return {
        "title": title,
        "until": until,
        "seasons": sorted({s.season for s in statements if s.season is not None}),
        "nodes": nodes,
        "edges": [edge.json(against[edge.id]) for edge in edges],
        "shows": {iri: show.label for iri, show in sorted(_shows(edges).items())},
        "leftOut": left_out,
        "heldBack": held_back,
    }


def said(edge: Edge) -> str:
    """Return an edge as a sentence: "Nell Harrow is dating Jonah Pike (denied)"."""
    status = f" ({edge.status})" if edge.status else ""
    return f"{edge.source.label} {edge.phrase} {edge.target.label}{status}"


def compared(statements: Sequence[Statement], one: int, other: int) -> Json:
    """Return who and what two seasons have apart and in common, as the explorer's `Comparison`."""
    first, second = (edges_of(s for s in statements if s.season == season) for season in (one, other))
    here, there = ({t.iri for e in edges for t in (e.source, e.target)} for edges in (first, second))
    places = _Places(edges_of(s for s in statements if s.season in (one, other)))
    nodes = {thing.iri: places.node(thing) for thing in places.things}
    meant = {edge.id for edge in first}, {edge.id for edge in second}

    def within(edges: Iterable[Edge], elsewhere: set[str]) -> list[Json]:
        both = here & there
        return [e.json(0) for e in edges if e.id not in elsewhere and {e.source.iri, e.target.iri} <= both]

    return {
        "came": [nodes[iri] for iri in sorted(there - here)],
        "left": [nodes[iri] for iri in sorted(here - there)],
        "stayed": [nodes[iri] for iri in sorted(here & there)],
        "gone": within(first, meant[1]),
        "fresh": within(second, meant[0]),
    }


def _shows(edges: Iterable[Edge]) -> dict[str, Thing]:
    shows = {s.show.iri: s.show for edge in edges for s in edge.statements if s.show is not None}
    return shows | {t.iri: t for edge in edges for t in (edge.source, edge.target) if t.type == "series"}


def _against(edges: Sequence[Edge]) -> Mapping[str, int]:
    """How many claims say otherwise of each edge."""
    groups: dict[object, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.target.iri if edge.relation == "plays" else edge.meaning].append(edge)
    return {
        edge.id: sum(len({s.claim for s in other.statements}) for other in group if edge.contradicts(other))
        for group in groups.values()
        for edge in group
    }


def _cut(edges: list[Edge]) -> tuple[list[Edge], int]:
    degree: dict[str, int] = defaultdict(int)
    for edge in edges:
        for end in {edge.source.iri, edge.target.iri}:
            degree[end] += 1
    if len(degree) <= MOST_NODES:
        return edges, 0
    kept = set(sorted(degree, key=lambda iri: (-degree[iri], iri))[:MOST_NODES])
    left = [edge for edge in edges if edge.source.iri in kept and edge.target.iri in kept]
    return left, len(edges) - len(left)


class _Places:
    """Where the things of some edges are drawn, and in what company."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.things = sorted({t.iri: t for e in edges for t in (e.source, e.target)}.values(), key=lambda t: t.iri)
        self._degree: dict[str, int] = defaultdict(int)
        self._seasons: dict[str, set[int | None]] = defaultdict(set)
        self._shows: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            for thing in {edge.source, edge.target}:
                self._degree[thing.iri] += 1
                self._seasons[thing.iri].add(edge.season)
                self._shows[thing.iri].update(s.show.iri for s in edge.statements if s.show is not None)
        scene = scene_of(network_of(map(_row, edges)), most=MOST_NODES)
        self._placed = {node.iri: node for node in scene.nodes}

    def node(self, thing: Thing) -> Json:
        placed = self._placed[thing.iri]
        return {
            "id": thing.iri,
            "label": thing.label,
            "type": thing.type,
            "shows": sorted(self._shows[thing.iri]),
            "season": first_season(self._seasons[thing.iri]),
            "degree": self._degree[thing.iri],
            "community": placed.colour,
            "x": placed.x,
            "y": placed.y,
        }


def _row(edge: Edge) -> Mapping[str, object]:
    """An edge as the network takes it; folded back, since shows are stated the other way round there."""
    first, second = edge.source, edge.target
    if folded(first.iri, second.iri, edge.relation, edge.kind)[0] != first.iri:
        first, second = second, first
    show = next((s.show for s in edge.statements if s.show is not None), None)
    return {
        "source": first.iri, "sourceName": first.label, "sourceType": _TYPES[first.type],
        "target": second.iri, "targetName": second.label, "targetType": _TYPES[second.type],
        "relation": edge.relation, "kind": edge.kind, "status": edge.status,
        "series": None if show is None else show.iri, "seriesName": None if show is None else show.label,
    }  # fmt: skip
