"""A parsed block as plain lists: spaCy's Token objects are made once, not at every look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
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
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    sentence_end: list[int]
    opening: frozenset[int]  # the tokens that open a sentence
    roots: list[int]  # the tokens that have no head but themselves

    @classmethod
    def of(cls, doc: Doc, text: str) -> Tokens:
        """Take the tokens of `doc`, which is `text` parsed."""
        table = doc.to_array(["ORTH", "TAG", "SENT_START", "IDX", "HEAD"]).tolist()
        strings = doc.vocab.strings
        words = [strings[row[0]] for row in table]
        tags = [strings[row[1]] for row in table]
        opening = [i for i, row in enumerate(table) if row[2] == 1]
        starts = [row[3] for row in table]
        roots = [i for i, row in enumerate(table) if row[4] == 0]
        bounds = [*opening, len(words)]
        sentences = [cut for start, end in pairwise(bounds) for cut in _cuts(start, end)]
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        sentence_end = [end for start, end in sentences for _ in range(start, end)]
        lower = [word.lower() for word in words]
        return cls(doc, text, words, lower, tags, starts, ends, sentences, sentence_end, frozenset(opening), roots)

    def __len__(self) -> int:
        return len(self.words)

    def root(self, first: int, end: int) -> int:
        """Return the main token of the sentence from `first` to before `end`."""
        at = bisect_left(self.roots, first)
        return self.roots[at] if at < len(self.roots) and self.roots[at] < end else first

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
