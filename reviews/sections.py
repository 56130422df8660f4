"""Round-ups: one text about several shows is cut at the headings that name them, before any name is resolved.

A heading says like a programme listing what it is about ("Ledger (Channel 12, Tue, 9pm)"), or is a title alone on a
line, over a listing or over prose that names it again. There must be two or more, of different titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .text import Block, Role
from .titles import LISTING, is_title, unshouted

_CAP = r"[A-Z0-9&][\w'&+.-]*"
_TITLE = rf"{_CAP}(?:[:,!?]?\s+(?:{_CAP}|of|the|and|in|a|an|to|for|with|on|at|from|&))*[!?]?"
_MARK = r"[\"'*_]{0,3}"
_SHORTEST_TITLE = _TITLE.replace(")*", ")*?")
_HEADING = re.compile(
    rf"\A(?:\d{{1,2}}[.)]\s|[^\w(\[]{{0,4}}){_MARK}(?P<t>{_SHORTEST_TITLE}){_MARK}\s*"
    r"(?:\((?P<in>[^()]{2,80})\)|[,:|–—-]\s*(?P<after>[^.]{2,80}(?:[ap]\.m\.[^.]*)?))(?P<rest>.*)\Z",
    re.DOTALL,
)
_SHOUTED = re.compile(r"\A\W{0,3}(?P<t>[A-Z][A-Z0-9'&! ]{3,60})\.\s+(?P<told>[^.]{3,60})\.")
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
    headings = [(i, title) for i in range(len(blocks)) if (title := _heading(text, blocks, i)) is not None]
    headings = headings or _plain_headings(text, blocks)
    headings = [(i, title) for i, title in headings if _has_prose(text, blocks, i, headings)]
    titles = {title.casefold() for _, title in headings}
    if len(titles) < 2 or len(titles) < len(headings) or (show is not None and show.casefold() not in titles):
        return [Section(None, blocks)]
    ends = [i for i, _ in headings[1:]] + [len(blocks)]
    parts = zip(headings, ends, strict=True)
    return [
        Section(unshouted(title, text[blocks[i].end : blocks[end - 1].end]), blocks[i:end]) for (i, title), end in parts
    ]


_ALONE = re.compile(rf"\A[#\s\d.)]*{_MARK}(?P<t>{_TITLE}){_MARK}(?:\s*\((?:19|20)\d\d\))?:?\s*\Z")


def _plain_headings(text: str, blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """Titles alone on their lines, each named again in its own prose and in no other."""
    found = [
        (i, m["t"]) for i, b in enumerate(blocks) if b.role is not Role.BOILERPLATE
        and (m := _ALONE.match(text[b.start : b.end])) and is_title(m["t"])
    ]  # fmt: skip
    ends = [*(i for i, _ in found), len(blocks)][1:]
    prose = [text[blocks[i].end : blocks[end - 1].end].casefold() for (i, _), end in zip(found, ends, strict=True)]
    named = [k for k, (_, title) in enumerate(found) if title.casefold() in prose[k]]
    alone = all(sum(found[k][1].casefold() in p for p in prose) == 1 for k in named)
    return [found[k] for k in named] if alone else []


def _heading(text: str, blocks: Sequence[Block], at: int) -> str | None:
    """Return the title that a block announces, or None if it announces none."""
    if blocks[at].role is Role.BOILERPLATE:
        return None
    words, above = _words(text, blocks, at), _words(text, blocks, at - 1)
    if _is_listing(words) and _ALONE.match(above) and not _is_listing(above):
        return None
    alone = _ALONE.match(words)
    if alone is not None and is_title(alone["t"]) and not _is_listing(words):
        listed = _is_listing(_words(text, blocks, at + 1)) or _is_listing(above)
        return alone["t"] if listed or _MARKED.match(words) else None
    return _marked_title(words) or _listed_title(words)


def _words(text: str, blocks: Sequence[Block], at: int) -> str:
    return text[blocks[at].start : blocks[at].end].lstrip("# ") if 0 <= at < len(blocks) else ""


def _is_listing(line: str) -> bool:
    """Whether a line says where and when something is on, and nothing else."""
    return 0 < len(line) < _SHORT and bool(LISTING.search(line)) and not re.search(r"[a-z]{3}[.!?]\s", line)


def _marked_title(words: str) -> str | None:
    """The title of a short line that opens with it in quotes or emphasis."""
    marked = _MARKED.match(words)
    rest = words[marked.end() :] if marked is not None else ""
    if marked is None or len(words) >= _SHORT or re.search(r"[.!?]\s", rest):
        return None
    return next(g for g in marked.groups() if g) if not rest.strip() or re.match(r"\s*[(,:|–—-]", rest) else None


def _listed_title(words: str) -> str | None:
    """The title before a bracket, comma or dash with a network or time; prose may follow on the same line."""
    shouted = _SHOUTED.match(words)
    if shouted is not None and LISTING.search(shouted["told"]):
        return shouted["t"]
    found = _HEADING.match(words)
    if found is None:
        return None
    short = len(words) < _SHORT and not re.search(r"[.!?]['\"]?\s+[A-Z]", found["rest"])
    told = found["in"] or (found["after"] if short else "")
    whole_line = short and found["in"] is not None and not found["rest"].strip() and told[:1].isupper()
    if not whole_line and not LISTING.search(told):
        return None
    if not short and not re.match(r"\s*(?:[.:–—-]|\Z|[A-Z\"'(*_])", found["rest"]):
        return None  # the bracket stands in a sentence: "Saltmarsh (Beacon, Tuesdays) is set by the sea."
    return found["t"].strip() if is_title(found["t"].strip()) else None


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
