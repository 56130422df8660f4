"""What a review has been speaking of: the topics of its last sentences, the people mentioned, the last pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .clauses import subject_token
from .genders import PRONOUN_GENDER
from .items import Item, Sentence
from .lexicon import lexicon
from .naming import Naming

Spoken = tuple[str, int, int]  # a name, the block and the number of the sentence that spoke of it
_REMEMBERED = 8  # topics; further back no pronoun reaches
_NOTED = 6  # sentences whose topic is worked out when one is asked for


def names_somebody(sentence: Sentence) -> bool:
    """Whether a sentence has a name, so that its subject is worth parsing for."""
    return not sentence.features.isdisjoint(("NAME", "SHOW"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Whom words stand for, and how sure that is: a factor for the fact's confidence."""

    names: tuple[str, ...]
    certainty: float
    at: int | None = None  # the item that names them, where it is not a slot of the rule


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people spoken of together, where, and the group of kinds that joins them."""

    names: tuple[str, str]
    block: int
    sentence: int
    group: str | None = None


@dataclass(slots=True)
class Memory(Naming):
    """What the review has been speaking of: the topics of the last sentences and the last pair of people."""

    pair: Pair | None = None
    pair_before: Pair | None = None  # the last pair of an earlier sentence
    mentioned: list[Spoken] = field(default_factory=list)
    listed: tuple[str, str] | None = None  # the last two people of a sentence that names two or more
    parents: list[Spoken] = field(default_factory=list)  # of a family that has them without an owner: "Mum Bev cooks"
    _topics: list[Spoken] = field(default_factory=list)  # characters and actors, the latest last
    _noted: list[tuple[Sentence, list[str]]] = field(default_factory=list)  # since the topics were last asked for

    def note(self, sentence: Sentence, *, recalls: bool = False) -> None:
        """Remember what a sentence was about, after it has been read; `recalls` says that it has "the former" in it."""
        names = [n for n, _ in self._names(sentence, self.likely_name_at)]
        self._noted = [*self._noted, (sentence, names)][-_NOTED:]
        names = [n for n, _ in self._names(sentence, lambda item: self.introduced_at(sentence, item))]
        for name in names:
            others = [m for m in self.mentioned if m[0] != name]
            self.mentioned = [*others, (name, sentence.block, sentence.number)][-_REMEMBERED:]
        self._note_parent(sentence)
        if len(set(names)) > 1 and not recalls:
            last = list(dict.fromkeys(names))[-2:]
            self.listed = last[0], last[1]
        items = sentence.items
        for i in range(2, len(items)):
            if items[i - 1].value.lower() == "and":
                left, right = self.likely_name_at(items[i - 2]), self.likely_name_at(items[i])
                if left is not None and right is not None and left != right:
                    self.note_pair(left, right, sentence)
                    break

    def _note_parent(self, sentence: Sentence) -> None:
        """Remember the parent a sentence opens with; two of one block are a couple: "Mum Bev ... Dad Terry ..."."""
        items = sentence.items
        noun = lexicon().roles.get(items[0].value) if items[0].tag == "ROLE" else None
        name = self.name_at(items[1]) if noun is not None and noun.kind == "parent" and len(items) > 1 else None
        if name is None:
            return
        other = next((n for n, block, _ in self.parents if block == sentence.block and n != name), None)
        if other is not None:
            self.note_pair(other, name, sentence, "romance")
        self.parents.append((name, sentence.block, sentence.number))

    @property
    def topics(self) -> list[Spoken]:
        """Whom the last sentences were about, and in which block: their subject, else their first character."""
        while self._noted:
            sentence, names = self._noted.pop(0)
            topic = self._topic_of_subject(sentence, names)
            if topic is not None:
                others = [t for t in self._topics if t[0] != topic]
                self._topics = [*others, (topic, sentence.block, sentence.number)][-_REMEMBERED:]
        return self._topics

    def _topic_of_subject(self, sentence: Sentence, names: list[str]) -> str | None:
        opens = sentence.items[0].value.lower()
        if not names_somebody(sentence) and opens not in ("he", "she"):
            return None
        token = subject_token(sentence.doc[sentence.root])
        item = None if token is None else sentence.item_of(token.i)
        first = names[0] if names else None
        if item is None or token is None:
            return first
        if item.tag == "ROLE":
            return self._relative_as_topic(sentence, item, any(c.tag_ == "PRP$" for c in token.children)) or first
        if any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in token.children):
            return None
        if item.tag == "PRP" and item.value.lower() in ("he", "she"):
            found = self.spoken_of(sentence.block, PRONOUN_GENDER[item.value.lower()])
            return first if found is None else found.names[0]
        if self.actor_at(item) is not None and first is None:
            found = self.part_of(item, frozenset())
            return self.actor_at(item) if found is None else found.names[0]
        return self.introduced_at(sentence, item) or first

    def _relative_as_topic(self, sentence: Sentence, item: Item, of_topic: bool) -> str | None:
        """After "Dani's boss, Gordon, is ill" it speaks of Gordon; after "Her mother, Sylvia, is ill" still of her."""
        relative = self.named_relative(sentence, sentence.index_of(item))
        if not of_topic or not self.topics:
            return relative
        if relative is not None:
            self._topics.insert(-1, (relative, sentence.block, sentence.number))
        return self.topics[-1][0]

    def _names(self, sentence: Sentence, name_of: Callable[[Item], str | None]) -> Iterator[tuple[str, Item]]:
        """The characters a sentence names, but for names in a place's position, and unknown ones in brackets."""
        closing = max((i for i, item in enumerate(sentence.items) if item.value == ")"), default=-1)
        inside = False
        for i, item in enumerate(sentence.items):
            inside = (i > 0 and item.value == "(") or (inside and item.value != ")")
            name = name_of(item)
            if name is None or (inside and i < closing and not self.is_known(name)):
                continue
            at_place = i and sentence.items[i - 1].value.lower() in lexicon().words("place_preposition")
            if not at_place or self.is_known(name) or self.gender(name) is not None:
                yield name, item

    def note_pair(self, one: str, other: str, sentence: Sentence, group: str | None = None) -> None:
        """Remember two people spoken of together, and the group of kinds that joins them."""
        if group is None and self.pair is not None and set(self.pair.names) == {one, other}:
            group = self.pair.group
        if self.pair is not None and self.pair.sentence != sentence.number:
            self.pair_before = self.pair
        self.pair = Pair((one, other), sentence.block, sentence.number, group)

    def spoken_of(self, block: int, gender: str | None, excluded: frozenset[str] = frozenset()) -> Anchor | None:
        """Return the last topic that a pronoun of `gender` can mean, or a character just mentioned."""
        topics = self.topics
        candidates = sorted(
            [(number, 1, 0.92, topic) for topic, _, number in reversed(topics)]
            + [(number, 0, 0.8, name) for name, _, number in reversed(self.mentioned)],
            key=lambda c: (-c[0], -c[1]),
        )
        blocks = {number: where for _, where, number in [*self.mentioned, *topics]}
        for number, _, certainty, name in candidates:
            if blocks[number] != block:
                certainty -= 0.07
            if name in excluded or not self.fits(name, gender):
                continue
            if name in self.people.actors:
                return None  # the review speaks of an actor
            if gender is None or self.gender(name) == gender:
                return Anchor((name,), certainty)
            surer = next(
                (
                    other
                    for said, _, _, other in candidates
                    if said >= number - 1
                    and blocks[said] == blocks[number]
                    and other not in excluded
                    and other not in self.people.actors
                    and self.gender(other) == gender
                ),
                None,
            )
            return Anchor((name,), certainty - 0.1) if surer is None else Anchor((surer,), certainty - 0.05)
        return None

    def part_of(self, item: Item, excluded: frozenset[str]) -> Anchor | None:
        """The one character an actor plays: a critic speaks of the two as one; None leaves it open."""
        actor = self.actor_at(item)
        parts = [name for name, by in self.played_by.items() if by == actor and name not in excluded]
        return Anchor((parts[0],), 0.8) if len(parts) == 1 else None

    def named_relative(self, sentence: Sentence, at: int) -> str | None:
        """The name behind a relation noun: "her mentor, old Dunstan"."""
        for item in sentence.items[at + 1 : at + 6]:
            if item.tag in ("NAME", "SHOW"):
                return self.name_at(item)
            if item.value != "," and not item.tag.startswith(("JJ", "DT", "NN", "HYPH", "VBN")):
                return None
        return None
