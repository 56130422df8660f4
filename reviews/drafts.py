"""A fact before it has IRIs: names, types, and the items that state it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .items import Item, Sentence
from .lexicon import lexicon
from .records import EntityType


@dataclass(frozen=True, slots=True)
class Draft:
    """A stated fact by names. `start`/`end` are half-open code-point offsets into the review's text.

    For facts about the show `subject` is None: the reader puts the show or season there. `season` is what the
    sentence says; `default_season` whether the review's own season stands in where it says none.
    """

    relation: str
    subject: str | None
    object: str
    object_type: EntityType
    start: int
    end: int
    confidence: float
    rule: str
    kind: str | None = None
    status: str | None = None
    season: int | None = None
    default_season: bool = False


def is_plain_statement(sentence: Sentence, first: int, last: int) -> bool:
    """Whether items `first` to `last` are said outright: no negation, hedge or question in or right before them."""
    items = sentence.items
    if items[-1].value == "?" or (
        items[0].value.lower() in ("could", "would", "does", "do", "did", "is", "are", "will")
        and "?" in sentence.features
    ):
        return False
    within = {item.value.lower() for item in items[first : last + 1]}
    start = max(first - 4, _clause_start(items, first, _CLAUSE_ENDS))
    if [item.value.lower() for item in items[max(0, first - 2) : first]] in (["far", "from"], ["anything", "but"]):
        return False
    before = {
        item.value.lower() for item, then in pairwise(items[start : first + 1]) if then.value.lower() not in _NO_DENIAL
    }
    denied = lexicon().words("negation") & (within | before)
    start = _clause_start(items, first, _CLAUSE_ENDS | {","})
    hedged = lexicon().words("hedge") & (within | {item.value.lower() for item in items[start:first]})
    return not denied and not hedged


_NO_DENIAL = frozenset(("secret", "doubt", "surprise", "wonder", "accident", "coincidence"))  # "it is no secret that"
_REACH = 6  # items in front of a statement that may deny it or leave it open
_CLAUSE_ENDS = frozenset((";", ":", ")", "—", "–"))


def _clause_start(items: Sequence[Item], first: int, ends: frozenset[str]) -> int:
    start = first
    while start > max(0, first - _REACH) and items[start - 1].value not in ends:
        start -= 1
    return start


def in_speech(sentence: Sentence, first: int, last: int) -> bool:
    """Whether items `first` to `last` stand inside double quotation marks that hold more than a title or nickname."""
    marks = [i for i, item in enumerate(sentence.items) if item.value == '"']
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        if opening < first and last < closing and closing - opening > 6:
            return True
    return len(marks) % 2 == 1 and marks[-1] < first and len(sentence.items) - marks[-1] > 6


def season_said(sentence: Sentence, first: int | None = None, last: int | None = None) -> int | None:
    """Return the one season a sentence names after in, of, during, ...; given `first` and `last`, near those items."""
    found = set()
    for i, item in enumerate(sentence.items):
        if first is not None and last is not None and not first - 3 <= i <= last + 3:
            continue
        if item.tag == "SEASON":
            before = sentence.items[i - 1].value.lower() if i else ""
            article = sentence.items[i - 2].value.lower() if i > 1 else ""
            if before in ("in", "of", "during", "from", "since", "by", "throughout", "for") or (
                before in ("the", "its") and article in ("in", "of", "during", "from", "by", "throughout", "for")
            ):
                found.add(int(item.value))
    return found.pop() if len(found) == 1 else None


def without_vaguer_dates(drafts: list[Draft]) -> list[Draft]:
    """Leave out a premiere's year or month where a fuller date of the same year and season is stated as well."""
    dates = [d for d in drafts if d.relation == "premiereDate"]
    return [
        d
        for d in drafts
        if d.relation != "premiereDate"
        or not any(o.object.startswith(d.object + "-") and o.season == d.season for o in dates)
    ]
