"""Rows of claims become a network: the only door to networkx.

A node is a thing, keyed by its IRI; an edge is what is claimed of two things, whoever says it, and keeps every quote.
Rows have the columns `COLUMNS`, one row per claim and evidence, in any order: a table (`queries.Rows`, pyoxigraph's
solutions) or mappings from name to value. A value is an RDF term (anything with a text `value`), a plain Python
value, or None where the query left it unbound.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast
from urllib.parse import unquote

from ..errors import InputError
from ..ontology.terms import KINDS, RELATIONS, SCHEMA, TG
from .words import GROUPS, REVERSED, group_of, label_of, phrase_of

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

COLUMNS: tuple[str, ...] = (
    "source", "sourceName", "sourceType", "target", "targetName", "targetType", "relation", "kind", "status",
    "season", "quote", "review", "reviewTitle", "confidence", "series", "seriesName",
)  # fmt: skip
"""The columns a row may have; `source`, `target` and `relation` must be bound."""

_N = TypeVar("_N", int, float)

_TYPES = {
    TG.Character.value: "character",
    SCHEMA.Person.value: "person",
    SCHEMA.TVSeries.value: "series",
    SCHEMA.TVSeason.value: "season",
}


class Quote(NamedTuple):
    """The words of one review for an edge: `review` is its IRI, `title` its title, `confidence` from 0 to 1."""

    quote: str
    review: str
    title: str
    confidence: float


@dataclass(slots=True)
class _Thing:
    names: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)


class _Claim(NamedTuple):
    """What is claimed; `direction` is part of it by the order of source and target."""

    source: str
    target: str
    relation: str
    kind: str | None
    status: str | None
    season: int | None
    series: str | None

    @property
    def directed(self) -> bool:
        return self.kind is None or not KINDS[self.kind].symmetric

    @property
    def key(self) -> str:
        parts = [label_of(self.relation, self.kind)]
        if self.status:
            parts.append(self.status)
        if self.season is not None:
            parts.append(f"season {self.season}")
        if self.series:
            parts.append(self.series)
        return " · ".join(parts)

    def folded(self) -> _Claim:
        """The one form of this claim; see `folded`."""
        source, target, kind = folded(self.source, self.target, self.relation, self.kind)
        return self._replace(source=source, target=target, kind=kind)


def folded(source: str, target: str, relation: str, kind: str | None) -> tuple[str, str, str | None]:
    """Return the ends and kind of an edge in its one form, whichever way it was stated.

    Child is parent turned round; siblings stand in the order of their IRIs; people and characters point at shows.
    """
    entry = KINDS[kind] if kind is not None else None
    if entry is not None and entry.stated_as is not None:
        return target, source, entry.stated_as
    if relation in REVERSED or (entry is not None and entry.symmetric and source > target):
        return target, source, kind
    return source, target, kind


def networkx() -> ModuleType:
    """Return the library, imported when first needed."""
    return importlib.import_module("networkx")


class Table(Protocol):
    """Rows as `queries.Rows` and pyoxigraph's solutions have them: names once, then a tuple of terms a row."""

    @property
    def variables(self) -> Sequence[object]:
        """The names of the columns."""

    def __iter__(self) -> Iterator[Sequence[object]]:
        """Yield the rows, in the order of the names."""


def network_of(rows: Table | Iterable[Mapping[str, object]]) -> Network:
    """Build the network of `rows`: the same whatever their order, however often one is repeated.

    Nodes (sorted by IRI) have `label` (the longest name given), `type` ("character", "person", "series", or "thing")
    and `series` (sorted IRIs of the shows they are claimed in). A season is folded into its show, and becomes the
    edge's `season`. Edges run from actor to character, from people and characters to shows, and "source is KIND of
    target" between characters; those that hold both ways are folded into one. They have `relation`, `kind`, `group`
    (one of `GROUPS`), `label`, `phrase` (the words between the names), `season`, `status`, `confidence` (the highest
    of the evidence), `directed`, `series` and `evidence`, a sorted tuple of `Quote`. The graph's attribute `series`
    maps the IRI of each show to its name.

    Raises InputError, naming the row, where one lacks what it must have or says what the vocabulary has no word for.
    """
    things: dict[str, _Thing] = {}
    shows: dict[str, set[str]] = {}
    claims: dict[_Claim, set[Quote]] = {}
    for number, row in enumerate(_mappings(rows), start=1):
        _read_row(number, row, things, shows, claims)
    graph: Network = networkx().MultiDiGraph()
    graph.graph["series"] = {iri: _fullest(names, iri) for iri, names in sorted(shows.items())}
    for iri, thing in sorted(things.items()):
        graph.add_node(
            iri, label=_fullest(thing.names, iri), type=_type_of(thing), series=tuple(sorted(thing.series))
        )  # fmt: skip
    for claim in sorted(claims, key=_order):
        quotes = tuple(sorted(claims[claim]))
        graph.add_edge(
            claim.source,
            claim.target,
            key=claim.key,
            relation=claim.relation,
            kind=claim.kind,
            group=group_of(claim.relation, claim.kind),
            label=label_of(claim.relation, claim.kind),
            phrase=phrase_of(claim.relation, claim.kind),
            season=claim.season,
            status=claim.status,
            confidence=max((q.confidence for q in quotes), default=0.0),
            directed=claim.directed,
            series=claim.series,
            evidence=quotes,
        )
    return graph


def _mappings(rows: Table | Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    variables: Sequence[object] | None = getattr(rows, "variables", None)
    if variables is None:
        yield from cast("Iterable[Mapping[str, object]]", rows)
    else:
        names = [str(_text(v)) for v in variables]
        for row in cast("Iterable[Sequence[object]]", rows):
            yield dict(zip(names, row, strict=True))


def edges_of(network: Network) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield source, target and attributes of every edge, sorted by ends and key."""
    edges = network.edges(keys=True, data=True)
    for source, target, _, data in sorted(edges, key=lambda e: (e[0], e[1], str(e[2]))):
        yield source, target, data


def _read_row(
    number: int,
    row: Mapping[str, object],
    things: dict[str, _Thing],
    shows: dict[str, set[str]],
    claims: dict[_Claim, set[Quote]],
) -> None:
    text = {name: _text(row[name]) if name in row else None for name in COLUMNS}
    for name in ("source", "target", "relation"):
        if not text[name]:
            raise InputError(
                f"row {number} of the network has no {name!r}: select the columns {', '.join(COLUMNS)}, "
                "of which source, target and relation must be bound"
            )
    relation, kind, series = text["relation"] or "", text["kind"] or None, text["series"] or None
    if relation not in RELATIONS:
        raise InputError(f"row {number} of the network has the relation {relation!r}: use {', '.join(RELATIONS)}")
    if (relation == "relationship") != (kind is not None) or (kind is not None and kind not in KINDS):
        raise InputError(
            f"row {number} of the network is a {relation!r} of kind {kind!r}: give a relationship, and nothing "
            f"else, one of the kinds {', '.join(KINDS)}"
        )
    if series:
        shows.setdefault(series, set()).add(text["seriesName"] or "")
    ends = []
    for end in ("source", "target"):
        iri, type_ = text[end] or "", _TYPES.get(text[end + "Type"] or "", "thing")
        name = text[end + "Name"] or ""
        if type_ == "season" and series:  # drawn as its show; the edge says which season
            iri, type_, name = series, "series", text["seriesName"] or ""
        thing = things.setdefault(iri, _Thing())
        thing.names.add(name)
        thing.types.add("series" if type_ == "season" else type_)
        if type_ == "series":
            shows.setdefault(iri, set()).add(name)
            thing.series.add(iri)
        if series:
            thing.series.add(series)
        ends.append(iri)
    season = _number(number, "season", text["season"], int)
    claim = _Claim(ends[0], ends[1], relation, kind, text["status"] or None, season, series).folded()
    quotes = claims.setdefault(claim, set())
    if text["quote"]:
        review = text["review"] or ""
        title = text["reviewTitle"] or _last_part(review)
        confidence = _number(number, "confidence", text["confidence"], float)
        quotes.add(Quote(text["quote"], review, title, 0.0 if confidence is None else confidence))


def _text(value: object) -> str | None:
    """Return the text of a term or plain value; None stays None."""
    if value is None or isinstance(value, str):
        return value
    return str(getattr(value, "value", value))


def _number(number: int, column: str, text: str | None, make: Callable[[str], _N]) -> _N | None:
    if not text:
        return None
    try:
        return make(text)
    except ValueError as error:
        raise InputError(f"row {number} of the network has the {column} {text!r}: it must be a number") from error


def _fullest(names: set[str], iri: str) -> str:
    """The longest name, the first of them in order; the last part of the IRI where there is none."""
    return min(names - {""}, key=lambda n: (-len(n), n), default=_last_part(iri))


def _last_part(iri: str) -> str:
    return unquote(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])


def _type_of(thing: _Thing) -> str:
    return next((t for t in ("series", "character", "person") if t in thing.types), "thing")


def _order(claim: _Claim) -> tuple[object, ...]:
    return claim.source, claim.target, GROUPS.index(group_of(claim.relation, claim.kind)), claim.key
