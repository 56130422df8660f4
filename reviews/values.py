"""What a value is read with: the people, season, date and networks of the review."""

from __future__ import annotations

from dataclasses import dataclass

from .people import People


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of the review when a value is read. `date` is ISO 8601; `networks` are names that stood as one."""

    people: People
    season: int | None
    date: str | None
    networks: frozenset[str]
