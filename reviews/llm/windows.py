"""Long prose in overlapping windows: what stands across the edge of one stands whole in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WINDOW_CHARS = 6_000
OVERLAP_CHARS = 800

_GOOD_ENDS = tuple(re.compile(form) for form in (r"\n\s*\n", r"[.!?…][\"'”’)]*\s", r"\s"))


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a review, in half-open code-point offsets into its text."""

    start: int
    end: int


def windows(
    text: str, start: int, end: int, *, chars: int = WINDOW_CHARS, overlap: int = OVERLAP_CHARS
) -> list[Window]:
    """Return windows of at most `chars` code points that cover `text[start:end]`, each beginning before the last ends.

    They end, and begin, where a paragraph, else a sentence, else a word does, if there is one near. Of what is no
    longer than `overlap` / 2, at least one window holds all. Raises ValueError unless 2 <= `overlap` <= `chars` / 2.
    """
    if not 2 <= overlap <= chars / 2:
        raise ValueError("windows must be at least twice as long as what they share")
    return list(_windows(text, start, end, chars, overlap))


def _windows(text: str, start: int, end: int, chars: int, overlap: int) -> Iterator[Window]:
    while end - start > chars:
        stop = _near(text, start + chars - overlap // 2, start + chars)
        yield Window(start, stop)
        start = _near(text, stop - overlap, stop - overlap // 2)
    yield Window(start, end)


def _near(text: str, first: int, last: int) -> int:
    """Return the last place from `first` to `last` where a paragraph, sentence or word ends; `last` if none does."""
    for form in _GOOD_ENDS:
        found = [match.end() for match in form.finditer(text, first, last)]
        if found:
            return found[-1]
    return last
