"""Round-ups: one text about several shows is cut at the headings that name them, before any name is resolved.

A heading counts only if it says like a programme listing what it is about ("Ledger (Channel 12, Tue, 9pm)", a quoted
or emphasised title alone on a line), and only if there are two or more, of different titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .text import Block, Role

_CAP = r"[A-Z0-9&][\w'&+.-]*"
_TITLE = rf"{_CAP}(?:[:,!?]?\s+(?:{_CAP}|of|the|and|in|a|an|to|for|with|on|at|from|&))*[!?]?"
_MARK = r"[\"'*_]{0,3}"
_LISTING = (
    r"(?i:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b"
    r"|\bseason\b|\bseries\b|\bstream|\bnow on\b|\bavailable\b|\bstars?\b|\b\d\s?/\s?(?:5|10)\b|\bout of\b"
    r"|\b(?:channel|network|television|tv|radio|bbc|itv)\b)|\+|[★☆]"
)
_HEADING = re.compile(
    rf"\A[\W\d]{{0,4}}{_MARK}(?P<t>{_TITLE}){_MARK}\s*(?:\((?P<in>[^()]{{2,80}})\)|[,:|–—-]\s*(?P<after>[^.]{{2,80}}))?(?P<rest>.*)\Z",
    re.DOTALL,
)
_MARKED = re.compile(
    rf"\A[#\s\d.)-]*(?:\"(?P<a>{_TITLE})\"|'(?P<b>{_TITLE})'|\*{{1,2}}(?P<c>{_TITLE})\*{{1,2}}|_(?P<d>{_TITLE})_)"
)
_SHORT = 120  # code points; a heading is no longer


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks about one show, in order; `show` is the title its heading gives, None where nothing was cut."""

    show: str | None
    blocks: list[Block]


def sections(text: str, blocks: list[Block], show: str | None = None) -> list[Section]:
    """Return the parts of a review with plain `text`: one, or one for each show that a heading announces.

    What stands before the first heading speaks of all and belongs to none. Where the user says what the review is about
    (`show`) and no heading agrees, it is taken at their word and nothing is cut.
    """
    headings = [(i, title) for i, block in enumerate(blocks) if (title := _heading(text, block)) is not None]
    headings = [(i, title) for i, title in headings if _has_prose(text, blocks, i, headings)]
    titles = {title.casefold() for _, title in headings}
    if len(titles) < 2 or len(titles) < len(headings) or (show is not None and show.casefold() not in titles):
        return [Section(None, blocks)]
    ends = [i for i, _ in headings[1:]] + [len(blocks)]
    return [Section(title, blocks[i:end]) for (i, title), end in zip(headings, ends, strict=True)]


def _heading(text: str, block: Block) -> str | None:
    """Return the title that a block announces, or None if it announces none."""
    if block.role is Role.BOILERPLATE:
        return None
    words = text[block.start : block.end]
    marked = _MARKED.match(words)
    if marked is not None and len(words) < _SHORT and not re.search(r"[.!?]\s", words[marked.end() :]):
        rest = words[marked.end() :]
        if not rest.strip() or re.match(r"\s*[(,:|–—-]", rest):
            return next(g for g in marked.groups() if g)
    found = _HEADING.match(words.lstrip("# "))
    if found is None:
        return None
    told = found["in"] or (found["after"] if len(words) < _SHORT else None)
    if told is None or not re.search(_LISTING, told):
        return None
    if len(words) >= _SHORT and not re.match(r"\s*(?:[.:–—-]|\Z|[A-Z\"'(*_])", found["rest"]):
        return None  # the bracket stands in a sentence: "Saltmarsh (Beacon, Tuesdays) is set by the sea."
    return found["t"].strip()


def _has_prose(text: str, blocks: Sequence[Block], at: int, headings: Sequence[tuple[int, str]]) -> bool:
    """Whether a heading is followed by prose of its own."""
    others = {i for i, _ in headings}
    if len(text[blocks[at].start : blocks[at].end]) >= _SHORT:
        return True
    for i in range(at + 1, len(blocks)):
        if i in others:
            return False
        if blocks[i].role is Role.BODY and blocks[i].end - blocks[i].start > 80:
            return True
    return False
