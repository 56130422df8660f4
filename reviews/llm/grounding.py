"""Whether a review's words carry what a model says: names, quotes, numbers, dates. Nothing here knows of models."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..countries import country_of
from ..dates import DATE_PATTERN, NUMBER_PATTERN, ORDINAL_PATTERN, iso_date, number_of
from ..lexicon import lexicon
from ..records import EntityType
from ..text import plain

_PRONOUN = re.compile(r"(?i)\b(?:he|him|his|she|hers?|they|them|their|theirs|who|whom|whose|i|me|my|we|us|our)\b")
_NUMBER = re.compile(rf"(?i)\b(?:{ORDINAL_PATTERN}|{NUMBER_PATTERN})(?!\w)|\d+")
_DATE = re.compile(rf"{DATE_PATTERN}|\b(?:19|20)\d\d\b", re.IGNORECASE)
_SEASON = re.compile(
    rf"(?i)\b(?:season|series)\s+(?P<n>{NUMBER_PATTERN})\b"
    rf"|\b(?P<o>{ORDINAL_PATTERN})\s+(?:\w+\s+)?(?:season|series|run)\b|\bS(?P<s>\d{{1,2}})(?=\b|E\d)"
)
_HOURS = re.compile(r"(?i)\b(half)[ -](?:an?[ -])?hour|\bhour(?:[ -]long|s?\b)")


def _standing(words: str) -> re.Pattern[str]:
    before, after = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return re.compile(before + re.escape(words) + after)


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a plain text (see `text.plain`) as whole words."""
    return bool(words.strip()) and _standing(plain(words)).search(text) is not None


def places(quote: str, text: str) -> Iterator[int]:
    """Yield where a quote stands in a text, code point for code point, as whole words."""
    if quote.strip():
        for match in _standing(quote).finditer(text):
            yield match.start()


def part_stands_in(name: str, text: str) -> bool:
    """Whether a name, or one of its words, stands in a plain text: "Harrow" for Nell Harrow."""
    parts = [word for word in re.findall(r"[\w'’-]+", name) if word[:1].isupper() or word[:1].isdigit()]
    return any(stands_in(words, text) for words in (name, *parts))


def is_pronoun(name: str) -> bool:
    """Whether what is given as somebody's name is a pronoun, or nothing one could say."""
    return _PRONOUN.fullmatch(name) is not None or not any(c.isalnum() for c in name)


def is_noun(name: str) -> bool:
    """Whether no word of a name has a capital, in a script that has them: "the neighbour"."""
    return name == name.lower() != name.upper()


def without_article(name: str) -> str:
    """Return a name without "the", which a text writes with a capital or not by where it stands."""
    return name.removeprefix("the ").removeprefix("The ")


def has_pronoun(text: str) -> bool:
    """Whether somebody may be meant in a text by a pronoun."""
    return _PRONOUN.search(text) is not None


def seasons_said(text: str) -> frozenset[int]:
    """Return the numbers of the seasons or series that a plain text speaks of, in digits or words."""
    return frozenset(number_of(m["n"] or m["o"] or m["s"]) for m in _SEASON.finditer(text))


def value_of(words: str, type_: EntityType, *, relation: str, date: str | None) -> str | None:
    """Return what a literal's or country's words stand for, as `records.Entity` has it, or None if for nothing.

    `date` is the review's own, which completes a date without a year.
    """
    text = plain(words).strip()
    match type_:
        case EntityType.COUNTRY:
            return country_of(text)
        case EntityType.DATE:
            found = _DATE.search(text)
            return iso_date(found.group() if found else text, date)
        case EntityType.INTEGER:
            return _integer(text, relation)
        case EntityType.TEXT if relation == "genre":
            return lexicon().genres.get(text.lower(), text)
        case _:
            return words.strip()


def _integer(text: str, relation: str) -> str | None:
    hours = _HOURS.search(text) if relation == "episodeMinutes" else None
    number = _NUMBER.search(text)
    if hours is not None and (number is None or hours[1]):
        return "30" if hours[1] else "60"
    return None if number is None else str(number_of(number.group()))
