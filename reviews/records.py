"""What flows through the rooms: `Review` in, `Fact` out. All frozen; a change makes a new one.

Offsets everywhere are Unicode code points, half-open, into `Review.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CONTEXT_CHARS = 32
"""Code points before and after a quote that evidence keeps."""


class EntityType(StrEnum):
    """What a fact's subject or object is; the last three are literals and have no IRI."""

    PERSON = "person"
    CHARACTER = "character"
    SERIES = "series"
    SEASON = "season"
    WORK = "work"
    ORGANIZATION = "organization"
    PLACE = "place"
    COUNTRY = "country"
    DATE = "date"
    INTEGER = "integer"
    TEXT = "text"

    @property
    def is_literal(self) -> bool:
        """Whether an entity of this type is a value rather than a thing with an IRI."""
        return self in (EntityType.DATE, EntityType.INTEGER, EntityType.TEXT)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the data beside a review's text names: by identifiers (`ids`, absolute http(s) addresses) and a birth date.

    `born` is ISO 8601, `jobs` are titles as written, `characters` those that this one plays, `credits` the relations
    (names of `ontology.terms.RELATIONS`) that the data says. All tuples are sorted.
    """

    name: str
    ids: tuple[str, ...] = ()
    born: str | None = None
    jobs: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One review: `iri` is its address (see `ontology.iris`), `id` what the user calls it, `text` its prose.

    `show` and `season` are what the user or the source says the review is about; the reader finds them in
    the text where they are None. `date` is ISO 8601 (`2023`, `2023-08` or `2023-08-03`). `people` are those of whom the
    source says who they are.
    """

    iri: str
    id: str
    text: str
    show: str | None = None
    season: int | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing or value a fact is about. `iri` is None for literals only.

    `name` is the fullest form in the text; `aliases` are other forms the text uses, sorted, without `name`.
    A season's `name` is its series' name. A date literal is ISO 8601, an integer literal plain digits.
    """

    name: str
    type: EntityType
    iri: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a fact was read from: `review` is the review's IRI and `text[start:end] == quote`.

    `prefix` and `suffix` are up to `CONTEXT_CHARS` code points before and after (Web Annotation, TextQuoteSelector).
    """

    review: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated fact: `relation` is a name of `ontology.terms.RELATIONS`, read "subject relation object".

    `kind` is a name of `ontology.terms.KINDS` where `relation` is "relationship" ("subject is KIND of object"), else
    None. `status` is None or a name of `ontology.terms.STATUSES`. `show` is the series the fact belongs to;
    `season` the season it is stated for. Facts about a season (`director`, `premiereDate`, ...) have it as subject.
    `confidence` runs from 0 to 1; `rule` is the id of the rule, `reader` the reader that applied it.
    """

    relation: str
    subject: Entity
    object: Entity
    evidence: Evidence
    confidence: float
    rule: str
    reader: str
    kind: str | None = None
    status: str | None = None
    show: Entity | None = None
    season: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a review: `review` with `show` and `season` filled in where it found them, its facts.

    `fingerprint` is a hash of all that the facts come from (see `tellygraph.fingerprint`), None where it is not known.
    """

    review: Review
    facts: tuple[Fact, ...]
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not read: `source` names the file or record, `reason` says what was wrong and what to do."""

    source: str
    reason: str
