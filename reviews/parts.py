"""A review before it is read: plain text, and one part for each show it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .records import Review
from .sections import Section, sections
from .show import find_subject
from .text import Block, Role, blocks, plain


@dataclass(frozen=True, slots=True)
class Part:
    """What a review says of one show: `known` are words that are names wherever they stand with a capital."""

    show: str | None
    season: int | None
    blocks: tuple[Block, ...]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A review with its plain text, of the same length, and its parts: one, or one a show of a round-up."""

    review: Review
    plain: str
    parts: tuple[Part, ...]

    @property
    def subject(self) -> Review:
        """The review with its show and season filled in; a round-up of several shows has none."""
        if len(self.parts) > 1:
            return replace(self.review, show=None, season=None)
        return replace(self.review, show=self.parts[0].show, season=self.parts[0].season)


_MID_SENTENCE = re.compile(r"(?:(?<=[a-z,;] )|(?<=\())(?:[A-Z][\w'-]*\s?)+")


def prepare(review: Review) -> Prepared:
    """Return a review cut into its parts, in order; boilerplate is in none of them."""
    text = plain(review.text)
    cut = sections(text, list(blocks(review.text)), review.show)
    return Prepared(review, text, tuple(_part(review, text, section) for section in cut))


def _part(review: Review, text: str, section: Section) -> Part:
    start, end = section.blocks[0].start if section.blocks else 0, section.blocks[-1].end if section.blocks else 0
    subject = find_subject(text, section.blocks, section.show or review.show, review.season)
    names = _MID_SENTENCE.findall(text, start, end)
    known = frozenset(w.removesuffix("'s") for m in names for w in m.split())
    read = tuple(b for b in section.blocks if b.role is not Role.BOILERPLATE)
    return Part(subject.show, subject.season, read, known)
