"""How titles are written, and where a block mentions the review's show or other works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import lexicon

CAP = r"(?:(?:Mr|Mrs|Ms|Dr|St|Jr|No|Vol)\.|[A-Z0-9&](?:[\w&+-]|'(?=\w)|\.(?=\w))*)"
_JOIN = r"(?:of|the|and|in|a|an|to|for|with|on|at|from|de|la|&)"
# At most twelve words, so that a text of nothing but capitals costs no more than another.
TITLE = rf"{CAP}(?:(?:,?\s+|:\s+){_JOIN}(?=\s)|\s+{CAP}|:\s+{CAP}){{0,11}}"
PLAIN_TITLE = rf"{CAP}(?:\s+{_JOIN}(?=\s)|\s+{CAP}){{0,11}}"
_MARKED_TITLE = rf"{TITLE}(?:,\s+{CAP}\.?)?[!?]?"
QUOTED = re.compile(
    rf"""(?<![\w])(?:'(?P<a>{_MARKED_TITLE})'|"(?P<b>{_MARKED_TITLE})"|\*(?P<c>{_MARKED_TITLE})\*|_(?P<d>{_MARKED_TITLE})_)(?!\w)"""
)
# A comma inside the marks, as Americans have it; what somebody says behind it ("Run," he says) is speech.
QUOTED_BEFORE_COMMA = re.compile(
    rf"""(?<!\w)"(?P<e>{TITLE}[!?]?),"(?!\s+(?:he|she|they|I|we|it|you|says?|said|asks?|[A-Z]\w+\s+(?:says?|said|asks?|tells?))\b)"""
)

# A capital of any alphabet, a word of a title that has one, and the small words within titles.
UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:(?:Mr|Mrs|Ms|Dr|St|Jr|No|Vol|vs)\.|{UPPER}(?:[\w'&+/-]|\.(?=\w)|\.(?=\s[A-Z]\.))*|\d[\w,.'-]*\w|\d|&|\+)"
LINK = (
    r"(?:of|the|and|in|a|an|to|for|with|on|at|from|by|de|la|le|les|du|no|vs|as|or|n't|'s"
    r"|'m|'re|'|el|y|und|der|die|das|van|von|di|en|na|con|per|il|do|et|des|au|no|se|e|n)"
)
RUN = re.compile(
    rf"(?<![\w'-]){_WORD}(?:\s+{_WORD}|\s*(?:[:,!?]|\.\.\.)\s+{_WORD}|"
    rf"(?:\s*,)?(?:\s+{LINK}){{1,3}}\s+{_WORD}|\s*:\s+(?:a|the)\s+{_WORD}|\s\(\s?{_WORD}\s?\)\s{_WORD}){{0,14}}"
    r"(?:\s?[!?]|\s?\.(?=\s(?:is|was|has)\b))?"
)


CAPITALS = re.compile(PLAIN_TITLE)
_TRAILING = re.compile(rf"(?:[\s,]+{_JOIN})*[\s,.]*\Z")


# What says where and when something is on.
LISTING = re.compile(
    r"(?i:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b"
    r"|\b(?:from|until)\s+\d|\b\d{1,2}/\d{1,2}c\b|\bseason\b|\bseries\b|\bstream|\bnow on\b|\bavailable\b"
    r"|\bstars?\b|\b\d\s?/\s?(?:5|10)\b|\bout of\b"
    r"|\b(?:channel|network|television|tv|radio|bbc|itv)\b)|\+|[★☆]"
)


def trimmed(title: str) -> str:
    """Return a title without small words and commas at its end."""
    return _TRAILING.sub("", title).rstrip("'")


def is_title(title: str | None) -> bool:
    """Whether words found in a title's place may be one: no opener of sentences, no rubric, no network, no "Season"."""
    if not title or (title.partition("'")[0] in lexicon().words("opener") and " " not in title):
        return False
    if lexicon().words("rubric").issuperset(title.lower().split()):
        return False
    return title not in lexicon().words("network") and title not in lexicon().words("not_name")


_SMALL = frozenset(("of", "the", "and", "in", "a", "an", "to", "for", "with", "on", "at", "from", "or", "by"))


def unshouted(title: str, prose: str) -> str:
    """Return a title in nothing but capitals as `prose` writes it, else with a capital for each word; short ones stay.

    >>> unshouted("THE LONG TABLE OF OTTO", "Nothing is said."), unshouted("ER", "Nothing is said.")
    ('The Long Table of Otto', 'ER')
    """
    if not title.isupper() or len(title) < 5:
        return title
    for found in re.finditer(rf"(?i)\b{re.escape(title)}(?!\w)", prose):
        if not found.group().isupper() and found.group()[0].isupper():
            return found.group()
    words = title.lower().split()
    return " ".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))


@lru_cache(maxsize=256)
def _show_pattern(show: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(show)}(?![\w]|-\w)")


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A title in a block: `tag` SHOW for the review's own show, TITLE for another; offsets into the block."""

    tag: str
    text: str
    start: int
    end: int


def title_mentions(piece: str, show: str | None) -> list[TitleMention]:
    """Return mentions of the review's show and of quoted or emphasised titles in a block, by place, not overlapping.

    A mention covers the quotation or emphasis marks around it.
    """
    found: list[TitleMention] = []
    for form in _forms_of(show):
        for match in _show_pattern(form).finditer(piece):
            start, end = match.span()
            if " " not in form and _is_surname_here(piece, start):
                continue
            if piece[start - 1 : start] in _MARKS and piece[start - 1 : start] == piece[end : end + 1]:
                start, end = start - 1, end + 1
            found.append(TitleMention("SHOW", show or "", start, end))
    for match in (*QUOTED.finditer(piece), *QUOTED_BEFORE_COMMA.finditer(piece)):
        title = next(g for g in match.groups() if g)
        if title != show and _reads_as_title(piece, match.start(), title):
            found.append(TitleMention("TITLE", title, *match.span()))
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[TitleMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _is_surname_here(piece: str, start: int) -> bool:
    """Whether a title of one word closes a person's name here: "Tom Ripley" in a review of *Ripley*."""
    before = re.search(r"\b([A-Z][a-z]+) \Z", piece[max(0, start - 40) : start])
    if before is None or before.group(1) in lexicon().words("opener") or before.group(1).endswith("ing"):
        return False
    words = lexicon()
    return not any(before.group(1) in words.words(n) for n in ("network", "nationality", "not_name", "particle"))


_MARKS = tuple("'\"*_")


def _forms_of(show: str | None) -> Iterator[str]:
    """The title, and without its article where enough is left to know it by."""
    if show:
        yield show
        if len(show) > 4 and not show.isupper():
            yield show.upper()
        if show.startswith("The ") and " " in show[4:]:
            yield show[4:]


def _reads_as_title(piece: str, start: int, title: str) -> bool:
    """A quoted single name between two names is a nickname; a quoted sentence is speech."""
    before = piece[max(0, start - 40) : start].rstrip()
    after = piece[start + len(title) + 2 : start + len(title) + 8]
    nickname = (
        bool(re.search(r"[A-Z][\w'-]*\Z", before)) and bool(re.match(r"\s+[A-Z]", after)) and piece[start] in "'\""
    )
    return not nickname and not title.endswith((".", ","))
