"""Where a show comes from and what was made of it: `rules/origin.toml` and `rules/matter.toml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .awards import honoured, prizes
from .companies import companies, company
from .countries import country_of
from .dates import iso_date
from .description import description
from .drafts import Draft, in_speech, is_plain_statement
from .items import Sentence
from .matter import affair, event, figures, hero, matter, stars
from .people import People
from .places import filmed, located, stand_in, storied
from .players import maker, players
from .records import EntityType
from .rows import Found, names_listed, speaks_of_show, words_of
from .rules import Match, matches
from .source_work import source
from .text import Role

_GROUPS = ("origin", "matter")


def read_origin(sentences: Sequence[Sentence], people: People, date: str | None) -> Iterator[Draft]:
    """Yield countries, companies, places, prizes, dates, subjects and characters of the show, in order.

    `date` is the review's own date, from which years are completed.
    """
    for sentence in sentences:
        if sentence.role is not Role.BODY:
            continue
        for match in (match for group in _GROUPS for match in matches(group, sentence)):
            rule = match.rule
            for found in _READERS[rule.option("read") or ""](match, people):
                first, last = found.first, found.last
                if not is_plain_statement(sentence, first, last) or in_speech(sentence, first, last):
                    continue
                value = iso_date(found.value, date) if found.type is EntityType.DATE else found.value
                if value is not None:
                    yield Draft(
                        found.relation, None, value, found.type, sentence.items[first].start, sentence.items[last].end,
                        rule.confidence, rule.id, default_season=rule.option("read") == "year",
                    )  # fmt: skip


def _countries(match: Match, people: People) -> Iterator[Found]:
    sentence, first = match.sentence, match.first
    if not speaks_of_show(sentence, first):
        return
    for i in names_listed(sentence, match.last + 1, between=frozenset(("and", "between"))):
        country = country_of(sentence.items[i].value)
        if country is not None and sentence.items[i].value not in people.characters:
            yield Found("countryOfOrigin", country, EntityType.COUNTRY, first, i)


def _nation(match: Match, _people: People) -> Iterator[Found]:
    at = match.item("nation")
    if at is None:
        return
    items = match.sentence.items
    two = words_of(match.sentence, at - 1, at) if at else ""
    country = country_of(two) or country_of(items[at].value)
    if country is not None:
        yield Found("countryOfOrigin", country, EntityType.COUNTRY, *match.extent)


def _year(match: Match, _people: People) -> Iterator[Found]:
    sentence = match.sentence
    items = sentence.items
    at = match.item("year") if match.item("year") is not None else match.item("date")
    if at is None or not speaks_of_show(sentence, match.first):
        return
    subject = match.first
    while subject and (items[subject - 1].tag.startswith("RB") or items[subject - 1].value.lower() in _PASSIVE):
        subject -= 1
    if subject and items[subject - 1].tag in ("NAME", "TITLE"):
        return
    near = {item.value.lower() for item in items[max(0, match.first - 8) : match.first]}
    if near & {
        "remake",
        "sequel",
        "prequel",
        "novel",
        "book",
        "manga",
        "album",
        "soundtrack",
        "novels",
        "song",
        "play",
        "who",
    }:
        return
    yield Found("premiereDate", items[at].value, EntityType.DATE, match.first, at)


_PASSIVE = frozenset(("was", "is", "were", "been", "has", "had", "being"))

_READERS: dict[str, Callable[[Match, People], Iterator[Found]]] = {
    "description": description,
    "countries": _countries,
    "nation": _nation,
    "companies": companies,
    "company": company,
    "shot": filmed,
    "set": located,
    "spot": stand_in,
    "honoured": honoured,
    "year": _year,
    "prizes": prizes,
    "matter": matter,
    "event": event,
    "events": event,
    "affair": affair,
    "hero": hero,
    "stars": stars,
    "maker": maker,
    "players": players,
    "story": storied,
    "figures": figures,
    "source": source,
}
