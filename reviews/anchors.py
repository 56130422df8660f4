"""Whose: what `his`, `her`, `they` and "the two" stand for, from the sentence's syntax and what came before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest
from typing import TYPE_CHECKING

from .clauses import SUBJECTS, clause_subject, joined, subject_token, subjects_above
from .genders import PRONOUN_GENDER, suggested_gender
from .items import Item, Sentence
from .lexicon import lexicon
from .memory import Anchor, Memory, names_somebody
from .text import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROMANCE = "romance"
_BE = frozenset(("is", "'s", "was", "be", "are", "'re", "were"))
_AND = frozenset(("and", "&"))
_OF_APPOSITION = ("NN", "JJ", "DT", "ROLE", "HYPH", "CD", "NUM")
_PLURAL = frozenset(("their", "they", "them"))


def needing_syntax(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences whose subject or owner will be asked for: with a name and a pronoun, or before one.

    Only a guess that lets them be parsed together: any other sentence is parsed when it is asked.
    """
    for sentence, following in zip_longest(sentences, sentences[1:]):
        if sentence.role is Role.BODY and names_somebody(sentence):
            looks_back = following is not None and not following.features.isdisjoint(PRONOUN_GENDER)
            if looks_back or not sentence.features.isdisjoint(PRONOUN_GENDER):
                yield sentence


def _owned_by(noun: Token, gender: str | None) -> Token | None:
    """The pronoun in front of a noun, if it is of this gender: twice `his` in a sentence is the same man's."""
    return next((c for c in noun.children if c.tag_ == "PRP$" and PRONOUN_GENDER.get(c.lower_) == gender), None)


@dataclass(slots=True)
class Discourse(Memory):
    """Whom the pronouns, subjects and bare relation nouns of a review stand for."""

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
            beside = self._joined_before(sentence, at, gender, excluded)
            if beside is not None:
                return beside
        acted_on = token.tag_ == "PRP" and token.dep_ not in SUBJECTS
        for subject in islice(subjects_above(token), 1 if acted_on else 0, None):
            item = sentence.item_of(subject.i)
            if item is None or item is pronoun or subject.i > pronoun.first:
                continue
            name = self.introduced_at(sentence, item)
            if name is None and item.tag == "ROLE":
                owner = _owned_by(subject, gender)
                if owner is not None and owner.i < pronoun.first and sentence.item_of(owner.i) is not None:
                    return self.anchor(sentence, self._place(sentence, owner.i) or 0, excluded, kind)
            if name is None and item.tag.startswith("NN"):
                name = self._apposed(sentence, subject, token.i)
            if name is not None and name not in excluded and self.fits(name, gender):
                surer = self._surer(sentence, pronoun.first, name, gender, excluded)
                return Anchor((name,), 1.0) if surer is None else Anchor((surer,), 0.85)
            if name is None and self.actor_at(item) is not None and self._gender_of_actor(item) in (None, gender):
                return self.part_of(item, excluded)
            if PRONOUN_GENDER.get(item.value.lower()) == gender and item.tag == "PRP":
                return self._before(sentence, item.first, gender, excluded)
        following = self._subject_after(sentence, pronoun, gender, excluded)
        found = following or self._before(sentence, pronoun.first, gender, excluded)
        return found or self._only_name_after(sentence, pronoun.first, gender, excluded)

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

    def _apposed(self, sentence: Sentence, noun: Token, end: int) -> str | None:
        """The name that a noun has behind it: "the man on her trail, Koos Brand, who ..."."""
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
        noun = lexicon().roles.get(sentence.items[at].value)
        if noun is not None and noun.kind == "parent":
            relatives |= {name for name, block, _ in self.parents if block == sentence.block}  # "Mum Bev ... Dad Terry"
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
        name = self.acting_at(sentence, item)
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
            name = self.named_relative(sentence, at)
            if name is not None:
                return Anchor((name,), 0.9)
        return self._described(sentence, item, excluded)

    def _described(self, sentence: Sentence, item: Item, excluded: frozenset[str]) -> Anchor | None:
        """Whom a noun describes: "Tae, an officer who ...", "the eldest, Ada, has ...", "She is the one who ..."."""
        noun = sentence.doc[item.last]
        if not item.tag.startswith(("NN", "ROLE")) and noun.lower_ not in ("one", "eldest", "youngest", "oldest"):
            return None
        name = self._apposed(sentence, noun, len(sentence.doc))
        head = sentence.item_of(noun.head.i)
        if name is None and noun.dep_ == "appos" and head is not None:
            name = self.introduced_at(sentence, head)
        if name is not None:
            return Anchor((name,), 0.9)
        if noun.dep_ != "attr" or noun.head.lower_ not in _BE:
            return None
        subject = next((c for c in noun.head.children if c.dep_ in SUBJECTS and c.i < noun.i), None)
        said = None if subject is None else sentence.item_of(subject.i)
        return None if said is None or said.tag not in ("NAME", "PRP") else self.who_is(sentence, said, excluded)

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
