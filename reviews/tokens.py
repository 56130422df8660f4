"""A parsed block as plain lists: spaCy's Token objects are made once, not at every look."""

from __future__ import annotations

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

    @classmethod
    def of(cls, doc: Doc, text: str) -> Tokens:
        """Take the tokens of `doc`, which is `text` parsed."""
        words: list[str] = []
        tags: list[str] = []
        starts: list[int] = []
        opening: list[int] = []
        for token in doc:
            if token.is_sent_start:
                opening.append(token.i)
            words.append(token.text)
            tags.append(token.tag_)
            starts.append(token.idx)
        bounds = [*opening, len(words)]
        sentences = list(pairwise(bounds))
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        sentence_end = [end for start, end in sentences for _ in range(start, end)]
        lower = [word.lower() for word in words]
        return cls(doc, text, words, lower, tags, starts, ends, sentences, sentence_end, frozenset(opening))

    def __len__(self) -> int:
        return len(self.words)

    def is_stop(self, i: int) -> bool:
        """Whether token `i` is a function word by its letters."""
        return self.lower[i] in stop_words()


@cache
def stop_words() -> frozenset[str]:
    """English function words, as spaCy lists them."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
