"""What a source gives: drafts of reviews, refusals, and notices of what was passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from ..records import Person, Refusal

FieldValue: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something said about an input that was read all the same: `passed_over` counts files that were not opened."""

    source: str
    message: str
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to open: `shown` is its name in messages, `id` its review's id, `path` None for standard input.

    `columns` is what the user calls the keys of its records, where not as we do ("text" -> "body"). `url` is where
    it was fetched, or is to be; `follow` whether pages are read that it has only the summary of. `format` is what
    standard input was said to be.
    """

    shown: str
    id: str
    path: Path | None
    columns: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    follow: bool = False
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A review as its source has it, before ids, limits and the user's own words are looked at.

    `fields` holds checked values (see `fields`), never `id` or `text`. `record` is true where the source gave
    the id itself, so that giving it twice is a mistake of the source. `at` is how many bytes of the source are read
    with it, where the place in the open file does not tell. `summary_of` is the page to read instead of it. `people`
    are those of whom the source says who they are.
    """

    source: str
    id: str
    text: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    record: bool = False
    at: int | None = None
    summary_of: str | None = None
    people: tuple[Person, ...] = ()


@dataclass(slots=True)
class Position:
    """How far the inputs are read: `done` bytes of all files."""

    done: int = 0


Found: TypeAlias = Draft | Refusal | Notice


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most: `chars` code points a review, `file_bytes` bytes a file."""

    chars: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: `suffixes` are lower case with their dot; `read` yields what the open file holds, in order.

    `read` raises `ReviewError` with the reason where the file as a whole cannot be read, and OSError. `packed` is
    whether such a file may be packed with gzip or Zstandard, its name ending in `.gz` or `.zst`.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[BinaryIO, Input, Limits], Iterator[Found]]
    packed: bool = True
