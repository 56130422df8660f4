"""Which actor a review has just spoken of, so that "She plays Nell" and "Her Nell" find theirs."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from .genders import suggested_gender
from .items import Item, Sentence
from .people import People, actor_name, could_be_actor

_PLAYING = ("playing", "portraying", "voicing", "replacing", "succeeding")


@dataclass(slots=True)
class Spotlight:
    """Whom the sentence before was about, an actor or a character; nobody at the start of a block."""

    people: People
    actor: str | None = None
    characters: Sequence[Item] = ()
    someone: bool = False
    block: int = -1

    def note(self, sentence: Sentence) -> None:
        """Remember whom a sentence was about, after it has been read."""
        if sentence.block != self.block:
            self.actor, self.characters, self.someone, self.block = None, (), False, sentence.block
        named = [item for item in sentence.items if item.tag == "NAME"]
        if named:
            actors = list(dict.fromkeys(name for item in named if (name := self._actor(item)) is not None))
            outside = _without_brackets(sentence)
            free = [item for item in outside if not is_governed(sentence.items, sentence.items.index(item))] or outside
            self.actor = self._actor(free[0]) if actors and free else None
            self.characters = [
                item for item in named if self._actor(item) is None and item.value not in self.people.others
            ]
            self.someone = any(item.tag in ("ROLE", "ROLES") for item in sentence.items)  # whom a pronoun may mean, too

    def actor_at(self, sentence: Sentence, at: int, parts: Container[int]) -> str | None:
        """Return the actor for whom the pronoun at item `at` stands; None where the last name is no actor's.

        `parts` number the items that name the parts: they do not count.
        """
        before = [item for i, item in enumerate(sentence.items[:at]) if item.tag == "NAME" and i not in parts]
        if before:
            return self._actor(before[-1]) if len({item.value for item in before}) == 1 else None
        return self.actor if sentence.block == self.block else None

    def character_before(self, sentence: Sentence, at: int, gender: str | None = None) -> str | None:
        """Return the one character, of this `gender` if any is asked for, spoken of before item `at`.

        In the sentence, else in the one before.
        """
        here = [item for item in sentence.items[:at] if item.tag == "NAME" and self._is_nobody_real(item)]
        if here:
            return self._one_of(here, gender)
        if sentence.block != self.block or (self.someone and gender is None):
            return None
        return self._one_of(self.characters, gender)

    def _one_of(self, named: Sequence[Item], gender: str | None) -> str | None:
        """The one character that the names are; of several, or beside a relative, the one of this gender."""
        people = self.people
        found = {person.name: item.value for item in named if (person := people.resolve(item.value)) is not None}
        if gender is not None:
            shown = {name: people.gender(name) or suggested_gender(name) for name in found}
            fits = (gender,) if len(found) > 1 or self.someone else (gender, None)
            found = {name: surface for name, surface in found.items() if shown[name] in fits}
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_nobody_real(self, item: Item) -> bool:
        """Whether a name is no actor's, as the text has it: of a full name it tells what its bearer does."""
        actor = self._actor(item)
        return actor is None or (item.value in self.people.agents and actor not in self.people.actors)

    def _actor(self, item: Item) -> str | None:
        if not could_be_actor(item.value, self.people):
            return None
        name = actor_name(item.value, self.people)
        return name if self.people.likely_actor(name) else None


def is_governed(items: Sequence[Item], at: int) -> bool:
    """Whether a name stands behind a preposition or a participle: "Opposite Hugh Lang, ...", "Playing Otto is ..."."""
    for item in reversed(items[:at]):
        if item.value.lower() in _PLAYING:
            return True
        if item.tag == "IN" or item.value.lower() in ("opposite", "alongside", "unlike", "like"):
            return item.value.lower() not in ("as", "that", "if", "because", "while", "though", "although")
        if not item.tag.startswith(("JJ", "DT", "NN", "VBN", "RB", "HYPH")):
            return False
    return False


def _without_brackets(sentence: Sentence) -> list[Item]:
    """The names of a sentence that stand in no bracket."""
    depth, found = 0, []
    for item in sentence.items:
        depth += (item.value == "(") - (item.value == ")")
        if depth == 0 and item.tag == "NAME":
            found.append(item)
    return found
