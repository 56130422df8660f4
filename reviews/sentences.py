"""Where sentences begin and end, decided by their letters.

Reviews are edited prose: a full stop, a space and a capital end a sentence, but for abbreviations, brackets, quoted
speech and titles. So each sentence can be parsed by itself, and only if something in it has to be bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_END = re.compile(r"""(?:[.!?…]+|\.\.\.)['")\]*_]*(?P<gap>\s+)(?=["'(\[*_–—-]*\s?[^\W_a-z])""")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|St|Jr|Sr|Prof|Det|Sgt|Insp|Supt|Capt|Cpt|Lt|Col|Gen|Maj|Cmdr|Rev|Hon|Fr|Gov|Sen|Rep|Pvt|Messrs"
    r"|vs|No|Nos|Vol|Ep|ep|eps|cf|al|aka|approx|feat|ft|incl|i\.e|e\.g|[Dd]\.[Pp]|a\.k\.a|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)|(?<![\w'])[^\W\d_a-z])\.\Z"
)
_PRONOUN_END = re.compile(r"\bI\.\Z")  # "so do I." ends a sentence, "I. Compton" a first name
_LONGEST_ASIDE = 400  # code points; what is opened and not closed within them was never meant to be


def split(text: str, whole: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block of plain `text`, in order, as half-open code-point offsets without outer spaces.

    No cut falls within `whole` spans (titles), brackets, or double quotation marks that close again soon.
    """
    start = 0
    closed = 0  # up to here brackets, speech and titles are closed
    spans = iter(sorted([*whole, *_asides(text)]))
    span = next(spans, None)
    for match in _END.finditer(text):
        gap = match.start("gap")
        while span is not None and span[0] < gap:
            closed = max(closed, span[1])
            span = next(spans, None)
        if gap < closed or _is_abbreviation(text, start, match.start() + 1):
            continue
        yield start, gap
        start = match.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    before = text[max(start, dot - 12) : dot]
    return bool(_ABBREVIATED.search(before)) and not _PRONOUN_END.search(before)


_ASIDE = re.compile(rf"""\([^()]{{0,{_LONGEST_ASIDE}}}\)|(?<!\w)"(?=\S)[^"]{{0,{_LONGEST_ASIDE}}}(?<=\S)"(?!\w)""")


def _asides(text: str) -> Iterator[tuple[int, int]]:
    """Bracketed and quoted pieces: a sentence may end at their last mark, never inside."""
    for match in _ASIDE.finditer(text):
        yield match.start(), match.end() - 1
