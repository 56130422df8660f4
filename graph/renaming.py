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
from .quads import SELECTORS, evidence_iri
from .terms_of import key_triples

Term = NamedNode | Literal
Statement = tuple[NamedNode, NamedNode, Term]


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
    review: str, triples: Iterable[Statement], before: Iterable[Merge], after: Iterable[Merge], iris: Iris
) -> tuple[set[Quad], set[Quad]]:
    """Return the quads to take out of and put into a review's graph, made with the merges `before`.

    `triples` are those of its graph, all or by `query_about`. The records of the merges are not among the quads.
    Raises LookupError if the graph is not as `quads_of` makes it.
    """
    characters = _changes(before, after)
    removed, added = set[Quad](), set[Quad]()
    if not characters:
        return removed, added
    graph = Statements(triples)
    name = NamedNode(review)
    moved: dict[Term, NamedNode] = {old: new.iri for old, new in characters.items()}
    names = dict[Term, str]()
    for role in graph.subjects(characters, TG.performedCharacter):
        names[role] = characters[graph.one(role, TG.performedCharacter)].name
        scope = graph.subjects({role}, SCHEMA.actor)[0]
        actor = graph.one(graph.one(role, SCHEMA.actor), SCHEMA.name)
        moved[role] = NamedNode(iris.role(scope.value, actor.value, names[role]))
    for claim in graph.subjects(characters, RDF.subject, RDF.object):
        moved |= claim_moves(graph, claim, moved, iris)
    for subject, predicate, value in graph.triples:
        if subject not in moved and value not in moved:
            continue
        removed.add(Quad(subject, predicate, value, name))
        if subject in characters and predicate in (SCHEMA.name, SCHEMA.alternateName, TG.nameKey):
            continue
        if subject in names and predicate == SCHEMA.characterName:
            added.add(Quad(moved[subject], predicate, Literal(names[subject]), name))
        else:
            added.add(Quad(moved.get(subject, subject), predicate, moved.get(value, value), name))
    for new in characters.values():
        added.add(Quad(new.iri, SCHEMA.name, Literal(new.name), name))
        added.update(Quad(new.iri, SCHEMA.alternateName, Literal(alias), name) for alias in new.aliases)
        added.update(Quad(*triple, name) for triple in key_triples(new.iri, new.name, *new.aliases))
    return removed - added, added - removed


def _changes(before: Iterable[Merge], after: Iterable[Merge]) -> dict[Term, _Called]:
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


def statements(triples: Iterable[Quad | Triple]) -> set[Statement]:
    """Return triples, or quads without their graph. Raises LookupError for a blank node or a triple term."""
    found = set[Statement]()
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            raise LookupError(f"{triple} is not ours")
        found.add((subject, predicate, value))
    return found


class Statements:
    """A review's triples, found by subject."""

    def __init__(self, triples: Iterable[Statement]) -> None:
        self.triples = frozenset(triples)
        self._said: dict[Term, list[tuple[NamedNode, Term]]] = {}
        for subject, predicate, value in self.triples:
            self._said.setdefault(subject, []).append((predicate, value))

    def all(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property, in no order. Raises LookupError for a subject of which nothing is said."""
        return [value for p, value in self._said[subject] if p == predicate]

    def one(self, subject: Term, predicate: NamedNode) -> Term:
        """Return the first value. Raises LookupError where there is none."""
        return sorted(self.all(subject, predicate), key=str)[0]

    def value(self, subject: Term, predicate: NamedNode) -> str | None:
        """Return a value's text, if there is one."""
        values = self.all(subject, predicate)
        return values[0].value if values else None

    def having(self, predicate: NamedNode) -> list[Term]:
        """Return the subjects of which a property is told."""
        return [s for s, told in self._said.items() if any(p == predicate for p, _ in told)]

    def subjects(self, values: Container[Term], *predicates: NamedNode) -> list[Term]:
        """Return the subjects of which one of the predicates says one of `values`."""
        return [s for s, told in self._said.items() if any(p in predicates and value in values for p, value in told)]


def claim_moves(graph: Statements, claim: Term, moved: Mapping[Term, NamedNode], iris: Iris) -> dict[Term, NamedNode]:
    """Return the new IRIs of a claim, its evidence and their parts, where what it is about is `moved`."""
    subject, object_ = graph.one(claim, RDF.subject), graph.one(claim, RDF.object)
    kinds, season = graph.all(claim, TG.kind), graph.value(claim, TG.season)
    series = [moved.get(node, node).value for node in graph.all(claim, TG.series)]
    address = iris.claim(
        str(moved.get(subject, subject)),
        graph.value(claim, TG.relation),
        graph.value(kinds[0], SKOS.prefLabel) if kinds else None,
        str(moved.get(object_, object_)),
        graph.value(claim, TG.status),
        series[0] if series else None,
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
