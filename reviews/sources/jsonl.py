"""JSON lines: one review a line, `{"id", "text"}` plus any of the keys of `fields.FIELDS`. Read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NoReturn

from ...errors import ReviewError
from ..records import Refusal
from .decode import decode, is_utf16, read_bytes
from .fields import unknown_key
from .inputs import Draft, Format, Found, Input, Limits
from .record import KEYS, draft_of


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    empty = True
    for number, line in enumerate(_lines(stream, limits), start=1):
        found = read_line(line, f"{source.shown}, line {number}", limits, source.columns)
        if found is not None:
            empty = False
            yield found
    if empty:
        raise ReviewError("it is empty: there is not one line in it")


def read_line(
    line: bytes | str, name: str, limits: Limits, columns: Mapping[str, str] | None = None
) -> Draft | Refusal | None:
    """Return what one line holds, as bytes or decoded, with or without its line end; None for a blank one.

    `name` is what messages call it; `columns` what the user calls our keys: then other keys are passed over.
    """
    try:
        if len(line) > _longest(limits):
            raise ReviewError(
                f"the line is longer than {_longest(limits):,} bytes; split it, or raise TELLYGRAPH_MAX_REVIEW_CHARS"
            )
        text = line if isinstance(line, str) else decode(line)
        return _draft(text, name, columns or {}) if text.strip() else None
    except ReviewError as error:
        return Refusal(name, str(error))


def _longest(limits: Limits) -> int:
    return 12 * limits.chars + 65_536  # a code point takes at most 12 bytes: "\ud83d\ude00"


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes | str]:
    """Yield lines, holding one at a time; of a line that cannot be the review of `limits` only what shows that."""
    longest = _longest(limits)
    first = True
    while line := stream.readline(longest + 1):
        if first and is_utf16(line):
            yield from decode(line + read_bytes(stream, limits)).split("\n")
            return
        first = False
        yield line
        while len(line) > longest and not line.endswith(b"\n"):
            line = stream.readline(longest + 1)  # the rest of this line is not looked at


def _draft(line: str, name: str, columns: Mapping[str, str]) -> Draft:
    record = _object(line)
    if columns:
        for key, theirs in columns.items():
            if theirs not in record:
                raise ReviewError(f"it has no {theirs!r}, which --column takes for its {key!r}")
        taken = {theirs for key, theirs in columns.items() if key != "id"}
        own = {key: value for key, value in record.items() if key in KEYS and key not in taken}
        record = own | {key: record[theirs] for key, theirs in columns.items()}
    for key in record:
        if key not in KEYS:
            raise ReviewError(unknown_key(key, KEYS))
    for key in ("id", "text"):
        if key not in record:
            raise ReviewError(f"it has no {key!r}; a line is an object with 'id' and 'text'")
    return draft_of(record, name)


def _object(line: str) -> dict[str, object]:
    try:
        value = json.loads(line, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ReviewError(f"it is not JSON ({error.msg} at character {error.pos})") from error
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ReviewError(f"it is not JSON that can be read ({reason})") from error
    if not isinstance(value, dict):
        raise ReviewError("it is not an object; a line is an object with 'id' and 'text'")
    return value


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise ValueError(f"the key {twice[:80]!r} is there twice")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


JSONL = Format("JSON lines", (".jsonl", ".ndjson"), _read)
