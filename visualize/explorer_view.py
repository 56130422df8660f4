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
from ..queries.values import in_context
from .network import folded, network_of
from .scene import scene_of
from .words import group_of, label_of, phrase_of

Json = dict[str, object]

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
        return _first_season(self.statements)

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
    edges, left_out = _cut(edges_of(s for s in statements if s.known(until)))
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
        "heldBack": len(edges_of(statements)) - len(edges) - left_out,
    }


def quote_of(statement: Statement, until: int | None = None) -> Json:
    """Return the words of a statement and whose they are.

    Where the review is of a season after `until`, the words around are left out: they may tell of it.
    """
    source = statement.source
    ahead = until is not None and source.season is not None and source.season > until
    prefix, suffix = ("", "") if ahead else in_context(statement.prefix, statement.suffix)
    return {
        "claim": statement.claim,
        "quote": statement.quote,
        "prefix": prefix,
        "suffix": suffix,
        "season": statement.season,
        "confidence": float(statement.confidence),
        "rule": statement.rule,
        "reader": statement.reader,
        "review": {
            "iri": source.iri,
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "date": source.date,
            "season": source.season,
            "url": source.url or (source.iri if source.iri.startswith(("http://", "https://")) else None),
        },
    }


def ref_of(thing: Thing) -> Json:
    """Return a thing as other things refer to it."""
    type_ = thing.type if thing.type in _TYPES else "thing"
    return {"iri": thing.iri, "label": thing.label, "type": type_}


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


def fact_lines(statements: Iterable[Statement], about: str, until: int | None = None) -> list[Json]:
    """Return what is stated of one thing, each fact once with all its words as `quote_of` gives them."""
    lines: dict[tuple[object, ...], tuple[Json, list[Statement]]] = {}
    for statement in statements:
        head = _line(statement, about)
        key = tuple(head[name] if name != "other" else _iri(head["other"]) for name in sorted(head))
        lines.setdefault(key, (head, []))[1].append(statement)
    return [
        {
            **head,
            "season": _first_season(said_by),
            "reviews": len({s.source.iri for s in said_by}),
            "confidence": float(max(s.confidence for s in said_by)),
            "claims": sorted({s.claim for s in said_by}),
            "quotes": [quote_of(s, until) for s in said_by],
        }
        for head, said_by in lines.values()
    ]


def _line(statement: Statement, about: str) -> Json:
    """What a statement says of the thing `about`, from its side."""
    subject, object_, kind = statement.subject, statement.object, statement.kind
    relation = statement.relation
    head: Json = {
        "relation": relation,
        "group": group_of(relation, kind),
        "status": statement.status,
        "value": None,
        "other": None,
    }
    if not isinstance(object_, Thing):
        return {**head, "phrase": phrase_of(relation, kind), "value": object_}
    source, _, kind = folded(subject.iri, object_.iri, relation, kind)
    of_subject = about == subject.iri or (subject.type == "season" and about != object_.iri)
    other = object_ if of_subject else subject
    if subject.type == "season" and not of_subject and statement.show is not None:
        other = statement.show
    end = about if of_subject or about == object_.iri else subject.iri
    forward = source == (subject.iri if of_subject else end)
    phrase = phrase_of(relation, kind) if forward else _backward(relation, kind)
    return {**head, "phrase": phrase, "other": ref_of(other)}


def _backward(relation: str, kind: str | None) -> str:
    """The words for a fact from the other side: "is played by", "has as parent", "director:"."""
    if relation == "plays":
        return "is played by"
    if kind is None:
        return f"{label_of(relation, None)}:"
    entry = KINDS[kind]
    if entry.symmetric:
        return phrase_of("relationship", kind)
    inverse = next((name for name, other in KINDS.items() if other.stated_as == kind), None)
    return phrase_of("relationship", inverse) if inverse else f"has as {kind}"


def _first_season(statements: Iterable[Statement]) -> int | None:
    seasons = {s.season for s in statements}
    return None if None in seasons else min(s for s in seasons if s is not None)


def _iri(other: object) -> object:
    return other["iri"] if isinstance(other, dict) else None


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
        placed, seasons = self._placed[thing.iri], self._seasons[thing.iri]
        return {
            "id": thing.iri,
            "label": thing.label,
            "type": thing.type,
            "shows": sorted(self._shows[thing.iri]),
            "season": None if None in seasons else min(s for s in seasons if s is not None),
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
