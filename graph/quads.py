"""A review and its facts as quads in the review's own named graph: plain triples, and claims with their evidence.

Plain triples keep SPARQL simple (`?actor tg:plays ?character`). Each fact also is a `tg:Claim` (an `rdf:Statement`)
whose IRI is a hash of what is claimed, so that two reviews that agree share it; what differs from review to review
(the words, the confidence, the rule) hangs on the claim's evidence, one `tg:Evidence` per review, claim, place in the
text, rule and reader: an `oa:SpecificResource` with a TextQuoteSelector and a TextPositionSelector (Web Annotation,
section 4). No blank nodes, and literals in canonical form, which stores keep as it is: the same review gives the same
quads, byte for byte, and reads them back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from ..ontology.iris import Iris
from ..ontology.terms import KINDS, OA, PROV, RDF, RELATIONS, SCHEMA, SKOS, STATUSES, TG, XSD, predicate_of
from ..reviews.records import Entity, EntityType, Fact, Review
from .people_quads import people_triples
from .terms_of import Triple, date_of, key_triples

_CLASS = {
    EntityType.PERSON: SCHEMA.Person,
    EntityType.CHARACTER: TG.Character,
    EntityType.SERIES: SCHEMA.TVSeries,
    EntityType.SEASON: SCHEMA.TVSeason,
    EntityType.WORK: SCHEMA.CreativeWork,
    EntityType.ORGANIZATION: SCHEMA.Organization,
    EntityType.PLACE: SCHEMA.Place,
    EntityType.COUNTRY: SCHEMA.Country,
}
SELECTORS = ("-quote", "-position")
"""What an evidence's IRI ends with to name its TextQuoteSelector and its TextPositionSelector."""


def term_of(entity: Entity) -> NamedNode | Literal:
    """Return the RDF term of an entity: its IRI, or a typed literal (dates as gYear, gYearMonth or date)."""
    if entity.iri is not None:
        return NamedNode(entity.iri)
    if entity.type is EntityType.DATE:
        return date_of(entity.name)
    if entity.type is EntityType.INTEGER:
        return _integer(int(entity.name))
    return Literal(entity.name)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _decimal(number: float) -> Literal:
    """Two places at most, in canonical form (XML Schema 1.1, part 2, 3.3.3.2): 0.9, not 0.90; 1, not 1.0."""
    return Literal(f"{number:.2f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def quads_of(review: Review, facts: Iterable[Fact], iris: Iris) -> list[Quad]:
    """Return everything a review says, as sorted distinct quads in the graph named by its IRI."""
    return sorted(distinct_quads_of(review, facts, iris), key=str)


def distinct_quads_of(review: Review, facts: Iterable[Fact], iris: Iris, fingerprint: str | None = None) -> list[Quad]:
    """Return the same in no particular order, for stores, which sort for themselves: a tenth of the time less.

    `fingerprint` is that of the reading, where it is known.
    """
    graph = NamedNode(review.iri)
    triples = set(_about_review(review, iris))
    if fingerprint is not None:
        triples.add((graph, TG.fingerprint, Literal(fingerprint)))
    facts = tuple(facts)
    triples.update(people_triples(review, facts, iris))
    for fact in facts:
        triples.update(_about_fact(fact, iris))
        if review.show is None and fact.show is not None and fact.show.iri:  # a round-up reviews all it tells of
            triples.add((graph, SCHEMA.itemReviewed, NamedNode(fact.show.iri)))
    return [Quad(s, p, o, graph) for s, p, o in triples]


def _about_review(review: Review, iris: Iris) -> Iterator[Triple]:
    node = NamedNode(review.iri)
    yield node, RDF.type, SCHEMA.Review
    yield node, SCHEMA.name, Literal(review.title or review.id)
    yield from key_triples(node, review.title or review.id)
    yield node, TG.nameKey, Literal(review.iri.rpartition("/")[2])
    yield node, TG.textHash, Literal("sha256:" + hashlib.sha256(review.text.encode()).hexdigest())
    if review.author:
        critic = NamedNode(iris.part(review.iri, "author"))
        yield node, SCHEMA.author, critic
        yield critic, RDF.type, TG.Critic
        yield critic, SCHEMA.name, Literal(review.author)
    if review.publisher:
        organization = Entity(review.publisher, EntityType.ORGANIZATION, iris.organization(review.publisher))
        yield node, SCHEMA.publisher, NamedNode(organization.iri or "")
        yield from _about_entity(organization)
    if review.date:
        yield node, SCHEMA.datePublished, date_of(review.date)
    if review.url:
        yield node, SCHEMA.url, Literal(review.url, datatype=XSD.anyURI)
    if review.licence:
        yield node, SCHEMA.license, Literal(review.licence)
    if review.show:
        series = Entity(review.show, EntityType.SERIES, iris.series(review.show))
        yield from _about_entity(series)
        yield node, SCHEMA.itemReviewed, NamedNode(series.iri or "")
        if review.season is not None:
            season = season_of(series, review.season, iris)
            yield from _about_season(series, review.season, iris)
            yield node, SCHEMA.itemReviewed, NamedNode(season.iri or "")


def season_of(series: Entity, number: int, iris: Iris) -> Entity:
    """Return the season of a series; its name is the series' name."""
    return replace(series, type=EntityType.SEASON, iri=iris.season(series.iri or "", number), aliases=())


def _about_entity(entity: Entity) -> Iterator[Triple]:
    if entity.iri is None or entity.type is EntityType.SEASON:
        return
    node = NamedNode(entity.iri)
    yield node, RDF.type, _CLASS[entity.type]
    yield node, SCHEMA.name, Literal(entity.name)
    for alias in entity.aliases:
        yield node, SCHEMA.alternateName, Literal(alias)
    yield from key_triples(node, entity.name, *entity.aliases)


def _about_season(series: Entity, number: int, iris: Iris) -> Iterator[Triple]:
    whole, node = NamedNode(series.iri or ""), NamedNode(iris.season(series.iri or "", number))
    yield node, RDF.type, SCHEMA.TVSeason
    yield node, SCHEMA.name, Literal(f"{series.name}, season {number}")
    yield node, SCHEMA.seasonNumber, _integer(number)
    yield node, SCHEMA.partOfSeries, whole
    yield whole, SCHEMA.containsSeason, node


def _about_fact(fact: Fact, iris: Iris) -> Iterator[Triple]:
    subject, object_ = term_of(fact.subject), term_of(fact.object)
    if not isinstance(subject, NamedNode):
        raise TypeError(f"the subject of a {fact.relation!r} fact must be a thing, not {fact.subject.type}")
    for entity in (fact.subject, fact.object):
        yield from _about_entity(entity)
    if fact.show is not None:
        yield from _about_entity(fact.show)
        if fact.season is not None:
            yield from _about_season(fact.show, fact.season, iris)
        for entity in (fact.subject, fact.object):
            if entity.type is EntityType.CHARACTER and entity.iri:
                yield NamedNode(fact.show.iri or ""), SCHEMA.character, NamedNode(entity.iri)
    predicate = predicate_of(fact.relation, fact.kind)
    if fact.status is None or STATUSES[fact.status].asserted:
        yield subject, predicate, object_
        yield from _beside(fact, subject, object_, iris)
    yield from _claim(fact, subject, predicate, object_, iris)


def _beside(fact: Fact, subject: NamedNode, object_: NamedNode | Literal, iris: Iris) -> Iterator[Triple]:
    """What schema.org readers expect beside the plain triple: the performance, the source work."""
    if fact.relation == "plays" and fact.show is not None and fact.show.iri and isinstance(object_, NamedNode):
        scope = fact.show.iri if fact.season is None else iris.season(fact.show.iri, fact.season)
        role = NamedNode(iris.role(scope, fact.subject.name, fact.object.name))
        yield NamedNode(scope), SCHEMA.actor, role
        yield role, RDF.type, SCHEMA.PerformanceRole
        yield role, SCHEMA.actor, subject
        yield role, SCHEMA.characterName, Literal(fact.object.name)
        yield role, TG.performedCharacter, object_
    elif fact.relation == "author" and isinstance(object_, NamedNode):
        work = NamedNode(iris.unnamed_source(subject.value, fact.object.name))
        yield subject, SCHEMA.isBasedOn, work
        yield work, RDF.type, SCHEMA.CreativeWork
        yield work, SCHEMA.name, Literal(f"the work of {fact.object.name} behind {fact.subject.name}")
        yield work, SCHEMA.author, object_


def claim_iri(fact: Fact, iris: Iris) -> str:
    """Return the IRI of what a fact claims, the same whoever says it: a hash of what the claim states in the graph."""
    show = None if fact.show is None else fact.show.iri
    season = None if show is None or fact.season is None else str(fact.season)
    return iris.claim(
        str(term_of(fact.subject)), fact.relation, fact.kind, str(term_of(fact.object)), fact.status, show, season
    )


def _claim(
    fact: Fact, subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal, iris: Iris
) -> Iterator[Triple]:
    address = claim_iri(fact, iris)
    claim, review = NamedNode(address), NamedNode(fact.evidence.review)
    yield claim, RDF.type, TG.Claim
    yield claim, RDF.type, RDF.Statement
    yield claim, RDF.subject, subject
    yield claim, RDF.predicate, predicate
    yield claim, RDF.object, object_
    yield claim, TG.relation, Literal(RELATIONS[fact.relation].name)
    if fact.kind is not None:
        concept = KINDS[fact.kind].concept
        yield claim, TG.kind, concept
        yield concept, RDF.type, SKOS.Concept
        yield concept, SKOS.prefLabel, Literal(fact.kind)
    if fact.status is not None:
        yield claim, TG.status, Literal(fact.status)
    if fact.show is not None and fact.show.iri:
        yield claim, TG.series, NamedNode(fact.show.iri)
        if fact.season is not None:
            yield claim, TG.season, NamedNode(iris.season(fact.show.iri, fact.season))
    words = fact.evidence
    evidence = NamedNode(
        evidence_iri(words.review, address, str(words.start), str(words.end), fact.rule, fact.reader, iris)
    )
    yield claim, TG.evidence, evidence
    yield claim, PROV.wasQuotedFrom, review
    yield evidence, RDF.type, TG.Evidence
    yield evidence, RDF.type, OA.SpecificResource
    yield evidence, OA.hasSource, review
    yield evidence, TG.confidence, _decimal(fact.confidence)
    yield evidence, TG.rule, Literal(fact.rule)
    yield evidence, TG.reader, Literal(fact.reader)
    yield from _selectors(fact, evidence)


def evidence_iri(review: str, claim: str, start: str, end: str, rule: str, reader: str, iris: Iris) -> str:
    """One place in one review where one rule read a claim; a claim stated twice has two, each with its own words."""
    key = "\x1f".join((claim, start, end, rule, reader))
    return iris.part(review, f"evidence-{hashlib.sha256(key.encode()).hexdigest()[:32]}")


def _selectors(fact: Fact, evidence: NamedNode) -> Iterator[Triple]:
    words = fact.evidence
    quote, position = (NamedNode(evidence.value + part) for part in SELECTORS)
    yield evidence, OA.hasSelector, quote
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, Literal(words.quote)
    if words.prefix:
        yield quote, OA.prefix, Literal(words.prefix)
    if words.suffix:
        yield quote, OA.suffix, Literal(words.suffix)
    yield evidence, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, _integer(words.start)
    yield position, OA.end, _integer(words.end)
