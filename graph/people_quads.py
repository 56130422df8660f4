"""Who the people of a review are by its source's data, as quads: `schema:sameAs`, birth dates, job titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from ..ontology.iris import Iris
from ..ontology.terms import RDF, SCHEMA
from ..reviews.records import EntityType, Fact, Review
from .identity.people_said import cards_of, marked
from .terms_of import Triple, date_of, key_triples


def people_triples(review: Review, facts: Iterable[Fact], iris: Iris) -> Iterator[Triple]:
    """Yield what a review's source says of the people whom its facts name, and of two who share a name."""
    named = {
        entity.iri for fact in facts for entity in (fact.subject, fact.object) if entity.type is EntityType.PERSON
    } if review.people else set()  # fmt: skip
    for card in set(cards_of(review.people, iris).values()):
        node = NamedNode(card.own)
        if card.own != card.iri:
            yield node, RDF.type, SCHEMA.Person
            yield node, SCHEMA.name, Literal(marked(card))
            yield node, SCHEMA.alternateName, Literal(card.name)
            yield from key_triples(node, marked(card), card.name)
        elif card.iri not in named:
            continue
        for address in card.ids:
            yield node, SCHEMA.sameAs, NamedNode(address)
        for date in card.born:
            yield node, SCHEMA.birthDate, date_of(date)
        for job in card.jobs:
            yield node, SCHEMA.jobTitle, Literal(job)
