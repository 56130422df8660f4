"""Which season of its show a review is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .dates import NUMBER_PATTERN, ORDINAL_PATTERN, SEASON_NOUN, number_of
from .text import Block, Role

_SEASON = re.compile(
    rf"(?i)\b(?:season|series)[\s-]+(?P<n>{NUMBER_PATTERN})\b"
    rf"|\b(?P<o>{ORDINAL_PATTERN})(?:\s+and\s+(?:final|last))?[\s-]+{SEASON_NOUN}\b"
    rf"|(?<=season, its )(?P<a>{ORDINAL_PATTERN})\b|(?<=\bits )(?P<y>{ORDINAL_PATTERN})\s+year\b"
    r"|\bS(?P<s>\d{1,2})\b(?=[\s:,)]|E\d)|\b(?P<x>\d{1,2})x\d\d\b"
)
_GOES_ON = re.compile(
    r",\s+which\b|\s+(?:\w+ly\s+)?(?:is|opens|begins|starts|finds|sees|picks|returns|arrives|lands|drops|premieres|debuts|kicks|has|comes|follows"
    r"|takes|moves|gets|goes|brings|feels|runs|ends)\b|[\s-](?:premiere|finale|opener|closer)\b"
)
_OF_THIS = re.compile(
    r"(?i)(?:\b(?:its|this|whose|the show's|the series'|their)"
    r"|\b(?:back|returns?|returned|returning)\b[^.]{0,30}?\b(?:for|with|in)\b(?:\s+(?:a|its|his|her|their))?|\benters?)"
    r"\s+(?:[a-z-]+\s+)?\Z"
)
_OPENS = re.compile(r"(?i)(?:\bthe\s+|[.!?,]['\"]?\s+|\A)\Z")
_EARLIER = re.compile(r"(?i)\b(?:in|since|than|from|after|of|during|last\s+year's|back)\s+(?:the\s+)?\Z")
# Seasons that are only hoped for or ordered.
_TO_COME = re.compile(
    r"(?i)\b(?:renewed|commissioned|ordered|hope|want|await|wait|promise[ds]?|no|any|another|there\s+(?:is|be))\b[^.]{0,24}\Z"
)
_NOT_YET = re.compile(
    r"(?i)\s+(?:has\s+(?:not|already\s+been|been\s+(?:ordered|announced|commissioned))|hasn't|is\s+(?:already\s+)?(?:not|promised|planned|on\s+the"
    r"\s+way|in\s+the\s+works|coming|likely|assured)|looks|would|seems|might|could|may|(?:this|it)\s+is)\b"
)
_NUMBERED = r"(?i)\b{0}\s+(?P<n>[1-9]\d?)(?=\s*(?:review|recap|[:,(–—-]|\Z))"
_SOMEBODYS = re.compile(r"\s+(?:as|this\s+is|in\s+charge|at\s+the\s+helm)\b")  # "her first season as showrunner"
_SURE = 3


# A number counts only near one of these: looking for them first spares trying every word as a number.
_WORD = re.compile(rf"(?i)\b(?:season|series|year|{SEASON_NOUN})|\bS\d|\dx\d\d")
_REACH = 48  # characters on either side


def _numbered_seasons(piece: str) -> Iterator[re.Match[str]]:
    """Yield where a season is numbered, by place, each place once."""
    after = 0
    for word in _WORD.finditer(piece):
        for match in _SEASON.finditer(piece, max(after, word.start() - _REACH), word.end() + _REACH):
            yield match
            after = match.end()


def find_season(text: str, blocks: list[Block], show: str) -> int | None:
    """Return the season of `show` that a review is about: the one its headline and prose tie to it."""
    near = re.compile(rf"{re.escape(show)}\W{{0,3}}(?:'s)?\W*(?:[a-z-]+\s+){{0,2}}\Z", re.IGNORECASE)
    after = re.compile(rf"\s+of\s+\W?{re.escape(show)}")
    numbered = re.compile(_NUMBERED.format(re.escape(show)))
    votes: Counter[int] = Counter()
    read = [b for b in blocks if b.role in (Role.HEADLINE, Role.BODY)]
    for place, block in enumerate(read):
        piece = text[block.start : block.end]
        on_top = place == 0 or (place < 2 and len(piece) < 120 and not re.search(r"[a-z][.!?]['\"]?\s*\Z", piece))
        for match in _numbered_seasons(piece):
            before = piece[max(0, match.start() - len(show) - 60) : match.start()]
            if _TO_COME.search(before) or _NOT_YET.match(piece, match.end()) or _SOMEBODYS.match(piece, match.end()):
                continue
            tied = bool(near.search(before) or after.match(piece, match.end()))
            goes_on = _OPENS.search(before) and _GOES_ON.match(piece, match.end())
            number = number_of(next(group for group in match.groups() if group))
            if on_top:
                votes[number] += 8 if tied else 5
            elif tied:
                votes[number] += 4
            elif match["a"] or match["y"] or match["x"] or _OF_THIS.search(before) or goes_on:
                votes[number] += 3
            elif (place < 3 or place >= len(read) - 1) and not _EARLIER.search(before):
                votes[number] += 1
        if block.role is Role.HEADLINE and (counted := numbered.search(piece)):
            votes[int(counted["n"])] += 8
    best, score = max(votes.items(), key=lambda entry: (entry[1], entry[0]), default=(None, 0))
    return best if score >= _SURE else None
