"""Who stands in a rule's slots: names, pronouns, owners ("Bea's", "her late brother's"), subjects, pairs spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .anchors import Discourse
from .clauses import clause_subject
from .items import Item
from .kinds import Label
from .lexicon import RoleNoun, lexicon
from .memory import Anchor
from .rules import Match

_NAMES = ("NAME", "SHOW")
_AUXILIARIES = frozenset(("has", "had", "have", "is", "'s", "was", "are", "were", "who", "will", "must", "both"))
_NO_SUBJECT_BEHIND = frozenset(("of", "with", "to", "by", "'s", "'", "for", "from"))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose relation it is; `via` is a relative of theirs that stands between: "her BROTHER's wife"."""

    anchor: Anchor
    via: RoleNoun | None = None


@dataclass(slots=True)
class Relatives:
    """Who is what to whom so far: a relative once named is known when only the noun comes again."""

    named: dict[tuple[str, str], str] = field(default_factory=dict)

    def note(self, owner: str, kind: str, name: str) -> None:
        """Remember that `name` is the `kind` of `owner`."""
        self.named.setdefault((owner, kind), name)


def owner_of(match: Match, discourse: Discourse, label: Label | None, excluded: frozenset[str]) -> Owner | None:
    """Return whom the {anchor} slot of a match names or stands for."""
    items = match.sentence.items
    at = match.items("anchor") or match.items("poss")
    if not at:
        return None
    via = next((lexicon().roles[items[i].value] for i in at if items[i].tag == "ROLE"), None)
    kind = via.kind if via is not None else None if label is None else label.kind
    named = [i for i in at if items[i].tag in _NAMES]
    if not named:
        anchor = discourse.anchor(match.sentence, at[0], excluded, kind)
        return None if anchor is None else Owner(anchor, via)
    names = [discourse.name_at(items[i]) for i in named]
    known = tuple(dict.fromkeys(name for name in names if name is not None))
    if len(known) < len(names):
        return None
    return Owner(Anchor(known, 1.0 if len(known) == 1 else 0.88), via)


def who(
    match: Match, slots: str, discourse: Discourse, excluded: frozenset[str], *, many: bool = False
) -> Anchor | None:
    """Return the characters in the named slots: slots of the match, or `subject`, `topic`, `pair`.

    Of a list of names only the first, unless `many`.
    """
    if slots == "subject":
        return _subject(match, discourse, excluded)
    if slots == "topic":
        return discourse.topic_of(match.sentence, match.first, excluded)
    if slots == "pair":
        pair = discourse.pair
        return Anchor(pair.names, 0.95) if pair is not None and pair.block >= match.sentence.block - 2 else None
    names: list[str] = []
    certainty = 1.0
    for slot in slots.split():
        found = _in_slot(match, slot, discourse, excluded, many)
        if found is None:
            return None
        names += [name for name in found.names if name not in names]
        certainty *= found.certainty
    return Anchor(tuple(names), certainty)


def _in_slot(match: Match, slot: str, discourse: Discourse, excluded: frozenset[str], many: bool) -> Anchor | None:
    items = match.sentence.items
    at = match.items(slot)
    if not at:
        return None
    if items[at[0]].tag not in _NAMES:
        anchor = discourse.anchor(match.sentence, at[0], excluded)
        return anchor if anchor is not None and (many or len(anchor.names) == 1) else None
    named = [i for i in at if items[i].tag in _NAMES]
    if at[0] and items[at[0] - 1].value in ("a", "an") and " " not in items[at[0]].value:
        return None  # "a Finn"
    behind = items[at[-1] + 1].tag if at[-1] + 1 < len(items) else "."
    if at[0] and items[at[0] - 1].value == "the" and behind in ("NN", "NNS"):
        return None  # "mother of the Leitrim lot"
    names = [discourse.name_at(items[i]) for i in (named if many else named[:1])]
    known = [name for name in names if name is not None]
    return Anchor(tuple(known), 1.0) if len(known) == len(names) else None


def _subject(match: Match, discourse: Discourse, excluded: frozenset[str]) -> Anchor | None:
    """Who does it: the name or names right in front, else the subject of the match's verb."""
    sentence, items = match.sentence, match.sentence.items
    near = _right_before(match)
    if near is not None:
        link = near - 1
        while link > 0 and items[link].tag in ("JJ", "DT", "ROLE"):
            link -= 1
        joined = link > 0 and items[link].value.lower() in ("and", "&") and items[link - 1].tag == "NAME"
        if not joined and (near == 0 or items[near - 1].value.lower() not in _NO_SUBJECT_BEHIND):
            found = discourse.who_is(sentence, items[near], excluded)
            if found is not None:
                return Anchor(found.names, found.certainty, near)
        if joined and link > 0 and (match.rule.option("object") == "each" or _opens_clause(items, link - 2)):
            pair = discourse.name_at(items[link - 1]), discourse.name_at(items[near])
            if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
                return Anchor((pair[0], pair[1]), 0.97, link - 1)
    verb = next((i for i in range(match.first, match.last + 1) if items[i].tag.startswith("VB")), match.first)
    if clause_subject(sentence.doc[items[verb].first]) is None:
        return discourse.only_name_before(sentence, match.first, excluded)
    return discourse.subject(sentence, verb, excluded)


def _opens_clause(items: Sequence[Item], before: int) -> bool:
    """Whether two names joined by `and` can be the subject together, by the item in front of them."""
    return before < 0 or not items[before].tag.startswith(("IN", "VB", "TO", "POS", "NAME"))


def _right_before(match: Match) -> int | None:
    """The name in front of a match, over adverbs, auxiliaries and `who`."""
    items = match.sentence.items
    at = match.first - 1
    while at > 0 and (items[at].tag.startswith("RB") or items[at].value.lower() in _AUXILIARIES):
        at -= 1
    return at if at >= 0 and items[at].tag == "NAME" else None
