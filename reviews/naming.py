"""Whom a name in a sentence names: a character, an actor, nobody; and what gender they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .genders import suggested_gender
from .items import Item, Sentence
from .lexicon import lexicon
from .name_forms import is_full_person_name, name_form
from .people import People
from .records import EntityType

_FINITE = frozenset(("VBZ", "VBD", "VBP", "MD"))


@dataclass(slots=True)
class Naming:
    """The people of a review as its relationships name them. `played_by` gives the actor of a character.

    `bracketed` are full names that open a bracket and are nobody's in the cast: actors.
    """

    people: People
    played_by: Mapping[str, str] = field(default_factory=dict)
    bracketed: frozenset[str] = frozenset()
    offices: dict[str, str] = field(init=False)  # a character's one-word name or rank in small letters -> the name
    _known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once whom the cast names: `people` is settled before a review's relationships are read."""
        people = (self.people.resolve(surface) for surface in self.people.characters)
        self._known = frozenset(person.name for person in people if person is not None)
        single = (name for name in sorted(self.people.characters) if " " not in name)
        self.offices = {name.lower(): name for name in single if name.isalpha()}
        self._add_ranks()

    def _add_ranks(self) -> None:
        """The one character with a rank or title may be called by it: "the judge", for Judge Landry."""
        holders: dict[str, set[str]] = {}
        for surface in sorted(self.people.names):
            person = self.people.resolve(surface)
            if person is None or person.type is not EntityType.CHARACTER:
                continue
            for rank in (name_form(surface).honorific or "").split():
                if rank not in lexicon().words("address"):
                    holders.setdefault(rank.lower(), set()).add(surface)
        for rank, surfaces in holders.items():
            names = {person.name for s in surfaces if (person := self.people.resolve(s)) is not None}
            if len(names) == 1:
                self.offices.setdefault(rank, min(surfaces))

    def name_at(self, item: Item) -> str | None:
        """Return the character an item names, or None."""
        if item.tag not in ("NAME", "SHOW") or (item.tag == "SHOW" and item.value not in self.people.characters):
            return None
        if item.value in self.bracketed:
            return None
        if item.value.isupper() and len(item.value) > 3 and item.value not in self.people.characters:
            return None  # an agency
        by_rank = item.value.lower() != item.value and item.value in lexicon().words("honorific")
        if by_rank and item.value not in self.people.characters and item.value.lower() not in self.offices:
            return None  # "the Queen", who may be anybody
        surface = self.offices.get(item.value.lower(), item.value) if by_rank else item.value
        person = self.people.resolve(surface)
        return person.name if person is not None and person.type is EntityType.CHARACTER else None

    def is_known(self, name: str) -> bool:
        """Whether the cast or another fact shows that a name is a character's."""
        return name in self._known

    def known_name_at(self, item: Item) -> str | None:
        """Return the character an item names if the review's cast or another fact shows that it is one."""
        name = self.name_at(item)
        return name if name is not None and (name in self._known or item.value in self.people.characters) else None

    def likely_name_at(self, item: Item) -> str | None:
        """Return the character an item names; a full name that stands once and is in no cast may be anybody's."""
        name = self.known_name_at(item)
        if name is not None:
            return name
        name = self.name_at(item)
        if name is None or not self.people.characters:
            return name
        full = len(name_form(item.value).words) > 1  # of whom it also calls by one name it tells a story
        return name if (self.people.is_spoken_of if full else self.people.is_solid)(item.value) else None

    def introduced_at(self, sentence: Sentence, item: Item) -> str | None:
        """Return the character whom a name that stands once introduces: in mid-sentence, or "Crumb, a newt"."""
        name = self.likely_name_at(item)
        if name is not None or " " in item.value:
            return name
        at = sentence.index_of(item)
        if at and sentence.items[at - 1].tag == "DT":
            return None  # "the Ambroses"
        behind = sentence.items[at + 1].value if at + 1 < len(sentence.items) else ""
        return self.name_at(item) if at or behind in (",", "(", "'s") or self._acts(sentence, item) else None

    def acting_at(self, sentence: Sentence, item: Item) -> str | None:
        """Return the character whom a name introduces, a full one too where its verb is right behind."""
        name = self.introduced_at(sentence, item)
        if name is None and is_full_person_name(item.value) and self._acts(sentence, item):
            return self.name_at(item)
        return name

    @staticmethod
    def _acts(sentence: Sentence, item: Item) -> bool:
        """Whether a proper noun has its verb right behind: "Jonah is married to Ruth", but "Trouble is, ..."."""
        at = sentence.index_of(item) + 1
        verb = sentence.items[at] if at < len(sentence.items) else None
        named = item.tag == "NAME" and verb is not None and verb.tag in _FINITE
        return named and sentence.doc[item.last].tag_ == "NNP"

    def actor_at(self, item: Item) -> str | None:
        """Return the actor, or other real person, an item names."""
        if item.tag != "NAME":
            return None
        person = self.people.resolve(item.value)
        return person.name if person is not None and person.type is EntityType.PERSON else None

    def gender(self, name: str) -> str | None:
        """Return what the text shows, else what the given name suggests, else the actor's."""
        noun = lexicon().roles.get(name.lower())  # "Dad", who is called nothing else
        shown = self.people.gender(name) or (noun.gender if noun is not None else suggested_gender(name))
        actor = self.played_by.get(name)
        return shown or (None if actor is None else suggested_gender(actor))

    def fits(self, name: str, gender: str | None) -> bool:
        """Whether a character may be of this gender; None fits everybody."""
        known = self.gender(name)
        return gender is None or known is None or known == gender
