"""Nothing a model says is believed: each fact is held against the vocabulary and the words, and dropped or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...ontology.terms import KINDS, RELATIONS, STATUSES
from ..drafts import Draft
from ..parts import Part
from ..records import EntityType, Review
from ..text import plain
from .grounding import has_pronoun, is_noun, is_pronoun, part_stands_in, places, stands_in, value_of, without_article
from .prompt import LONGEST_QUOTE
from .windows import Window

CONFIDENCE = 0.7
"""How sure a fact of a model's is: every one the same, since what models say of their own sureness says little."""

_PEOPLE = frozenset((EntityType.PERSON, EntityType.CHARACTER))
_LONGEST_NAME = 150
_OF_SEASON_BY_DEFAULT = frozenset(("director", "episodeCount", "premiereDate"))


class Dropped(StrEnum):
    """Why a fact was dropped, as it is said to the user."""

    SHAPE = "not of the schema"
    TOO_MANY = "beyond the thousandth of an answer"
    RELATION = "with a relation that is not ours"
    TYPES = "with types that are not the relation's"
    KIND = "with a kind that is not ours"
    STATUS = "with a status that is not ours"
    QUOTE = "whose quote is not in the text"
    LONG_QUOTE = "whose quote is too long"
    OCCURRENCE = "whose quote stands elsewhere"
    PAGE = "from words around the review"
    SHOW = "about another show"
    NAME = "whose name is not in the text"
    FAR = "whose quote does not name its ends"
    VALUE = "whose words are no such value"
    SEASON = "of a season the text does not speak of"
    SAME = "of something with itself"


class NotBelieved(Exception):  # noqa: N818 - never leaves this folder
    """A fact does not stand up to the words."""

    def __init__(self, reason: Dropped) -> None:
        self.reason = reason
        super().__init__(reason.value)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A fact as a model states it, of the right shape; nothing else about it is certain."""

    relation: str
    subject: str
    subject_type: str
    object: str
    object_type: str
    kind: str | None
    status: str | None
    season: int | None
    quote: str
    occurrence: int


def claimed(said: object) -> Claimed:
    """Return what a model's JSON states; keys that were not asked for are not looked at. Raises NotBelieved."""
    if not isinstance(said, Mapping):
        raise NotBelieved(Dropped.SHAPE)
    text = [said.get(key) for key in ("relation", "subject", "subject_type", "object", "object_type", "quote")]
    relation, subject, subject_type, object_, object_type, quote = (t if isinstance(t, str) else None for t in text)
    kind, status, season = said.get("kind"), said.get("status"), said.get("season")
    occurrence = said.get("occurrence", 1)
    if (
        relation is None or subject is None or subject_type is None or object_ is None or object_type is None
        or quote is None or not isinstance(kind, str | None) or not isinstance(status, str | None)
        or not (season is None or _is_whole(season)) or not _is_whole(occurrence)
        or len(subject) > _LONGEST_NAME or len(object_) > _LONGEST_NAME
    ):  # fmt: skip
        raise NotBelieved(Dropped.SHAPE)
    names = (relation, subject.strip(), subject_type, object_.strip(), object_type)
    return Claimed(*names, kind or None, status or None, season, quote, occurrence)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks what a model states of one part of a review; `show` is the part's, or the one the model found.

    `plain` is the part's plain text, `seasons` those it speaks of.
    """

    review: Review
    part: Part
    show: str | None
    model: str
    plain: str
    seasons: frozenset[int]

    def draft(self, claim: Claimed, window: Window) -> Draft:
        """Return a claim as a draft with offsets into the whole text. Raises NotBelieved with the first reason."""
        relation = RELATIONS.get(claim.relation)
        if relation is None:
            raise NotBelieved(Dropped.RELATION)
        if (claim.subject_type, claim.object_type) != (relation.subject, relation.object):
            raise NotBelieved(Dropped.TYPES)
        if (claim.kind is None) == (relation.name == "relationship") or (claim.kind or "other") not in KINDS:
            raise NotBelieved(Dropped.KIND)
        if claim.status is not None and claim.status not in STATUSES:
            raise NotBelieved(Dropped.STATUS)
        start = self._place(claim, window)
        subject_type, object_type = EntityType(relation.subject), EntityType(relation.object)
        if subject_type in _PEOPLE:
            self._check_people(claim)
        else:
            self._check_of_show(claim, object_type)
        if plain(claim.subject).casefold() == plain(claim.object).casefold() and relation.name != "plays":
            raise NotBelieved(Dropped.SAME)
        value = value_of(claim.object, object_type, relation=relation.name, date=self.review.date)
        if value is None:
            raise NotBelieved(Dropped.VALUE)
        season = int(value) if relation.name == "seasonNumber" else claim.season
        if subject_type is EntityType.SERIES and not relation.of_season:
            season = None  # who created a show created all of it
        if season is not None and season != self.part.season and season not in self.seasons:
            raise NotBelieved(Dropped.SEASON)
        return self._draft(claim, value, object_type, start, season)

    def _draft(self, claim: Claimed, value: str, type_: EntityType, start: int, season: int | None) -> Draft:
        subject, object_, kind = claim.subject, value, claim.kind
        stated_as = KINDS[kind].stated_as if kind is not None else None
        if stated_as is not None:
            subject, object_, kind = object_, subject, stated_as
        relation = RELATIONS[claim.relation]
        return Draft(
            claim.relation, subject if EntityType(relation.subject) in _PEOPLE else None, object_, type_, start,
            start + len(claim.quote), CONFIDENCE, self.model, kind, claim.status, season,
            default_season=relation.name in _OF_SEASON_BY_DEFAULT,
        )  # fmt: skip

    def _place(self, claim: Claimed, window: Window) -> int:
        """Return where the quote starts in the review: found here, whatever the model says of offsets."""
        if len(claim.quote) > LONGEST_QUOTE:
            raise NotBelieved(Dropped.LONG_QUOTE)
        found = list(places(claim.quote, self.review.text[window.start : window.end]))
        if not found:
            raise NotBelieved(Dropped.QUOTE)
        if len(found) > 1 and not 1 <= claim.occurrence <= len(found):
            raise NotBelieved(Dropped.OCCURRENCE)
        start = window.start + found[claim.occurrence - 1 if len(found) > 1 else 0]
        if not any(block.start <= start < block.end for block in self.part.blocks):
            raise NotBelieved(Dropped.PAGE)
        return start

    def _check_people(self, claim: Claimed) -> None:
        """Both names stand in the text; one of them in the quote, the other too or as a pronoun there."""
        quote, near = plain(claim.quote), []
        for name in (claim.subject, claim.object):
            # Only as a part in a cast may somebody go by a noun: "a publican (Dot Hardacre)".
            nameless = is_pronoun(name) or (is_noun(name) and (claim.relation, name) != ("plays", claim.object))
            if nameless or not stands_in(without_article(name), self.plain):
                raise NotBelieved(Dropped.NAME)
            near.append(part_stands_in(without_article(name), quote))
        if not any(near) or not (all(near) or has_pronoun(claim.quote)):
            raise NotBelieved(Dropped.FAR)

    def _check_of_show(self, claim: Claimed, type_: EntityType) -> None:
        """The subject is the show; the object's words stand in the quote, or a pronoun for somebody."""
        if self.show is None or plain(claim.subject).casefold() != plain(self.show).casefold():
            raise NotBelieved(Dropped.SHOW)
        quote = plain(claim.quote)
        if type_.is_literal or type_ is EntityType.COUNTRY:
            words = claim.object.casefold()
            stands, near = stands_in(words, self.plain.casefold()), stands_in(words, quote.casefold())
        elif type_ in _PEOPLE:
            stands = stands_in(claim.object, self.plain) and not is_pronoun(claim.object) and not is_noun(claim.object)
            near = part_stands_in(claim.object, quote) or has_pronoun(quote)
        else:
            stands, near = stands_in(claim.object, self.plain), stands_in(claim.object, quote)
        if not stands:
            raise NotBelieved(Dropped.NAME)
        if not near:
            raise NotBelieved(Dropped.FAR)
