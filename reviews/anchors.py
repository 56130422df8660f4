"""Who: what subjects, bare relation nouns and "the two" stand for, from syntax and what came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from .clauses import SUBJECTS, clause_subject, joined, subjects_above
from .genders import PRONOUN_GENDER
from .items import Item, Sentence
from .lexicon import lexicon
from .memory import Anchor, names_somebody
from .pronouns import Pronouns
from .text import Role

_BE = frozenset(("is", "'s", "was", "be", "are", "'re", "were"))


def needing_syntax(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences whose subject or owner will be asked for: with a name and a pronoun, or before one.

    Only a guess that lets them be parsed together: any other sentence is parsed when it is asked.
    """
    for sentence, following in zip_longest(sentences, sentences[1:]):
        if sentence.role is Role.BODY and names_somebody(sentence):
            looks_back = following is not None and not following.features.isdisjoint(PRONOUN_GENDER)
            if looks_back or not sentence.features.isdisjoint(PRONOUN_GENDER):
                yield sentence


@dataclass(slots=True)
class Discourse(Pronouns):
    """Whom the pronouns, subjects and bare relation nouns of a review stand for."""

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
        return self.before(sentence, token, None, excluded | relatives)

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
        return Anchor(tuple(names), certainty, self.place_of(sentence, token.i))

    def only_name_before(self, sentence: Sentence, at: int, excluded: frozenset[str] = frozenset()) -> Anchor | None:
        """Return the one character the sentence names before item `at`, where the parse shows no subject."""
        found = {name: i for i, item in enumerate(sentence.items[:at]) if (name := self.name_at(item)) is not None}
        if len(found) != 1 or excluded & found.keys():
            return None
        name, place = next(iter(found.items()))
        return Anchor((name,), 0.85, place)

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
        name = self.apposed(sentence, noun, len(sentence.doc))
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
