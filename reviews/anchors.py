"""Whose: what `his`, `her`, `they` and "the two" stand for, from the sentence's syntax and what came before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from .items import Item, Sentence
from .lexicon import lexicon
from .names import is_full_person_name
from .people import People
from .records import EntityType
from .text import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENDER = {"his": "m", "he": "m", "him": "m", "her": "f", "she": "f"}
_ROMANCE = "romance"
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def needing_syntax(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences whose subject or owner will be asked for: with a name and a pronoun, or before "She ...".

    Only a guess that lets them be parsed together: any other sentence is parsed when it is asked.
    """
    for sentence, following in zip_longest(sentences, sentences[1:]):
        if sentence.role is Role.BODY and _names_somebody(sentence):
            opens = following is not None and following.items[0].value.lower() in _GENDER
            if opens or not sentence.features.isdisjoint(_GENDER):
                yield sentence


@dataclass(frozen=True, slots=True)
class Anchor:
    """Whom a pronoun stands for, and how sure that is: a factor for the fact's confidence."""

    names: tuple[str, ...]
    certainty: float


@dataclass(slots=True)
class Discourse:
    """What the review has been speaking of: the topic of the last sentence and the last pair of people."""

    people: People
    pair: tuple[str, str] | None = None
    pair_block: int = -1
    pair_group: str | None = None
    recent: list[str] = field(default_factory=list)
    _topic: tuple[str, int] | None = None  # with its block
    _noted: list[tuple[Sentence, list[str]]] = field(default_factory=list)  # since the topic was last asked for
    _subjects: dict[int, Item | None] = field(default_factory=dict)  # by the number of the sentence
    _known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once whom the cast names: `people` is settled before a review's relationships are read."""
        people = (self.people.resolve(surface) for surface in self.people.characters)
        self._known = frozenset(person.name for person in people if person is not None)

    def learn_genders(self, sentences: Iterable[Sentence]) -> None:
        """Note whom the review calls he or she: the subject of a pronoun's clause, or of the sentence before "She ...".

        Only what all such places agree on is kept.
        """
        votes: dict[str, set[str]] = {}
        before: Sentence | None = None
        for sentence in sentences:
            for item in sentence.items:
                gender = _GENDER.get(item.value.lower())
                if gender is not None and item.tag in ("PRP", "PRP$"):
                    name = self._owner_of(sentence, item)
                    if name is None and item is sentence.items[0] and before is not None:
                        name = self._subject_of(before) if before.block == sentence.block else None
                    if name is not None:
                        votes.setdefault(name, set()).add(gender)
            if sentence.items[0].value.lower() not in ("he", "she") or self._subject_of(sentence) is not None:
                before = sentence
        for name, genders in votes.items():
            if len(genders) == 1:
                self.people.note_gender(name, next(iter(genders)))

    def _owner_of(self, sentence: Sentence, pronoun: Item) -> str | None:
        """The character that is the subject of a pronoun's clause; `who` stands for the name before it."""
        if not _names_somebody(sentence):
            return None
        subject = next(_governing_subjects(sentence.doc[pronoun.first]), None)
        if subject is None:
            return None
        items = sentence.items
        at = next((i for i, item in enumerate(items) if item.first <= subject.i <= item.last), None)
        if at is None or items[at].first >= pronoun.first:
            return None
        if items[at].tag in ("WP", "WDT"):
            at -= 2 if at > 1 and items[at - 1].value == "," else 1
            if at > 2 and items[at].value == ")":  # "Callum (Joseph Adair), who irons his jeans"
                while at > 0 and items[at].value != "(":
                    at -= 1
                at -= 1
        return self.name_at(items[at]) if at >= 0 else None

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
        return name if name in self._known or item.value in self.people.characters else None

    def _likely_name_at(self, item: Item) -> str | None:
        """Return the character an item names; a full name that stands once and is in no cast may be anybody's."""
        name = self.known_name_at(item)
        if name is not None:
            return name
        name = self.name_at(item)
        if name is None or (self.people.characters and not self.people.is_solid(item.value)):
            return None
        return name

    def _full_name_at(self, item: Item) -> str | None:
        """Return the character that the subject of a sentence names in full: a sentence is about its subject."""
        return self.name_at(item) if is_full_person_name(item.value) else None

    def anchor(
        self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset(), kind: str | None = None
    ) -> Anchor | None:
        """Return whom the pronoun that is item `at` stands for; None where that is open.

        The subject that governs it comes first (T24: the topic of the sentence, not the nearest name), then the
        sentence's first name, then the topic before it. `kind` is what the pronoun's owner is said to have: parents
        are shared by siblings, children by couples.
        """
        pronoun = sentence.items[at]
        word = pronoun.value.lower()
        if word in ("their", "they", "them"):
            return self._plural(sentence, at, kind)
        gender = _GENDER.get(word)
        by_token = {n: item for item in sentence.items for n in range(item.first, item.last + 1)}
        token = sentence.doc[pronoun.first]
        for subject in _governing_subjects(token):
            item = by_token.get(subject.i)
            if item is None or item is pronoun:
                continue
            name = self._likely_name_at(item)
            if name is not None and name not in excluded and self._fits(name, gender):
                return Anchor((name,), 1.0)
            if (
                item.value.lower() in ("he", "she")
                and _GENDER[item.value.lower()] == gender
                and item.first < pronoun.first
            ):
                return self._before(sentence, item.first, gender, excluded)
        return self._before(sentence, pronoun.first, gender, excluded)

    def _fits(self, name: str, gender: str | None) -> bool:
        known = self.people.gender(name)
        return gender is None or known is None or known == gender

    def _before(self, sentence: Sentence, token: int, gender: str | None, excluded: frozenset[str]) -> Anchor | None:
        """The first name of the sentence before `token`, else the topic before the sentence."""
        names: list[str] = []
        for name, item in self._names(sentence, self._likely_name_at):
            if item.first < token and name not in names and name not in excluded and self._fits(name, gender):
                names.append(name)
        if names:
            sure = [n for n in names if self.people.gender(n) == gender]
            if len(sure) == 1:
                return Anchor((sure[0],), 0.97)
            return Anchor((names[0],), 0.95 if len(names) == 1 else 0.8)
        topic = self.topic
        if topic is not None and topic[0] not in excluded and self._fits(topic[0], gender):
            return Anchor((topic[0],), 0.92 if topic[1] == sentence.block else 0.8)
        for name in reversed(self.recent):
            if name not in excluded and self.people.gender(name) == gender:
                return Anchor((name,), 0.75)
        return None

    def _plural(self, sentence: Sentence, at: int, kind: str | None) -> Anchor | None:
        """Two people joined by `and` before the pronoun, else the last pair of this block."""
        items = sentence.items
        if (
            kind == "child"
            and self.pair is not None
            and self.pair_group == _ROMANCE
            and self.pair_block == sentence.block
        ):
            return Anchor(self.pair, 0.85)
        for i in range(at - 1, 1, -1):
            if items[i - 1].value.lower() in ("and", "&"):
                left, right = self.name_at(items[i - 2]), self.name_at(items[i])
                if left is not None and right is not None and left != right:
                    return Anchor((left, right), 0.92)
        if self.pair is None or self.pair_block != sentence.block:
            return None
        if (kind == "child" and self.pair_group not in (None, _ROMANCE)) or (
            kind == "parent" and self.pair_group == _ROMANCE
        ):
            return None
        return Anchor(self.pair, 0.8)

    def note(self, sentence: Sentence) -> None:
        """Remember what a sentence was about, after it has been read."""
        names = [n for n, _ in self._names(sentence, self.known_name_at)]
        names = names or [n for n, _ in self._names(sentence, self._likely_name_at)]
        if _names_somebody(sentence):
            self._noted.append((sentence, names))
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

    @property
    def topic(self) -> tuple[str, int] | None:
        """Whom the last sentences were about, and in which block: their subject, else their first character."""
        while self._noted:
            sentence, names = self._noted.pop()
            subject = self._subject_of(sentence)
            name = subject or (names[0] if names and not self._subject_is_owned(sentence) else None)
            if name is not None:
                self._topic = name, sentence.block
                self._noted.clear()
        return self._topic

    def _names(self, sentence: Sentence, name_of: Callable[[Item], str | None]) -> Iterator[tuple[str, Item]]:
        """The characters a sentence names, but for names in a place's position."""
        for i, item in enumerate(sentence.items):
            name = name_of(item)
            if name is not None and not (
                i and sentence.items[i - 1].value.lower() in lexicon().words("place_preposition")
            ):
                yield name, item

    @staticmethod
    def _subject_is_owned(sentence: Sentence) -> bool:
        """Whether the subject is somebody's: after "Her mother, Sylvia, is back" the review still speaks of *her*."""
        return any(
            owner.dep_ == "poss" and owner.tag_ == "PRP$"
            for child in sentence.doc[sentence.root].children
            if child.dep_ in _SUBJECTS
            for owner in child.children
        )

    def note_pair(self, one: str, other: str, block: int, group: str | None = None) -> None:
        """Remember two people spoken of together, and the group of kinds that joins them."""
        if group is None and self.pair is not None and set(self.pair) == {one, other}:
            group = self.pair_group
        self.pair, self.pair_block, self.pair_group = (one, other), block, group

    def _subject_of(self, sentence: Sentence) -> str | None:
        if not _names_somebody(sentence):
            return None
        if sentence.number not in self._subjects:
            self._subjects[sentence.number] = _subject_item(sentence)
        item = self._subjects[sentence.number]
        return None if item is None else self._likely_name_at(item) or self._full_name_at(item)


def _names_somebody(sentence: Sentence) -> bool:
    return not sentence.features.isdisjoint(("NAME", "SHOW"))


def _subject_item(sentence: Sentence) -> Item | None:
    """The item that is the subject of a sentence's main verb."""
    for child in sentence.doc[sentence.root].children:
        if child.dep_ in _SUBJECTS:
            return next((item for item in sentence.items if item.first <= child.i <= item.last), None)
    return None


def _governing_subjects(token: Token) -> Iterator[Token]:
    """Yield the subjects of the verbs above a token that stand before it, nearest first."""
    above = token
    seen = 0
    while above.dep_ != "ROOT" and seen < 30:
        above = above.head
        seen += 1
        for child in above.children:
            if child.i < token.i and child.dep_ in _SUBJECTS:
                yield child
