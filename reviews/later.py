"""What a sentence leaves open for the next: a relative it does not name, and what somebody only believes.

"Nell's mother is on her way. Ida Harrow (Joan Petty) ..." names her, and "Rose thinks Ida is her mother. She isn't."
denies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..ontology.terms import KINDS
from .anchors import Discourse
from .clauses import SUBJECTS
from .drafts import Draft, in_speech, is_plain_statement
from .items import Item, Sentence
from .kinds import Label, directed
from .lexicon import lexicon
from .memory import Anchor
from .owners import owner_of, who
from .records import EntityType
from .rules import Match, matches
from .templates import compile_template
from .unnamed import relative_name, says_who

_SURE_OF_WHOSE = 0.78  # where it is open whose relative it is, so is who


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A relative whose name is still to come: whose it is, what the noun says, and where."""

    match: Match
    owner: Anchor
    label: Label
    start: int
    unnamed: str


@dataclass(slots=True)
class Later:
    """What the sentence before left open. `named` are the relatives that were called after their owner too early."""

    discourse: Discourse
    named: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)  # characters the review has named so far
    _awaited: list[_Awaited] = field(default_factory=list)
    _doubted: list[Draft] = field(default_factory=list)
    _last: tuple[int, int] = (-1, -1)

    def read(self, sentence: Sentence, doubted: list[Draft]) -> Iterator[Draft]:
        """Yield what `sentence` says of what the one before left open, then note what it leaves open itself.

        `doubted` are the relationships that somebody in it only believes, as they read when denied.
        """
        if self._last != (sentence.block, sentence.number - 1):
            self._awaited, self._doubted = [], []
        yield from self._names(sentence)
        for match in matches("later", sentence):
            if match.rule.option("kind") == "denial":
                items = sentence.items
                end = items[match.extent[1]].end
                yield from (replace(d, status="denied", end=end, rule=match.rule.id) for d in self._doubted)
        self._awaited, self._doubted = list(self._awaiting(sentence)), doubted
        self._last = sentence.block, sentence.number
        self._seen.update(name for item in sentence.items if (name := self.discourse.name_at(item)) is not None)

    def _names(self, sentence: Sentence) -> Iterator[Draft]:
        for awaited in self._awaited:
            found = self._name(awaited, sentence)
            if found is None:
                continue
            name, end = found
            self.named.add(awaited.unnamed)
            a, b, kind = directed(name, awaited.owner.names[0], awaited.label.kind, awaited.label.flip)
            self.discourse.people.note_gender(name, awaited.label.gender)
            rule = awaited.match.rule
            yield Draft(
                "relationship", a, b, EntityType.CHARACTER, awaited.start, end,
                rule.confidence * awaited.owner.certainty, rule.id, kind=kind, status=awaited.label.status,
            )  # fmt: skip
            return

    def _name(self, awaited: _Awaited, sentence: Sentence) -> tuple[str, int] | None:
        then = awaited.match.rule.options.get("then")
        for template in then if isinstance(then, list) else ():
            found = compile_template(str(template))[0].match(sentence.sketch)
            if found is None:
                continue
            match = Match(awaited.match.rule, sentence, found)
            at = match.item("b")
            name = None if at is None else self.discourse.name_at(sentence.items[at])
            if at is None or name is None or name in self._seen or name in awaited.owner.names:
                return None
            return (name, sentence.items[at].end) if self.discourse.fits(name, awaited.label.gender) else None
        return None

    def _awaiting(self, sentence: Sentence) -> Iterator[_Awaited]:
        for match in matches("later", sentence):
            at = match.item("label")
            if match.rule.option("kind") != "role" or at is None:
                continue
            noun = lexicon().roles[sentence.items[at].value]
            if noun.plural or noun.kind not in KINDS or not self._is_open(match, at):
                continue
            first, last = match.extent
            if in_speech(sentence, first, last):
                continue
            if match.rule.options.get("strict") and not is_plain_statement(sentence, first, last):
                continue
            owner = self._owner(match)
            if owner is not None and len(owner.names) == 1 and owner.certainty >= _SURE_OF_WHOSE:
                label = Label(noun.kind, noun.status, noun.flip, noun.gender)
                unnamed = relative_name(sentence, owner.names[0], at)
                yield _Awaited(match, owner, label, sentence.items[match.first].start, unnamed)

    def _owner(self, match: Match) -> Anchor | None:
        if match.rule.option("object") == "subject":
            return who(match, "subject", self.discourse, frozenset())
        owner = owner_of(match, self.discourse, None, frozenset())
        return None if owner is None or owner.via is not None else owner.anchor

    @staticmethod
    def _is_open(match: Match, at: int) -> bool:
        """Whether the sentence is about the relative, or ends with it, and does not say who it is."""
        sentence, items = match.sentence, match.sentence.items
        if says_who(items, match.first, at) or any(_is_somebody(before, item) for before, item in pairwise(items[at:])):
            return False
        last = all(item.tag in (".", ":", "-RRB-") for item in items[at + 1 :])
        told = match.rule.option("object") == "subject"
        return last or told or sentence.doc[items[at].last].dep_ in SUBJECTS


def _is_somebody(before: Item, item: Item) -> bool:
    """Whether an item is a name, and no place's by the word before it."""
    return item.tag in ("NAME", "SHOW") and before.value.lower() not in lexicon().words("place_preposition")
