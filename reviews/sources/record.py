"""A record becomes a draft: the keys of a JSON line, the columns of a table, and what users call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...errors import InputError, ReviewError
from .fields import FIELDS, check_field, unknown_key
from .inputs import Draft

KEYS = frozenset(FIELDS) | {"id", "text"}

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("review_id", "identifier"),
    "text": ("body", "content", "review", "review_text", "review_body"),
    "show": ("series", "tv_show", "tv_series"),
    "season": ("season_number",),
    "title": ("headline",),
    "author": ("critic", "reviewer"),
    "publisher": ("publication", "outlet"),
    "date": ("published", "date_published", "publication_date"),
    "url": ("link",),
    "licence": ("license",),
}
"""What tables call our keys, where they do not call them as we do."""


def columns_of(pairs: Iterable[str]) -> dict[str, str]:
    """Return what a user calls our keys, from pairs like "text=body".

    Raises InputError for what is no such pair, a key that is not ours, or one given twice.
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        key, equals, name = pair.partition("=")
        if not equals or not key.strip() or not name.strip():
            raise InputError(f"--column is given as KEY=NAME, such as text=body, not {pair!r}")
        if key.strip() in columns:
            raise InputError(f"--column says twice what the {key.strip()!r} is called; keep one")
        columns[key.strip()] = name.strip()
    check_columns(columns)
    return columns


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise InputError if one of the keys is none of `KEYS`."""
    for key in columns:
        if key not in KEYS:
            raise InputError(f"--column can name no {unknown_key(key, KEYS).removeprefix('it has the ')}")


def draft_of(record: Mapping[str, object], name: str) -> Draft:
    """Return the draft of a record whose keys are ours. Raises ReviewError saying which value is missing or wrong."""
    for key in ("id", "text"):
        if not isinstance(record[key], str):
            raise ReviewError(f"its {key!r} must be text")
    try:
        checked = {key: check_field(key, value) for key, value in record.items() if key in FIELDS}
    except ValueError as error:
        raise ReviewError(str(error)) from error
    fields = {key: value for key, value in checked.items() if value is not None}
    return Draft(name, str(record["id"]), str(record["text"]), fields, record=True)


def placed(header: Sequence[str], columns: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """Return which column of a table each key is, and the names of the other columns, in order.

    What the user calls a key goes first, then the key itself, then its aliases, whatever their case and with spaces or
    hyphens for underscores. A column that the user names is nothing else, but it may be the id as well. Raises
    ReviewError where a key that must be there is not, or two columns may be one.
    """
    places = {key: _place(header, key, [columns[key]], [_plain(columns[key])]) for key in columns}
    for key, name in columns.items():
        if places[key] is None:
            raise ReviewError(f"it has no column {name!r}; its columns are {_listed(header)}")
    taken = {places[key] for key in columns if key != "id"}
    for key in sorted(KEYS - columns.keys()):
        place = _place(header, key, [], [key])
        place = _place(header, key, [], ALIASES[key]) if place is None else place
        if place not in taken:
            places[key] = place
    found = {key: place for key, place in places.items() if place is not None}
    for key in ("id", "text"):
        if key not in found:
            raise ReviewError(
                f"it has no column {key!r}; its columns are {_listed(header)}: name one with --column {key}=NAME"
            )
    return found, [name for i, name in enumerate(header) if i not in found.values()]


def _place(header: Sequence[str], key: str, names: Sequence[str], plain: Sequence[str]) -> int | None:
    """Return the place of the one column that has one of the names, else one of the plain names."""
    found = [i for i, name in enumerate(header) if name in names]
    found = found or [i for i, name in enumerate(header) if _plain(name) in plain]
    if len(found) > 1:
        both = " and ".join(repr(header[i]) for i in found[:2])
        raise ReviewError(f"two columns may be its {key!r}: {both}; say which with --column {key}=NAME")
    return found[0] if found else None


def known_names(columns: Mapping[str, str]) -> frozenset[str]:
    """Return all names that `placed` knows columns by, lower case, with underscores."""
    own = {*KEYS, *(alias for names in ALIASES.values() for alias in names)}
    return frozenset(own | {_plain(name) for name in columns.values()})


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _listed(header: Sequence[str]) -> str:
    names = ", ".join(repr(name[:40]) for name in header[:12])
    return f"{names} and {len(header) - 12} more" if len(header) > 12 else names or "none"


def passed_over(others: Sequence[str]) -> str:
    """Say which columns were not read."""
    one = len(others) == 1
    return f"its column{'' if one else 's'} {_listed(others)} {'was' if one else 'were'} passed over"


def season_of(cell: object) -> object:
    """Return a cell's season: digits are a number, nothing is none; anything else as it is, for `check_field`."""
    text = cell.strip() if isinstance(cell, str) else None
    if text and text.isdecimal() and text.isascii() and len(text) < 10:
        return int(text)
    return None if text == "" else cell
