"""Lists of people by their roles in one family: "father Bruce, mother Shirl and daughters Kylie and Bron"."""

from __future__ import annotations

from collections.abc import Iterator

from ..ontology.terms import KINDS
from .anchors import Discourse
from .drafts import Draft
from .items import Sentence
from .kinds import directed
from .lexicon import RoleNoun, lexicon
from .memory import Anchor
from .records import EntityType
from .rules import Match

_GLUE = frozenset((",", "and", "&", "plus", ";", "as", "well", "not", "to", "mention", "with"))
_NAMES = ("NAME", "SHOW")
_HOUSE = frozenset(("household", "family", "clan", "brood", "house", "home", "relatives", "kin", "circle", "nearest"))
_GENERATIONS = {
    "grandparent": 0,
    "parent": 1,
    "step-parent": 1,
    "adoptive parent": 1,
    "child": 2,
    "adoptive child": 2,
    "grandchild": 3,
}


def role_list(match: Match, discourse: Discourse, first: int, last: int) -> Iterator[Draft]:
    """Yield what a list of roles states: of its owner where it has one, else between parents and children."""
    sentence = match.sentence
    members, end = _members(sentence, match.first, discourse)
    if len(members) < 2:
        return
    owner = _owner(match, discourse, frozenset(name for _, name in members))
    if owner is None and any(noun.kind not in _GENERATIONS for noun, _ in members):
        owner = discourse.topic_of(match.sentence, match.first, frozenset(name for _, name in members))
    start, stop = sentence.items[first].start, sentence.items[max(last, end)].end
    if owner is not None:
        for noun, name in members:
            if noun.kind not in KINDS:  # "partner": in a list nothing decides of what
                continue
            subject, object_, kind = directed(name, owner.names[0], noun.kind, noun.flip)
            sure = match.rule.confidence * owner.certainty
            yield Draft(
                "relationship", subject, object_, EntityType.CHARACTER, start, stop, sure, match.rule.id, kind=kind
            )
        return
    for elder, one in members:
        for younger, other in members:
            between = _between(elder, younger)
            if between is not None and one != other:
                yield Draft(
                    "relationship", one, other, EntityType.CHARACTER, start, stop, match.rule.confidence, match.rule.id,
                    kind=between,
                )  # fmt: skip


def _between(elder: RoleNoun, younger: RoleNoun) -> str | None:
    """What the one is of the other in a family without a named owner."""
    above, below = _GENERATIONS.get(elder.kind), _GENERATIONS.get(younger.kind)
    if above is None or below is None or below <= above or elder.kind in ("child", "grandchild"):
        return None
    if below - above == 2:
        return "grandparent"
    return elder.kind if above == 1 and below == 2 else None


def _members(sentence: Sentence, at: int, discourse: Discourse) -> tuple[list[tuple[RoleNoun, str]], int]:
    """The people of the list that begins at item `at`, each with the noun before the name, and the last item."""
    items = sentence.items
    found: list[tuple[RoleNoun, str]] = []
    noun: RoleNoun | None = None
    fresh, end = False, at
    for i in range(at, len(items)):
        item = items[i]
        if item.tag in ("ROLE", "ROLES"):
            noun, fresh = lexicon().roles[item.value], True
        elif item.tag in _NAMES:
            name = discourse.name_at(item)
            if noun is None or name is None or not (fresh or noun.plural):
                break
            found.append((noun, name))
            fresh, end = False, i
        elif item.value.lower() not in _GLUE and not item.tag.startswith(
            ("JJ", "DT", "VBN", "NN", "HYPH", "CD", "NUM", "RB", "RP")
        ):
            break
    return found, end


def _owner(match: Match, discourse: Discourse, members: frozenset[str]) -> Anchor | None:
    """Whose household it is, where the words say so: "her mother Ida, brother Sam", "Hester's clan: husband Gerald"."""
    items = match.sentence.items
    at = match.first - 1
    while at > 0 and (
        items[at].value in (":", "-", "–", "—", ",")
        or items[at].value.lower() in _HOUSE
        or items[at].tag in ("JJ", "DT", "IN")
    ):
        at -= 1
    if at > 0 and items[at].value in ("'s", "'"):
        name = discourse.name_at(items[at - 1])
        return None if name is None else Anchor((name,), 1.0)
    if at >= 0 and items[at].tag == "PRP$" and items[at].value.lower() in ("his", "her"):
        return discourse.anchor(match.sentence, at, members)
    return None
