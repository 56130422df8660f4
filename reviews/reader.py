"""The rule reader: the steps from prose to facts, in order.

text -> parts, one a show -> blocks -> sentences -> names -> cast -> relationships, credits, production -> facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from ..ontology.iris import Iris
from ..ontology.terms import KINDS, RELATIONS
from .adaptation import read_adaptation
from .anchors import needing_syntax
from .cast import note_title_character, read_cast
from .credits import read_credits
from .drafts import Draft
from .items import Sentence, sentences_of
from .language import Language
from .names import NameSpan
from .people import People, group_surfaces
from .production import read_production
from .records import Entity, EntityType, Evidence, Fact, Reading, Review
from .relations import read_relations
from .sections import Section, sections
from .sentences import split
from .show import find_subject
from .syntax import parse_all
from .text import Block, Role, blocks, plain
from .titles import title_mentions
from .tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONTEXT_CHARS = 32
REVIEWS_AT_ONCE = 16


class Reader(Protocol):
    """Anything that reads reviews: the rule reader here, a model behind the same door elsewhere."""

    name: str

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order, streaming."""
        ...


@dataclass(frozen=True, slots=True)
class _Part:
    """What a review says of one show: `known` are words that are names wherever they stand with a capital."""

    show: str | None
    season: int | None
    blocks: tuple[Block, ...]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Prepared:
    review: Review
    plain: str
    parts: tuple[_Part, ...]

    @property
    def subject(self) -> Review:
        """The review with its show and season filled in; a round-up of several shows has none."""
        if len(self.parts) > 1:
            return replace(self.review, show=None, season=None)
        return replace(self.review, show=self.parts[0].show, season=self.parts[0].season)


class RuleReader:
    """Reads reviews by the rules in `reviews/rules/`: offline, deterministic, every fact with its exact words.

    Loading the spaCy pipeline takes about half a second: make one reader and keep it. Not safe to share by threads.
    """

    name = "rules"

    def __init__(self, *, pipeline: str | None = None, iris: Iris | None = None) -> None:
        """Load the pipeline. Raises SettingError if it is not installed, or if the base IRI is not one."""
        self.language = Language(pipeline)
        self.iris = iris or Iris.default()

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order. Holds at most 16 reviews at a time."""
        source = iter(reviews)
        while batch := [_prepare(review) for review in islice(source, REVIEWS_AT_ONCE)]:
            texts = [p.plain[b.start : b.end] for p in batch for part in p.parts for b in part.blocks]
            docs = iter(list(self.language.tag(texts)))
            cut = [[list(self._sentences(p.plain, part, docs)) for part in p.parts] for p in batch]
            parse_all(s.syntax for parts in cut for part in parts for s in needing_syntax(part))
            for prepared, sentences in zip(batch, cut, strict=True):
                facts = [
                    fact
                    for part, found in zip(prepared.parts, sentences, strict=True)
                    for fact in self._read_part(prepared.review, part, found)
                ]
                yield Reading(prepared.subject, tuple(facts))

    def _sentences(self, text: str, part: _Part, docs: Iterator[Doc]) -> Iterator[Sentence]:
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
                tokens, self.language, offset=block.start, block=place, role=block.role, first_number=number,
                titles=titles, known=part.known,
            ):  # fmt: skip
                number += 1
                yield sentence

    def _read_part(self, whole: Review, part: _Part, sentences: list[Sentence]) -> list[Fact]:
        review = replace(whole, show=part.show, season=part.season)
        counted = Counter(
            i.value for s in sentences for i in s.items if i.tag == "NAME" and s.role is not Role.HEADLINE
        )
        people = People(frozenset(counted), frozenset(name for name, n in counted.items() if n > 1))
        note_title_character(sentences, people)
        cast = read_cast(sentences, people)
        drafts = list(read_production(sentences, people, part.season, review.date))
        people.others.update(d.object for d in drafts if d.object_type in (EntityType.ORGANIZATION, EntityType.PLACE))
        people.others -= people.characters | people.actors
        drafts += read_adaptation(sentences, people)
        drafts += read_credits(sentences, people, part.season)
        people.settle()
        drafts += read_relations(cast, people, part.season)
        return _Facts(review, self.iris, people, self.name).make(drafts)


_MID_SENTENCE = re.compile(r"(?<=[a-z,;(] )(?:[A-Z][\w'-]*\s?)+")


def _prepare(review: Review) -> _Prepared:
    text = plain(review.text)
    cut = sections(text, list(blocks(review.text)), review.show)
    return _Prepared(review, text, tuple(_part(review, text, section) for section in cut))


def _part(review: Review, text: str, section: Section) -> _Part:
    start, end = section.blocks[0].start if section.blocks else 0, section.blocks[-1].end if section.blocks else 0
    subject = find_subject(text, section.blocks, section.show or review.show, review.season)
    names = _MID_SENTENCE.findall(text, start, end)
    known = frozenset(w.removesuffix("'s") for m in names for w in m.split())
    read = tuple(b for b in section.blocks if b.role is not Role.BOILERPLATE)
    return _Part(subject.show, subject.season, read, known)


class _Facts:
    """Turns drafts into facts: entities with IRIs, evidence, one fact for each thing stated."""

    def __init__(self, review: Review, iris: Iris, people: People, reader: str) -> None:
        self.review = review
        self.iris = iris
        self.reader = reader
        self.show = None if review.show is None else Entity(review.show, EntityType.SERIES, iris.series(review.show))
        self.surfaces = group_surfaces(people.names, people)
        self.people = people

    def make(self, drafts: Iterable[Draft]) -> list[Fact]:
        """Return the facts in order of place, one for each thing stated: the surest, then the first in the text."""
        best: dict[tuple[object, ...], Fact] = {}
        for draft in drafts:
            fact = self._fact(draft)
            if fact is None:
                continue
            pair: tuple[object, ...] = (fact.subject.iri, fact.object.iri or fact.object.name)
            key = (fact.relation, *pair, fact.kind, fact.status, fact.season)
            known = best.get(key)
            if known is None or (-fact.confidence, fact.evidence.start) < (-known.confidence, known.evidence.start):
                best[key] = fact
        facts = _without_mirrored(best.values())
        return sorted(
            facts,
            key=lambda f: (f.evidence.start, f.evidence.end, f.relation, f.subject.name, f.object.name, f.kind or ""),
        )

    def _fact(self, draft: Draft) -> Fact | None:
        season = draft.season
        if season is None and draft.default_season:
            season = self.review.season
        subject = self._subject(draft, season)
        if subject is None:
            return None
        text = self.review.text
        words = Evidence(
            self.review.iri, draft.start, draft.end, text[draft.start : draft.end],
            text[max(0, draft.start - CONTEXT_CHARS) : draft.start], text[draft.end : draft.end + CONTEXT_CHARS],
        )  # fmt: skip
        return Fact(
            draft.relation, subject, self._entity(draft.object, draft.object_type), words,
            round(min(draft.confidence, 1.0), 2), draft.rule, self.reader, draft.kind, draft.status, self.show, season,
        )  # fmt: skip

    def _subject(self, draft: Draft, season: int | None) -> Entity | None:
        if draft.subject is not None:
            type_ = EntityType.PERSON if draft.relation == "plays" else EntityType.CHARACTER
            return self._entity(draft.subject, type_)
        if self.show is None:
            return None
        if season is not None and RELATIONS[draft.relation].of_season:
            return Entity(self.show.name, EntityType.SEASON, self.iris.season(self.show.iri or "", season))
        return self.show

    def _entity(self, name: str, type_: EntityType) -> Entity:
        iris = self.iris
        if type_ is EntityType.CHARACTER:
            scope = self.show.iri if self.show is not None and self.show.iri else self.review.iri
            aliases = self.people.aliases(name, self.surfaces.get(name, ()))
            return Entity(name, type_, iris.character(name, scope), aliases)
        if type_.is_literal:
            return Entity(name, type_, None)
        mint = {
            EntityType.PERSON: iris.person,
            EntityType.ORGANIZATION: iris.organization,
            EntityType.PLACE: iris.place,
            EntityType.COUNTRY: iris.place,
            EntityType.WORK: iris.work,
            EntityType.SERIES: iris.series,
        }[type_]
        return Entity(name, type_, mint(name))


def _without_mirrored(facts: Iterable[Fact]) -> list[Fact]:
    """Of a symmetric relationship stated both ways round keep the surer."""
    kept: dict[tuple[object, ...], Fact] = {}
    rest: list[Fact] = []
    for fact in facts:
        if fact.kind is None or not KINDS[fact.kind].symmetric:
            rest.append(fact)
            continue
        key = (frozenset((fact.subject.iri, fact.object.iri)), fact.kind, fact.status, fact.season)
        other = kept.get(key)
        if other is None or (-fact.confidence, fact.evidence.start) < (-other.confidence, other.evidence.start):
            kept[key] = fact
    return rest + list(kept.values())
