"""What a match of a relationship's rule may not be: real life, a deed undone, a name that says more or does more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .items import Item, Sentence
from .kinds import Label
from .lexicon import lexicon
from .rules import Match

_NOT_BEHIND_APPOSITION = frozenset(("MD", "POS", "ROLE", "ROLES", "PRP", "PRP$", "EX"))
_WHOEVER = frozenset(("who", "whoever"))


def of_real_life(sentence: Sentence) -> bool:
    """Whether a sentence speaks of what is outside the story: "the real Georgiana", "his off-screen wife"."""
    items = sentence.items
    named = any(
        item.value.lower() in ("real", "actual", "historical") and after.tag == "NAME"
        for item, after in pairwise(items)
    )
    return named or bool(lexicon().words("real_life") & sentence.features)


def is_introduced_by_role(match: Match) -> bool:
    """Whether a relation noun stands before the verb's object and says more: "hires a lawyer, Ruth"."""
    b = match.item("b")
    return b is not None and any(i.tag in ("ROLE", "ROLES") for i in match.sentence.items[match.first : b])


def describes(match: Match) -> bool:
    """Whether the verb of a match only describes the noun behind it: "a married man, Owen", "since school, Tamsin"."""
    items, first = match.sentence.items, match.first
    if (
        match.rule.option("kind") in ("role", "bond", "list")
        or not first
        or items[first].value != items[first].value.lower()
    ):
        return False
    noun = items[first].tag in ("NN", "NNS", "JJ", "VBN") and match.rule.option("subject") == "subject"
    return noun and items[first - 1].tag in ("DT", "PRP$", "POS", "IN")


def one_each(match: Match, labels: Sequence[Label]) -> bool:
    """Whether as many single nouns as names are joined, one for each: "her aunt and uncle, Ida and Gus"."""
    items = match.sentence.items
    names = [i for i in match.items("b") if items[i].tag == "NAME"]
    nouns = match.items("label")
    joined = any(items[i].value.lower() in ("and", "&") for i in nouns)
    return joined and len(labels) == len(names) > 1 and not any(label.plural for label in labels)


def is_undone(sentence: Sentence, first: int) -> bool:
    """Whether a deed is only tried, planned, threatened or charged with, or asked after: "we learn who shot Gus"."""
    items = sentence.items
    near = {item.value.lower() for item in items[max(0, first - 4) : first]}
    if near & lexicon().words("undone"):
        return True
    who = next((i for i in range(first - 1, max(0, first - 4) - 1, -1) if items[i].value.lower() in _WHOEVER), None)
    return who is not None and not (who and (items[who - 1].tag == "NAME" or items[who - 1].value in (",", ")")))


def is_ahead(sentence: Sentence, first: int) -> bool:
    """Whether a deed is still to come: "about to marry", "is due to wed"."""
    words = [item.value.lower() for item in sentence.items[max(0, first - 4) : first]]
    return words[-1:] == ["to"] and bool(lexicon().words("ahead") & set(words))


def is_own_clause(match: Match) -> bool:
    """Whether the name behind a relation noun and a comma is the subject of what follows: "Like her boss, Bea lies"."""
    items = match.sentence.items
    at, label = match.items("b"), match.items("label")
    if match.rule.id == "R3a" and _names_another(items, label[-1]):
        return True
    if not at or not label or at[0] < label[0] or at[-1] + 1 >= len(items):
        return False
    named = next(i for i in range(label[-1] + 1, at[0] + 1) if items[i].tag in ("NAME", "SHOW"))
    comma = any(items[i].value == "," for i in range(label[-1] + 1, named))
    after = items[at[-1] + 1]
    return comma and (after.tag in _NOT_BEHIND_APPOSITION or after.tag.startswith(("VB", "NN", "RB", "JJ")))


def _names_another(items: Sequence[Item], label: int) -> bool:
    """Whether the noun of an apposition has a name of its own behind it: "Tess, a cop, and their daughter, Ann"."""
    behind = items[label + 1 : label + 4]
    return (
        len(behind) == 3
        and behind[0].value == ","
        and behind[1].tag == "NAME"
        and behind[2].value in (",", ".", "(", ";")
    )
