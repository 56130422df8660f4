"""Whose: what `his`, `her`, `they` and "the two" stand for, from the sentence's syntax and what came before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, zip_longest

from .clauses import SUBJECTS, clause_subject, joined, subject_token, subjects_above
from .genders import PRONOUN_GENDER, suggested_gender
from .items import Item, Sentence
from .lexicon import lexicon
from .naming import Naming
from .text import Role

_ROMANCE = "romance"
Spoken = tuple[str, int, int]  # a name, the block and the number of the sentence that spoke of it
_PLURAL = frozenset(("their", "they", "them"))
_REMEMBERED = 8  # topics; further back no pronoun reaches
_NOTED = 6  # sentences whose topic is worked out when one is asked for


def needing_syntax(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences whose subject or owner will be asked for: with a name and a pronoun, or before "She ...".

    Only a guess that lets them be parsed together: any other sentence is parsed when it is asked.
    """
    for sentence, following in zip_longest(sentences, sentences[1:]):
        if sentence.role is Role.BODY and names_somebody(sentence):
            opens = following is not None and following.items[0].value.lower() in PRONOUN_GENDER
            if opens or not sentence.features.isdisjoint(PRONOUN_GENDER):
                yield sentence


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
class Discourse(Naming):
    """What the review has been speaking of: the topics of the last sentences and the last pair of people."""

    pair: Pair | None = None
    mentioned: list[Spoken] = field(default_factory=list)
    listed: tuple[str, str] | None = None  # the last two people of a sentence that names two or more
    _topics: list[Spoken] = field(default_factory=list)  # characters and actors, the latest last
    _noted: list[tuple[Sentence, list[str]]] = field(default_factory=list)  # since the topics were last asked for

    def anchor(
        self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset(), kind: str | None = None
    ) -> Anchor | None:
        """Return whom the pronoun that is item `at` stands for; None where that is open.

        The subject that governs it comes first (the topic of the sentence, not the nearest name), then a subject that
        follows it, then the sentence's first name, then the topics before it. `kind` is what the pronoun's owner is
        said to have: parents are shared by siblings, children by couples.
        """
        pronoun = sentence.items[at]
        word = pronoun.value.lower()
        if word in _PLURAL:
            return self._plural(sentence, at, kind)
        gender = PRONOUN_GENDER.get(word)
        token = sentence.doc[pronoun.first]
        acted_on = token.tag_ == "PRP" and token.dep_ not in SUBJECTS
        for subject in islice(subjects_above(token), 1 if acted_on else 0, None):
            item = sentence.item_of(subject.i)
            if item is None or item is pronoun or subject.i > pronoun.first:
                continue
            name = self.introduced_at(sentence, item)
            if name is not None and name not in excluded and self.fits(name, gender):
                surer = self._surer(sentence, pronoun.first, name, gender, excluded)
                return Anchor((name,), 1.0) if surer is None else Anchor((surer,), 0.85)
            if name is None and self.actor_at(item) is not None and self._gender_of_actor(item) in (None, gender):
                return self._part_of(item, excluded)
            if PRONOUN_GENDER.get(item.value.lower()) == gender and item.tag == "PRP":
                return self._before(sentence, item.first, gender, excluded)
        following = self._subject_after(sentence, pronoun, gender, excluded)
        found = following or self._before(sentence, pronoun.first, gender, excluded)
        return found or self._only_name_after(sentence, pronoun.first, gender, excluded)

    def _surer(
        self, sentence: Sentence, token: int, subject: str, gender: str | None, excluded: frozenset[str]
    ) -> str | None:
        """The one other name before a pronoun that shows its gender, where the subject shows none."""
        if gender is None or self.gender(subject) == gender:
            return None
        found = {
            name
            for name, item in self._names(sentence, self.likely_name_at)
            if item.first < token and name not in excluded and name != subject and self.gender(name) == gender
        }
        return found.pop() if len(found) == 1 else None

    def _only_name_after(
        self, sentence: Sentence, token: int, gender: str | None, excluded: frozenset[str]
    ) -> Anchor | None:
        """The one name behind a pronoun that shows its gender, if nobody was spoken of: "Her agent needs Bea"."""
        found = {
            name
            for name, item in self._names(sentence, self.likely_name_at)
            if item.first > token and name not in excluded and self.gender(name) == gender
        }
        return Anchor((found.pop(),), 0.75) if len(found) == 1 else None

    def _gender_of_actor(self, item: Item) -> str | None:
        actor = self.actor_at(item)
        return None if actor is None else suggested_gender(actor)

    def _part_of(self, item: Item, excluded: frozenset[str]) -> Anchor | None:
        """The one character an actor plays: a critic speaks of the two as one; None leaves it open."""
        actor = self.actor_at(item)
        parts = [name for name, by in self.played_by.items() if by == actor and name not in excluded]
        return Anchor((parts[0],), 0.8) if len(parts) == 1 else None

    def _subject_after(
        self, sentence: Sentence, pronoun: Item, gender: str | None, excluded: frozenset[str]
    ) -> Anchor | None:
        """The subject of the sentence, where the pronoun stands in front of it: "With her boss gone, Bea ..."."""
        if pronoun.first - sentence.items[0].first > 6 or PRONOUN_GENDER.get(sentence.items[0].value.lower()):
            return None
        subject = subject_token(sentence.doc[sentence.root])
        item = None if subject is None or subject.i < pronoun.first else sentence.item_of(subject.i)
        if item is None or any(t.i == pronoun.first for t in sentence.doc[item.first].subtree):
            return None
        name = self.likely_name_at(item)
        if name is None or name in excluded or self.gender(name) != gender:
            return None
        return Anchor((name,), 0.85)

    def _before(self, sentence: Sentence, token: int, gender: str | None, excluded: frozenset[str]) -> Anchor | None:
        """The first name of the sentence before `token`, else the topics before the sentence."""
        names: list[str] = []
        for name, item in self._names(sentence, lambda item: self.introduced_at(sentence, item)):
            if item.first < token and name not in names and name not in excluded and self.fits(name, gender):
                names.append(name)
        if names:
            sure = [n for n in names if gender is not None and self.gender(n) == gender]
            if len(sure) == 1:
                return Anchor((sure[0],), 0.95)
            return Anchor((names[0],), 0.95 if len(names) == 1 else 0.8)
        return self.spoken_of(sentence.block, gender, excluded)

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
            sure = gender is None or self.gender(name) == gender
            return Anchor((name,), certainty if sure else certainty - 0.1)
        return None

    def topic_of(self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset()) -> Anchor | None:
        """Return whom a bare relation noun at item `at` belongs to: the subject before it, else what came before."""
        token = sentence.items[at].first
        for subject in subjects_above(sentence.doc[token]):
            item = sentence.item_of(subject.i)
            if item is None or subject.i >= token:
                continue
            found = self.who_is(sentence, item, excluded)
            if found is not None and len(found.names) == 1 and found.names[0] not in excluded:
                return Anchor(found.names, found.certainty * 0.95)
        relatives = {
            name
            for before, item in pairwise(sentence.items)
            if before.tag in ("ROLE", "ROLES") and (name := self.name_at(item)) is not None
        }  # "husband Sandy is dead and son Rory gone": Rory is not Sandy's alone
        return self._before(sentence, token, None, excluded | relatives)

    # -- subjects of clauses

    def subject(self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset()) -> Anchor | None:
        """Return who does what the verb or phrase at item `at` says."""
        token = clause_subject(sentence.doc[sentence.items[at].first])
        if token is None:
            return None
        names: list[str] = []
        certainty = 1.0
        for one in joined(token):
            item = sentence.item_of(one.i)
            found = None if item is None else self.who_is(sentence, item, excluded)
            if found is None:
                return None
            names += [n for n in found.names if n not in names]
            certainty = min(certainty, found.certainty)
        return Anchor(tuple(names), certainty, self._place(sentence, token.i))

    def only_name_before(self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset()) -> Anchor | None:
        """Return the one character the sentence names before item `at`, where the parse shows no subject."""
        found = {name: i for i, item in enumerate(sentence.items[:at]) if (name := self.name_at(item)) is not None}
        if len(found) != 1 or excluded & found.keys():
            return None
        name, place = next(iter(found.items()))
        return Anchor((name,), 0.85, place)

    @staticmethod
    def _place(sentence: Sentence, token: int) -> int | None:
        item = sentence.item_of(token)
        return None if item is None else sentence.index_of(item)

    def who_is(self, sentence: Sentence, item: Item, excluded: frozenset[str]) -> Anchor | None:
        """Return whom an item that is a subject stands for: a name, a pronoun, `who`, "her brother Sam", "the pair"."""
        at = sentence.index_of(item)
        name = self.introduced_at(sentence, item)
        if name is not None:
            return Anchor((name,), 0.97)
        word = item.value.lower()
        if item.tag == "PRP" and word in ("he", "she", "they"):
            return self.anchor(sentence, at, excluded)
        if item.tag in ("WP", "WDT"):
            return self._antecedent(sentence, at)
        if word in lexicon().words("pair") and self.pair is not None and self.pair.block >= sentence.block - 1:
            return Anchor(self.pair.names, 0.9)
        if item.tag in ("ROLE", "ROLES", "NN") and at + 1 < len(sentence.items):
            name = self._named_relative(sentence, at)
            return None if name is None else Anchor((name,), 0.9)
        return None

    def _named_relative(self, sentence: Sentence, at: int) -> str | None:
        """The name behind a relation noun: "her mentor, old Dunstan"."""
        for item in sentence.items[at + 1 : at + 6]:
            if item.tag in ("NAME", "SHOW"):
                return self.name_at(item)
            if item.value != "," and not item.tag.startswith(("JJ", "DT", "NN", "HYPH", "VBN")):
                return None
        return None

    def _antecedent(self, sentence: Sentence, at: int) -> Anchor | None:
        """The name in front of `who`, over a comma and a bracket."""
        items = sentence.items
        at -= 1
        if at > 0 and items[at].value == ",":
            at -= 1
        if at > 1 and items[at].value == ")":  # "Callum (Joseph Adair), who irons his jeans"
            while at > 0 and items[at].value != "(":
                at -= 1
            at -= 1
        name = self.name_at(items[at]) if at >= 0 else None
        return None if name is None else Anchor((name,), 0.97)

    def _plural(self, sentence: Sentence, at: int, kind: str | None) -> Anchor | None:
        """Two people joined by `and` before the pronoun, else the last pair of this block."""
        items, pair = sentence.items, self.pair
        here = pair if pair is not None and pair.block == sentence.block else None
        if kind == "child" and here is not None and here.group == _ROMANCE:
            return Anchor(here.names, 0.85)
        for i in range(at - 1, 1, -1):
            if items[i - 1].value.lower() in ("and", "&"):
                left, right = self.name_at(items[i - 2]), self.name_at(items[i])
                if left is not None and right is not None and left != right:
                    return Anchor((left, right), 0.92)
        if here is None:
            return None
        if (kind == "child" and here.group not in (None, _ROMANCE)) or (kind == "parent" and here.group == _ROMANCE):
            return None
        return Anchor(here.names, 0.8)

    # -- what was spoken of

    def note(self, sentence: Sentence, *, recalls: bool = False) -> None:
        """Remember what a sentence was about, after it has been read; `recalls` says that it has "the former" in it."""
        names = [n for n, _ in self._names(sentence, self.likely_name_at)]
        self._noted = [*self._noted, (sentence, names)][-_NOTED:]
        names = [n for n, _ in self._names(sentence, lambda item: self.introduced_at(sentence, item))]
        for name in names:
            others = [m for m in self.mentioned if m[0] != name]
            self.mentioned = [*others, (name, sentence.block, sentence.number)][-_REMEMBERED:]
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
            found = self._part_of(item, frozenset())
            return self.actor_at(item) if found is None else found.names[0]
        return self.introduced_at(sentence, item) or first

    def _relative_as_topic(self, sentence: Sentence, item: Item, of_topic: bool) -> str | None:
        """After "Dani's boss, Gordon, is ill" it speaks of Gordon; after "Her mother, Sylvia, is ill" still of her."""
        relative = self.who_is(sentence, item, frozenset())
        if not of_topic or not self.topics:
            return None if relative is None else relative.names[0]
        if relative is not None:
            self._topics.insert(-1, (relative.names[0], sentence.block, sentence.number))
        return self.topics[-1][0]

    def _names(self, sentence: Sentence, name_of: Callable[[Item], str | None]) -> Iterator[tuple[str, Item]]:
        """The characters a sentence names, but for names in a place's position."""
        for i, item in enumerate(sentence.items):
            name = name_of(item)
            if name is not None and not (
                i and sentence.items[i - 1].value.lower() in lexicon().words("place_preposition")
            ):
                yield name, item

    def note_pair(self, one: str, other: str, sentence: Sentence, group: str | None = None) -> None:
        """Remember two people spoken of together, and the group of kinds that joins them."""
        if group is None and self.pair is not None and set(self.pair.names) == {one, other}:
            group = self.pair.group
        self.pair = Pair((one, other), sentence.block, sentence.number, group)
