"""Made-up reviews and their facts, any number of them, the same every time: no chance, no clock.

Shows have casts of their own; actors are shared between neighbouring shows, so that the graph hangs together; reviews
of one show repeat part of each other, so that claims are corroborated; now and then a character goes by the first
name alone, so that there is something to recognise. Nothing is read: the facts come with the text.

>>> for reading in readings(2, facts=2):
...     for fact in reading.facts:
...         print(reading.review.id, "|", fact.evidence.quote)
synthetic-0 | The Bahino Road is shown by Babano
synthetic-0 | Bahi Bahino plays Lolo Fihino
synthetic-1 | The Bahino Road was created by Sera Sihino
synthetic-1 | Tohi Nohino plays Talo Tahino
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tellygraph.ontology import KINDS, RELATIONS, SCHEMA, TG, Iris
from tellygraph.reviews import Entity, EntityType, Evidence, Fact, Reading, Review

CHARACTERS_PER_SHOW = 12
FACTS_PER_REVIEW = 15

_SYLLABLES = tuple(c + v for c, v in zip("bcdfghjklmnprstvwz" * 2, "aioe" * 9, strict=True))
_KINDS = (
    "sibling", "parent", "spouse", "dating", "friend", "colleague", "boss", "love interest", "enemy", "killer",
    "mentor", "cousin", "ex-partner", "rival",
)  # fmt: skip
_CREW = ("broadcaster", "director", "genre", "creator", "premiereDate", "writer", "setting", "episodeCount")
_GENRES = ("crime drama", "romantic comedy", "thriller", "period drama", "sitcom", "fantasy series")
_LANDMARKS = ("Road", "Harbour", "Affair", "Orchard", "Hours", "Inheritance", "Lighthouse")
_FIRST_NAMES = 61
_CONTEXT = 32


def readings(
    reviews: int,
    *,
    shows: int | None = None,
    characters: int = CHARACTERS_PER_SHOW,
    facts: int = FACTS_PER_REVIEW,
    iris: Iris | None = None,
) -> Iterator[Reading]:
    """Yield `reviews` readings of `facts` facts each, about `shows` shows (one to ten reviews, where not given).

    Raises ValueError if `shows` is less than 1, or `characters` is not from 2 to 61: first names are unlike in a show.
    """
    number_of_shows = max(1, reviews // 10) if shows is None else shows
    if number_of_shows < 1 or not 2 <= characters <= _FIRST_NAMES:
        raise ValueError(f"there must be a show or more, and 2 to {_FIRST_NAMES} characters in each")
    mint = iris or Iris("https://w3id.org/tellygraph/id/")
    for number in range(reviews):
        yield _Draft(number, number_of_shows, characters, mint).reading(facts)


def word(number: int, syllables: int) -> str:
    """Return a capitalised word for a number: another for each below 36 to the power of `syllables`, longer beyond."""
    parts: list[str] = []
    while number or len(parts) < syllables:
        number, digit = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[(digit * 7 + 5 * len(parts)) % len(_SYLLABLES)])
    return "".join(parts).capitalize()


def actor(number: int) -> str:
    """Return the name of an actor."""
    return f"{word(number % _FIRST_NAMES, 2)} {word(number * 11, 3)}"


def crew_member(number: int) -> str:
    """Return the name of somebody behind the camera."""
    return f"{word(number % _FIRST_NAMES + _FIRST_NAMES, 2)} {word(number * 13 + 7, 3)}"


def character(number: int) -> str:
    """Return the name of a character; two neighbours are of one family."""
    return f"{word(number * 3 % _FIRST_NAMES + 2 * _FIRST_NAMES, 2)} {word(number // 2 * 17 + 3, 3)}"


def show(number: int) -> str:
    """Return the title of a show."""
    return f"The {word(number * 19, 3)} {_LANDMARKS[number % len(_LANDMARKS)]}"


class _Draft:
    """One review while it is written: sentences, and the facts they state."""

    def __init__(self, number: int, shows: int, characters: int, iris: Iris) -> None:
        self._number, self._characters, self._iris = number, characters, iris
        self._show, self._round = number % shows, number // shows
        self._season = 1 + self._round % 3
        title = show(self._show)
        self._series = Entity(title, EntityType.SERIES, iris.series(title))
        self._review_iri = iris.review(f"synthetic-{number}")
        self._text = f"{title}, season {self._season}\n\n"
        self._stated: list[tuple[Fact, int, int]] = []

    def reading(self, facts: int) -> Reading:
        behind, cast = max(1, facts // 5), max(1, facts * 2 // 5)
        for at in range(min(behind, facts)):
            self._crew(at)
        for at in range(min(cast, facts - len(self._stated))):
            self._plays(at)
        for at in range(facts - len(self._stated)):
            self._relationship(at)
        review = Review(
            self._review_iri, f"synthetic-{self._number}", self._text, self._series.name, self._season,
            f"{self._series.name}, review {self._number}", crew_member(self._number % 40), "The Evening Lamp",
            f"{2000 + self._round % 25}-{1 + self._show % 12:02}-{1 + self._number % 28:02}",
        )  # fmt: skip
        return Reading(review, tuple(self._with_words(*stated) for stated in self._stated))

    def _with_words(self, fact: Fact, start: int, end: int) -> Fact:
        text = self._text
        words = Evidence(
            self._review_iri, start, end, text[start:end],
            text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT],
        )  # fmt: skip
        return Fact(
            fact.relation, fact.subject, fact.object, words, fact.confidence, fact.rule, fact.reader,
            fact.kind, fact.status, fact.show, fact.season,
        )  # fmt: skip

    def _state(
        self, sentence: str, relation: str, subject: Entity, object_: Entity, *,
        kind: str | None = None, status: str | None = None, season: int | None = None,
    ) -> None:  # fmt: skip
        start = len(self._text)
        self._text += f"{sentence}. "
        nowhere = Evidence(self._review_iri, 0, 0, "")
        confidence = (0.7, 0.8, 0.9)[(start + len(sentence)) % 3]
        fact = Fact(
            relation, subject, object_, nowhere, confidence, f"synthetic-{relation}", "synthetic",
            kind, status, self._series, season,
        )  # fmt: skip
        self._stated.append((fact, start, start + len(sentence)))

    def _crew(self, at: int) -> None:
        relation = _CREW[(self._round * 3 + at) % len(_CREW)]
        title, season = self._series.name, self._season if RELATIONS[relation].of_season else None
        subject = self._series
        if season is not None:
            subject = Entity(title, EntityType.SEASON, self._iris.season(self._series.iri or "", season))
        type_ = EntityType(RELATIONS[relation].object)
        name = {
            "broadcaster": word(self._show % 9 + 900, 3),
            "director": crew_member(self._show * 3 + self._season),
            "genre": _GENRES[self._show % len(_GENRES)],
            "creator": crew_member(self._show // 2),
            "premiereDate": f"{2000 + self._season}-{1 + self._show % 12:02}-01",
            "writer": crew_member(self._show + 5),
            "setting": word(self._show + 400, 3),
            "episodeCount": str(6 + self._show % 5),
        }[relation]
        mint = {
            EntityType.PERSON: self._iris.person,
            EntityType.ORGANIZATION: self._iris.organization,
            EntityType.PLACE: self._iris.place,
        }.get(type_)
        object_ = Entity(name, type_, None if mint is None else mint(name))
        self._state(f"{title} {RELATIONS[relation].label} {name}", relation, subject, object_, season=season)

    def _plays(self, at: int) -> None:
        who = (self._round * 2 + at) % self._characters
        name = actor(self._show * self._characters * 2 // 3 + who)
        person = Entity(name, EntityType.PERSON, self._iris.person(name))
        part = self._called(who)
        self._state(f"{name} plays {part.name}", "plays", person, part)

    def _relationship(self, at: int) -> None:
        one = (self._round + at) % self._characters
        other = (one + 1 + (at + self._round) % 3) % self._characters
        if other == one:
            other = (one + 1) % self._characters
        about = self._show + one * 5 + other * 3
        kind = _KINDS[about % len(_KINDS)]
        status = "former" if about % 13 == 0 else None
        season = self._season if about % 2 else None
        a, b = self._called(one), self._called(other)
        verb = f"{'was' if status else 'is'} {'dating' if kind == 'dating' else f'the {kind} of'}"
        self._state(f"{a.name} {verb} {b.name}", "relationship", a, b, kind=kind, status=status, season=season)

    def _called(self, who: int) -> Entity:
        """A character under the one name this review has for it: the first name alone in a review out of eleven."""
        name = character(self._show * self._characters + who)
        if (self._number + who) % 11 == 10:
            name = name.partition(" ")[0]
        return Entity(name, EntityType.CHARACTER, self._iris.character(name, self._series.iri or ""))


_DRAWN = {
    EntityType.PERSON: SCHEMA.Person.value,
    EntityType.CHARACTER: TG.Character.value,
    EntityType.SERIES: SCHEMA.TVSeries.value,
    EntityType.SEASON: SCHEMA.TVSeason.value,
}


def network_rows(found: Iterable[Reading], *, nodes: int) -> list[dict[str, object]]:
    """Return the facts between people, characters and shows as the rows a picture is drawn from (plain values).

    Takes the things it meets first until it has `nodes` of them, then only facts among those.
    """
    rows, seen = [], set[str]()
    for reading in found:
        for fact in reading.facts:
            ends = [_end(entity, fact) for entity in (fact.subject, fact.object) if entity.type in _DRAWN]
            new = {iri for iri, _, _ in ends} - seen
            if len(ends) < 2 or len(seen) + len(new) > nodes:
                continue
            seen |= new
            (source, source_name, source_type), (target, target_name, target_type) = ends
            row: dict[str, object] = {
                "source": source, "sourceName": source_name, "sourceType": source_type,
                "target": target, "targetName": target_name, "targetType": target_type,
                "relation": fact.relation, "kind": fact.kind, "status": fact.status,
                "season": fact.season or reading.review.season, "quote": fact.evidence.quote,
                "review": reading.review.iri, "reviewTitle": reading.review.title, "confidence": fact.confidence,
            }  # fmt: skip
            if fact.show is not None:
                row |= {"series": fact.show.iri, "seriesName": fact.show.name}
            rows.append(row)
    return rows


def _end(entity: Entity, fact: Fact) -> tuple[str, str, str]:
    """A season is drawn as its show."""
    if entity.type is EntityType.SEASON and fact.show is not None:
        entity = fact.show
    return entity.iri or "", entity.name, _DRAWN[entity.type]


if not all(kind in KINDS and KINDS[kind].stated_as is None for kind in _KINDS):  # a term that was renamed
    raise ValueError("a kind of the synthetic reviews is not one of the vocabulary")
