"""What a store has of a review beside its graph, and the review in its own words by that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from ..errors import StoreError
from ..ontology.iris import Iris
from ..ontology.terms import PROV, RDF, TG
from .own_words import as_read
from .renaming import Statement, statements
from .store.protocol import Store


def own_statements(
    store: Store, review: str, now: Iterable[Quad], record: Iterable[Quad], iris: Iris
) -> set[Statement]:
    """Return what a review says in its own words, by the quads of its graph and what is `recorded` of it.

    Raises StoreError if somebody changed them by hand.
    """
    with as_it_was_put(store, review):
        return as_read(review, statements(now), record, iris)


@contextmanager
def as_it_was_put(store: Store, review: str) -> Iterator[None]:
    """Turn a LookupError, of a review that somebody changed by hand, into a StoreError."""
    try:
        yield
    except LookupError as error:
        raise StoreError(
            f"the review {review} is not as it was put into {store.where}: remove it and add it again"
        ) from error


def in_own_words(store: Store, review: str, quads: Iterable[Quad], iris: Iris) -> Iterable[Quad]:
    """Return the quads of a review's graph in its own words; merges of characters are left in where nothing else is.

    Raises StoreError if somebody changed them by hand.
    """
    record = recorded(store, review, iris)
    if not any(quad.predicate == RDF.type and quad.object in (TG.Renaming, TG.AsRead) for quad in record):
        return quads
    graph = NamedNode(review)
    return [Quad(s, p, o, graph) for s, p, o in own_statements(store, review, quads, record, iris)]


def recorded(store: Store, review: str, iris: Iris) -> list[Quad]:
    """Return what the identity graph has of a review: who in it is whom, and what it calls them in its own words."""
    identity = NamedNode(iris.identity_graph)
    found = construct(
        store,
        f"CONSTRUCT {{ ?m ?p ?o }} WHERE {{ GRAPH {identity} "
        f"{{ ?m {PROV.wasQuotedFrom} {NamedNode(review)} ; ?p ?o }} }}",
    )
    return [Quad(t.subject, t.predicate, t.object, identity) for t in found]


def construct(store: Store, sparql: str) -> Iterator[Triple]:
    """Answer a CONSTRUCT query."""
    answer = store.query(sparql)
    assert not isinstance(answer, QuerySolutions | QueryBoolean)  # noqa: S101 - they are CONSTRUCT queries
    return answer
