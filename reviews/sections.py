"""Round-ups: one text about several shows is cut at the headings that name them, before any name is resolved.

A heading says like a programme listing what it is about ("Ledger (Channel 12, Tue, 9pm)"), or is a title alone on a
line, over a listing or over prose that names it again. There must be two or more, of different titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .show import find_subject
from .text import Block, Role
from .titles import CAP, LISTING, is_title, unshouted

_TITLE = rf"{CAP}(?:[:,!?]?\s+(?:{CAP}|of|the|and|in|a|an|to|for|with|on|at|from|&))*[!?]?"
_MARK = r"[\"'*_]{0,3}"
_LABEL = r"(?:[A-Z][\w' ]{2,24}:\s+)?"  # "Pick of the day: "
_SHORTEST_TITLE = _TITLE.replace(")*", ")*?")
_HEADING = re.compile(
    rf"\A(?:\d{{1,2}}[.)]\s|[^\w(\[]{{0,4}}){_LABEL}{_MARK}(?P<t>{_SHORTEST_TITLE}){_MARK}\s*"
    r"(?:\((?P<in>[^()]{2,80})\)|[,:|–—-]\s*(?P<after>[^.]{2,80}(?:[ap]\.m\.[^.]*)?))(?P<rest>.*)\Z",
    re.DOTALL,
)
_SHOUTED = re.compile(r"\A\W{0,3}(?P<t>[A-Z][A-Z0-9'&! ]{3,60})\.\s+(?P<told>[^.]{3,60})\.")
_MARKED = re.compile(
    rf"\A[#\s\d.)-]*(?:\"(?P<a>{_TITLE})\"|'(?P<b>{_TITLE})'|\*{{1,2}}(?P<c>{_TITLE})\*{{1,2}}|_(?P<d>{_TITLE})_)"
)
# What may stand behind a listing in brackets. Else it is in a sentence: "Ledger (KBN, Tuesdays) is good."
_BEHIND_LISTING = re.compile(r"\s*(?:[.:–—-]|\Z|[A-Z\"'(*_])")
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
    over, listed = _over_listings(text, blocks), _listed(text, blocks)
    headings = over if len(over) >= len(listed) else listed
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


_ALONE = re.compile(
    rf"\A[#\s\d.)]*{_MARK}(?P<t>{_SHORTEST_TITLE}){_MARK}(?:\s*\((?:19|20)\d\d\))?(?P<grade>(?::\s*|\s+)(?:[A-F][+-]?|[★☆½]+))?:?\s*\Z"
)


def _plain_headings(text: str, blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """Titles alone on their lines, each named again in its own prose and in no other."""
    found = [
        (i, m["t"]) for i, b in enumerate(blocks) if b.role is not Role.BOILERPLATE
        and (m := _ALONE.match(text[b.start : b.end])) and is_title(m["t"])
    ]  # fmt: skip
    ends = [*(i for i, _ in found), len(blocks)][1:]
    prose = [text[blocks[i].end : blocks[end - 1].end].casefold() for (i, _), end in zip(found, ends, strict=True)]
    named = [k for k, (_, title) in enumerate(found) if title.casefold() in prose[k]]
    if len(named) < 2:
        return []
    alone = all(sum(found[k][1].casefold() in p for p in prose) == 1 for k in named)
    show = find_subject(text, list(blocks)).show
    titles = {title.casefold() for _, title in found}
    of_one_show = show is not None and show.casefold() not in titles and any(show.casefold() in p for p in prose)
    return [found[k] for k in named] if alone and not of_one_show else []


def _over_listings(text: str, blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """Titles alone on their lines, over or under a listing or with a grade, or in quotes or emphasis."""
    found = []
    for at, block in enumerate(blocks):
        words = _words(text, blocks, at)
        alone = _ALONE.match(words)
        if block.role is not Role.BOILERPLATE and alone is not None and is_title(alone["t"]):
            if not alone["grade"] and _is_listing(words):
                continue
            near = _is_listing(_words(text, blocks, at + 1)) or _is_listing(_words(text, blocks, at - 1))
            if near or alone["grade"] or _marked_title(words):
                found.append((at, alone["t"]))
    return found


def _listed(text: str, blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """Lines that open with a title and say where and when it is on, or with a title in quotes or emphasis."""
    found = []
    for at, block in enumerate(blocks):
        words = _words(text, blocks, at)
        title = None if block.role is Role.BOILERPLATE else _marked_title(words) or _listed_title(words)
        if title is not None:
            found.append((at, title))
    return found


def _words(text: str, blocks: Sequence[Block], at: int) -> str:
    return text[blocks[at].start : blocks[at].end].lstrip("# ") if 0 <= at < len(blocks) else ""


def _is_listing(line: str) -> bool:
    """Whether a line says where and when something is on, and nothing else."""
    return 0 < len(line) < _SHORT and bool(LISTING.search(line)) and not re.search(r"[a-z]{3}[.!?]\s", line)


def _marked_title(words: str) -> str | None:
    """The title in quotes or emphasis of a short line, or before a dash and prose."""
    marked = _MARKED.match(words)
    if marked is None or (_is_listing(words.strip("*_ ")) and not words.startswith(('"', "'"))):
        return None
    title, rest = next(g for g in marked.groups() if g), words[marked.end() :]
    if len(words) >= _SHORT:
        heads_prose = re.match(r"\s+[–—-]\s+[A-Z]|:\s+[A-Z]|\s*[*_]{0,2}\s*\(", rest)
        return title if heads_prose and not _in_a_sentence(rest) else None
    return title if not rest.strip() or re.match(r"\s*[(,:|–—-]", rest) else None


def _in_a_sentence(rest: str) -> bool:
    """Whether a bracket behind a title stands in a sentence."""
    bracket = re.match(r"\s*[*_]{0,2}\s*\([^()]*\)(?P<rest>.*)", rest, re.DOTALL)
    return bracket is not None and not _BEHIND_LISTING.match(bracket["rest"])


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
    if not short and not _BEHIND_LISTING.match(found["rest"]):
        return None
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
