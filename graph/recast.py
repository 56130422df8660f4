"""The index of who calls whom what, worked out anew from the reviews in a store, and every merge with it.

For graphs made before there was an index, with an older version of it, or filled in another way than by `adding`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode, Quad

from ..ontology.iris import Iris
from ..ontology.terms import OA, RDF, SCHEMA, SKOS, STATUSES, TG
from .cast_index import CastIndex, items_of, series_of, subject_of
from .identity import Character, Merge, people_of, shows_of
from .identity.characters import Told
from .known_shows import ShowIndex, items_of_shows, marked
from .merge_records import merges_in
from .people_index import PeopleIndex, item_of, keys_of
from .review_record import in_own_words
from .store.protocol import Store

_QUADS_AT_ONCE = 20_000


def index_anew(store: Store, iris: Iris) -> tuple[list[str], list[str], list[str]]:
    """Write the index of all reviews in a store, and return their series, whose merges may be outdated, sorted.

    Also returns the titles that there are several series of, and the names (their addresses) of people of whom sources
    say who they are: they may be told apart in an outdated way.

    Costs reading the whole graph, review by review; all names of the series are held in memory. Killed in between,
    it is done from the beginning the next time: the quad that says that the index is there comes last.
    """
    index, shows, people = CastIndex(store, iris), ShowIndex(store, iris), PeopleIndex(store, iris)
    store.apply(clear=[index.graph])
    known: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    persons: dict[str, set[str]] = defaultdict(set)  # what is known under a name or an identifier
    names = set[str]()
    waiting: list[Quad] = []
    for graph in store.graphs():
        quads = list(store.quads(graph))
        own = own_of_quads(quads, merges_in(store, iris, [graph.value])[graph.value])
        items = {item for characters in own.values() for c in characters.values() for item in items_of(c)}
        waiting += index.said(graph.value, items)
        for item in items:
            known[series_of(subject_of(item))].add(item)
        if _is_review(quads):
            own_quads = list(in_own_words(store, graph.value, quads, iris))
            said = items_of_shows(shows_of(own_quads, iris))
            waiting += shows.said(graph.value, said)
            for item in marked(said):
                titles[subject_of(item)].add(item)
            cards = people_of(own_quads, iris).cards
            waiting += people.said(graph.value, map(item_of, cards))
            names |= {card.iri for card in cards}
            for card in cards:
                for key in keys_of(card):
                    persons[key].add(item_of(card))
        if len(waiting) > _QUADS_AT_ONCE:
            store.apply(add=waiting)
            waiting = []
    for series, items in known.items():
        waiting += index.known(series, items) | index.unsettled(series, {subject_of(item) for item in items})
    for title, items in titles.items():
        waiting += shows.known(title, items) | shows.unsettled(title, [title])
    for key, items in persons.items():
        waiting += people.known(key, items) | people.unsettled(key, {key} & names)
    store.apply(add=[*waiting, index.version()])
    return sorted(known), sorted(titles), sorted(names)


def _is_review(quads: Iterable[Quad]) -> bool:
    return any(q.subject == q.graph_name and q.predicate == RDF.type and q.object == SCHEMA.Review for q in quads)


def own_of_quads(quads: Iterable[Quad], found: Iterable[Merge]) -> dict[str, dict[str, Character]]:
    """Return what `own_characters` finds in a review's facts, from its quads and the merges made for it."""
    graph = _Reader(quads)
    if not graph.is_review:
        return {}
    before = {merge.merged_into: merge for merge in found}
    told = Told()

    def own(iri: str) -> str:
        return before[iri].merged_from if iri in before else iri

    for node in graph.subjects(RDF.type, TG.Character):
        iri = node.value
        if iri in before:
            told.named(before[iri].merged_from, before[iri].name, before[iri].aliases)
        else:
            for name in graph.values(node, SCHEMA.name):
                told.named(iri, name, graph.values(node, SCHEMA.alternateName))
    for series, character in graph.pairs(SCHEMA.character):
        told.series[own(character)].add(series)
    for claim in graph.subjects(RDF.type, TG.Claim):
        _claim(graph, claim, own, told)
    return told.characters()


def _claim(graph: _Reader, claim: NamedNode, own: Callable[[str], str], told: Told) -> None:
    """Take from a claim who plays somebody and who is whose parent, spouse ..."""
    (relation,) = graph.values(claim, TG.relation)
    if relation not in ("plays", "relationship"):
        return
    (subject,), (object_,) = graph.values(claim, RDF.subject), graph.values(claim, RDF.object)
    status = next(iter(graph.values(claim, TG.status)), None)
    if relation == "plays" and (status is None or STATUSES[status].asserted):
        season = next(iter(graph.values(claim, TG.season)), None)
        told.actors[own(object_)].add((subject, None if season is None else int(season.rpartition("/")[2])))
    elif relation == "relationship" and status is None:
        for kind in graph.nodes(claim, TG.kind):
            for evidence in graph.nodes(claim, TG.evidence):
                for words in graph.nodes(evidence, OA.hasSelector):
                    for quote in graph.values(words, OA.exact):
                        told.related(own(subject), graph.values(kind, SKOS.prefLabel)[0], own(object_), quote)


class _Reader:
    """A review's quads, found by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said: dict[tuple[NamedNode, NamedNode], list[NamedNode | Literal]] = defaultdict(list)
        self._typed: dict[tuple[NamedNode, NamedNode], list[NamedNode]] = defaultdict(list)
        self.is_review = False
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._said[quad.subject, quad.predicate].append(quad.object)
                if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
                    self._typed[quad.predicate, quad.object].append(quad.subject)
                    self.is_review |= quad.object == SCHEMA.Review and quad.subject == quad.graph_name

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
        return self._typed[predicate, value]

    def values(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        return [value.value for value in self._said.get((subject, predicate), ())]

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return [value for value in self._said.get((subject, predicate), ()) if isinstance(value, NamedNode)]

    def pairs(self, predicate: NamedNode) -> list[tuple[str, str]]:
        return [(s.value, value.value) for (s, p), values in self._said.items() if p == predicate for value in values]
