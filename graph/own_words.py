"""What a review itself calls things, kept so that it can be told again: by other decisions, or by none.

A review's graph has things as they were decided to be. For each thing that goes by another address than the review
gives it, a `tg:Renaming` in the identity graph says what the review itself calls it, which is enough to go back as long
as no two things of the review became one. Where they did, going back is put right by what the `tg:AsRead` of the review
lists: statements that it makes besides, and ones that it does not make.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ..ontology.iris import Iris
from ..ontology.terms import PROV, RDF, SCHEMA, TG
from .identity import Merge
from .renaming import Statement, renamed, statements
from .restating import Called, restated, things


class Resolver(Protocol):
    """Who somebody is by decisions and by what tells series apart, in one review."""

    def final(self, iri: str) -> str:
        """Return the address that a thing of the review goes by."""

    def known_name(self, iri: str) -> str | None:
        """Return the name of what others go by, where the review itself may not name it."""

    def rule(self, iri: str) -> str:
        """Return why a thing goes by another address."""


@dataclass(frozen=True, slots=True)
class Told:
    """A review's statements as decided, and the record (in the identity graph) of what it says in its own words.

    `targets` are the things that go by another address, by the review's own.
    """

    statements: set[Statement]
    record: set[Quad]
    targets: Mapping[str, Called]


def targets(called: Mapping[str, Called], resolver: Resolver) -> dict[str, Called]:
    """Return what the things that a review names (see `things`) are called by a resolver, where that is another."""
    found = {}
    for iri, own in called.items():
        final = resolver.final(iri)
        if final == iri:
            continue
        itself = called.get(final)
        if itself is not None and resolver.final(final) == final:
            name: str | None = itself.name
        else:
            name = resolver.known_name(final)
        if name is None or (name in own.names and len(own.names) == 1):
            found[iri] = Called(final, own.names, own.aliases)
        else:
            found[iri] = Called(final, frozenset((name,)), (own.aliases | own.names) - {name})
    return found


def told(review: str, as_read: Iterable[Statement], resolver: Resolver, iris: Iris) -> Told:
    """Return what a review says, told as a resolver has it; automatic merges come on top of that."""
    own = set(as_read)
    called = things(own)
    to = targets(called, resolver)
    if not to:
        return Told(own, set(), {})
    now = restated(own, to, iris)
    back = restated(now, _inverse((called[iri], target.iri) for iri, target in sorted(to.items())), iris)
    record = {quad for iri, target in to.items() for quad in _renaming(review, called[iri], target, resolver, iris)}
    return Told(now, record | _correction(review, own - back, back - own, iris), to)


def as_read(review: str, now: Iterable[Statement], record: Iterable[Quad], iris: Iris) -> set[Statement]:
    """Return what a review in a store says in its own words: the other way round.

    `now` are the statements of its graph and `record` is all that the identity graph has of it, merges included. Raises
    LookupError if they are not as they were made.
    """
    nodes: dict[NamedNode, dict[NamedNode, list[str]]] = {}
    for node, predicate, value in statements(record):
        nodes.setdefault(node, {}).setdefault(predicate, []).append(value.value)
    by_class = {
        kind: [said for _, said in sorted(nodes.items(), key=str) if kind.value in said[RDF.type]]
        for kind in (TG.Merge, TG.Renaming, TG.AsRead)
    }
    own = _unmerged(review, set(now), by_class[TG.Merge], iris)
    moves = ((_called(said), said[TG.mergedInto][0]) for said in by_class[TG.Renaming])
    renamings = sorted(moves, key=lambda move: move[0].iri)
    own = restated(own, _inverse(renamings), iris) if renamings else own
    for said in by_class[TG.AsRead]:
        own = (own - _parsed(said.get(TG.neverRead, ()))) | _parsed(said.get(TG.alsoRead, ()))
    return own


def _unmerged(
    review: str, own: set[Statement], merges: Iterable[Mapping[NamedNode, list[str]]], iris: Iris
) -> set[Statement]:
    made = [
        Merge(
            said[TG.mergedFrom][0], said[SCHEMA.name][0], said[TG.mergedInto][0], "", said[TG.mergeRule][0],
            tuple(sorted(said.get(SCHEMA.alternateName, ()))),
        )
        for said in merges
    ]  # fmt: skip
    removed, added = renamed(review, own, made, (), iris)
    return (own - statements(removed)) | statements(added)


def merged(review: str, own: set[Statement], merges: Iterable[Merge], iris: Iris) -> set[Statement]:
    """Return a review's statements with its characters merged."""
    removed, added = renamed(review, own, (), merges, iris)
    return (own - statements(removed)) | statements(added)


def _called(said: Mapping[NamedNode, list[str]]) -> Called:
    return Called(said[TG.mergedFrom][0], frozenset(said[SCHEMA.name]), frozenset(said.get(SCHEMA.alternateName, ())))


def _inverse(moves: Iterable[tuple[Called, str]]) -> dict[str, Called]:
    """What things are called in a review's own words, by their address now; of two that became one, the first."""
    back: dict[str, Called] = {}
    for own, final in moves:
        back.setdefault(final, own)
    return back


def _renaming(review: str, own: Called, target: Called, resolver: Resolver, iris: Iris) -> list[Quad]:
    node = NamedNode(iris.part(review, f"renaming-{hashlib.sha256(own.iri.encode()).hexdigest()[:32]}"))
    said: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, TG.Renaming),
        (TG.mergedFrom, NamedNode(own.iri)),
        (TG.mergedInto, NamedNode(target.iri)),
        (TG.mergeRule, Literal(resolver.rule(own.iri))),
        (PROV.wasQuotedFrom, NamedNode(review)),
        *((SCHEMA.name, Literal(name)) for name in own.names),
        *((SCHEMA.alternateName, Literal(alias)) for alias in own.aliases),
    ]
    graph = NamedNode(iris.identity_graph)
    return [Quad(node, predicate, value, graph) for predicate, value in said]


def _correction(review: str, also: set[Statement], never: set[Statement], iris: Iris) -> set[Quad]:
    if not also and not never:
        return set()
    node, graph = NamedNode(iris.part(review, "as-read")), NamedNode(iris.identity_graph)
    return {
        Quad(node, RDF.type, TG.AsRead, graph),
        Quad(node, PROV.wasQuotedFrom, NamedNode(review), graph),
        *(Quad(node, TG.alsoRead, Literal(_line(statement)), graph) for statement in also),
        *(Quad(node, TG.neverRead, Literal(_line(statement)), graph) for statement in never),
    }


def _line(statement: Statement) -> str:
    return "{} {} {} .".format(*statement)


def _parsed(lines: Iterable[str]) -> set[Statement]:
    return statements(parse("\n".join(lines), format=RdfFormat.N_TRIPLES))
