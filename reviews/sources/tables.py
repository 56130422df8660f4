"""CSV and TSV: one review a row, in columns named by the first row. Read as a stream, one row in memory.

Values are quoted as RFC 4180 has it: `"`, doubled inside. A row that is not written so is refused. Where the next one
begins is told by its quotation marks: they are even in number where all that were opened are closed again.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from ...errors import ReviewError
from ..records import Refusal
from .decode import decode, is_utf16, read_bytes
from .inputs import Draft, Format, Found, Input, Limits, Notice
from .record import draft_of, known_names, passed_over, placed, season_of

_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)[\r\n]*", re.IGNORECASE)  # what Excel puts before the first row
_MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or what is in memory of it: `whole` where it ends here, `wrong` if it is not text."""

    number: int
    text: str
    whole: bool = True
    wrong: ReviewError | None = None


class _Lines:
    """The lines of a file as `csv.reader` takes them, with what is to be known of those of the present row."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self.longest = 4 * limits.chars + 65_536
        self._lines = _decoded(stream, limits, self.longest)
        self._ahead: _Line | None = None
        self.number = 0
        self.begin()

    def begin(self) -> None:
        """A row begins."""
        self.first = self.number + 1
        self.wrong: ReviewError | None = None
        self._quotes = self._chars = 0
        self._whole = True

    def peek(self) -> str | None:
        """Return the next line, which is still to come; None at the end."""
        self._ahead = self._ahead or next(self._lines, None)
        return None if self._ahead is None else self._ahead.text

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        text = self._step()
        if self._chars > self.longest:
            raise ReviewError(f"it is longer than {self.longest:,} characters, more than any review may be")
        return text

    def _step(self) -> str:
        line, self._ahead = self._ahead or next(self._lines), None
        self.number, self._whole = line.number, line.whole
        self.wrong = self.wrong or line.wrong
        self._quotes += line.text.count('"')
        self._chars += len(line.text)
        return line.text

    def leave_row(self) -> None:
        """Pass over what is left of a row that cannot be read."""
        with contextlib.suppress(StopIteration):
            while self._quotes % 2 or not self._whole:
                self._step()

    def where(self, shown: str) -> str:
        """Name the lines of the present row."""
        if self.number <= self.first:
            return f"{shown}, line {self.number}"
        return f"{shown}, lines {self.first} to {self.number}"


def _decoded(stream: BinaryIO, limits: Limits, longest: int) -> Iterator[_Line]:
    number, before = 0, 0
    while data := stream.readline(longest + 1):
        wrong = None
        if not before and is_utf16(data):
            for number, text in enumerate(io.StringIO(decode(data + read_bytes(stream, limits)), newline=""), 1):
                yield _Line(number, text)
            return
        try:
            # only a file begins with a byte order mark, which `decode` takes off: a line keeps its own
            text = decode(_MARK + data if before and data.startswith(_MARK) else data, before)
        except ReviewError as error:
            text, wrong = data.decode("utf-8", "replace"), error
        before += len(data)
        whole = data.endswith(b"\n") or len(data) <= longest
        for piece in io.StringIO(text, newline=""):  # a lone \r ends a line, too
            number += 1
            yield _Line(number, piece, whole, wrong)
        number -= not whole


def _read(stream: BinaryIO, source: Input, limits: Limits, *, delimiter: str | None) -> Iterator[Found]:
    lines = _Lines(stream, limits)
    delimiter = _delimiter(lines, source.columns, delimiter)
    # The limit is the process's; more than one file's rows need is of no harm, since `_Lines` holds it.
    csv.field_size_limit(max(csv.field_size_limit(), lines.longest))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    places: dict[str, int] | None = None
    width = 0
    while True:
        lines.begin()
        try:
            row = next(rows, None)
            if row is None:
                break
            if lines.wrong is not None:
                raise lines.wrong
            if not row or (places is not None and not any(row)):
                continue
            if places is None:
                places, others = placed([name.strip() for name in row], source.columns)
                width = len(row)
                if others:
                    yield Notice(source.shown, passed_over(others))
                continue
            yield _draft(row, places, width, f"{source.shown}, line {lines.first}")
        except csv.Error as error:
            lines.leave_row()
            wrong = f"it is not CSV ({error}); a quotation mark inside a quoted value is doubled"
            if places is None:
                raise ReviewError(f"its first row cannot be read: {wrong}") from error
            yield Refusal(lines.where(source.shown), wrong)
        except ReviewError as error:
            if places is None:
                raise
            lines.leave_row()
            yield Refusal(lines.where(source.shown), str(error))
    if places is None:
        raise ReviewError("it is empty: there is not one row in it")


def _delimiter(lines: _Lines, columns: Mapping[str, str], given: str | None) -> str:
    """Return what stands between values: what the format says, else a line `sep=`, else what makes a known header."""
    while (line := lines.peek()) is not None and not line.strip():
        next(lines)
    if given is not None or line is None:
        return given or ","
    said = _SEPARATOR_LINE.fullmatch(line)
    if said is not None:
        next(lines)
        return said[1]
    names = known_names(columns)

    def fits(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"').casefold().replace(" ", "_") for cell in line.split(delimiter)]
        return sum(cell in names for cell in cells), len(cells)

    return max(_DELIMITERS, key=fits)


def is_header(text: str, columns: Mapping[str, str]) -> bool:
    """Whether a text begins with a line that names the columns of a table, an id and a text among them."""
    lines = text.splitlines()
    said = _SEPARATOR_LINE.fullmatch(lines[0] + "\n") if lines else None
    line = "".join(lines[1:2] if said is not None else lines[:1])
    for delimiter in _DELIMITERS if said is None else said[1]:
        with contextlib.suppress(ReviewError):
            placed([cell.strip().strip('"') for cell in line.split(delimiter)], columns)
            return True
    return False


def _draft(row: Sequence[str], places: Mapping[str, int], width: int, name: str) -> Draft:
    if len(row) != width:
        raise ReviewError(f"it has {len(row)} values for {width} columns")
    record: dict[str, object] = {key: row[place] for key, place in places.items()}
    if "season" in record:
        record["season"] = season_of(record["season"])
    return draft_of(record, name)


CSV = Format("CSV", (".csv",), partial(_read, delimiter=None))
TSV = Format("TSV", (".tsv", ".tab"), partial(_read, delimiter="\t"))
