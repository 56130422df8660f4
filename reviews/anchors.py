"""Whose: what `his`, `her`, `they` and "the two" stand for, from the sentence's syntax and what came before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .items import Item, Sentence
from .people import People
from .records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENDER = {"his": "m", "he": "m", "him": "m", "her": "f", "she": "f"}
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Whom a pronoun stands for, and how sure that is: a factor for the fact's confidence."""

    names: tuple[str, ...]
    certainty: float


@dataclass(slots=True)
class Discourse:
    """What the review has been speaking of: the topic of the last sentence and the last pair of people."""

    people: People
    topic: str | None = None
    topic_block: int = -1
    pair: tuple[str, str] | None = None
    pair_block: int = -1
    recent: list[str] = field(default_factory=list)

    def name_at(self, item: Item) -> str | None:
        """Return the character an item names, or None."""
        if item.tag not in ("NAME", "SHOW") or (item.tag == "SHOW" and item.value not in self.people.characters):
            return None
        person = self.people.resolve(item.value)
        return person.name if person is not None and person.type is EntityType.CHARACTER else None

    def known_name_at(self, item: Item) -> str | None:
        """Return the character an item names if the review's cast or another fact shows that it is one."""
        name = self.name_at(item)
        if name is None:
            return None
        return name if name in self._known() or item.value in self.people.characters else None

    def _known(self) -> set[str]:
        return {p.name for s in self.people.characters if (p := self.people.resolve(s)) is not None}

    def anchor(self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset()) -> Anchor | None:
        """Return whom the pronoun that is item `at` stands for; None where that is open.

        The subject that governs it comes first (T24: the topic of the sentence, not the nearest name), then the
        sentence's first name, then the topic before it.
        """
        pronoun = sentence.items[at]
        word = pronoun.value.lower()
        if word in ("their", "they", "them"):
            return self._plural(sentence, at)
        gender = _GENDER.get(word)
        by_token = {n: item for item in sentence.items for n in range(item.first, item.last + 1)}
        token = sentence.span.doc[pronoun.first]
        for subject in _governing_subjects(token):
            item = by_token.get(subject.i)
            if item is None or item is pronoun:
                continue
            name = self.name_at(item)
            if name is not None and name not in excluded and self._fits(name, gender):
                return Anchor((name,), 1.0)
            if item.value.lower() in ("he", "she") and _GENDER[item.value.lower()] == gender and item.first < pronoun.first:
                return self._before(sentence, item.first, gender, excluded)
        return self._before(sentence, pronoun.first, gender, excluded)

    def _fits(self, name: str, gender: str | None) -> bool:
        known = self.people.gender(name)
        return gender is None or known is None or known == gender

    def _before(self, sentence: Sentence, token: int, gender: str | None, excluded: frozenset[str]) -> Anchor | None:
        """The first name of the sentence before `token`, else the topic before the sentence."""
        names: list[str] = []
        for item in sentence.items:
            if item.first >= token:
                break
            name = self.name_at(item)
            if name is not None and name not in names and name not in excluded and self._fits(name, gender):
                names.append(name)
        if names:
            sure = [n for n in names if self.people.gender(n) == gender]
            if len(sure) == 1:
                return Anchor((sure[0],), 0.97)
            return Anchor((names[0],), 0.95 if len(names) == 1 else 0.8)
        if self.topic is not None and self.topic not in excluded and self._fits(self.topic, gender):
            return Anchor((self.topic,), 0.92 if self.topic_block == sentence.block else 0.8)
        for name in reversed(self.recent):
            if name not in excluded and self.people.gender(name) == gender:
                return Anchor((name,), 0.75)
        return None

    def _plural(self, sentence: Sentence, at: int) -> Anchor | None:
        """Two people joined by `and` before the pronoun, else the last pair of this block."""
        items = sentence.items
        for i in range(at - 1, 1, -1):
            if items[i - 1].value.lower() in ("and", "&"):
                left, right = self.name_at(items[i - 2]), self.name_at(items[i])
                if left is not None and right is not None and left != right:
                    return Anchor((left, right), 0.92)
        if self.pair is not None and self.pair_block == sentence.block:
            return Anchor(self.pair, 0.8)
        return None

    def note(self, sentence: Sentence) -> None:
        """Remember what a sentence was about, after it has been read."""
        names = [name for item in sentence.items if (name := self.known_name_at(item)) is not None]
        subject = self._subject_of(sentence)
        if subject is not None:
            self.topic, self.topic_block = subject, sentence.block
        elif names:
            self.topic, self.topic_block = names[0], sentence.block
        for name in names:
            if name in self.recent:
                self.recent.remove(name)
            self.recent.append(name)
        items = sentence.items
        for i in range(2, len(items)):
            if items[i - 1].value.lower() == "and":
                left, right = self.known_name_at(items[i - 2]), self.known_name_at(items[i])
                if left is not None and right is not None and left != right:
                    self.note_pair(left, right, sentence.block)
                    break

    def note_pair(self, one: str, other: str, block: int) -> None:
        """Remember two people spoken of together."""
        self.pair, self.pair_block = (one, other), block

    def _subject_of(self, sentence: Sentence) -> str | None:
        by_token = {n: item for item in sentence.items for n in range(item.first, item.last + 1)}
        root = sentence.span.root
        for child in root.children:
            if child.dep_ in _SUBJECTS:
                item = by_token.get(child.i)
                return None if item is None else self.known_name_at(item)
        return None


def _governing_subjects(token: Token) -> Iterator[Token]:
    """Yield the subjects of the verbs above a token, nearest first, leaving out subjects the token itself is part of."""
    above = token
    seen = 0
    while above.head is not above and seen < 30:
        above = above.head
        seen += 1
        for child in above.children:
            if child.dep_ in _SUBJECTS and child.i < token.i and not child.is_ancestor(token) and child is not token:
                yield child
            elif child.dep_ in _SUBJECTS and child.is_ancestor(token) and child.i < token.i:
                yield child  # "he and his crush": the first conjunct
