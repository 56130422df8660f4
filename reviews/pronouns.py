"""Whose: what `his`, `her`, `they` stand for, from the sentence's syntax and what came before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from .clauses import SUBJECTS, subject_token, subjects_above
from .genders import PRONOUN_GENDER, suggested_gender
from .items import Item, Sentence
from .lexicon import lexicon
from .memory import Anchor, Memory

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROMANCE = "romance"
_AND = frozenset(("and", "&"))
_OF_APPOSITION = ("NN", "JJ", "DT", "ROLE", "HYPH", "CD", "NUM")
_PLURAL = frozenset(("their", "they", "them"))


def _owned_by(noun: Token, gender: str | None) -> Token | None:
    """The pronoun in front of a noun, if it is of this gender: twice `his` in a sentence is the same man's."""
    return next((c for c in noun.children if c.tag_ == "PRP$" and PRONOUN_GENDER.get(c.lower_) == gender), None)


@dataclass(slots=True)
class Pronouns(Memory):
    """Whom the pronouns of a review stand for."""

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
        if token.tag_ == "PRP$":
            alike = self._same_before(sentence, at, gender, excluded)
            if alike is not None:
                return alike
            beside = self._joined_before(sentence, at, gender, excluded)
            if beside is not None:
                return beside
        acted_on = token.tag_ == "PRP" and token.dep_ not in SUBJECTS
        if acted_on and self._unnamed_before(sentence, at, gender):
            return None
        for subject in islice(subjects_above(token), 1 if acted_on else 0, None):
            item = sentence.item_of(subject.i)
            if item is None or item is pronoun or subject.i > pronoun.first:
                continue
            name = self.introduced_at(sentence, item)
            if name is None and item.tag == "ROLE":
                owner = _owned_by(subject, gender)
                if owner is not None and owner.i < pronoun.first and sentence.item_of(owner.i) is not None:
                    return self.anchor(sentence, self.place_of(sentence, owner.i) or 0, excluded, kind)
            if name is None and item.tag.startswith("NN"):
                name = self.apposed(sentence, subject, token.i)
            if name is not None and name not in excluded and self.fits(name, gender):
                surer = self._surer(sentence, pronoun.first, name, gender, excluded)
                return Anchor((name,), 1.0) if surer is None else Anchor((surer,), 0.85)
            if name is None and self.actor_at(item) is not None and self._gender_of_actor(item) in (None, gender):
                return self.part_of(item, excluded)
            if PRONOUN_GENDER.get(item.value.lower()) == gender and item.tag == "PRP":
                return self.before(sentence, item.first, gender, excluded)
        following = self._subject_after(sentence, pronoun, gender, excluded)
        found = following or self.before(sentence, pronoun.first, gender, excluded)
        return found or self._only_name_after(sentence, pronoun.first, gender, excluded)

    def _unnamed_before(self, sentence: Sentence, at: int, gender: str | None) -> bool:
        """Whether a relative without a name stands before "him" and may be meant: "her husband ... marry him"."""
        items, roles = sentence.items, lexicon().roles
        return any(
            items[i].tag == "ROLE"
            and gender is not None
            and roles[items[i].value].gender == gender
            and items[i - 1].tag in ("PRP$", "POS")
            and self.named_relative(sentence, i) is None
            for i in range(1, at)
        )

    def _same_before(self, sentence: Sentence, at: int, gender: str | None, excluded: frozenset[str]) -> Anchor | None:
        """Whose a pronoun was before it: "Her eldest, Pip, has left; her youngest, Lark, is in jail"."""
        items = sentence.items
        word = items[at].value.lower()
        before = next((i for i in range(at) if items[i].value.lower() == word and items[i].tag == "PRP$"), None)
        if before is None or not any(item.value in (";", ",") for item in items[before:at]):
            return None
        if items[at - 1].value not in (";", ",") and items[at - 1].value.lower() not in _AND:
            return None
        found = self.anchor(sentence, before, excluded)
        between = {name for item in items[before:at] if (name := self.name_at(item)) is not None}
        shown = any(self.gender(name) == gender for name in between)
        return None if found is None or shown else Anchor(found.names, found.certainty * 0.95)

    def _joined_before(
        self, sentence: Sentence, at: int, gender: str | None, excluded: frozenset[str]
    ) -> Anchor | None:
        """The name that a possessive is joined to: in "It follows Declan, a driver, and his sister" it is Declan."""
        items = sentence.items
        if sentence.doc[items[at].first].head.dep_ in SUBJECTS or at < 2 or items[at - 1].value.lower() not in _AND:
            return None
        before = at - 2
        if items[before].value == ",":
            before -= 1
            while before > 0 and items[before].tag.startswith(_OF_APPOSITION):
                before -= 1
            before -= before > 0 and items[before].value == ","
        if before < 0 or (before > 0 and items[before - 1].value.lower() == "of"):
            return None
        name = self.introduced_at(sentence, items[before])
        if name is None or name in excluded or not self.fits(name, gender):
            return None
        return Anchor((name,), 0.95 if self.gender(name) == gender else 0.85)

    def apposed(self, sentence: Sentence, noun: Token, end: int) -> str | None:
        """Return the name that a noun has behind it: "the man on her trail, Koos Brand, who ..."."""
        for child in noun.children:
            item = sentence.item_of(child.i) if child.dep_ == "appos" and child.i < end else None
            name = None if item is None else self.introduced_at(sentence, item)
            if name is not None:
                return name
        return None

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

    def before(self, sentence: Sentence, token: int, gender: str | None, excluded: frozenset[str]) -> Anchor | None:
        """Return the first name of the sentence before `token`, else the topics before the sentence."""
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

    @staticmethod
    def place_of(sentence: Sentence, token: int) -> int | None:
        """Return which item covers a token of the sentence's Doc."""
        item = sentence.item_of(token)
        return None if item is None else sentence.index_of(item)

    def _plural(self, sentence: Sentence, at: int, kind: str | None) -> Anchor | None:
        """Two people joined by `and` before the pronoun, else the last pair of this block."""
        items, pair = sentence.items, self.pair
        if pair is not None and pair.sentence == sentence.number and not self._named_before(sentence, at, pair.names):
            pair = self.pair_before  # in "Their daughter Kim weds Bo" they are not Kim and Bo
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

    def _named_before(self, sentence: Sentence, at: int, names: tuple[str, ...]) -> bool:
        """Whether a sentence names one of these people before item `at`."""
        return any(self.name_at(item) in names for item in sentence.items[:at])
