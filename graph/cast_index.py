"""What each review itself calls the characters of its series, kept beside the reviews so that no review is read again.

A graph of bookkeeping, `Iris.cast_graph`: one text an item ("r says that c is named so"), once for each review that
says it (`tg:calls`) and once for its series (`tg:knows`). The series' items are all that deciding who is whom takes;
the reviews' items say which reviews a change concerns, and whether anybody else says what a review no longer does.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import RDF, SCHEMA, TG
from .identity import Character
from .store.protocol import Store

VERSION = Literal("2")
"""What the index is like, and the rules made from it; a graph with another one, or none, is worked out anew."""

_AT_ONCE = 100

Item = str


def items_of(character: Character) -> set[Item]:
    """Return what is said of a character, each bit as one text, the same for the same bit."""
    bits: list[tuple[object, ...]] = [("name", name) for name in character.names]
    bits += [("alias", alias) for alias in character.aliases]
    bits += [("actor", *played) for played in character.actors]
    bits += [("beside", other) for other in character.beside]
    bits += [("kin", *kin) for kin in character.kin]
    bits += [("gender", gender) for gender in character.genders]
    return {json.dumps([character.iri, *bit], ensure_ascii=False, separators=(",", ":")) for bit in bits}


def subject_of(item: Item) -> str:
    """Return whom an item is about."""
    iri: str = json.loads(item)[0]
    return iri


def is_name(item: Item) -> bool:
    """Whether an item says what a character is named, which every review that names it does."""
    what: str = json.loads(item)[1]
    return what == "name"


def characters_of(items: Iterable[Item]) -> dict[str, Character]:
    """Return the characters that items tell of, by IRI; those without a name are left out."""
    told: dict[str, dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for item in items:
        iri, what, *value = json.loads(item)
        told[iri][what].add(tuple(value) if len(value) > 1 else value[0])
    return {iri: _character(iri, bits) for iri, bits in told.items() if bits["name"]}


def _character(iri: str, bits: dict[str, set[object]]) -> Character:
    what = ("name", "alias", "actor", "beside", "kin", "gender")
    return Character(iri, *(frozenset(bits[one]) for one in what))  # type: ignore[arg-type]


def series_of(character: str) -> str:
    """Return the series of a character that is scoped to one."""
    return character.rpartition("/character/")[0]


def forget(store: Store, iris: Iris) -> None:
    """Have the index worked out anew by whoever writes next: reviews come in, or came, in another way than by `adding`.

    Raises StoreError if the store cannot be written.
    """
    index = CastIndex(store, iris)
    if index.is_there():
        store.apply(remove=[index.version()])


class CastIndex:
    """The index as it is in a store. Every question is a bounded number of requests, whatever the store holds."""

    node = "cast"
    calls, knows = TG.calls, TG.knows

    def __init__(self, store: Store, iris: Iris) -> None:
        self._store, self._iris = store, iris
        self.graph = NamedNode(iris.cast_graph)

    def is_there(self) -> bool:
        """Whether the store has an index of this version."""
        return bool(self._store.query(f"ASK {{ GRAPH {self.graph} {{ {self.graph} {TG.castVersion} {VERSION} }} }}"))

    def is_needed(self) -> bool:
        """Whether there are reviews to make one of."""
        return bool(self._store.query(f"ASK {{ GRAPH ?g {{ ?g {RDF.type} {SCHEMA.Review} }} }}"))

    def version(self) -> Quad:
        """Return the quad that says that the index is there."""
        return Quad(self.graph, TG.castVersion, VERSION, self.graph)

    def said(self, review: str, items: Iterable[Item]) -> set[Quad]:
        """Return the quads that say what a review says."""
        node = NamedNode(self._iris.part(review, self.node))
        return {Quad(node, self.calls, Literal(item), self.graph) for item in items}

    def known(self, series: str, items: Iterable[Item]) -> set[Quad]:
        """Return the quads that say what is known of a series' characters."""
        node = NamedNode(self._iris.part(series, self.node))
        return {Quad(node, self.knows, Literal(item), self.graph) for item in items}

    def unsettled(self, series: str, characters: Iterable[str]) -> set[Quad]:
        """Return the quads that say that reviews with these characters may have them by an outdated meaning."""
        node = NamedNode(self._iris.part(series, self.node))
        return {Quad(node, TG.unsettled, Literal(iri), self.graph) for iri in characters}

    def of_series(self, series: str) -> tuple[set[Item], set[str]]:
        """Return what is known of a series' characters, and which of them are unsettled."""
        node = NamedNode(self._iris.part(series, self.node))
        items, unsettled = set[Item](), set[str]()
        for predicate, value in self._rows(f"SELECT ?p ?o WHERE {{ GRAPH {self.graph} {{ {node} ?p ?o }} }}"):
            (items if predicate == self.knows else unsettled).add(value.value)
        return items, unsettled

    def of_reviews(self, reviews: Iterable[str]) -> dict[str, set[Item]]:
        """Return what each of these reviews says, of those that say anything."""
        found: dict[str, set[Item]] = defaultdict(set)
        for some in portions(sorted(reviews)):
            nodes = " ".join(str(NamedNode(self._iris.part(review, self.node))) for review in some)
            pattern = f"VALUES ?r {{ {nodes} }} GRAPH {self.graph} {{ ?r {self.calls} ?o }}"
            for node, value in self._rows(f"SELECT ?r ?o WHERE {{ {pattern} }}"):
                found[self._about(node)].add(value.value)
        return dict(found)

    def saying(self, items: Iterable[Item]) -> set[str]:
        """Return the reviews that say any of this."""
        found = set[str]()
        for some in portions(sorted(items)):
            pattern = f"VALUES ?o {{ {_literals(some)} }} GRAPH {self.graph} {{ ?r {self.calls} ?o }}"
            found.update(self._about(row[0]) for row in self._rows(f"SELECT DISTINCT ?r WHERE {{ {pattern} }}"))
        return found

    def sayers(self, items: Iterable[Item]) -> dict[Item, set[str]]:
        """Return the reviews that say each of the items that are said: costs them all."""
        found: dict[Item, set[str]] = defaultdict(set)
        for some in portions(sorted(items)):
            pattern = f"VALUES ?o {{ {_literals(some)} }} GRAPH {self.graph} {{ ?r {self.calls} ?o }}"
            for node, value in self._rows(f"SELECT ?r ?o WHERE {{ {pattern} }}"):
                found[value.value].add(self._about(node))
        return dict(found)

    def still_said(self, items: Iterable[Item], *, without: str) -> set[Item]:
        """Return those of the items that a review other than `without` says."""
        node = NamedNode(self._iris.part(without, self.node))
        found = set[Item]()
        for some in portions(sorted(items)):
            other = f"GRAPH {self.graph} {{ ?r {self.calls} ?o FILTER(?r != {node}) }}"
            pattern = f"VALUES ?o {{ {_literals(some)} }} FILTER EXISTS {{ {other} }}"
            found.update(row[0].value for row in self._rows(f"SELECT ?o WHERE {{ {pattern} }}"))
        return found

    def series(self) -> list[str]:
        """Return the series that anything is known of, sorted."""
        rows = self._rows(f"SELECT DISTINCT ?s WHERE {{ GRAPH {self.graph} {{ ?s {self.knows} ?o }} }}")
        return sorted(self._about(row[0]) for row in rows)

    def _about(self, node: NamedNode) -> str:
        return node.value[: -len(self.node) - 1]

    def _rows(self, sparql: str) -> QuerySolutions:
        answer = self._store.query(sparql)
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - they are SELECT queries
        return answer


def _literals(items: Iterable[Item]) -> str:
    return " ".join(str(Literal(item)) for item in items)


def portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield as many values as one question asks for, in order."""
    for first in range(0, len(values), _AT_ONCE):
        yield values[first : first + _AT_ONCE]
