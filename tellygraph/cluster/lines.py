"""A reading as one line of JSON, whole: what one step of a cluster leaves for the next."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from ..reviews.records import Entity, EntityType, Evidence, Fact, Person, Reading, Review

_KEYS = {kind: tuple(f.name for f in fields(kind)) for kind in (Entity, Evidence, Fact, Person, Reading, Review)}


def reading_line(reading: Reading) -> str:
    """Return a reading as JSON on one line, without a line end: `reading_of` returns an equal one."""
    return json.dumps(reading, ensure_ascii=False, separators=(",", ":"), default=_values)


def _values(record: object) -> list[object]:
    return [getattr(record, key) for key in _KEYS[type(record)]]  # type: ignore[index]  # KeyError: not one of ours


def reading_of(line: str) -> Reading:
    """Return the reading of a line. Raises ValueError for a line that `reading_line` did not write."""
    review, facts, *rest = json.loads(line)
    given = dict(zip(_KEYS[Review], review, strict=True))
    given["people"] = tuple(map(_person, given["people"]))
    return Reading(Review(**given), tuple(map(_fact, facts)), *rest)


def _person(values: list[Any]) -> Person:
    name, ids, born, jobs, characters, credits_ = values
    return Person(name, tuple(ids), born, tuple(jobs), tuple(characters), tuple(credits_))


def _fact(values: list[Any]) -> Fact:
    given = dict(zip(_KEYS[Fact], values, strict=True))
    show = given["show"]
    given |= {
        "subject": _entity(given["subject"]),
        "object": _entity(given["object"]),
        "evidence": Evidence(*given["evidence"]),
        "show": None if show is None else _entity(show),
    }
    return Fact(**given)


def _entity(values: list[Any]) -> Entity:
    name, kind, iri, aliases = values
    return Entity(name, EntityType(kind), iri, tuple(aliases))
