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
MONTH_NAMES = "|".join(_MONTHS)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NAMES = "|".join(WEEKDAYS)
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
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
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

NUMBER_PATTERN = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)|"
    + ("|".join(sorted([*_WORDS[1:], *_TENS], key=len, reverse=True)) + ")")
)
SEASON_NOUN = r"(?:season|series|run|outing|instal?ment|helping|go-round|go-around|edition|batch)"
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

    A date without a year is completed from `year_from` (an ISO date the review itself gives), never from today: where
    that is a whole day, the year that brings the date nearest to it is taken. Tonight, tomorrow and the days of the
    week need a whole day to count from.

    >>> iso_date("August 3, 2023"), iso_date("4 March", "2022-02-28"), iso_date("March 2021"), iso_date("4 March")
    ('2023-08-03', '2022-03-04', '2021-03', None)
    >>> iso_date("4 January", "2022-12-20"), iso_date("May", "2022-04-02"), iso_date("Friday", "2022-10-03")
    ('2023-01-04', '2022-05', '2022-10-07')
    """
    text = words.strip().lower()
    if re.fullmatch(_YEAR, text):
        return text
    if text in _RELATIVE or text.removeprefix("last ") in WEEKDAYS:
        return _from_day(text, year_from)
    month = re.search(rf"\b{_MONTH}", words, re.IGNORECASE)
    if month is None:
        return None
    number = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(month.group()[:3].lower()))
    year = re.search(_YEAR, words)
    rest = words[: month.start()] + " " + words[month.end() :]
    found = re.search(r"\b([12]?\d|3[01])(?:st|nd|rd|th)?\b", re.sub(_YEAR, " ", rest))
    day = int(found.group(1)) if found else None
    year_number = int(year.group()) if year else _nearest_year(number, day or 15, year_from)
    if year_number is None:
        return None
    if day is None:
        return f"{year_number}-{number:02d}"
    try:
        return datetime.date(year_number, number, day).isoformat()
    except ValueError:
        return None


_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _from_day(word: str, day: str | None) -> str | None:
    """Return the day that is `word` as seen from the ISO date `day`: the next of its name, or the last, not `day`."""
    try:
        start = datetime.date.fromisoformat(day or "")
    except ValueError:
        return None
    if word in _RELATIVE:
        ahead = _RELATIVE[word]
    else:
        ahead = (WEEKDAYS.index(word.removeprefix("last ")) - start.weekday() - 1) % 7 + 1
        ahead -= 7 if word.startswith("last ") and ahead < 7 else 14 if word.startswith("last ") else 0
    return (start + datetime.timedelta(days=ahead)).isoformat()


def _nearest_year(month: int, day: int, near: str | None) -> int | None:
    """Return the year in which a day of the year lies nearest to `near`; of a mere year or month, that year."""
    if not near:
        return None
    year = int(near[:4])
    if len(near) < 10:
        return year
    start = datetime.date.fromisoformat(near[:10])
    middle = datetime.date(year, month, min(day, 28))
    return min((year, year - 1, year + 1), key=lambda y: abs((middle.replace(year=y) - start).days))


_SPAN = re.compile(rf"({_YEAR})\D+(\d{{2,4}})")
SPAN_PATTERN = rf"{_YEAR}\s?[-–—]\s?(?:{_YEAR}|\d\d)(?!\d)"


def years_of(span: str) -> tuple[str, str] | None:
    """Return the first and last year of a span, or None where it does not run forward.

    >>> years_of("2014–20"), years_of("1998-2003"), years_of("1998–97")
    (('2014', '2020'), ('1998', '2003'), None)
    """
    found = _SPAN.match(span)
    if found is None:
        return None
    first, last = found.groups()
    whole = last if len(last) == 4 else first[:2] + last
    if whole < first and len(last) == 2:
        whole = f"{int(first[:2]) + 1}{last}"
    return (first, whole) if first <= whole and int(whole) - int(first) < 60 else None
