"""How two people or characters are connected: a shortest chain of facts, through parts and, if need be, shows.

Breadth first from the start, a level at a time (one request each). First by facts that join the two themselves; only
if these do not connect them, also by belonging to one show. What is denied joins nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pyoxigraph import NamedNode

from ..queries.bind import bind
from ..queries.rows import Queryable, select
from ..queries.statements import Statement, about, things
from ..queries.values import text_of
from ..visualize.explorer_view import Json, edges_of, quote_of, ref_of

_MOST_LEVELS = 12
_MOST_THINGS = 50_000
_AT_ONCE = 1000

_NEAR = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT DISTINCT ?near ?far ?said ?reviewed WHERE {
  VALUES ?near { UNDEF }
  GRAPH ?in {
    ?claim ENDS ?near ; ENDS ?far ; tg:relation ?relation .
    ?far a ?type .
    OPTIONAL { ?claim tg:status ?status }
    OPTIONAL { ?claim tg:season ?season . ?season schema:seasonNumber ?said }
    OPTIONAL { ?in schema:itemReviewed ?item . ?item schema:seasonNumber ?reviewed }
  }
  VALUES ?type { tg:Character schema:Person schema:TVSeries }
  FILTER(?near != ?far)
  FILTER(!BOUND(?status) || ?status != "denied")
}
"""
_DIRECT = _NEAR.replace("ENDS", "rdf:subject|rdf:object")
_THROUGH_SHOWS = _NEAR.replace("ENDS", "rdf:subject|rdf:object|tg:series")


def chain(store: Queryable, start: str, goal: str, until: int | None) -> list[Json]:
    """Return the steps from `start` to `goal`, each with its words; none where they are not connected.

    Of several shortest chains it is always the same one. Costs with what it passes, at most 50,000 things.
    """
    if start == goal:
        return []
    for sparql in (_DIRECT, _THROUGH_SHOWS):
        passed = _search(store, sparql, start, goal, until)
        if passed:
            return list(_steps(store, passed, until))
    return []


def _search(store: Queryable, sparql: str, start: str, goal: str, until: int | None) -> list[str]:
    came: dict[str, str | None] = {start: None}
    level = [start]
    for _ in range(_MOST_LEVELS):
        reached: dict[str, str] = {}
        for far, near in _near(store, sparql, level, until):
            if far not in came:
                reached.setdefault(far, near)
        came.update(reached)
        if goal in came:
            return list(_back(came, goal))[::-1]
        level = sorted(reached)
        if not level or len(came) > _MOST_THINGS:
            break
    return []


def _near(store: Queryable, sparql: str, level: Sequence[str], until: int | None) -> list[tuple[str, str]]:
    """Return what is one fact away from a level, and from which of it, sorted."""
    found = set()
    for at in range(0, len(level), _AT_ONCE):
        rows = select(store, bind(sparql, {"near": map(NamedNode, level[at : at + _AT_ONCE])}))
        for near, far, said, reviewed in rows:
            season = said if said is not None else reviewed
            if until is None or season is None or int(text_of(season)) <= until:
                found.add((text_of(far), text_of(near)))
    return sorted(found)


def _back(came: dict[str, str | None], goal: str) -> Iterator[str]:
    node: str | None = goal
    while node is not None:
        yield node
        node = came[node]


def _steps(store: Queryable, passed: Sequence[str], until: int | None) -> Iterator[Json]:
    named = things(store, passed)
    stated = [s for s in about(store, passed) if s.known(until) and s.status != "denied"]
    for one, other in pairwise(passed):
        yield {"from": ref_of(named[one]), "to": ref_of(named[other]), **_words(stated, one, other, until)}


def _words(stated: Iterable[Statement], one: str, other: str, until: int | None) -> Json:
    between = [edge for edge in edges_of(stated) if {edge.source.iri, edge.target.iri} == {one, other}]
    if between:
        edge = min(between, key=lambda e: (e.status is not None, -len(e.statements), e.id))
        quotes = [quote_of(s, until) for s in edge.statements]
        return {"phrase": edge.phrase, "reversed": edge.source.iri != one, "quotes": quotes}
    within = [s for s in stated if s.show is not None and s.show.iri in (one, other)]
    member = {one, other} - {s.show.iri for s in within if s.show is not None}
    own = [s for s in within if member & {s.subject.iri, getattr(s.object, "iri", "")}]
    return {"phrase": "is in", "reversed": one not in member, "quotes": [quote_of(s, until) for s in own[:1]]}
