"""Dates and numbers as reviews write them."""

from __future__ import annotations

import datetime
import re

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"

DATE_PATTERN = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?|{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|{_MONTH},?\s+{_YEAR})(?!\d)"
)

_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]
_NAMED_ORDINALS = {"debut": 1, "freshman": 1, "inaugural": 1, "maiden": 1, "sophomore": 2}

NUMBER_PATTERN = r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty)-(?:one|two|three|four|five|six|seven|eight|nine)|" + (
    "|".join(sorted([*_WORDS[1:], *_TENS], key=len, reverse=True)) + ")"
)
ORDINAL_PATTERN = r"(?:\d{1,2}(?:st|nd|rd|th)|" + "|".join([*_ORDINALS, *_NAMED_ORDINALS]) + ")"


def number_of(words: str) -> int:
    """Return the number that digits, a number word or an ordinal stand for. Raises ValueError for anything else.

    >>> number_of("eight"), number_of("2nd"), number_of("sophomore"), number_of("twenty-two")
    (8, 2, 2, 22)
    """
    text = words.strip().lower()
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    for table in (_WORDS, [None, *_ORDINALS]):
        if text in table:
            return table.index(text)
    if text in _NAMED_ORDINALS:
        return _NAMED_ORDINALS[text]
    tens, _, ones = text.partition("-")
    if tens in _TENS:
        return _TENS[tens] + (_WORDS.index(ones) if ones else 0)
    raise ValueError(f"{words!r} is not a number")


def iso_date(words: str, year_from: str | None = None) -> str | None:
    """Return the ISO 8601 date that `words` state, or None where they state none.

    A date without a year is completed from `year_from` (an ISO date the review itself gives), never from today.

    >>> iso_date("August 3, 2023"), iso_date("4 March", "2022-02-28"), iso_date("March 2021"), iso_date("4 March")
    ('2023-08-03', '2022-03-04', '2021-03', None)
    """
    year = re.search(_YEAR, words)
    if re.fullmatch(_YEAR, words.strip()):
        return words.strip()
    month = re.search(rf"\b{_MONTH}", words)
    if month is None:
        return None
    number = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(month.group()[:3].lower()))
    year_text = year.group() if year else (year_from or "")[:4]
    if not year_text:
        return None
    rest = words[: month.start()] + " " + words[month.end() :]
    day = re.search(r"\b([12]?\d|3[01])(?:st|nd|rd|th)?\b", re.sub(_YEAR, " ", rest))
    if day is None:
        return f"{year_text}-{number:02d}" if year else None
    try:
        return datetime.date(int(year_text), number, int(day.group(1))).isoformat()
    except ValueError:
        return None
