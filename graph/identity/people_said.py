"""What one review says of its people: by its words, and by what its source's data tells of who they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from ...ontology.iris import Iris
from ...ontology.terms import RDF, SCHEMA
from ...reviews.records import Entity, EntityType, Fact, Person
from .names import is_part, tokens
from .people import Card, Named, Someone, mark_of_cards, people_apart


def cards_of(people: Iterable[Person], iris: Iris) -> dict[Person, Card]:
    """Return the card of each of a source's people: one for those who are one, two of a name with an address each."""
    given = {
        person: Card(
            iris.person(person.name), person.name, person.ids, (person.born,) if person.born else (), person.jobs
        )
        for person in people
    }
    apart = people_apart(given.values(), iris)
    groups: dict[tuple[str, Someone], list[Card]] = defaultdict(list)
    for card, someone in sorted(apart.items(), key=lambda said: said[0]):
        groups[card.iri, someone].append(card)
    several = {iri for iri, _ in groups if sum(other == iri for other, _ in groups) > 1}
    return {
        person: _one_card(groups[card.iri, apart[card]], card.iri in several, iris) for person, card in given.items()
    }


def _one_card(cards: list[Card], is_marked: bool, iris: Iris) -> Card:
    first = cards[0]
    ids, born, jobs = (
        tuple(sorted({value for card in cards for value in getattr(card, what)})) for what in ("ids", "born", "jobs")
    )
    card = Card(first.iri, first.name, ids, born, jobs, own=first.iri)
    return replace(card, own=iris.person(marked(card))) if is_marked else card


def marked(card: Card) -> str:
    """Return the name of one of several in a review who share it."""
    return f"{card.name} ({mark_of_cards([card])})"


def identified(facts: tuple[Fact, ...], people: Iterable[Person], iris: Iris) -> tuple[Fact, ...]:
    """Return a review's facts with the people whom its source tells apart under addresses of their own.

    Who of two with one name plays a character, or directs, is told by whom the source lists as that. What it does not
    tell stays with the name.
    """
    namesakes: dict[str, list[tuple[Person, Card]]] = defaultdict(list)
    for person, card in cards_of(people, iris).items():
        if card.own != card.iri:
            namesakes[card.iri].append((person, card))
    if not namesakes:
        return facts

    def entity(said: Entity, fact: Fact) -> Entity:
        cards = {card for person, card in namesakes.get(said.iri or "", ()) if _is_listed(person, fact)}
        if said.type is not EntityType.PERSON or len(cards) != 1:
            return said
        (card,) = cards
        return Entity(marked(card), said.type, card.own, tuple(sorted({card.name, said.name, *said.aliases})))

    return tuple(replace(fact, subject=entity(fact.subject, fact), object=entity(fact.object, fact)) for fact in facts)


def _is_listed(person: Person, fact: Fact) -> bool:
    if fact.relation != "plays":
        return fact.relation in person.credits
    words = [tokens(name) for name in (fact.object.name, *fact.object.aliases)]
    listed = [tokens(character) for character in person.characters]
    return any(is_part(a, b) or is_part(b, a) or a == b for a in words for b in listed)


_OF_PERSON = (SCHEMA.sameAs, SCHEMA.birthDate, SCHEMA.jobTitle)
_READ = (RDF.type, SCHEMA.name, SCHEMA.itemReviewed, *_OF_PERSON)


def people_of(quads: Iterable[Quad], iris: Iris) -> Named:
    """Return the people that a review names; `quads` are the review's in its own words."""
    told: dict[NamedNode, dict[str, set[str]]] = {predicate: defaultdict(set) for predicate in _READ}
    for quad in quads:
        of = told.get(quad.predicate)
        if of is not None:
            of[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]
    series = {iri for iri, kinds in told[RDF.type].items() if SCHEMA.TVSeries.value in kinds}
    shows = series & set[str]().union(*told[SCHEMA.itemReviewed].values())
    people = [iri for iri, kinds in told[RDF.type].items() if SCHEMA.Person.value in kinds and told[SCHEMA.name][iri]]
    names = {iri: min(told[SCHEMA.name][iri]) for iri in sorted(people)}
    about = frozenset(shows if len(shows) == 1 else ())  # of a round-up it is not said who is in which
    return Named(names, about, frozenset(_cards(told, names, about, iris)))


def _cards(
    told: Mapping[NamedNode, Mapping[str, set[str]]], names: Mapping[str, str], shows: frozenset[str], iris: Iris
) -> Iterator[Card]:
    for own, name in names.items():
        ids, born, jobs = (tuple(sorted(told[predicate].get(own, ()))) for predicate in _OF_PERSON)
        if ids or born:
            card = Card(own, name, ids, born, jobs, tuple(sorted(shows)), own)
            plain = name.removesuffix(f" ({mark_of_cards([card])})")
            yield replace(card, iri=iris.person(plain), name=plain)
