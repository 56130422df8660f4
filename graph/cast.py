"""Who is known in a series: what the reviews in a store name, each review's share apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import NamedNode, QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import PROV, SCHEMA, TG
from .identity import Character, joined
from .store.protocol import Store

_NAMES = """
SELECT ?g ?c ?p ?value WHERE {{
  GRAPH ?g {{ {series} {character} ?c . ?c ?p ?value . FILTER(?p IN ({name}, {alias})) }}
}}"""
_ACTORS = """
SELECT ?g ?c ?actor WHERE {{ GRAPH ?g {{ {series} {character} ?c . ?actor {plays} ?c . }} }}"""
_MERGED = """
SELECT ?g ?c ?was ?name WHERE {{
  GRAPH ?g {{ {series} {character} ?c . }}
  GRAPH {identity} {{ ?merge {into} ?c ; {quoted} ?g ; {was} ?was ; {name} ?name . }}
}}"""


class Cast:
    """The characters of the series asked for, kept up to date by `learn`; three queries the first time for each."""

    def __init__(self, store: Store, iris: Iris) -> None:
        self._store, self._iris = store, iris
        self._by_review: dict[str, dict[str, dict[str, Character]]] = {}

    def of(self, series: str, *, without: str) -> list[Character]:
        """Return a series' characters as all reviews but `without` name them, merged mentions by their own names."""
        together: dict[str, Character] = {}
        for review, characters in self._reviews(series).items():
            if review != without:
                for iri, character in characters.items():
                    together[iri] = joined(together[iri], character) if iri in together else character
        return list(together.values())

    def learn(self, review: str, own: Mapping[str, Mapping[str, Character]]) -> None:
        """Note what a review names, in place of what it named before."""
        for reviews in self._by_review.values():
            reviews.pop(review, None)
        for series, characters in own.items():
            if series in self._by_review:
                self._by_review[series][review] = dict(characters)

    def _reviews(self, series: str) -> dict[str, dict[str, Character]]:
        if series not in self._by_review:
            self._by_review[series] = self._load(series)
        return self._by_review[series]

    def _load(self, series: str) -> dict[str, dict[str, Character]]:
        terms = {
            "series": NamedNode(series), "character": SCHEMA.character, "name": SCHEMA.name,
            "alias": SCHEMA.alternateName, "plays": TG.plays, "identity": NamedNode(self._iris.identity_graph),
            "into": TG.mergedInto, "was": TG.mergedFrom, "quoted": PROV.wasQuotedFrom,
        }  # fmt: skip
        names: dict[tuple[str, str], set[str]] = defaultdict(set)
        aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
        actors: dict[tuple[str, str], set[str]] = defaultdict(set)
        for g, c, p, value in self._rows(_NAMES.format(**terms)):
            (names if p == SCHEMA.name else aliases)[g.value, c.value].add(value.value)
        for g, c, actor in self._rows(_ACTORS.format(**terms)):
            actors[g.value, c.value].add(actor.value)
        found: dict[str, dict[str, Character]] = defaultdict(dict)
        for (g, c), called in names.items():
            found[g][c] = Character(c, frozenset(called), frozenset(aliases[g, c]), frozenset(actors[g, c]))
        for g, c, was, name in self._rows(_MERGED.format(**terms)):
            whole = found[g.value].pop(c.value, None)
            played_by = whole.actors if whole is not None else frozenset()
            found[g.value][was.value] = Character(was.value, frozenset({name.value}), frozenset(), played_by)
        return dict(found)

    def _rows(self, sparql: str) -> QuerySolutions:
        answer = self._store.query(sparql)
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - they are SELECT queries
        return answer
