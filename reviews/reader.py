"""The rule reader: the steps from prose to facts, in order.

text -> parts, one a show -> blocks -> sentences -> names -> cast -> relationships, credits, production -> facts.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..ontology.iris import Iris
from .adaptation import read_adaptation
from .anchors import needing_syntax
from .cast import note_title_character, read_cast
from .credits import read_credits
from .drafts import Draft, without_vaguer_dates
from .entities import Facts
from .items import Sentence, sentences_of
from .language import Language
from .lineage import read_lineage
from .names import NameSpan
from .origin import read_origin
from .parts import Part, Prepared, prepare
from .people import People
from .production import read_production
from .records import EntityType, Fact, Reading, Refusal, Review
from .relations import read_relations
from .rules import Rulebook
from .rules.own import hold_to_examples, own_rules
from .sentences import split
from .syntax import parse_all
from .text import Role
from .titles import title_mentions
from .tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .llm.usage import Usage
    from .sources import Notice

REVIEWS_AT_ONCE = 32
CHARACTERS_AT_ONCE = 40_000


def batches_of(reviews: Iterable[Review]) -> Iterator[list[Review]]:
    """Yield reviews in the batches in which they are read, in order: at most 32, fewer where their texts are long.

    A text of more than 40,000 characters is a batch by itself. What `reviews` raises is raised after the last batch.
    """
    batch: list[Review] = []
    characters = 0
    try:
        for review in reviews:
            if batch and characters + len(review.text) > CHARACTERS_AT_ONCE:
                yield batch
                batch, characters = [], 0
            batch.append(review)
            characters += len(review.text)
            if len(batch) == REVIEWS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
                yield batch
                batch, characters = [], 0
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


class Reader(Protocol):
    """Anything that reads reviews: the rule reader here, a model behind the same door elsewhere."""

    name: str

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order, streaming."""
        ...


@runtime_checkable
class Versioned(Reader, Protocol):
    """A reader that can say which it is: the same version reads the same review the same."""

    @property
    def version(self) -> str | None:
        """What it reads with, beside this program's own code; None where it cannot say."""


@runtime_checkable
class ModelReader(Reader, Protocol):
    """A reader that may fail on a review, and says so; what it took is counted in `usage`."""

    @property
    def usage(self) -> Usage:
        """What its readings took so far."""
        ...

    def read_heard(self, reviews: Iterable[Review], hear: Callable[[Refusal | Notice], None]) -> Iterator[Reading]:
        """Yield a Reading for each review that is read, in order; `hear` is called with what there is to say."""
        ...


def rules_version(pipeline: str, rules: str | os.PathLike[str] | None = None) -> str:
    """Return the version of a RuleReader: its pipeline's, spaCy's, and a hash of a user's own rules."""
    known = [f"{name} {_installed(name)}" for name in ("spacy", pipeline)]
    with contextlib.suppress(OSError):  # who opens them to read the rules says why
        known += [] if rules is None else [hashlib.sha256(Path(rules).read_bytes()).hexdigest()]
    return ", ".join(known)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "of its own"


class RuleReader:
    """Reads reviews by the rules in `reviews/rules/`: offline, deterministic, every fact with its exact words.

    Loading the spaCy pipeline takes about half a second: make one reader and keep it. Not safe to share by threads.
    """

    name = "rules"

    def __init__(
        self, *, pipeline: str | None = None, iris: Iris | None = None, rules: str | os.PathLike[str] | None = None
    ) -> None:
        """Load the pipeline, and a user's own rules from the file `rules` (see docs/own-rules.md).

        Raises SettingError if the pipeline is not installed or the base IRI is not one, InputError if a rule is not
        well written or does not read its own examples.
        """
        self.language = Language(pipeline)
        self.iris = iris or Iris.default()
        self.recipe: Callable[[], Reader] = partial(
            RuleReader, pipeline=self.language.pipeline, iris=self.iris, rules=rules
        )
        self.version = rules_version(self.language.pipeline, rules)
        self.rulebook = Rulebook()
        if rules is not None:
            self.rulebook = Rulebook(own_rules(rules))
            hold_to_examples(self.rulebook.own, self, rules)

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order. Holds one of `batches_of` the reviews at a time."""
        for batch in batches_of(reviews):
            found = self._read_batch([prepare(review) for review in batch])
            self.language.forget_words()
            yield from found

    def _read_batch(self, batch: list[Prepared]) -> list[Reading]:
        texts = [p.plain[b.start : b.end] for p in batch for part in p.parts for b in part.blocks]
        docs = iter(self.language.tag(texts))
        cut = [[list(self._sentences(p.plain, part, docs)) for part in p.parts] for p in batch]
        parse_all(s.syntax for parts in cut for part in parts for s in needing_syntax(part))
        return [
            Reading(prepared.subject, tuple(self._read_parts(prepared, sentences)))
            for prepared, sentences in zip(batch, cut, strict=True)
        ]

    def _read_parts(self, prepared: Prepared, sentences: list[list[Sentence]]) -> Iterator[Fact]:
        for part, found in zip(prepared.parts, sentences, strict=True):
            yield from self._read_part(prepared.review, part, found)

    def _sentences(self, text: str, part: Part, docs: Iterator[Doc]) -> Iterator[Sentence]:
        number = 0
        for place, block in enumerate(part.blocks):
            piece, doc = text[block.start : block.end], next(docs)
            titles = []
            for mention in title_mentions(piece, part.show):
                span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is not None:
                    titles.append(
                        NameSpan(mention.tag, mention.text, mention.start, mention.end, span.start, span.end - 1)
                    )
            tokens = Tokens.of(doc, piece, (start for start, _ in split(piece, [(t.start, t.end) for t in titles])))
            for sentence in sentences_of(
                tokens, self.language, self.rulebook, offset=block.start, block=place, role=block.role,
                first_number=number, titles=titles, known=part.known,
            ):  # fmt: skip
                number += 1
                yield sentence

    def _read_part(self, whole: Review, part: Part, sentences: list[Sentence]) -> list[Fact]:
        review = replace(whole, show=part.show, season=part.season)
        every, sentences = sentences, [s for s in sentences if s.role is not Role.LISTING]
        people = People.named_in(sentences, part.show)
        note_title_character(sentences, people)
        cast = read_cast(sentences, people)
        drafts = list(read_production(every, people, part.season, review.date))
        _note_others(drafts, people)
        drafts += read_adaptation(sentences, people)
        drafts += read_lineage(sentences, people, part.show)
        drafts += read_credits(sentences, people, part.season)
        origin = list(read_origin(sentences, people, review.date))
        _note_others(origin, people)
        drafts = without_vaguer_dates(drafts + origin)
        people.settle()
        drafts += read_relations(cast, people, part.season)
        return Facts(review, self.iris, people, self.name).make(drafts)


def _note_others(drafts: Iterable[Draft], people: People) -> None:
    """Tell `people` which names are a company's or a place's, unless somebody in the cast has them."""
    people.others.update(d.object for d in drafts if d.object_type in (EntityType.ORGANIZATION, EntityType.PLACE))
    people.others -= people.characters | people.actors
