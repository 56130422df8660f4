"""A review's text as the reader sees it: the same length, plainer letters, cut into blocks with a role each.

Nothing is removed, so every offset counts in the review's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# One code point for one code point: quotes, spaces and line ends become the plain ones spaCy was trained on.
_PLAIN = {
    **dict.fromkeys("‘’ʼ′`´", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2003\u2002\u200b\t\r\n\u2028\u2029\x0b\x0c", " "),
    "\u2011": "-",
    "\u2010": "-",
    "[": "(",
    "]": ")",
}
_TO_PLAIN = str.maketrans(_PLAIN)


def plain(text: str) -> str:
    """Return `text` with curly quotes, odd spaces, hyphens and line ends made plain; the length stays the same.

    >>> plain("Nick’s “mom”")
    'Nick\\'s "mom"'
    """
    return text.translate(_TO_PLAIN)


class Role(StrEnum):
    """What a block is: BOILERPLATE is not read, CAPTION and HEADLINE with fewer rules, LISTING for the network only."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    LISTING = "listing"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or line: half-open code-point offsets into the review's text."""

    start: int
    end: int
    role: Role


_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t\r]*(?:\n|\Z)))*")
_BOILERPLATE = re.compile(
    r"""(?ix) \A \W* (?:
      where\ to\ (?:stream|watch)\b | (?:now\ )?streaming\ on:? \s*\Z | powered\ by\b
    | (?:photo|photograph|picture|image|credit|video|illustration)s?(?:\ (?:credit|by|courtesy))?\ ?[:/–—-]
    | (?:read|see|watch)\ (?:more|next|also)\b | (?:related|recommended|also\ on)\b [^.]* \Z
    | more\ (?:like\ this|on|from)\b [^.]* \Z
    | ad(?:vertisement)?s?\b\ ?[–—:-]? [^.]* \Z | by\ [\w.'-]+(?:\ [\w.'-]+){0,4} \s*\Z
    | (?:published|updated|posted|last\ modified)\b | (?:share|tweet|subscribe|sign\ up|log\ in|follow\ us|newsletter)\b
    | (?:rating|score|grade|verdict|stars?)\s*: | [★☆⭐✩✪\s½]+ \Z
    | \d(?:\.\d)?\s*(?:/|out\ of)\s*(?:5|10|four|five|ten)\b [^.]* \Z
    | (?:tags?|filed\ under|categor(?:y|ies)|topics?)\s*: | \d*\s*comments?\b | (?:we\ use|this\ site\ uses)\ cookies
    | copyright\b | ©
    )"""
)
_LISTING = re.compile(
    r"(?i)\A\W*(?:where to (?:stream|watch|see it)|(?:now )?streaming on:?|how to watch)\b\W*\w[^.\n]*\Z"
)
_CAPTION = re.compile(
    r"(?i)\bphoto\b|\bcredit\b|\bimage\b|\bpicture[ds]?\b|\((?:from )?(?:left|right)|\b(?:left|right) to \b"
)
_LABEL = re.compile(
    r"(?i)[*_]*(?:cast|starring|stars?|with|(?:co-?)?directors?|(?:co-?)?creators?|(?:screen)?writers?|showrunners?"
    r"|(?:exec(?:utive)? )?producers?|composers?|cinematograph(?:er|y)|(?:original )?(?:music|score)"
    r"|(?:created|directed|written|music) by|network|channel|platform|where)[*_]*\s*:"
)
# A caption with its label in front: "[Picture: A as B in the first episode]".
_PICTURED = re.compile(
    r"(?i)\A\W*(?:photo|photograph|picture|pictured|image|above|left|right)s?\s?:\s[^.]*\bas\s[^.]*[A-Z]"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s*\Z")
_LINE = re.compile(r"[^\n]+")


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of `text` in order. Blank lines cut; so do single line ends where lines are not prose.

    Every non-blank character is in exactly one block.
    """
    first = True
    previous_caption: Block | None = None
    for match in _PARAGRAPH.finditer(text):
        alone = match.end() >= len(text.rstrip()) and first
        for block in _lines(text, match.start(), match.end(), first and not alone):
            if previous_caption is not None:
                is_credit = block.role is Role.BOILERPLATE and _CAPTION.search(text[block.start : block.end])
                yield Block(previous_caption.start, previous_caption.end, Role.CAPTION if is_credit else Role.BODY)
                previous_caption = None
            if block.role is Role.BODY and _is_short_line(text, block):
                previous_caption = block  # a caption if a credit line follows
                continue
            yield block
        first = False
    if previous_caption is not None:
        yield previous_caption


def _is_short_line(text: str, block: Block) -> bool:
    piece = text[block.start : block.end]
    return len(piece) < 160 and not _SENTENCE_END.search(piece)


def _lines(text: str, start: int, end: int, first: bool) -> Iterator[Block]:
    spans = [(start + m.start(), start + m.end()) for m in _LINE.finditer(text[start:end]) if m.group().strip()]
    pieces = [text[a:b] for a, b in spans]
    prose = len(pieces) == 1 or not (
        any(_BOILERPLATE.search(p) or _LISTING.search(p) for p in pieces)
        or (first and _looks_like_headline(pieces[0]) and len(pieces[0]) < 160)
        or all(len(p) < 60 and not _SENTENCE_END.search(p) for p in pieces)
    )  # fmt: skip
    if prose:
        above = _lines_above_prose(pieces)
        spans = [*spans[:above], (spans[above][0], end)]
        pieces = [text[a:b] for a, b in spans]
    for number, ((a, b), piece) in enumerate(zip(spans, pieces, strict=True)):
        if _LISTING.search(piece):
            role = Role.LISTING
        elif _PICTURED.search(piece):
            role = Role.CAPTION
        elif _BOILERPLATE.search(piece):
            role = Role.BOILERPLATE
        elif piece.lstrip().startswith("#") or (first and number == 0 and _looks_like_headline(piece)):
            role = Role.HEADLINE
        else:
            role = Role.BODY
        yield Block(a, b, role)


def _lines_above_prose(pieces: list[str]) -> int:
    """How many short lines, title and listing, stand right above the prose of a paragraph: none, one or two."""
    for n in (1, 2):
        above = pieces[:n]
        if len(pieces) > n and len(pieces[n]) > 100 and all(len(p) < 60 and not _SENTENCE_END.search(p) for p in above):
            return n
    return 0


def _looks_like_headline(line: str) -> bool:
    return len(line.split()) <= 28 and not re.search(r"[.…][\"'”’)]*\s*\Z", line) and not _LABEL.match(line)
