"""What sources say of who people are, kept beside the reviews: under each review, each name and each identifier."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple

from pyoxigraph import NamedNode

from ..ontology.terms import PROV, RDF, SCHEMA, TG
from .cast_index import CastIndex, Item, portions
from .identity.people import Card, id_key


def item_of(card: Card) -> Item:
    """Return a card as one text, the same for the same card."""
    return json.dumps(astuple(card), ensure_ascii=False, separators=(",", ":"))


def card_of(item: Item) -> Card:
    """Return the card of a text."""
    iri, name, ids, born, jobs, shows, own = json.loads(item)
    return Card(iri, name, tuple(ids), tuple(born), tuple(jobs), tuple(shows), own)


def keys_of(card: Card) -> set[str]:
    """Return what a card is found by: the address of its name, and its identifiers."""
    return {card.iri, *(f"https://{id_key(address)}" for address in card.ids)}


class PeopleIndex(CastIndex):
    """The cards of a store's people, each whole: found by review, by name and by identifier (`keys_of`)."""

    node = "people"
    calls, knows = TG.callsPerson, TG.knowsPerson

    def is_used(self) -> bool:
        """Whether the store has any card."""
        return bool(self._store.query(f"ASK {{ GRAPH {self.graph} {{ ?key {self.knows} ?card }} }}"))

    def of_keys(self, keys: Iterable[str]) -> dict[str, tuple[set[Item], set[str]]]:
        """Return what is known under each of these keys, and what of it is unsettled: one request a hundred."""
        found: dict[str, tuple[set[Item], set[str]]] = defaultdict(lambda: (set(), set()))
        for some in portions(sorted(keys)):
            nodes = " ".join(str(NamedNode(self._iris.part(key, self.node))) for key in some)
            pattern = f"VALUES ?s {{ {nodes} }} GRAPH {self.graph} {{ ?s ?p ?o }}"
            for node, predicate, value in self._rows(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}"):
                if predicate in (self.knows, TG.unsettled):
                    found[self._about(node)][predicate == TG.unsettled].add(value.value)
        return found

    def names(self) -> list[str]:
        """Return the names (their addresses) that cards are known of, sorted."""
        return [key for key in self.series() if key.startswith(f"{self._iris.base}person/")]

    def naming(self, people: Iterable[str]) -> set[str]:
        """Return the reviews that name any of these people, by these addresses or in their own words."""
        return self._reviews(people, _NAMING, _RECORDED)

    def naming_as(self, people: Iterable[str]) -> set[str]:
        """Return the reviews that name any of these people by these addresses, as they are told."""
        return self._reviews(people, _NAMING)

    def _reviews(self, people: Iterable[str], *queries: str) -> set[str]:
        found = set[str]()
        terms = {"type": RDF.type, "review": SCHEMA.Review, "person": SCHEMA.Person, "from": TG.mergedFrom,
                 "quoted": PROV.wasQuotedFrom, "identity": NamedNode(self._iris.identity_graph)}  # fmt: skip
        for some in portions(sorted(people)):
            things = " ".join(str(NamedNode(iri)) for iri in some)
            for query in queries:
                found.update(row[0].value for row in self._rows(query.format(things=things, **terms)))
        return found


_NAMING = """
SELECT DISTINCT ?g WHERE {{ VALUES ?who {{ {things} }} GRAPH ?g {{ ?who {type} {person} . ?g {type} {review} }} }}"""
_RECORDED = """
SELECT DISTINCT ?g WHERE {{ VALUES ?who {{ {things} }} GRAPH {identity} {{ ?m {from} ?who ; {quoted} ?g }} }}"""
