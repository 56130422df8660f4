"""Where two readers of the same review say what cannot both be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...ontology.terms import KINDS
from ..records import Fact

_OF_ONE_VALUE = frozenset(("premiereDate", "endDate", "episodeCount", "episodeMinutes"))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two readers' facts that differ in one point; `review` is what the user calls the review."""

    review: str
    about: str
    one: Fact
    other: Fact

    @property
    def sentence(self) -> str:
        """Say who reads what in which words."""
        return f"{self.about}: {_said(self.one)}; {_said(self.other)}"


def disagreements(review: str, one: Sequence[Fact], other: Sequence[Fact]) -> Iterator[Disagreement]:
    """Yield where two readers' facts of one review, their entities alike, cannot both be meant, in order of the first.

    What both say is no disagreement, even beside something else that one of them says of the same two.
    """
    for about, group, point in (
        ("other kind or direction", _pair, _kind),
        ("other actor", _part, _actor),
        ("other status", _but_status, _status),
        ("other season", _but_season, _season),
        ("other value", _but_value, _value),
    ):
        mine, theirs = _grouped(one, group), _grouped(other, group)
        for key, facts in mine.items():
            others = theirs.get(key, [])
            if others and not {point(fact) for fact in facts} & {point(fact) for fact in others}:
                yield Disagreement(review, about, facts[0], others[0])


def _grouped(facts: Iterable[Fact], group: Callable[[Fact], object]) -> dict[object, list[Fact]]:
    groups: dict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        key = group(fact)
        if key is not None:
            groups[key].append(fact)
    return groups


def ends(fact: Fact) -> object:
    """Return what a fact connects, the same for both directions of a symmetric kind."""
    one, other = fact.subject.iri, fact.object.iri or fact.object.name
    return frozenset((one, other)) if fact.kind is not None and KINDS[fact.kind].symmetric else (one, other)


def _pair(fact: Fact) -> object:
    return None if fact.kind is None else frozenset((fact.subject.iri, fact.object.iri))


def _kind(fact: Fact) -> object:
    return fact.kind, ends(fact)


def _part(fact: Fact) -> object:
    return (fact.object.iri, fact.season) if fact.relation == "plays" else None


def _actor(fact: Fact) -> object:
    return fact.subject.iri


def _but_status(fact: Fact) -> object:
    return fact.relation, fact.kind, ends(fact), fact.season


def _status(fact: Fact) -> object:
    return fact.status


def _but_season(fact: Fact) -> object:
    # The subject of a season's fact is the season: its name is the show's.
    one = fact.subject.name if fact.show is not None and fact.subject.name == fact.show.name else fact.subject.iri
    return (
        (fact.relation, fact.kind, one, fact.object.iri or fact.object.name)
        if fact.relation != "seasonNumber"
        else None
    )


def _season(fact: Fact) -> object:
    return fact.season


def _but_value(fact: Fact) -> object:
    return (fact.relation, fact.subject.iri) if fact.relation in _OF_ONE_VALUE else None


def _value(fact: Fact) -> object:
    return fact.object.name


def _said(fact: Fact) -> str:
    season = "" if fact.season is None else f", season {fact.season}"
    status = "" if fact.status is None else f", {fact.status}"
    return (
        f"{fact.reader} reads {fact.subject.name} {fact.kind or fact.relation} {fact.object.name}{season}{status}"
        f" (“{fact.evidence.quote}”)"
    )
