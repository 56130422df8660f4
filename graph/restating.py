"""A review's triples with things under other IRIs and names: as if its facts had named them so.

`renaming` takes characters from one meaning of their names to another and reads only what is about them; here any named
thing may move, a series with all that is below it, and two things may become one. A test holds `restated` to `quads_of`
of `restated_facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from ..ontology.iris import Iris
from ..ontology.terms import RDF, SCHEMA, TG
from ..reviews.records import Entity, EntityType, Fact
from .renaming import Statement, Statements, Term, claim_moves
from .terms_of import key_triples

CLASSES = frozenset({
    SCHEMA.Person, TG.Character, SCHEMA.TVSeries, SCHEMA.CreativeWork, SCHEMA.Organization, SCHEMA.Place, SCHEMA.Country
})  # fmt: skip
"""The classes of things that have a name of their own and may be taken for another of their class."""

_SOURCE = "/source/"


@dataclass(frozen=True, slots=True)
class Called:
    """What a thing goes by in a review: its IRI, its names (one, but for spellings) and other forms."""

    iri: str
    names: frozenset[str]
    aliases: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """One of the names, always the same."""
        return min(self.names)


def things(statements: Iterable[Statement]) -> dict[str, Called]:
    """Return what a review calls the things it names, by IRI; not its seasons, roles and the works nobody named."""
    kinds, names, aliases = set[str](), defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for subject, predicate, value in statements:
        if predicate == RDF.type and value in CLASSES:
            kinds.add(subject.value)
        elif predicate == SCHEMA.name:
            names[subject.value].add(value.value)
        elif predicate == SCHEMA.alternateName:
            aliases[subject.value].add(value.value)
    return {
        iri: Called(iri, frozenset(names[iri]), frozenset(aliases[iri]))
        for iri in sorted(kinds & names.keys())
        if _SOURCE not in iri
    }


def moved_below(iri: str, series: Mapping[str, str], iris: Iris) -> str:
    """Return the IRI of what is below a series (its seasons, characters, ...) where the series has another IRI.

    >>> moved_below("https://a/series/b/season/2", {"https://a/series/b": "https://a/series/c"}, Iris("https://a/"))
    'https://a/series/c/season/2'
    """
    whole = above(iri, iris)
    return iri if whole is None or whole not in series else series[whole] + iri[len(whole) :]


def above(iri: str, iris: Iris) -> str | None:
    """Return the series that a thing's IRI is below, if it is."""
    head = f"{iris.base}series/"
    name, slash, _ = iri.removeprefix(head).partition("/")
    return head + name if slash and iri.startswith(head) else None


def restated(statements: Iterable[Statement], targets: Mapping[str, Called], iris: Iris) -> set[Statement]:
    """Return a review's statements with the things of `targets`, by IRI, called what those say.

    What is below a moved series (seasons, roles, works nobody named) moves with it; characters must be targets
    themselves. Raises LookupError if the statements are not as `quads_of` makes them.
    """
    graph = Statements(statements)
    if not targets:
        return set(graph.triples)
    return _Restating(graph, targets, iris).done()


class _Restating:
    """One `restated`: where each node goes, and the literals that are made of names."""

    def __init__(self, graph: Statements, targets: Mapping[str, Called], iris: Iris) -> None:
        self._graph, self._targets, self._iris = graph, targets, iris
        self._series = {iri: to.iri for iri, to in targets.items()}
        self._moved: dict[Term, NamedNode] = {}
        self._said: dict[tuple[Term, NamedNode], str] = {}  # literals in place of others, by subject and property

    def done(self) -> set[Statement]:
        graph, moved = self._graph, self._moved
        for node in {term for s, _, o in graph.triples for term in (s, o) if isinstance(term, NamedNode)}:
            target = self._targets.get(node.value)
            to = target.iri if target is not None else moved_below(node.value, self._series, self._iris)
            if to != node.value:
                moved[node] = NamedNode(to)
        for season in graph.having(SCHEMA.seasonNumber):
            self._season(season)
        for role in graph.having(TG.performedCharacter):
            self._role(role)
        for work in [node for node in graph.having(SCHEMA.author) if _SOURCE in node.value]:
            self._source(work)
        for claim in graph.having(RDF.subject):
            about = (*graph.all(claim, RDF.subject), *graph.all(claim, RDF.object), *graph.all(claim, TG.series))
            if any(node in moved for node in about):
                moved.update(claim_moves(graph, claim, moved, self._iris))
        return {statement for triple in graph.triples for statement in self._stated(triple)} | self._names()

    def _stated(self, triple: Statement) -> tuple[Statement, ...]:
        subject, predicate, value = triple
        if subject.value in self._targets and predicate in (SCHEMA.name, SCHEMA.alternateName, TG.nameKey):
            return ()
        said = self._said.get((subject, predicate))
        to = self._moved.get(value, value) if said is None else Literal(said)
        return ((self._moved.get(subject, subject), predicate, to),)

    def _names(self) -> set[Statement]:
        described = {subject.value for subject in self._graph.having(SCHEMA.name)}
        said = set[Statement]()
        for target in (to for iri, to in self._targets.items() if iri in described):
            node = NamedNode(target.iri)
            said.update((node, SCHEMA.name, Literal(name)) for name in target.names)
            said.update((node, SCHEMA.alternateName, Literal(alias)) for alias in target.aliases)
            said.update(key_triples(node, *target.names, *target.aliases))
        return said

    def _name(self, node: Term) -> str:
        target = self._targets.get(node.value)
        return self._graph.one(node, SCHEMA.name).value if target is None else target.name

    def _season(self, season: Term) -> None:
        series = self._targets.get(above(season.value, self._iris) or "")
        if series is not None:
            number = season.value.rpartition("/")[2]
            self._said[season, SCHEMA.name] = f"{series.name}, season {number}"

    def _role(self, role: Term) -> None:
        actor, character = self._graph.one(role, SCHEMA.actor), self._graph.one(role, TG.performedCharacter)
        if character.value in self._targets:
            self._said[role, SCHEMA.characterName] = self._name(character)
        if role in self._moved or actor in self._moved or character in self._moved:
            scope = moved_below(role.value, self._series, self._iris).rpartition("/role/")[0]
            self._moved[role] = NamedNode(self._iris.role(scope, self._name(actor), self._name(character)))

    def _source(self, work: Term) -> None:
        series, author = work.value.rpartition(_SOURCE)[0], self._graph.one(work, SCHEMA.author)
        to = self._targets.get(series)
        if to is not None or author.value in self._targets:
            name, show = self._name(author), self._name(NamedNode(series))
            self._moved[work] = NamedNode(self._iris.unnamed_source(to.iri if to else series, name))
            self._said[work, SCHEMA.name] = f"the work of {name} behind {show}"


def restated_facts(facts: Iterable[Fact], targets: Mapping[str, Called], iris: Iris) -> tuple[Fact, ...]:
    """Return the facts with the things of `targets` called what those say; a review's own names become aliases."""
    series = {iri: to.iri for iri, to in targets.items()}

    def entity(said: Entity) -> Entity:
        if said.iri is None:
            return said
        if said.type is EntityType.SEASON:
            whole = targets.get(above(said.iri, iris) or "")
            return said if whole is None else replace(said, name=whole.name, iri=moved_below(said.iri, series, iris))
        to = targets.get(said.iri)
        if to is None:
            return said
        return replace(said, name=to.name, iri=to.iri, aliases=tuple(sorted({*said.aliases, said.name} - {to.name})))

    return tuple(
        replace(
            fact,
            subject=entity(fact.subject),
            object=entity(fact.object),
            show=None if fact.show is None else entity(fact.show),
        )
        for fact in facts
    )
