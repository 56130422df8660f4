"""Who is whom: a review's "Nick" is the series' one known "Nick Nelson".

Characters are scoped to their series. A name is resolved by what all of the series' reviews name (never by what was
resolved before), so that the answer is a function of those names alone, in whatever order the reviews arrive. Where two
people could be meant, both stay apart. `names` compares names, `characters` takes them from a review's facts, `series`
finds who each one could be, `merges` decides for one review and records it. `shows` tells shows of one title apart,
`people` people of one name.
"""

from __future__ import annotations

from .characters import Character, is_scoped, joined, own_characters, together
from .merges import Merge, called, merge_quads, merges, resolved
from .names import is_description, is_part, tokens
from .people import Named
from .people_said import identified, people_of
from .series import Candidate, Decided, Series
from .shows import Mark, Move, Show, mark_of, move_of, possible, shows_of

__all__ = [
    "Candidate",
    "Character",
    "Decided",
    "Mark",
    "Merge",
    "Move",
    "Named",
    "Series",
    "Show",
    "called",
    "identified",
    "is_description",
    "is_part",
    "is_scoped",
    "joined",
    "mark_of",
    "merge_quads",
    "merges",
    "move_of",
    "own_characters",
    "people_of",
    "possible",
    "resolved",
    "shows_of",
    "together",
    "tokens",
]
