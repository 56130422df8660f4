"""Some claims of a graph, with all that makes them readable by themselves: what a view takes away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, QuerySolutions

from ..ontology.terms import OA, PROV, RDF, SCHEMA, SKOS, TG
from .store.protocol import Store

_AT_ONCE = 500

_CALLED = frozenset({
    RDF.type, SCHEMA.name, SCHEMA.alternateName, SCHEMA.seasonNumber, SCHEMA.partOfSeries, SKOS.prefLabel,
})  # fmt: skip
_WHOLE = frozenset({TG.Evidence, OA.TextQuoteSelector, OA.TextPositionSelector, SCHEMA.Review, TG.Critic})


def claims_with_words(store: Store, claims: Collection[str]) -> Iterator[Quad]:
    """Yield the quads of some claims: they themselves, their plain triples, their words, who they are about.

    Each review's in its own graph, reviews sorted; what is no claim of the graph is passed over. Reads the graphs of
    the reviews that state them, one at a time.
    """
    wanted = {NamedNode(claim) for claim in claims}
    for review in _reviews(store, sorted(claims)):
        yield from _of_review(list(store.quads(review)), wanted)


def _of_review(quads: Iterable[Quad], wanted: Collection[NamedNode]) -> Iterator[Quad]:
    about: dict[object, list[Quad]] = {}
    for quad in quads:
        about.setdefault(quad.subject, []).append(quad)
    plain = set()
    ahead: list[object] = []
    for claim in wanted & about.keys():
        told = {quad.predicate: quad.object for quad in about[claim]}
        plain.add((told.get(RDF.subject), told.get(RDF.predicate), told.get(RDF.object)))
        ahead.append(claim)
    seen = set(ahead)
    while ahead:
        node = ahead.pop()
        own = about.get(node, [])
        whole = node in wanted or any(quad.predicate == RDF.type and quad.object in _WHOLE for quad in own)
        for quad in own:
            if whole or quad.predicate in _CALLED or (quad.subject, quad.predicate, quad.object) in plain:
                yield quad
                if quad.object not in seen and quad.object in about:
                    seen.add(quad.object)
                    ahead.append(quad.object)


def _reviews(store: Store, claims: list[str]) -> list[NamedNode]:
    found: set[NamedNode] = set()
    for at in range(0, len(claims), _AT_ONCE):
        some = " ".join(str(NamedNode(claim)) for claim in claims[at : at + _AT_ONCE])
        answer = store.query(
            f"SELECT DISTINCT ?in WHERE {{ VALUES ?claim {{ {some} }} "
            f"GRAPH ?in {{ ?claim {PROV.wasQuotedFrom} ?review ; {RDF.type} {TG.Claim} }} }}"
        )
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT query
        found.update(row["in"] for row in answer)
    return sorted(found, key=lambda review: review.value)
