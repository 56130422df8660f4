"""The spaCy pipeline: the only door to spaCy. Tokens and tags of every block, dependencies where they are asked for.

The reader needs neither spaCy's entity recogniser (it takes first names for companies in this kind of prose) nor
its lemmatizer, so they are not loaded. Its parser takes a third of the time and only tells whose a pronoun is, so it
runs on the sentences that need it; it works from the vectors that tagging made.

Most of the time of tagging goes into multiplying matrices. thinc, under spaCy, does that with BLIS unless told to leave
it to numpy, whose own library takes about half as long for matrices of this size, with the same tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ..errors import SettingError
from ..settings import text_setting

if TYPE_CHECKING:
    import spacy
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

NOT_NEEDED = ("ner", "lemmatizer", "attribute_ruler", "senter")
BATCH_SIZE = 16
SENTENCES_AT_ONCE = 64
_WORDS_KEPT = _WORDS_FORGOTTEN = 20_000  # spaCy remembers every word it meets, about half a kilobyte each


class Language:
    """A loaded spaCy pipeline. Loading takes about half a second; make one and keep it."""

    def __init__(self, pipeline: str | None = None) -> None:
        """Load the installed pipeline `pipeline`, else the one the setting names.

        Raises SettingError if it is not installed or cannot tag and parse.
        """
        import spacy

        self.pipeline = text_setting("pipeline", pipeline)
        try:
            self.nlp: spacy.language.Language = spacy.load(self.pipeline, exclude=list(NOT_NEEDED))
        except (OSError, ValueError) as error:
            raise SettingError(
                f"setting 'pipeline' names {self.pipeline!r}, which is not an installed spaCy pipeline: "
                "install it or unset the setting"
            ) from error
        self._threads = _multiply_with_numpy(self.nlp)
        self._zone: AbstractContextManager[object] | None = None
        self._words = len(self.nlp.vocab.strings) + _WORDS_KEPT
        missing = {"tagger", "parser"} - set(self.nlp.pipe_names)
        if missing:
            raise SettingError(
                f"the spaCy pipeline {self.pipeline!r} has no {' and no '.join(sorted(missing))}; choose another"
            )

    @property
    def meta(self) -> dict[str, object]:
        """The pipeline's own `meta.json`."""
        return dict(self.nlp.meta)

    def tag(self, texts: Iterable[str]) -> list[Doc]:
        """Return a Doc with tags and vectors, not parsed, for each text, in order."""
        with self._threads.limit(limits=1):  # matrices of this size are not worth a second thread
            return list(self.nlp.pipe(texts, batch_size=BATCH_SIZE, disable=["parser"]))

    def forget_words(self) -> None:
        """Let go of words met after the first 20,000, once they are many; no Doc may be in use any more."""
        if len(self.nlp.vocab.strings) < self._words:
            return
        if self._zone is not None:
            self._zone.__exit__(None, None, None)
        self._words = len(self.nlp.vocab.strings) + _WORDS_FORGOTTEN
        self._zone = self.nlp.memory_zone()
        self._zone.__enter__()

    def parse(self, docs: Sequence[Doc]) -> None:
        """Add dependencies to tagged Docs, a sentence each; many at once cost half of what they cost one by one."""
        parser = self.nlp.get_pipe("parser")
        with self._threads.limit(limits=1):
            for _ in parser.pipe(iter(docs), batch_size=SENTENCES_AT_ONCE):  # type: ignore[attr-defined]
                pass


def _multiply_with_numpy(nlp: spacy.language.Language) -> ThreadpoolController:
    """Let the models of a pipeline multiply with numpy's library; return what limits its threads."""
    from thinc.api import NumpyOps
    from threadpoolctl import ThreadpoolController

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        for part in model.walk() if model is not None else ():
            if isinstance(part.ops, NumpyOps):  # a graphics card multiplies for itself
                part.ops = ops
    return ThreadpoolController()
