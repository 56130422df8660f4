"""The shortest chain of shared casts between two people: SPARQL 1.1 can tell that there is a path, not which is short.

A breadth-first search from both ends, the smaller side first, that asks for the shows of all people of a level and
the people of all those shows at once. Its cost grows with the casts it passes, at most with all roles of the graph:
each show and person is asked for once from either end.
Source: I. Pohl, "Bi-directional search", Machine Intelligence 6 (1971), 127-140.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from ..ontology.terms import XSD
from .bind import bind
from .header import Question
from .rows import Queryable, Row, Rows, select
from .values import text_of, visible

_AT_ONCE = 1000  # terms in one VALUES block: a request of about 60 kB

_CASTS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT DISTINCT ?person ?show WHERE {
  VALUES ?person { UNDEF }
  VALUES ?show { UNDEF }
  GRAPH ?in {
    ?claim rdf:subject|rdf:object ?person ; tg:series ?show ; tg:relation ?relation .
    ?person a schema:Person .
  }
  FILTER(?relation IN ("plays", "actor"))
  OPTIONAL { GRAPH ?in { ?claim tg:status ?status } }
  FILTER(!BOUND(?status))
}
"""
_NAME = """
PREFIX schema: <https://schema.org/>
SELECT (MIN(?name) AS ?called) WHERE {
  VALUES ?person { UNDEF }
  GRAPH ?in { ?person schema:name ?name }
}
"""


def shortest_path(store: Queryable, asked: Question, terms: Mapping[str, NamedNode | Literal]) -> Rows:
    """Answer `connection`: a shortest chain, two rows for each show in it; if there is none, a note that says so.

    Deterministic: of several shortest chains it is always the same one.
    """
    start, goal = terms["from"], terms["to"]
    direct = select(store, bind(asked.sparql, {"from": start, "to": goal}), named=True)
    if direct:
        return direct[:2]
    if start == goal:
        return direct.replaced([], note=f"{_called(store, start)} is both ends of the chain: nothing to connect.")
    chain = _search(store, start, goal)
    if chain is None:
        note = f"No chain of shared casts leads from {_called(store, start)} to {_called(store, goal)}."
        return direct.replaced([], note=note)
    return direct.replaced(_links(store, asked, chain))


def _links(store: Queryable, asked: Question, chain: Sequence[NamedNode | Literal]) -> Iterator[Row]:
    """Yield the rows of each link, steps counted on; `chain` is person, show, person, show, ... person."""
    number = 0
    for at in range(0, len(chain) - 2, 2):
        person, show, other = chain[at : at + 3]
        rows = select(store, bind(asked.sparql, {"from": person, "to": other}))
        step, of_show = rows.variables.index("step"), rows.variables.index("show")
        for row in rows:
            if row[of_show] == show:
                number += 1
                yield (*row[:step], Literal(str(number), datatype=XSD.integer), *row[step + 1 :])


class _Side:
    """The search from one end: what it has reached, through what, and the people to go on from."""

    def __init__(self, store: Queryable, origin: NamedNode | Literal) -> None:
        self._store = store
        self.through: dict[str, str | None] = {text_of(origin): None}
        self.edge: list[str] = [text_of(origin)]

    def advance(self) -> None:
        """Go one shared cast further."""
        shows = self._step("person", "show", self.edge)
        self.edge = self._step("show", "person", shows)

    def _step(self, known: str, wanted: str, nodes: Sequence[str]) -> list[str]:
        reached = []
        for some in _batches(nodes):
            rows = select(self._store, bind(_CASTS, {known: map(NamedNode, some)}))
            # Sorted here, where it costs nothing, for the same chain each time.
            for target, source in sorted(zip(_texts(rows, wanted), _texts(rows, known), strict=True)):
                if target not in self.through:
                    self.through[target] = source
                    reached.append(target)
        return sorted(reached)

    def back_from(self, node: str) -> list[str]:
        """Return the chain from `node` to this side's end."""
        chain = [node]
        while (before := self.through[chain[-1]]) is not None:
            chain.append(before)
        return chain


def _search(store: Queryable, start: NamedNode | Literal, goal: NamedNode | Literal) -> list[NamedNode] | None:
    here, there = _Side(store, start), _Side(store, goal)
    while here.edge and there.edge:
        side, other = (here, there) if len(here.edge) <= len(there.edge) else (there, here)
        side.advance()
        # Whole levels are compared, so the first people both sides have reached lie on shortest chains.
        met = [person for person in side.edge if person in other.through]
        if met:
            chain = [*reversed(here.back_from(met[0])), *there.back_from(met[0])[1:]]
            return [NamedNode(node) for node in chain]
    return None


def _batches(nodes: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(nodes), _AT_ONCE):
        yield nodes[at : at + _AT_ONCE]


def _texts(rows: Rows, variable: str) -> Iterator[str]:
    return map(text_of, rows.column(variable))


def _called(store: Queryable, person: NamedNode | Literal) -> str:
    names: Iterable[object] = select(store, bind(_NAME, {"person": person})).column("called")
    return next((visible(n.value) for n in names if isinstance(n, Literal)), text_of(person))
