"""How two people or characters are connected: a shortest chain of facts, through parts and, if need be, shows.

Breadth first from both ends, a level of the smaller side at a time. First by facts that join the two themselves; only
if these do not connect them, also by belonging to one show. What is denied joins nobody.
Source: I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971), 127-140.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations

from pyoxigraph import NamedNode

from ..ontology.terms import RDF, SCHEMA, TG
from ..queries.bind import bind
from ..queries.heard import batches, known, seasons_of
from ..queries.rows import Queryable, Rows, select
from ..queries.statements import Statement, between, things
from ..queries.values import text_of
from ..visualize.explorer_facts import Json, quote_of, ref_of
from ..visualize.explorer_view import edges_of

_MOST_LEVELS = 12
_MOST_THINGS = 50_000

_NEAR = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT DISTINCT ?near ?far TOLD WHERE {
  GRAPH ?in {
    VALUES ?near { UNDEF }
    JOINED
    FILTER NOT EXISTS { ?claim tg:status "denied" }
    SEASON
  }
  FILTER(?near != ?far && isIRI(?far))
}
"""
_SEASON = "OPTIONAL { ?claim tg:season ?said }"
_TYPED = f"""
SELECT DISTINCT ?thing WHERE {{
  GRAPH ?in {{ VALUES ?thing {{ UNDEF }} ?thing a ?type }}
  FILTER(?type IN ({TG.Character}, {SCHEMA.Person}, {SCHEMA.TVSeries}))
}}
"""
_DIRECT = (RDF.subject, RDF.object)
_THROUGH_SHOWS = (*_DIRECT, TG.series)


def chain(store: Queryable, start: str, goal: str, until: int | None) -> list[Json]:
    """Return the steps from `start` to `goal`, each with its words; none where they are not connected.

    Of several shortest chains it is always the same one, of at most 12 steps. Costs with what it passes, at most
    50,000 things from either end.
    """
    if start == goal:
        return []
    for ends in (_DIRECT, _THROUGH_SHOWS):
        passed = _search(store, ends, start, goal, until)
        if passed:
            return list(_steps(store, passed, until))
    return []


def _near(ends: Sequence[object], until: int | None) -> str:
    """The query for what is one fact away; alternatives are written out, since as property paths they are slow."""
    joined = " UNION ".join(f"{{ ?claim {one} ?near ; {other} ?far }}" for one, other in permutations(ends, 2))
    told, season = ("", "") if until is None else ("?said ?in", _SEASON)
    return _NEAR.replace("JOINED", joined).replace("TOLD", told).replace("SEASON", season)


class _Side:
    """The search from one end: what it has reached and from where, and the things to go on from."""

    def __init__(self, store: Queryable, sparql: str, origin: str, until: int | None) -> None:
        self._store, self._sparql, self._until = store, sparql, until
        self.came: dict[str, str | None] = {origin: None}
        self.edge = [origin]

    def advance(self) -> None:
        """Go one fact further."""
        reached: dict[str, str] = {}
        for far, near in sorted(self._pairs()):
            if far not in self.came:
                reached.setdefault(far, near)
        found = {text_of(thing) for some in batches(reached) for (thing,) in self._asked(_TYPED, {"thing": some})}
        self.edge = sorted(found)
        self.came.update((far, reached[far]) for far in self.edge)

    def _pairs(self) -> set[tuple[str, str]]:
        """What is one fact away that may be known, and from which thing."""
        rows = [row for some in batches(self.edge) for row in self._asked(self._sparql, {"near": some})]
        if self._until is None:
            return {(text_of(far), text_of(near)) for near, far in rows}
        seasons = seasons_of(self._store, (row[2:] for row in rows))
        return {(text_of(far), text_of(near)) for near, far, *told in rows if known(seasons[tuple(told)], self._until)}

    def _asked(self, sparql: str, values: Mapping[str, Iterable[NamedNode]]) -> Rows:
        return select(self._store, bind(sparql, values))

    def back_from(self, node: str) -> list[str]:
        """Return the chain from `node` to this side's end."""
        passed = [node]
        while (before := self.came[passed[-1]]) is not None:
            passed.append(before)
        return passed


def _search(store: Queryable, ends: Sequence[object], start: str, goal: str, until: int | None) -> list[str]:
    sparql = _near(ends, until)
    here, there = (_Side(store, sparql, origin, until) for origin in (start, goal))
    for _ in range(_MOST_LEVELS):
        side, other = (here, there) if len(here.edge) <= len(there.edge) else (there, here)
        side.advance()
        # Whole levels are compared, so the first things both sides have reached lie on shortest chains.
        if met := [thing for thing in side.edge if thing in other.came]:
            return [*reversed(here.back_from(met[0])), *there.back_from(met[0])[1:]]
        if not side.edge or len(side.came) > _MOST_THINGS:
            break
    return []


def _steps(store: Queryable, passed: Sequence[str], until: int | None) -> Iterator[Json]:
    named = things(store, passed)
    for one, other in pairwise(passed):
        stated = [s for s in between(store, one, other) if s.known(until) and s.status != "denied"]
        yield {"from": ref_of(named[one]), "to": ref_of(named[other]), **_words(stated, one, other, until)}


def _words(stated: Iterable[Statement], one: str, other: str, until: int | None) -> Json:
    stated = list(stated)
    joined = [edge for edge in edges_of(stated) if {edge.source.iri, edge.target.iri} == {one, other}]
    if joined:
        edge = min(joined, key=lambda e: (e.status is not None, -len(e.statements), e.id))
        quotes = [quote_of(s, until) for s in edge.statements]
        return {"phrase": edge.phrase, "reversed": edge.source.iri != one, "quotes": quotes}
    within = [s for s in stated if s.show is not None and s.show.iri in (one, other)]
    member = {one, other} - {s.show.iri for s in within if s.show is not None}
    return {"phrase": "is in", "reversed": one not in member, "quotes": [quote_of(s, until) for s in within[:1]]}
