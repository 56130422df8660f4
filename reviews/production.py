"""The show itself, from the rules of `rules/production.toml`, `broadcast.toml` and `content.toml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .broadcast import broadcaster, known_networks, start_or_end
from .content import genre, setting
from .dates import number_of
from .drafts import Draft, in_speech, is_plain_statement, season_said
from .episodes import episode_count, episode_minutes, episode_title
from .items import Sentence
from .people import People
from .records import EntityType
from .rules import Match, matches
from .text import Role
from .values import Value

GROUPS = ("production", "broadcast", "content")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a relation's values are read: from which slot's item, of which type, and whether of one season."""

    value: Callable[[Match, int, Value], str | None]
    type: EntityType
    of_season: bool = False  # what the sentence says of a season holds
    default_season: bool = False
    in_headlines: bool = False
    plain: bool = False  # only where it is said outright


def read_production(
    sentences: Sequence[Sentence], people: People, season: int | None, date: str | None
) -> Iterator[Draft]:
    """Yield what the review says of the show. `date` is the review's own date, from which dates are completed."""
    read = [s for s in sentences if s.role is not Role.CAPTION]
    found = [match for s in read for group in GROUPS for match in matches(group, s)]
    about = Value(people, season, date, known_networks(found, people))
    for match in found:
        for relation, slot in _states(match):
            for at in match.items(slot) or ([match.first] if slot == "whole" else []):
                draft = _draft(match, relation, at, about)
                if draft is not None:
                    yield draft


def _states(match: Match) -> Iterator[tuple[str, str]]:
    """Yield the relations a rule states, each with the slot of its value."""
    states = match.rule.options.get("states")
    for relation, slot in states.items() if isinstance(states, Mapping) else ():
        yield relation.strip(), slot
        yield relation, f"{slot}2"


def _season_number(match: Match, at: int, about: Value) -> str | None:
    try:
        number = number_of(match.sentence.items[at].value)
    except ValueError:
        return None
    return str(number) if number == about.season else None


_KINDS: Mapping[str, _Kind] = {
    "seasonNumber": _Kind(_season_number, EntityType.INTEGER, of_season=True, default_season=True, in_headlines=True),
    "episodeCount": _Kind(episode_count, EntityType.INTEGER, of_season=True, default_season=True),
    "episodeMinutes": _Kind(episode_minutes, EntityType.INTEGER, of_season=True, default_season=True),
    "episodeTitle": _Kind(episode_title, EntityType.TEXT, of_season=True, default_season=True),
    "premiereDate": _Kind(start_or_end, EntityType.DATE, of_season=True, default_season=True),
    "endDate": _Kind(start_or_end, EntityType.DATE),
    "broadcaster": _Kind(broadcaster, EntityType.ORGANIZATION, in_headlines=True),
    "setting": _Kind(setting, EntityType.PLACE, plain=True),
    "genre": _Kind(genre, EntityType.TEXT, in_headlines=True, plain=True),
}


def _draft(match: Match, relation: str, at: int, about: Value) -> Draft | None:
    sentence, rule, kind = match.sentence, match.rule, _KINDS[relation]
    if sentence.role is Role.LISTING and relation != "broadcaster":
        return None
    options = rule.options
    headline = sentence.role is Role.HEADLINE
    if (headline and not kind.in_headlines) or (options.get("headline_only") and not headline):
        return None
    first, last = match.extent
    if in_speech(sentence, first, last):
        return None
    if kind.plain and not options.get("denies") and not is_plain_statement(sentence, first, last):
        return None
    if relation != "episodeTitle" and of_another_title(sentence, first, last):
        return None
    value = kind.value(match, at, about)
    if value is None:
        return None
    whole_run = bool(options.get("whole_show"))
    return Draft(
        relation, None, value, kind.type, sentence.items[first].start, sentence.items[last].end,
        rule.confidence, rule.id,
        season=season_said(sentence, first, last) if kind.of_season and not whole_run else None,
        default_season=kind.default_season and not whole_run,
    )  # fmt: skip


def of_another_title(sentence: Sentence, first: int, last: int) -> bool:
    """Whether another title stands in or right next to the words."""
    around = sentence.items[max(0, first - 2) : last + 3]
    return any(item.tag == "TITLE" for item in around) and not any(item.tag == "SHOW" for item in around)
