"""What reviews say of the characters of a series, as far as it tells who is whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations

from ...ontology.terms import STATUSES
from ...reviews.records import Entity, EntityType, Fact
from .kinship import KIN_KINDS, genders, is_mutual
from .names import are_spellings, is_description, parsed, spelling_keys

Played = tuple[str, int | None]
"""An actor and the season, if the review says in which."""

Kin = tuple[str, str]
"""A kind, and the character of whom one is that."""


@dataclass(frozen=True, slots=True)
class Character:
    """What reviews say of one character of a series: the `names` it is called by, other forms, and who plays it.

    `beside` are the characters that one review names beside this one and that could be taken for it by their names;
    `kin` is whose parent, spouse ... it is, `genders` ("f", "m") what kinship words tell.
    """

    iri: str
    names: frozenset[str]
    aliases: frozenset[str] = frozenset()
    actors: frozenset[Played] = frozenset()
    beside: frozenset[str] = frozenset()
    kin: frozenset[Kin] = frozenset()
    genders: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """One of the names, always the same."""
        return min(self.names)

    @property
    def gender(self) -> str | None:
        """ "f" or "m", by kinship words and titles; None where they say nothing or both."""
        titles = {parsed(name).gender for name in self.names | self.aliases}
        shown = (self.genders | titles) - {None}
        return min(shown) if len(shown) == 1 else None  # type: ignore[type-var]

    @property
    def is_described(self) -> bool:
        """Whether it has no name, but is somebody's mother, or the captain."""
        return all(map(is_description, self.names))


def agree(one: Character, other: Character) -> bool:
    """Whether the same actor plays both."""
    return bool({actor for actor, _ in one.actors} & {actor for actor, _ in other.actors})


def conflict(one: Character, other: Character) -> bool:
    """Whether other actors play them in one season (or where a season is not told), or kinship tells them apart."""
    if one.gender and other.gender and one.gender != other.gender:
        return True
    return not agree(one, other) and any(
        season is None or at is None or season == at for _, season in one.actors for _, at in other.actors
    )


def may_be_taken(one: Character, other: Character) -> bool:
    """Whether the names alone, spelling and titles, let two be taken for one: a review with both tells them apart."""
    mine, others = parsed(one.name), parsed(other.name)
    if are_spellings(mine.core, others.core):
        return True
    return bool(mine.titles or others.titles) and bool(set(mine.core) & set(others.core))


def joined(one: Character, other: Character) -> Character:
    """Return what two reviews together say of a character."""
    return Character(one.iri, *(getattr(one, f.name) | getattr(other, f.name) for f in fields(Character)[1:]))


def together(reviews: Iterable[Mapping[str, Character]]) -> dict[str, Character]:
    """Return what all reviews of a series together say of each of its characters, by IRI."""
    everyone: dict[str, Character] = {}
    for characters in reviews:
        for iri, character in characters.items():
            everyone[iri] = joined(everyone[iri], character) if iri in everyone else character
    return everyone


def own_characters(facts: Iterable[Fact]) -> dict[str, dict[str, Character]]:
    """Return the characters a review's facts name, by series IRI and IRI; only those scoped to a series.

    What is read back from the review's quads (`graph.recast`) is the same, so what is not asserted is left out here.
    """
    told = Told()
    for fact in facts:
        asserted = fact.status is None or STATUSES[fact.status].asserted
        show = None if fact.show is None else fact.show.iri
        for entity in (fact.subject, fact.object):
            if entity.type is EntityType.CHARACTER and entity.iri is not None:
                told.named(entity.iri, entity.name, entity.aliases)
                if show:
                    told.series[entity.iri].add(show)
                if fact.relation == "character" and asserted and fact.subject.iri:
                    told.series[entity.iri].add(fact.subject.iri)
        if fact.relation == "plays" and asserted and fact.object.iri and fact.subject.iri:
            told.actors[fact.object.iri].add((fact.subject.iri, fact.season if show else None))
        if fact.relation == "relationship" and fact.status is None and fact.kind is not None:
            told.related(_iri(fact.subject), fact.kind, _iri(fact.object), fact.evidence.quote)
    return told.characters()


def _iri(entity: Entity) -> str:
    return entity.iri or ""


class Told:
    """What one review says of characters, gathered bit by bit."""

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = defaultdict(set)
        self.aliases: dict[str, set[str]] = defaultdict(set)
        self.actors: dict[str, set[Played]] = defaultdict(set)
        self.series: dict[str, set[str]] = defaultdict(set)
        self._relations: set[tuple[str, str, str]] = set()
        self._genders: dict[str, set[str]] = defaultdict(set)

    def named(self, iri: str, name: str, aliases: Iterable[str]) -> None:
        """It calls a character so."""
        self.names[iri].add(name)
        self.aliases[iri].update(aliases)

    def related(self, subject: str, kind: str, object_: str, quote: str) -> None:
        """It says that one is `kind` of the other, in these words."""
        if kind not in KIN_KINDS:
            return
        self._relations.add((subject, kind, object_))
        if is_mutual(kind):
            self._relations.add((object_, kind, subject))
        for iri, gender in zip((subject, object_), genders(kind, quote), strict=True):
            if gender:
                self._genders[iri].add(gender)

    def characters(self) -> dict[str, dict[str, Character]]:
        """Return all that, by series and character."""
        own: dict[str, dict[str, Character]] = {}
        for iri, shows in self.series.items():
            for show in shows:
                if is_scoped(iri, show):
                    own.setdefault(show, {})[iri] = self._character(iri)
        return {show: _apart(characters) for show, characters in own.items()}

    def _character(self, iri: str) -> Character:
        kin = {(kind, of) for who, kind, of in self._relations if who == iri and self._is_named(who, of)}
        return Character(
            iri,
            frozenset(self.names[iri]),
            frozenset(self.aliases[iri]),
            frozenset(self.actors[iri]),
            kin=frozenset(kin),
            genders=frozenset(self._genders[iri] if self._is_named(iri) else ()),
        )

    def _is_named(self, *iris: str) -> bool:
        return all(self.names.get(iri) and not all(map(is_description, self.names[iri])) for iri in iris)


def _apart(own: dict[str, Character]) -> dict[str, Character]:
    """Return the characters of one review and series, each with those that it could be taken for beside it."""
    near: dict[object, list[Character]] = defaultdict(list)
    for character in own.values():
        if not character.is_described:
            core = parsed(character.name).core
            for key in {*core, *((letters,) for letters in spelling_keys(core))}:
                near[key].append(character)
    beside: dict[str, set[str]] = defaultdict(set)
    for characters in near.values():
        for one, other in combinations(characters, 2):
            if may_be_taken(one, other):
                beside[one.iri].add(other.iri)
                beside[other.iri].add(one.iri)
    return {iri: replace(character, beside=frozenset(beside[iri])) for iri, character in own.items()}


def is_scoped(character: str, series: str) -> bool:
    """Whether a character's IRI is below its series'; others may be named in passing."""
    return character.startswith(f"{series}/")
