"""Which season of its show a review is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .dates import NUMBER_PATTERN, ORDINAL_PATTERN, number_of
from .text import Block, Role

_SEASON = re.compile(
    rf"(?i)\b(?:season|series)\s+(?P<n>{NUMBER_PATTERN})\b"
    rf"|\b(?P<o>{ORDINAL_PATTERN})\s+(?:season|series|run|outing|instal?ment)\b"
    r"|\bS(?P<s>\d{1,2})\b(?=[\s:,)]|E\d)"
)
_NUMBERED = r"(?i)\b{0}\s+(?P<n>[1-9]\d?)(?=\s*(?:review|recap|[:,(–—-]|\Z))"
_GOES_ON = re.compile(
    r"\s+(?:\w+ly\s+)?(?:is|opens|begins|starts|finds|sees|picks|returns|arrives|lands|drops|premieres|debuts|kicks|has|comes|follows)\b"
)
_OF_THIS = re.compile(
    r"(?i)\b(?:its|this|whose|the show's|the series'|their"
    r"|(?:back for|returns? (?:for|with|in)) (?:a|its|his|her|their))"
    r"\s+(?:[a-z-]+\s+)?\Z"
)


_WORD = re.compile(r"(?i)\b(?:season|series|run|outing|instal?ment)\b|\bS\d")
_REACH = 24  # characters before and after such a word: more than any number takes


def _seasons(piece: str) -> Iterator[re.Match[str]]:
    """Yield where a season is numbered: the numbers are looked for around the words that go with them."""
    seen: set[int] = set()
    for word in _WORD.finditer(piece):
        for match in _SEASON.finditer(piece, max(0, word.start() - _REACH), word.end() + _REACH):
            if match.start() not in seen:
                seen.add(match.start())
                yield match


def find_season(text: str, blocks: list[Block], show: str) -> int | None:
    """Return the season of `show` that a review is about: the one its headline and prose tie to it."""
    near = re.compile(rf"{re.escape(show)}\W{{0,3}}(?:'s)?\W*(?:[a-z-]+\s+){{0,2}}\Z", re.IGNORECASE)
    numbered = re.compile(_NUMBERED.format(re.escape(show)))
    votes: Counter[int] = Counter()
    read = [b for b in blocks if b.role in (Role.HEADLINE, Role.BODY)]
    for place, block in enumerate(read):
        piece = text[block.start : block.end]
        for match in _seasons(piece):
            number = number_of(match["n"] or match["o"] or match["s"])
            before = piece[max(0, match.start() - len(show) - 60) : match.start()]
            after = piece[match.end() : match.end() + len(show) + 10]
            tied = bool(near.search(before)) or bool(re.match(rf"\s+of\s+\W?{re.escape(show)}", after))
            if place == 0 or (place < 2 and len(piece) < 200):
                votes[number] += 8 if tied else 5
            elif tied:
                votes[number] += 4
            elif _OF_THIS.search(before) or (
                re.search(r"(?i)(?:\bthe\s+|[.!?]['\"]?\s+|\A)\Z", before) and _GOES_ON.match(piece, match.end())
            ):
                votes[number] += 3
            elif place < 3 or place >= len(read) - 1:
                votes[number] += 1
        if block.role is Role.HEADLINE and (counted := numbered.search(piece)):
            votes[int(counted["n"])] += 8
    if not votes:
        return None
    best, score = max(votes.items(), key=lambda entry: (entry[1], entry[0]))
    return best if score >= 3 else None
