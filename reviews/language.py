"""The spaCy pipeline: the only door to spaCy. Tokens, tags, dependencies and sentences; no names, no lemmas.

The reader needs neither spaCy's entity recogniser (it takes first names for companies in this kind of prose) nor
its lemmatizer, so they are not loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..errors import SettingError
from ..settings import text_setting

if TYPE_CHECKING:
    import spacy
    from spacy.tokens import Doc

NOT_NEEDED = ("ner", "lemmatizer", "attribute_ruler", "senter")
BATCH_SIZE = 16


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
        missing = {"tagger", "parser"} - set(self.nlp.pipe_names)
        if missing:
            raise SettingError(
                f"the spaCy pipeline {self.pipeline!r} has no {' and no '.join(sorted(missing))}; choose another"
            )

    @property
    def meta(self) -> dict[str, object]:
        """The pipeline's own `meta.json`."""
        return dict(self.nlp.meta)

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield a parsed Doc for each text, in order. Streams in batches of 16."""
        yield from self.nlp.pipe(texts, batch_size=BATCH_SIZE)
