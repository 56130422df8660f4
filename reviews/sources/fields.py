"""What a source may say about its review, as a table: each key's check turns what was given into what is kept."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping

from .decode import has_control
from .inputs import FieldValue

_LONGEST = 2_000
_DATE = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d{2}(?::?\d{2})?))?)?)?)?",
    re.ASCII,
)
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {_json_type(value)}")
    text = value.strip()
    if len(text) > _LONGEST:
        raise ValueError(f"has {len(text):,} characters, more than {_LONGEST:,}")
    if has_control(text):
        raise ValueError("holds a line end or another control character")
    return text


def _season(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"must be a whole number, not {_json_type(value)}")
    if not 0 <= value <= 9999:
        raise ValueError(f"is {value}, not a season's number")
    return value


def iso_date(value: object) -> str:
    """Return a date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an ISO date-time loses its time, as written.

    Raises ValueError for anything else, and for days no calendar has.

    >>> iso_date("2023-08-03T09:00:00+02:00")
    '2023-08-03'
    """
    text = _line(value)
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"is {text!r}, not a date like 2023, 2023-08 or 2023-08-03")
    parts = [part for part in match.groups() if part is not None]
    try:
        datetime.date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        raise ValueError(f"is {text!r}, a day that no calendar has") from None
    return "-".join(parts)


def _url(value: object) -> str:
    text = _line(value)
    if text and not _URL.fullmatch(text):
        raise ValueError(f"is {text!r}, not an absolute http(s) address")
    return text


FIELDS: Mapping[str, Callable[[object], FieldValue]] = {
    "show": _line,
    "season": _season,
    "title": _line,
    "author": _line,
    "publisher": _line,
    "date": iso_date,
    "url": _url,
    "licence": _line,
}


def check_field(key: str, value: object) -> FieldValue | None:
    """Return the value to keep for a key of `FIELDS`; None where none was given (null or empty text).

    Raises ValueError with a sentence that names the key and what is wrong.
    """
    if value is None:
        return None
    try:
        kept = FIELDS[key](value)
    except ValueError as error:
        raise ValueError(f"its {key!r} {error}") from error
    return None if kept == "" else kept


def unknown_key(key: str, known: Iterable[str]) -> str:
    """Say that a key is not known, and which one may have been meant."""
    names = sorted(known)
    near = difflib.get_close_matches(key, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
    return f"it has the unknown key {key[:80]!r}; {hint}"


def _json_type(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"
