"""What was read of a gold document against what its annotators marked, fact by fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ..ontology.terms import KINDS
from .excerpts import sentence_around
from .gold import GoldDocument
from .gold_facts import GoldFact, Trap
from .records import Fact


class Verdict(StrEnum):
    """What became of a fact."""

    HIT = "hit"  # asked for, and said
    MISS = "miss"  # asked for, not said
    FALSE = "false"  # said, not marked
    ALLOWED = "allowed"  # said, and right, but not asked for


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on what was said (`fact`, None for a miss) against what is marked (`gold`, None for a false fact)."""

    document: GoldDocument
    verdict: Verdict
    gold: GoldFact | None
    fact: Fact | None

    @property
    def relation(self) -> str:
        """The relation, as marked; as said where nothing is marked."""
        return (self.gold or self._said).relation

    @property
    def kind(self) -> str | None:
        """The kind of relationship, as marked; as said where nothing is marked."""
        return (self.gold or self._said).kind

    @property
    def _said(self) -> Fact:
        assert self.fact is not None  # noqa: S101 - a judgement is about one of the two
        return self.fact

    @property
    def evidence(self) -> str:
        """The words: those of what was said, else those that are marked."""
        return self.fact.evidence.quote if self.fact is not None else self.gold.evidence if self.gold else ""

    @property
    def trap(self) -> str | None:
        """The label of the trap that a false fact stepped into, if it was one."""
        if self.verdict is not Verdict.FALSE or self.fact is None:
            return None
        return next((trap.label for trap in sprung(self.document, [self.fact])), None)

    @property
    def sentence(self) -> str:
        """The sentence around the words."""
        text = self.document.review.text
        if self.fact is not None:
            start = self.fact.evidence.start
        else:
            text = text if self.evidence in text else self.document.page
            start = text.index(self.evidence)
        return sentence_around(text, start, start + len(self.evidence))


Fits: TypeAlias = Callable[[GoldDocument, GoldFact, Fact], bool]


def judged(document: GoldDocument, facts: Iterable[Fact]) -> list[Judgement]:
    """Judge what was said of a document: each thing said or asked for once, first what was said, in its order.

    A fact said twice, as with and without its season, counts once.
    """
    said = list(facts)
    matched = _Matched(document, document.facts, said, exactly)
    return _judgements(document, matched)


def judged_by_group(document: GoldDocument, facts: Iterable[Fact]) -> list[Judgement]:
    """Judge the relationships, where any kind of the right group is right: family, romance, social, work, harm."""
    said = [fact for fact in facts if fact.relation == "relationship"]
    marked = [gold for gold in document.facts if gold.relation == "relationship"]
    exact = _Matched(document, marked, said, exactly)
    loose = _Matched(document, exact.unsaid, exact.unmarked, by_group)
    loose.pairs = [*exact.pairs, *loose.pairs]
    loose.unmarked = [
        fact for fact in loose.unmarked if not any(by_group(document, gold, fact) for gold, _ in loose.pairs)
    ]
    return _judgements(document, loose)


class _Matched:
    """Marked and said facts in pairs, and what is left of each; what is said again is left out."""

    def __init__(self, document: GoldDocument, marked: Sequence[GoldFact], said: Sequence[Fact], fits: Fits) -> None:
        self.pairs: list[tuple[GoldFact, Fact]] = []
        self.unmarked: list[Fact] = []
        self.unsaid = list(marked)
        for fact in said:
            free = [gold for gold in self.unsaid if fits(document, gold, fact)]
            if free:
                best = min(free, key=lambda gold: (gold.season != fact.season, gold.optional))
                self.unsaid.remove(best)
                self.pairs.append((best, fact))
            elif not any(fits(document, gold, fact) for gold, _ in self.pairs):
                self.unmarked.append(fact)


def _judgements(document: GoldDocument, matched: _Matched) -> list[Judgement]:
    found = [
        Judgement(document, Verdict.ALLOWED if gold.optional else Verdict.HIT, gold, fact)
        for gold, fact in matched.pairs
    ]
    for fact in matched.unmarked:
        verdict = Verdict.ALLOWED if _only_names(document, fact) else Verdict.FALSE
        found.append(Judgement(document, verdict, None, fact))
    found += [Judgement(document, Verdict.MISS, gold, None) for gold in matched.unsaid if not gold.optional]
    return found


def _only_names(document: GoldDocument, fact: Fact) -> bool:
    """Whether a fact only says that somebody is in the show who is."""
    known = {"actor": document.cast, "character": document.characters}.get(fact.relation, frozenset())
    return any(document.same(name, fact.object.name) for name in known)


def sprung(document: GoldDocument, facts: Iterable[Fact]) -> list[Trap]:
    """Return the traps that were stepped into: one of `facts` is under `never`. A fact with a status is under none."""
    firm = [fact for fact in facts if fact.status is None]
    return [trap for trap in document.traps if any(_steps_into(document, trap, fact) for fact in firm)]


def _steps_into(document: GoldDocument, trap: Trap, fact: Fact) -> bool:
    return any(
        relation == fact.relation
        and _same_ends(document, GoldFact(relation, subject, object_, trap.text, (kind,)), kind, fact)
        for relation, subject, object_, kind in trap.never
    )


def exactly(document: GoldDocument, gold: GoldFact, fact: Fact) -> bool:
    """Whether a fact says what is marked: relation, kind, ends, status, season, and the show in a round-up.

    A fact without a season, and a mark without one, fit any.
    """
    return (
        gold.relation == fact.relation
        and fact.status in gold.statuses
        and (fact.season is None or gold.season is None or fact.season in gold.seasons)
        and _of_show(document, gold, fact)
        and any(_same_ends(document, gold, kind, fact) for kind in gold.kinds)
    )


def _same_ends(document: GoldDocument, gold: GoldFact, kind: str | None, fact: Fact) -> bool:
    ends, other_way = _ends(document, gold, fact)
    if kind is None or fact.kind is None:
        return kind is fact.kind and ends
    if kind == fact.kind:
        return ends or (KINDS[kind].symmetric and other_way)
    return KINDS[kind].stated_as == fact.kind and other_way


def by_group(document: GoldDocument, gold: GoldFact, fact: Fact) -> bool:
    """Whether a relationship joins the right two in the right group of kinds, and the right way round if it has one.

    Season and status are not compared, but that what is denied is not the same as what is so.
    """
    if fact.kind is None or ("denied" in gold.statuses) != (fact.status == "denied"):
        return False
    said = KINDS[fact.kind]
    ends, other_way = _ends(document, gold, fact)
    return _of_show(document, gold, fact) and any(
        said.group == marked.group
        and (other_way if marked.stated_as else ends or ((said.symmetric or marked.symmetric) and other_way))
        for marked in (KINDS[kind] for kind in gold.kinds if kind is not None)
    )


def _ends(document: GoldDocument, gold: GoldFact, fact: Fact) -> tuple[bool, bool]:
    """Whether the ends of both are the same, and whether they are the other way round."""
    subject, object_ = fact.subject.name, fact.object.name
    return (
        document.same(gold.subject, subject) and document.same(gold.object, object_),
        document.same(gold.subject, object_) and document.same(gold.object, subject),
    )


def _of_show(document: GoldDocument, gold: GoldFact, fact: Fact) -> bool:
    return gold.show is None or (fact.show is not None and document.same(gold.show, fact.show.name))
