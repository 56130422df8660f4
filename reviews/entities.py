"""Drafts in, facts out: entities with IRIs, evidence, one fact for each thing stated. Every reader's last step."""

from __future__ import annotations

from collections.abc import Iterable

from ..ontology.iris import Iris
from ..ontology.terms import KINDS, RELATIONS
from .drafts import Draft
from .people import People, group_surfaces
from .records import CONTEXT_CHARS, Entity, EntityType, Evidence, Fact, Review


class Facts:
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
