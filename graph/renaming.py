"""A stored review's characters renamed in its quads, so that the graph is as if it had been added so: merged or not.

Merging can be redone without the review's text, which is not kept: a merge's record has what the review itself calls
the character. A character's IRI is in the hashes that name claims and evidence, and its name in the IRI of its role;
those are minted anew, everything else stays. A test holds `renamed` to `quads_of` of the facts as `resolved`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ..ontology.iris import Iris
from ..ontology.terms import OA, RDF, SCHEMA, SKOS, TG
from .identity import Merge, called
from .quads import SELECTORS, evidence_iri, key_triples

_Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class _Called:
    """What a character goes by in a review's graph."""

    iri: NamedNode
    name: str
    aliases: tuple[str, ...]


# Reading a review's whole graph takes five times as long. No BIND, no VALUES alone: with them Virtuoso finds nothing.
_ABOUT = """
CONSTRUCT {{ ?n ?p ?o . ?s ?q ?n . ?who {name} ?called . ?concept {label} ?title }} WHERE {{ GRAPH {graph} {{
  {{ VALUES ?n {{ {characters} }} ?n ?any ?thing }}
  UNION {{ VALUES ?c {{ {characters} }} ?n ({of}) ?c }}
  UNION {{ VALUES ?c {{ {characters} }} ?claim ({of}) ?c . ?claim {evidence} ?n }}
  UNION {{ VALUES ?c {{ {characters} }} ?claim ({of}) ?c . ?claim {evidence} ?words . ?words {selector} ?n }}
  {{ ?n ?p ?o }}
  UNION {{ ?s ?q ?n }}
  UNION {{ ?n {actor} ?who . ?who {name} ?called }}
  UNION {{ ?n {kind} ?concept . ?concept {label} ?title }}
}} }}"""


def query_about(review: str, before: Iterable[Merge], after: Iterable[Merge]) -> str:
    """Return the query for all that `renamed` needs of a review's graph."""
    return _ABOUT.format(
        graph=NamedNode(review), characters=" ".join(map(str, _changes(before, after))),
        of=f"{RDF.subject}|{RDF.object}|{TG.performedCharacter}", evidence=TG.evidence, selector=OA.hasSelector,
        actor=SCHEMA.actor, name=SCHEMA.name, kind=TG.kind, label=SKOS.prefLabel,
    )  # fmt: skip


def renamed(
    review: str, triples: Iterable[Triple], before: Iterable[Merge], after: Iterable[Merge], iris: Iris
) -> tuple[set[Quad], set[Quad]]:
    """Return the quads to take out of and put into a review's graph, made with the merges `before`.

    `triples` are those of its graph, all or by `query_about`. The records of the merges are not among the quads.
    Raises LookupError if the graph is not as `quads_of` makes it.
    """
    characters = _changes(before, after)
    removed, added = set[Quad](), set[Quad]()
    if not characters:
        return removed, added
    graph = _Graph(review, triples)
    moved: dict[_Term, NamedNode] = {old: new.iri for old, new in characters.items()}
    names = dict[_Term, str]()
    for role in graph.subjects(characters, TG.performedCharacter):
        names[role] = characters[graph.one(role, TG.performedCharacter)].name
        scope = graph.subjects({role}, SCHEMA.actor)[0]
        actor = graph.one(graph.one(role, SCHEMA.actor), SCHEMA.name)
        moved[role] = NamedNode(iris.role(scope.value, actor.value, names[role]))
    for claim in graph.subjects(characters, RDF.subject, RDF.object):
        moved |= _claim(graph, claim, moved, iris)
    for subject, predicate, value in graph.triples:
        if subject not in moved and value not in moved:
            continue
        removed.add(Quad(subject, predicate, value, graph.name))
        if subject in characters and predicate in (SCHEMA.name, SCHEMA.alternateName, TG.nameKey):
            continue
        if subject in names and predicate == SCHEMA.characterName:
            added.add(Quad(moved[subject], predicate, Literal(names[subject]), graph.name))
        else:
            added.add(Quad(moved.get(subject, subject), predicate, moved.get(value, value), graph.name))
    for new in characters.values():
        added.add(Quad(new.iri, SCHEMA.name, Literal(new.name), graph.name))
        added.update(Quad(new.iri, SCHEMA.alternateName, Literal(alias), graph.name) for alias in new.aliases)
        added.update(Quad(*triple, graph.name) for triple in key_triples(new.iri, new.name, *new.aliases))
    return removed - added, added - removed


def _changes(before: Iterable[Merge], after: Iterable[Merge]) -> dict[_Term, _Called]:
    """What a character is called after, by its IRI before; in one review no two characters are merged into one."""
    old, new = ({merge.merged_from: merge for merge in found} for found in (before, after))
    as_read = old | new
    return {
        _called(old.get(iri), as_read[iri]).iri: _called(new.get(iri), as_read[iri])
        for iri in sorted(as_read)
        if old.get(iri) != new.get(iri)
    }


def _called(merge: Merge | None, as_read: Merge) -> _Called:
    if merge is None:
        return _Called(NamedNode(as_read.merged_from), as_read.name, as_read.aliases)
    return _Called(NamedNode(merge.merged_into), merge.known_name, called(merge, merge.aliases))


class _Graph:
    """A review's triples, found by subject."""

    def __init__(self, review: str, triples: Iterable[Triple]) -> None:
        self.name = NamedNode(review)
        self.triples: list[tuple[NamedNode, NamedNode, _Term]] = []
        self._said: dict[_Term, list[tuple[NamedNode, _Term]]] = {}
        for triple in set(triples):
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
                raise LookupError(f"{triple} is not ours")
            self.triples.append((subject, predicate, value))
            self._said.setdefault(subject, []).append((predicate, value))

    def all(self, subject: _Term, predicate: NamedNode) -> list[_Term]:
        return [value for p, value in self._said[subject] if p == predicate]

    def one(self, subject: _Term, predicate: NamedNode) -> _Term:
        return sorted(self.all(subject, predicate), key=str)[0]

    def value(self, subject: _Term, predicate: NamedNode) -> str | None:
        values = self.all(subject, predicate)
        return values[0].value if values else None

    def subjects(self, values: Container[_Term], *predicates: NamedNode) -> list[_Term]:
        """Return the subjects of which one of the predicates says one of `values`."""
        return [s for s, told in self._said.items() if any(p in predicates and value in values for p, value in told)]


def _claim(graph: _Graph, claim: _Term, moved: Mapping[_Term, NamedNode], iris: Iris) -> dict[_Term, NamedNode]:
    """Return the new IRIs of a claim, its evidence and their parts, where characters are `moved`."""
    subject, object_ = graph.one(claim, RDF.subject), graph.one(claim, RDF.object)
    kinds, season = graph.all(claim, TG.kind), graph.value(claim, TG.season)
    address = iris.claim(
        str(moved.get(subject, subject)),
        graph.value(claim, TG.relation),
        graph.value(kinds[0], SKOS.prefLabel) if kinds else None,
        str(moved.get(object_, object_)),
        graph.value(claim, TG.status),
        graph.value(claim, TG.series),
        None if season is None else season.rpartition("/")[2],
    )
    found = {claim: NamedNode(address)}
    for evidence in graph.all(claim, TG.evidence):
        parts = [NamedNode(evidence.value + part) for part in SELECTORS]
        new = evidence_iri(
            graph.one(evidence, OA.hasSource).value,
            address,
            graph.one(parts[1], OA.start).value,
            graph.one(parts[1], OA.end).value,
            graph.one(evidence, TG.rule).value,
            graph.one(evidence, TG.reader).value,
            iris,
        )
        found[evidence] = NamedNode(new)
        found |= {old: NamedNode(new + part) for old, part in zip(parts, SELECTORS, strict=True)}
    return found
