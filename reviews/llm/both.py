"""Two readers as one: what both found is surer, what one found is its own, and where they disagree is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ...errors import ReviewError
from ..reader import Reader, Versioned
from ..records import Entity, Fact, Reading, Refusal, Review
from ..sources import Notice
from .disagreements import Disagreement, disagreements, ends
from .reader import LlmReader
from .usage import Usage

MOST_SURE = 0.99
"""Two readers of the same words make no certainty."""


class BothReaders:
    """Reads each review by the rules and by a model; `disagreements` grows as they are found, in order.

    A review that the model does not read is refused: a fact that one reader found would else look like one that the
    other did not.
    """

    name = "rules,llm"

    def __init__(self, rules: Reader, model: LlmReader) -> None:
        self._rules, self._model = rules, model
        self.disagreements: list[Disagreement] = []

    @property
    def version(self) -> str | None:
        """What both read with; None where the first cannot say."""
        first = self._rules.version if isinstance(self._rules, Versioned) else None
        return None if first is None else f"{first}; {self._model.version}"

    @property
    def usage(self) -> Usage:
        """What the model's reading took."""
        return self._model.usage

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        """Yield a Reading for each review, in order. Raises ReviewError for the first that cannot be read."""
        return self.read_heard(reviews, _raise)

    def read_heard(self, reviews: Iterable[Review], hear: Callable[[Refusal | Notice], None]) -> Iterator[Reading]:
        """Yield a Reading for each review that both read, in order.

        `hear` is called with a Refusal for others, and with a Notice for each disagreement.
        """
        by_rules: deque[Reading] = deque()

        def told() -> Iterator[Review]:
            for review, reading in _beside(reviews, self._rules):
                by_rules.append(reading)
                yield review

        for outcome in self._model.outcomes(told()):
            reading = by_rules.popleft()
            if isinstance(outcome, Refusal):
                hear(outcome)
                continue
            found = same_entities(outcome.facts, reading.facts)
            for disagreement in disagreements(reading.review.id, reading.facts, found):
                self.disagreements.append(disagreement)
                hear(Notice(reading.review.id, f"the readers disagree, {disagreement.sentence}"))
            subject = reading.review if reading.review.show is not None else outcome.review
            yield Reading(subject, combined(reading.facts, found))


def _beside(reviews: Iterable[Review], reader: Reader) -> Iterator[tuple[Review, Reading]]:
    """Yield each review, as it was given, with a reader's reading of it."""
    given: deque[Review] = deque()

    def noted() -> Iterator[Review]:
        for review in reviews:
            given.append(review)
            yield review

    for reading in reader.read(noted()):
        yield given.popleft(), reading


def _raise(remark: Refusal | Notice) -> None:
    if isinstance(remark, Refusal):
        raise ReviewError(f"{remark.source}: {remark.reason}")


def combined(one: Sequence[Fact], other: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of two readers of one review, in order of place: a fact of both is one, of both's confidence.

    It keeps the first reader's words and rule; its confidence is 1 - (1 - a)(1 - b), at most 0.99.
    """
    also = {_said(fact): fact for fact in other}
    facts = []
    for fact in one:
        twin = also.pop(_said(fact), None)
        if twin is not None:
            sure = min(MOST_SURE, 1 - (1 - fact.confidence) * (1 - twin.confidence))
            fact = replace(fact, reader=f"{fact.reader},{twin.reader}", confidence=round(max(sure, fact.confidence), 2))
        facts.append(fact)
    return tuple(sorted([*facts, *also.values()], key=lambda f: (f.evidence.start, f.evidence.end)))


def _said(fact: Fact) -> object:
    return fact.relation, ends(fact), fact.kind, fact.status, fact.season


def same_entities(facts: Iterable[Fact], known: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return facts with the entities of `known` facts in place of those of the same type and name, or another name.

    "Nick" of the one reader is Nick Nelson where the other knows him by both. What that makes equal is one fact.
    """
    names: dict[tuple[str, str, str | None], Entity] = {}
    for fact in known:
        scope = None if fact.show is None else fact.show.iri
        for entity in (fact.subject, fact.object):
            for name in (entity.name, *entity.aliases):
                if entity.iri is not None and entity.type.value in ("character", "person"):
                    names.setdefault((entity.type.value, name.casefold(), scope), entity)

    def same(entity: Entity, fact: Fact) -> Entity:
        scope = None if fact.show is None else fact.show.iri
        return names.get((entity.type.value, entity.name.casefold(), scope), entity)

    found: dict[object, Fact] = {}
    for fact in facts:
        renamed = replace(fact, subject=same(fact.subject, fact), object=same(fact.object, fact))
        if renamed.subject != renamed.object:
            found.setdefault(_said(renamed), renamed)
    return tuple(found.values())
