"""The dependencies of a sentence, worked out when first asked for, or for many sentences at once beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .language import Language
from .tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Syntax:
    """A sentence, tokens `first` to before `end` of a tagged block, that parses itself when its `doc` is looked at."""

    __slots__ = ("_doc", "end", "first", "language", "tokens")

    def __init__(self, language: Language, tokens: Tokens, first: int, end: int) -> None:
        self.language = language
        self.tokens = tokens
        self.first = first
        self.end = end
        self._doc: Doc | None = None

    @property
    def doc(self) -> Doc:
        """The sentence as a parsed Doc of its own, its tokens numbered from 0."""
        if self._doc is None:
            self._doc = self._tagged()
            self.language.parse([self._doc])
        return self._doc

    def _tagged(self) -> Doc:
        from spacy.tokens import Doc

        t, span = self.tokens, slice(self.first, self.end)
        doc = Doc(t.doc.vocab, words=t.words[span], spaces=t.spaces[span], tags=t.tags[span])
        doc.tensor = t.doc.tensor[span]
        return doc


def parse_all(sentences: Iterable[Syntax]) -> None:
    """Parse those of `sentences` that are not parsed yet, together."""
    waiting = [s for s in sentences if s._doc is None]
    docs = [s._tagged() for s in waiting]
    for sentence, doc in zip(waiting, docs, strict=True):
        sentence._doc = doc
    if waiting:
        waiting[0].language.parse(docs)
