"""A tagged block as plain lists: spaCy's Token objects are made once, not at every look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a block. `starts`/`ends` are half-open code-point offsets into the block's `text`.

    `sentences` are half-open ranges of token numbers; `sentence_end` gives each token the end of its sentence.
    """

    doc: Doc
    text: str
    words: list[str]
    lower: list[str]
    tags: list[str]
    spaces: list[bool]  # whether a space follows
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    sentence_end: list[int]
    opening: frozenset[int]  # the tokens that open a sentence

    @classmethod
    def of(cls, doc: Doc, text: str, cuts: Iterable[int] = ()) -> Tokens:
        """Take the tokens of `doc`, which is `text` tagged; sentences start at the code-point offsets `cuts`."""
        table = doc.to_array(["ORTH", "TAG", "IDX", "SPACY"]).tolist()
        strings = doc.vocab.strings
        words = [strings[row[0]] for row in table]
        tags = [strings[row[1]] for row in table]
        starts = [row[2] for row in table]
        spaces = [bool(row[3]) for row in table]
        opening = sorted({0, *(bisect_left(starts, cut) for cut in cuts)} - {len(words)})
        sentences = [cut for start, end in pairwise([*opening, len(words)]) for cut in _cuts(start, end)]
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        sentence_end = [end for start, end in sentences for _ in range(start, end)]
        lower = [word.lower() for word in words]
        return cls(doc, text, words, lower, tags, spaces, starts, ends, sentences, sentence_end, frozenset(opening))

    def __len__(self) -> int:
        return len(self.words)

    def is_stop(self, i: int) -> bool:
        """Whether token `i` is a function word by its letters."""
        return self.lower[i] in stop_words()


_LONGEST_SENTENCE = 300  # tokens; rules look at a sentence as a whole, so an endless one is read in pieces


def _cuts(start: int, end: int) -> Iterator[tuple[int, int]]:
    for first in range(start, end, _LONGEST_SENTENCE):
        yield first, min(first + _LONGEST_SENTENCE, end)


@cache
def stop_words() -> frozenset[str]:
    """English function words, as spaCy lists them."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
