"""The parts of a gold document, from JSON: facts and traps, with a clear ValueError for what is not one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from ..ontology.terms import KINDS, RELATIONS, STATUSES

T = TypeVar("T")

_FACT_KEYS = {
    "relation", "subject", "object", "kind", "season", "status", "evidence", "show",
    "optional", "altKinds", "altStatuses", "altSeasons", "construction",
}  # fmt: skip
_TRAP_KEYS = {"trap", "text", "never"}
_NEVER_KEYS = {"relation", "subject", "object", "kind", "season", "status", "show"}


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact an annotator marked. Of `kinds`, `statuses` and `seasons` the first is theirs, the others as fair.

    `show` is the show of a round-up it is about. `optional` facts are right when read, and not missed when not.
    """

    relation: str
    subject: str
    object: str
    evidence: str
    kinds: tuple[str | None, ...] = (None,)
    statuses: tuple[str | None, ...] = (None,)
    seasons: tuple[int | None, ...] = (None,)
    optional: bool = False
    show: str | None = None
    construction: tuple[str, ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind of relationship, None for other relations."""
        return self.kinds[0]

    @property
    def status(self) -> str | None:
        """The status, None where it simply holds."""
        return self.statuses[0]

    @property
    def season(self) -> int | None:
        """The season it is stated for."""
        return self.seasons[0]


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that a careless reader takes for facts: `never` are those, as (relation, subject, object, kind)."""

    label: str
    text: str
    never: tuple[tuple[str, str, str, str | None], ...]


def fact_of(what: str, given: object, texts: Collection[str], shows: Collection[str]) -> GoldFact:
    """Return a fact whose words one of `texts` has; `shows` are a round-up's. Raises ValueError, said of `what`."""
    data = _object(given, what)
    flag_unknown(data, _FACT_KEYS, what)
    relation = _one_of(RELATIONS, needed(data, "relation", str, what), f"{what} has the relation")
    kinds = tuple(_kind(kind, what) for kind in _own_and_others(data, "kind", "altKinds", what))
    if kinds[0] is not None and (other := KINDS[kinds[0]].stated_as):
        raise ValueError(f"{what} has the kind {kinds[0]!r}; write {other!r} the other way round")
    if (relation == "relationship") != (kinds[0] is not None):
        raise ValueError(f"{what} has the relation {relation!r} and the kind {kinds[0]!r}; only a relationship has one")
    statuses = _own_and_others(data, "status", "altStatuses", what)
    for status in statuses:
        if status is not None:
            _one_of(STATUSES, status, f"{what} has the status")
    seasons = tuple(_season(season, what) for season in _own_and_others(data, "season", "altSeasons", what))
    show = data.get("show")
    if show not in (shows or (None,)):
        raise ValueError(f"{what} has the show {show!r}; give it one of the document's 'shows', if it has several")
    return GoldFact(
        relation, needed(data, "subject", str, what), needed(data, "object", str, what),
        _quoted(needed(data, "evidence", str, what), texts, f"{what} has the evidence"),
        kinds, tuple(None if s is None else str(s) for s in statuses), seasons,
        maybe(data, "optional", bool, what) or False, None if show is None else str(show), names(data, "construction"),
    )  # fmt: skip


def trap_of(what: str, given: object, texts: Collection[str]) -> Trap:
    """Return a trap whose words one of `texts` has. Raises ValueError, said of `what`."""
    data = _object(given, what)
    flag_unknown(data, _TRAP_KEYS, what)
    never = []
    for entry in needed(data, "never", list, what):
        fact = _object(entry, f"{what} under 'never'")
        flag_unknown(fact, _NEVER_KEYS, f"{what} under 'never'")
        relation = _one_of(RELATIONS, needed(fact, "relation", str, what), f"{what} has the relation")
        kind = _one_of(KINDS, fact["kind"], f"{what} has the kind") if fact.get("kind") is not None else None
        never.append((relation, needed(fact, "subject", str, what), needed(fact, "object", str, what), kind))
    words = _quoted(needed(data, "text", str, what), texts, f"{what} has the text")
    return Trap(needed(data, "trap", str, what), words, tuple(never))


_WORDS: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    list: "a list",
    dict: "an object",
    bool: "true or false",
}


def needed(data: Mapping[str, object], key: str, type_: type[T], what: str) -> T:
    """Return a value that must be there. Raises ValueError."""
    value = maybe(data, key, type_, what)
    if value is None:
        raise ValueError(f"{what} has no {key!r}; add it")
    return value


def maybe(data: Mapping[str, object], key: str, type_: type[T], what: str) -> T | None:
    """Return a value that may be there. Raises ValueError where it is of another type."""
    value = data.get(key)
    if value is None or isinstance(value, type_):
        return value
    raise ValueError(f"{what} has the {key} {value!r}; it must be {_WORDS[type_]}")


def names(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return a list of text, empty where there is none. Raises ValueError."""
    value = maybe(data, key, list, "it") or []
    if not all(isinstance(name, str) for name in value):
        raise ValueError(f"it has {key!r} that are not all text; correct them")
    return tuple(value)


def known_date(data: Mapping[str, object]) -> str | None:
    """Return the review's own date, if the document gives it. Raises ValueError."""
    date = maybe(data, "date", str, "it")
    if date is not None and not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        raise ValueError(f"its date {date!r} is not one; write it as 2023, 2023-08 or 2023-08-03")
    return date


def flag_unknown(data: Mapping[str, object], keys: Collection[str], what: str) -> None:
    """Raise ValueError for a key that is not one of `keys`."""
    for key in data:
        if key not in keys:
            raise ValueError(f"{what} has the key {key!r}, {_near(keys, key)}")


def _object(given: object, what: str) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise ValueError(f"{what} is not an object; write it as {{...}}")
    return given


def _own_and_others(data: Mapping[str, object], key: str, others: str, what: str) -> tuple[object, ...]:
    return (data.get(key), *(maybe(data, others, list, what) or ()))


def _kind(given: object, what: str) -> str | None:
    return None if given is None else _one_of(KINDS, given, f"{what} has the kind")


def _season(given: object, what: str) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    raise ValueError(f"{what} has the season {given!r}; write a whole number or null")


def _quoted(words: str, texts: Collection[str], what: str) -> str:
    if not words or not any(words in text for text in texts):
        raise ValueError(f"{what} {words!r}, which is not in the review; copy the words exactly")
    return words


def _one_of(known: Iterable[str], given: object, what: str) -> str:
    if isinstance(given, str) and given in known:
        return given
    raise ValueError(f"{what} {given!r}, {_near(known, str(given))}")


def _near(known: Iterable[str], given: str) -> str:
    names_ = sorted(known)
    near = get_close_matches(given, names_, n=1)
    return f"which is not ours; did you mean {near[0]!r}?" if near else f"which is not ours; use {', '.join(names_)}"
