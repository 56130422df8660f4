"""How well a reader reads: precision and recall against gold, by relation, kind, group, rule and confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..ontology.terms import KIND_GROUPS, KINDS, RELATIONS
from .gold import GoldDocument
from .judging import Judgement, Verdict, judged, judged_by_group, sprung
from .reader import Reader
from .records import Fact
from .sureness import sure

BAND_EDGES: tuple[float, ...] = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Where the bands of confidence begin; each holds its lower edge, the last its upper edge too."""

THRESHOLDS: tuple[float, ...] = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""The least confidences that a score is also given for."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Facts asked for and said (`hits`), asked for and not said (`misses`), said and not marked (`false`).

    The shares run from 0 to 1, and are None where there is nothing to take a share of.
    """

    hits: int = 0
    misses: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was said that is right; optional facts count neither way."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float | None:
        """The share of what was asked for that was said."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.false)


@dataclass(frozen=True, slots=True)
class Said:
    """Facts said, `right` (optional ones too) or `false`; `share` is what part is right, None where none were said."""

    right: int = 0
    false: int = 0

    @property
    def said(self) -> int:
        """How many."""
        return self.right + self.false

    @property
    def share(self) -> float | None:
        """The share that is right."""
        return _share(self.right, self.said)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Score:
    """What a reader scores on some gold; every table is in the order of the vocabulary, rules in that of their ids.

    `kinds` count a kind of relationship as marked, and false ones as said; `groups` where any kind of the right group
    is right. `bands` are by confidence, from one of `BAND_EDGES` to the next. `thresholds` are the whole count with
    only the facts of at least that confidence. `errors` are the misses and false facts, by document. Of `traps`, so
    many were `sprung`.
    """

    documents: int
    traps: int
    sprung: int
    overall: Counts
    relations: Mapping[str, Counts]
    kinds: Mapping[str, Counts]
    groups: Mapping[str, Counts]
    rules: Mapping[str, Said]
    bands: Mapping[tuple[float, float], Said]
    thresholds: Mapping[float, Counts]
    errors: tuple[Judgement, ...]

    @property
    def avoided(self) -> float | None:
        """The share of traps that were not stepped into, None where there are none."""
        return _share(self.traps - self.sprung, self.traps)

    def of_relations(self, names: Iterable[str]) -> Counts:
        """Return the counts of several relations together."""
        return _total(self.relations[name] for name in names if name in self.relations)


def score(documents: Sequence[GoldDocument], reader: Reader, *, min_confidence: float = 0.0) -> Score:
    """Let a reader read the documents' reviews, and score what it says of at least `min_confidence`."""
    facts: dict[str, list[Fact]] = {document.review.iri: [] for document in documents}
    for reading in reader.read(document.review for document in documents):
        facts[reading.review.iri] += reading.facts
    return score_of([(document, facts[document.review.iri]) for document in documents], min_confidence=min_confidence)


def score_of(said: Sequence[tuple[GoldDocument, Sequence[Fact]]], *, min_confidence: float = 0.0) -> Score:
    """Score what was said of each document. Facts of less than `min_confidence` are as if they were not said."""
    said = [(document, sure(facts, min_confidence)) for document, facts in said]
    verdicts = _all(judged, said)
    related = _all(judged_by_group, said)
    stated = [j for j in verdicts if j.fact is not None and j.verdict is not Verdict.MISS]
    return Score(
        documents=len(said),
        traps=sum(len(document.traps) for document, _ in said),
        sprung=sum(len(sprung(document, facts)) for document, facts in said),
        overall=_counts(verdicts),
        relations=_by(verdicts, lambda j: j.relation, RELATIONS),
        kinds=_by(verdicts, lambda j: j.kind, KINDS),
        groups=_by(related, lambda j: KINDS[j.kind].group if j.kind else None, KIND_GROUPS),
        rules=_rules(stated),
        bands={band: _said(j for j in stated if _band(j) == band) for band in _BANDS},
        thresholds={
            least: _counts(_all(judged, [(document, sure(facts, least)) for document, facts in said]))
            for least in THRESHOLDS
            if least > min_confidence
        },
        errors=tuple(j for j in verdicts if j.verdict in (Verdict.MISS, Verdict.FALSE)),
    )


def _all(
    judge: Callable[[GoldDocument, Iterable[Fact]], list[Judgement]],
    said: Iterable[tuple[GoldDocument, Iterable[Fact]]],
) -> list[Judgement]:
    return [judgement for document, facts in said for judgement in judge(document, facts)]


def _counts(judgements: Iterable[Judgement]) -> Counts:
    found = Counter(j.verdict for j in judgements)
    return Counts(found[Verdict.HIT], found[Verdict.MISS], found[Verdict.FALSE])


def _total(counts: Iterable[Counts]) -> Counts:
    found = list(counts)
    return Counts(sum(c.hits for c in found), sum(c.misses for c in found), sum(c.false for c in found))


def _by(
    judgements: Sequence[Judgement], key: Callable[[Judgement], str | None], order: Iterable[str]
) -> dict[str, Counts]:
    """Count by a key, in order, what has a count."""
    parts: dict[str | None, list[Judgement]] = {}
    for judgement in judgements:
        parts.setdefault(key(judgement), []).append(judgement)
    found = {name: _counts(parts[name]) for name in order if name in parts}
    return {name: counts for name, counts in found.items() if counts != Counts()}


def _said(judgements: Iterable[Judgement]) -> Said:
    found = Counter(j.verdict is Verdict.FALSE for j in judgements)
    return Said(found[False], found[True])


def _rules(stated: Sequence[Judgement]) -> dict[str, Said]:
    rules: dict[str, list[Judgement]] = {}
    for judgement in stated:
        if judgement.fact is not None:
            rules.setdefault(judgement.fact.rule, []).append(judgement)
    return {rule: _said(rules[rule]) for rule in sorted(rules, key=_numbered)}


def _numbered(rule: str) -> list[tuple[int, str]]:
    """Where a rule's id stands: P2 before P11."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", rule)]


_BANDS = tuple(pairwise(BAND_EDGES))


def _band(judgement: Judgement) -> tuple[float, float]:
    confidence = judgement.fact.confidence if judgement.fact is not None else 0.0
    return next((band for band in reversed(_BANDS) if confidence >= band[0]), _BANDS[0])
