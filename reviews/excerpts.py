"""The sentence around some words, for people to read."""

from __future__ import annotations

import re

_END = re.compile(r"""[.!?…]["'”’)*_]*\s+(?=["'“‘(*_\[]*[^\Wa-z_])|\n[ \t\r]*\n""")
_NO_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sgt|Prof|Fr|Rev|Lt|Capt|Col|vs|No)|\b[A-Z])\.\s+\Z")


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence or sentences that hold `text[start:end]`, on one line.

    >>> sentence_around("It rains. Dr. Orme waits, as ever. Nell sings.", 10, 15)
    'Dr. Orme waits, as ever.'
    """
    first, last = 0, len(text)
    for match in _END.finditer(text):
        if _NO_END.search(text, match.start() - 5 if match.start() > 5 else 0, match.end()):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.end() >= end:
            last = match.end()
            break
    return " ".join(text[first:last].split())
