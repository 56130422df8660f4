"""What people are and do on a show: "creator and star", "written and directed", as patterns and as relations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from .items import Item
from .lexicon import lexicon

_RANK = (
    r"(?:(?:co|executive|exec|head|lead|series|chief|original|first|second|sole|fellow|associate|returning)\|\S+ "
    r"(?:-\|\S+ )?)"
)
_GLUE = r"(?:,\|\S+ )?(?:(?:and|&|/|-|–|turned)\|\S+ )?(?:(?:its|the|now)\|\S+ )?"
_MANNER = r"(?:(?:both|also|then|(?!n't|not|never)[^ |]+ly)\|\S+ )?(?:(?:executive|exec|co)\|\S+ (?:-\|\S+ )?)?"


@cache
def craft_pattern() -> str:
    """The sketch of one craft or several joined ones: `showrunner and executive producer`, `writer/director`."""
    one = f"(?:{_RANK}{{0,3}}{_any_of(lexicon().crafts, {'photography': 'director of photography'})})"
    return f"{one}(?:{_GLUE}{one})*"


@cache
def deed_pattern() -> str:
    """The sketch of one deed or several joined ones: `created, written and directed`."""
    one = f"(?:{_MANNER}{_any_of(lexicon().deeds, {})})"
    return rf"{one}(?:(?:,\|\S+ )?(?:(?:and|&|/|-)\|\S+ )?{one})*"


def listed_pattern(name: str) -> str:
    """The sketch of one phrase of the lexicon's word list `name`."""
    return _any_of({word.lower(): name for word in lexicon().words(name)}, {})


def listed_words(name: str) -> frozenset[str]:
    """The words of which a sentence has one where it has a phrase of the word list `name`."""
    return frozenset(word.lower().split()[0] for word in lexicon().words(name))


def _any_of(words: Mapping[str, str], written: Mapping[str, str]) -> str:
    phrases = sorted((written.get(word, word) for word in words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join("".join(rf"{re.escape(w)}\|\S+ " for w in phrase.split()) for phrase in phrases) + ")"


@cache
def craft_words() -> frozenset[str]:
    """The words of which a sentence has one where it names a craft."""
    return frozenset(lexicon().crafts)


@cache
def deed_words() -> frozenset[str]:
    """The words of which a sentence has one where it names a deed."""
    return frozenset(word.split()[0] for word in lexicon().deeds)


def relations_of(items: Sequence[Item], first: int, last: int) -> list[str]:
    """Return the relations that the crafts or deeds among items `first` to `last` state, in order, each once.

    Another trade's ("casting director") states nothing, nor does a star who is nothing else.
    """
    words = [item.value.lower() for item in items]
    found: list[str] = []
    for i in range(first, last + 1):
        relation = lexicon().crafts.get(words[i]) or _deed(words, i)
        if relation is None or relation == "nothing":
            continue
        if words[i].startswith("director") and words[i + 1 : i + 3] == ["of", "photography"]:
            continue
        if i and words[i] in lexicon().crafts and words[i - 1] in lexicon().words("other_craft"):
            continue
        if relation not in found:
            found.append(relation)
    return [] if found == ["actor"] else found


def _deed(words: Sequence[str], i: int) -> str | None:
    deeds = lexicon().deeds
    return deeds.get(words[i]) or deeds.get(" ".join(words[i : i + 2]))
