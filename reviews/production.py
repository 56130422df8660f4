"""The show itself: season, episodes, network, dates, place, genre, from the rules of `rules/production.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .dates import iso_date, number_of
from .drafts import Draft, in_speech, is_plain_statement, season_said
from .items import Sentence
from .lexicon import lexicon
from .names import is_full_person_name
from .people import People, is_network
from .records import EntityType
from .rules import Match, matches
from .text import Role

_HEADLINE_RELATIONS = frozenset(("seasonNumber", "broadcaster", "genre"))


def read_production(
    sentences: Sequence[Sentence], people: People, season: int | None, date: str | None
) -> Iterator[Draft]:
    """Yield what the review says of the show. `date` is the review's own date, from which years are completed."""
    for sentence in sentences:
        if sentence.role is Role.CAPTION:
            continue
        for match in matches("production", sentence):
            relation = match.rule.option("relation") or ""
            if sentence.role is Role.HEADLINE and relation not in _HEADLINE_RELATIONS:
                continue
            draft = _stated(match, relation, people, season, date)
            if draft is not None:
                yield draft


def _stated(match: Match, relation: str, people: People, season: int | None, date: str | None) -> Draft | None:
    sentence, rule = match.sentence, match.rule
    items = sentence.items
    at = match.item(rule.option("value") or "")
    if at is None:
        return None
    first, last = match.extent
    if in_speech(sentence, first, last) or (
        relation in ("genre", "setting") and not is_plain_statement(sentence, first, last)
    ):
        return None
    if _of_another_title(sentence, first, last):
        return None
    item = items[at]
    said = season_said(sentence, first, last)
    value: str | None = item.value
    type_ = EntityType.TEXT
    default_season = False
    if rule.options.get("headline_only") and sentence.role is not Role.HEADLINE:
        return None
    if relation == "seasonNumber":
        if season is None or int(item.value) != season:
            return None
        type_, said = EntityType.INTEGER, season
    elif relation == "episodeCount":
        value = _episodes(sentence, first, last, item.value)
        type_, default_season = EntityType.INTEGER, True
    elif relation == "premiereDate":
        value = iso_date(item.value, date)
        type_, default_season = EntityType.DATE, True
    elif relation == "broadcaster":
        value = _network(match, at, people)
        type_, said = EntityType.ORGANIZATION, None
    elif relation == "setting":
        type_, said = EntityType.PLACE, None
        value = None if is_network(item.value) or item.tag != "NAME" else item.value
    elif relation == "genre":
        said = None
        value = _genre(match, at)
    if value is None:
        return None
    return Draft(
        relation, None, value, type_, items[first].start, items[last].end, rule.confidence, rule.id,
        season=said, default_season=default_season,
    )  # fmt: skip


def _of_another_title(sentence: Sentence, first: int, last: int) -> bool:
    """Whether another title stands in or right next to the words."""
    around = sentence.items[max(0, first - 2) : last + 3]
    return any(item.tag == "TITLE" for item in around) and not any(item.tag == "SHOW" for item in around)


def _episodes(sentence: Sentence, first: int, last: int, number: str) -> str | None:
    if sentence.items[first].value.lower() == "all":
        return str(number_of(number))
    near = {item.value.lower() for item in sentence.items[max(0, first - 3) : last + 5]}
    if near & lexicon().words("episodes_seen"):
        return None
    count = number_of(number)
    return str(count) if count > 1 else None


def _network(match: Match, at: int, people: People) -> str | None:
    """Return the network; a name that only its place shows to be one must be nobody's."""
    items = match.sentence.items
    item = items[at]
    if item.tag == "NET":
        return item.value
    if item.tag != "NAME" or item.value in people.characters | people.actors:
        return None
    if is_network(item.value) or match.rule.options.get("own_name"):
        return item.value if is_network(item.value) else None
    if any(i.value == "(" for i in items[match.first : match.last]):
        inside = {i.value.lower() for i in items[at : match.last]}
        return item.value if inside & lexicon().words("time") or any(w[:1].isdigit() for w in inside) else None
    return None if is_full_person_name(item.value) or people.is_spoken_of(item.value) else item.value


def _genre(match: Match, at: int) -> str | None:
    """Return the genre, unless a longer description follows it or it is only compared with."""
    items = match.sentence.items
    before = items[at - 1].value.lower() if at else ""
    after = items[at + 1].value.lower() if at + 1 < len(items) else ""
    if before in ("like", "than", "of") or after in ("'s", "-", "of"):
        return None
    value = items[at].value
    return value if value in lexicon().genres.values() else None
