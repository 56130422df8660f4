"""Leaving out what a reader is not sure enough of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..errors import InputError
from .records import Fact, Reading


def sure(facts: Iterable[Fact], least: float) -> tuple[Fact, ...]:
    """Return the facts of at least this confidence, in order. Raises InputError if it is not from 0 to 1."""
    if not 0 <= least <= 1:
        raise InputError(f"the least confidence {least!r} is out of range; give a number from 0 to 1")
    return tuple(fact for fact in facts if fact.confidence >= least)


def without_unsure(reading: Reading, least: float) -> tuple[Reading, int]:
    """Return a reading with only the facts of at least this confidence, and how many were left out.

    Raises InputError if it is not from 0 to 1.
    """
    kept = sure(reading.facts, least)
    left_out = len(reading.facts) - len(kept)
    return (replace(reading, facts=kept) if left_out else reading), left_out


def left_out_sentence(count: int, least: float) -> str:
    """Say how many facts were left out."""
    return f"{count:,} {'fact' if count == 1 else 'facts'} of confidence below {least:g} left out"
