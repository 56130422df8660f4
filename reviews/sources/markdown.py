"""Markdown: optional front matter, then the review with its markup left in.

Front matter is a block of `key: value` lines between two `---` lines at the very top. Known keys are those of a JSON
line except `text`; keys that other programs put there are passed over and said. Offsets count from behind the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from ...errors import ReviewError
from .decode import read_whole
from .fields import FIELDS, check_field
from .inputs import Draft, FieldValue, Format, Found, Input, Limits, Notice

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PAIR = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?", re.ASCII)
_SEASON = re.compile(r"season[0-9]{1,9}")
_HEADING = re.compile(r"^ {0,3}#[ \t]+(\S[^\r\n]*?)(?:[ \t]+#+)?[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)


@dataclass(slots=True)
class _Block:
    """Front matter while it is read: `end` is where the text begins, `wrong` the first thing wrong with it."""

    end: int = 0
    values: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    wrong: str | None = None


def _front_matter(text: str) -> _Block:
    opening = _FENCE.match(text)
    if opening is None:
        return _Block()
    block, position, key = _Block(), opening.end(), None
    while position < len(text):
        closing = _CLOSE.match(text, position)
        if closing is not None:
            if block.wrong is not None:
                raise ReviewError(f"its front matter gives {block.wrong}")
            block.end = closing.end()
            return block
        line = _LINE.match(text, position)
        assert line is not None  # noqa: S101 - the pattern matches anything
        position = line.end()
        stripped = line[0].rstrip("\r\n \t")
        pair = _PAIR.fullmatch(stripped)
        if pair is not None:
            key = pair[1]
            _keep(block, key, pair[2] or "")
        elif stripped and not stripped.startswith("#"):
            if key is None:
                return _Block()  # prose between two rules, not front matter
            if key in FIELDS or key == "id":
                block.wrong = block.wrong or f"{key!r} more than one line; write it as {key}: value"
    return _Block()  # never closed: a rule at the top of a text


def _keep(block: _Block, key: str, value: str) -> None:
    if key not in FIELDS and key != "id":
        block.unknown.append(key)
    elif key in block.values:
        block.wrong = block.wrong or f"{key!r} twice; keep one"
    else:
        block.values[key] = _unquoted(value)


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\([\"\\])", r"\1", value[1:-1])
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    text = read_whole(stream, limits)
    block = _front_matter(text)
    if block.unknown:
        names = ", ".join(sorted(set(block.unknown)))
        yield Notice(source.shown, f"its front matter's {names} was passed over")
    text = text[block.end :]
    fields: dict[str, FieldValue] = {}
    for key, value in block.values.items():
        if key == "id":
            continue
        given: FieldValue | None = int(value) if _SEASON.fullmatch(key + value) else value or None
        try:
            kept = check_field(key, given)
        except ValueError as error:
            raise ReviewError(f"in its front matter {error}") from error
        if kept is not None:
            fields[key] = kept
    heading = _HEADING.search(text)
    if "title" not in fields and heading is not None and len(heading[1]) <= 200:
        fields["title"] = heading[1].rstrip()
    yield Draft(source.shown, block.values.get("id") or source.id, text, fields)


MARKDOWN = Format("markdown", (".md",), _read)
