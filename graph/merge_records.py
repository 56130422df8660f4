"""The merges made for reviews in a store, as its identity graph and the reviews themselves tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import PROV, RDF, SCHEMA, TG
from .identity import Merge, is_scoped
from .store.protocol import Store

_AT_ONCE = 100
_RECORDS = """
SELECT ?g ?merge ?p ?value WHERE {{
  VALUES ?g {{ {reviews} }}
  GRAPH {identity} {{ ?merge {quoted} ?g ; {type} {merged} ; ?p ?value }}
}}"""
_NAMES = """
SELECT ?g ?c ?name WHERE {{ VALUES (?g ?c) {{ {pairs} }} GRAPH ?g {{ ?c {name} ?name }} }}"""


def merges_in(
    store: Store, iris: Iris, reviews: Iterable[str], *, series: str | None = None
) -> dict[str, tuple[Merge, ...]]:
    """Return the merges made for each of these reviews of a series' characters (of all), sorted, as recorded.

    A merge that is not told in full, or whose character its review does not have, is left out.
    """
    found: dict[str, list[Merge]] = {review: [] for review in reviews}
    waiting = sorted(found)
    for some in (waiting[at : at + _AT_ONCE] for at in range(0, len(waiting), _AT_ONCE)):
        told = {key: one for key, one in _told(store, iris, some).items() if _is_of(one[TG.mergedFrom][0], series)}
        names = _names(store, {(review, one[TG.mergedInto][0]) for (review, _), one in told.items()})
        for (review, _), one in told.items():
            (was,), (into,), (name,), (rule,) = (one[p] for p in _ONCE)
            if known := names.get((review, into)):
                found[review].append(Merge(was, name, into, min(known), rule, tuple(sorted(one[SCHEMA.alternateName]))))
    return {review: tuple(sorted(made, key=lambda merge: merge.merged_from)) for review, made in found.items()}


def _is_of(character: str, series: str | None) -> bool:
    return is_scoped(character, series) if series is not None else "/character/" in character


_ONCE = (TG.mergedFrom, TG.mergedInto, SCHEMA.name, TG.mergeRule)


def _told(store: Store, iris: Iris, reviews: Iterable[str]) -> dict[tuple[str, str], dict[NamedNode, list[str]]]:
    """Return what is told of each merge, by review and merge; only of those that are told in full."""
    query = _RECORDS.format(
        reviews=" ".join(str(NamedNode(review)) for review in reviews), identity=NamedNode(iris.identity_graph),
        quoted=PROV.wasQuotedFrom, type=RDF.type, merged=TG.Merge,
    )  # fmt: skip
    told: dict[tuple[str, str], dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for review, merge, predicate, value in _rows(store, query):
        told[review.value, merge.value][predicate].append(value.value)
    return {key: one for key, one in told.items() if all(len(one[p]) == 1 for p in _ONCE)}


def _names(store: Store, named: set[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    if named:
        pairs = " ".join(f"({NamedNode(review)} {NamedNode(character)})" for review, character in sorted(named))
        for review, character, name in _rows(store, _NAMES.format(pairs=pairs, name=SCHEMA.name)):
            found[review.value, character.value].add(name.value)
    return found


def _rows(store: Store, sparql: str) -> QuerySolutions:
    answer = store.query(sparql)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - they are SELECT queries
    return answer
