"""People with one name: one person, until what sources' data say of them tells two apart.

A page's JSON-LD may say which person an actor is: by identifiers (`@id`, `sameAs`, `url`), and when she was born. What
one source says of one person is a card. Cards with one identifier are one person, also where the name is spelt in two
ways; cards with two identifiers of one collection ("lamp.example/people/7" and ".../9"), or other days of birth, are
two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TypeVar

from ...ontology.iris import Iris, slug
from .names import tokens
from .shows import Move

_ADDRESS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
T = TypeVar("T")

IDENTIFIED = "person-id"
"""The rule of a person whom the review's own source identifies."""

MOST_NAMES = 30
"""An identifier of people with more names than this tells nothing of them: it is a site's, not a person's."""

_COLLECTION = re.compile(r"(.*[/#=?:])[^/#=?:]+")


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """What a review's source says of a person: `name`, and `iri`, which is what the name alone stands for.

    `ids` are addresses, `born` ISO dates, `shows` (IRIs) what the review is about; `own` is the address that the review
    itself gives the person.
    """

    iri: str
    name: str
    ids: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person that cards tell of: the address and name to go by, and the cards."""

    iri: str
    name: str
    cards: frozenset[Card]

    @property
    def shows(self) -> frozenset[str]:
        """The series (IRIs) that reviews say this one is in."""
        return frozenset(show for card in self.cards for show in card.shows)


def id_key(address: str) -> str:
    """Return what is the same for all ways to write an identifier.

    >>> id_key("http://www.lamp.example/people/7/")
    'lamp.example/people/7'
    """
    return _ADDRESS.sub("", address).rstrip("/")


def people_apart(cards: Iterable[Card], iris: Iris) -> dict[Card, Someone]:
    """Return who is meant by each card. `cards` are all that share names or identifiers with one another.

    A name that one person has is that person's address. Of those who share one, each has an address of her own, with an
    identifier or the day of birth in brackets. A function of the set of cards alone.
    """
    found = [frozenset(group) for group in _compatible(_by_id(sorted(set(cards))))]
    having: dict[str, int] = defaultdict(int)
    for group in found:
        for iri in {card.iri for card in group}:
            having[iri] += 1
    someones = [_someone(group, having, iris) for group in found]
    return {card: someone for someone in someones for card in someone.cards}


def _by_id(cards: Iterable[Card]) -> list[list[Card]]:
    """Put cards together that have one identifier, under one name or under two of which a word is the same."""
    named: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in cards:
        for key in _keys(card) or {""}:
            named[key, card.iri if key else repr(card)].append(card)
    spelt: dict[str, list[Card]] = defaultdict(list)
    for (key, _), some in named.items():
        if key:
            spelt[key].append(some[0])
    linked = list(named.values())
    for namesakes in spelt.values():
        if len(namesakes) <= MOST_NAMES:
            linked += [[one, other] for one, other in combinations(namesakes, 2) if _share_word(one.name, other.name)]
    return _united(linked)


def _share_word(one: str, other: str) -> bool:
    return bool(set(tokens(one)) & set(tokens(other)))


def _keys(*cards: Card) -> set[str]:
    return {id_key(address) for card in cards for address in card.ids}


def _compatible(groups: list[list[Card]]) -> list[list[Card]]:
    """Put those of one name together where nothing tells them apart, and no third from either."""
    of = {card: at for at, group in enumerate(groups) for card in group}
    named: dict[str, set[int]] = defaultdict(set)
    for card, at in of.items():
        named[card.iri].add(at)
    pairs = {pair for some in named.values() for pair in combinations(sorted(some), 2)}
    alike = [pair for pair in sorted(pairs) if not differ(groups[pair[0]], groups[pair[1]])]
    found: list[list[Card]] = []
    for several in _united([[at] for at in range(len(groups))] + [list(pair) for pair in alike]):
        joined = [groups[at] for at in several]
        if any(differ(one, other) for one, other in combinations(joined, 2)):
            found += joined
        else:
            found.append([card for group in joined for card in group])
    return found


def differ(one: Iterable[Card], other: Iterable[Card]) -> bool:
    """Whether identifiers of one collection, days of birth or professions tell two apart who share no identifier.

    Professions do where both have identifiers, and no word is the same.
    """
    mine, others = _keys(*one), _keys(*other)
    if mine & others:
        return False
    if {_collection(key) for key in mine} & {_collection(key) for key in others} - {None}:
        return True
    jobs, other_jobs = _jobs(one), _jobs(other)
    if mine and others and jobs and other_jobs and not jobs & other_jobs:
        return True
    births = [(a, b) for card in one for a in card.born for more in other for b in more.born]
    return bool(births) and not any(a.startswith(b) or b.startswith(a) for a, b in births)


def _jobs(cards: Iterable[Card]) -> set[str]:
    words = {word for card in cards for job in card.jobs for word in slug(job).split("-")}
    return words - {"actress"} | {"actor"} if "actress" in words else words


def _collection(key: str) -> str | None:
    found = _COLLECTION.fullmatch(key)
    return None if found is None else found[1]


def _united(links: Iterable[Sequence[T]]) -> list[list[T]]:
    """Return the items of links in groups: those that a chain of links joins."""
    next_: dict[T, T] = {}

    def last(item: T) -> T:
        while (following := next_.setdefault(item, item)) != item:
            item = following
        return item

    for link in links:
        for item in link:
            next_[last(item)] = last(link[0])
    groups: dict[T, list[T]] = defaultdict(list)
    for item in next_:
        groups[last(item)].append(item)
    return list(groups.values())


def _someone(group: frozenset[Card], having: Mapping[str, int], iris: Iris) -> Someone:
    iri, name = max(((card.iri, card.name) for card in group), key=lambda said: (len(said[1]), said[1]))
    if having[iri] > 1:
        name = f"{name} ({mark_of_cards(group)})"
        iri = iris.person(name)
    return Someone(iri, name, group)


def mark_of_cards(group: Iterable[Card]) -> str:
    """Return what tells people of one name apart, in brackets behind it: an identifier, else the day of birth."""
    ids = _keys(*group)
    return min(ids) if ids else "born " + max((born for card in group for born in card.born), key=lambda b: (len(b), b))


@dataclass(frozen=True, slots=True)
class Named:
    """The people that a review names, in its own words: `names` by address, its `shows` (IRIs), and the cards."""

    names: Mapping[str, str] = field(default_factory=dict)
    shows: frozenset[str] = frozenset()
    cards: frozenset[Card] = frozenset()


def moves_of(
    named: Named, cards: Iterable[Card], iris: Iris, final: Callable[[str], str], never: Container[tuple[str, str]] = ()
) -> dict[str, Move]:
    """Return whom a review means by its people's names (their own addresses), where that is not the name alone.

    `cards` are all of the people with these names and with their identifiers. A card tells it by itself; else a name
    that one person has is hers; and of several, it is the one who is known to be in the review's show. People who are
    the same by decision (`final`) are one; a name and a person who were decided to differ (`never`) are not one.
    """
    apart = people_apart(cards, iris)
    own = {card.own: card for card in named.cards}
    moves = {}
    for iri in named.names:
        someone: Someone | None
        if iri in own:
            someone, rule = apart[own[iri]], IDENTIFIED
        else:
            meant = people_named(iri, apart, final)
            rule = "person-name" if len(meant) == 1 else "person-show"
            there = [one for one in meant if len(meant) == 1 or one.shows & named.shows]
            someone = there[0] if len(there) == 1 and (iri, final(there[0].iri)) not in never else None
        if someone is not None and someone.iri != iri:
            moves[iri] = Move(someone.iri, someone.name, rule)
    return moves


def people_named(iri: str, apart: Mapping[Card, Someone], final: Callable[[str], str]) -> list[Someone]:
    """Return the people whom a name (its address) may stand for, those who were decided to be one together, sorted."""
    found: dict[str, Someone] = {}
    for someone in sorted({someone for card, someone in apart.items() if card.iri == iri}, key=lambda one: one.iri):
        first = found.setdefault(final(someone.iri), someone)
        if first is not someone:
            found[final(someone.iri)] = replace(first, cards=first.cards | someone.cards)
    return list(found.values())
