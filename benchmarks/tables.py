"""Results as tables: for people on a terminal, as Markdown, and between the markers of the README."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .machine import conditions


@dataclass(frozen=True, slots=True)
class Promise:
    """What the project promises: `measured` is at most `limit`, in `unit` ("times", or "s")."""

    text: str
    limit: float
    measured: float
    unit: str = "times"

    @property
    def kept(self) -> bool:
        """Whether it holds here, to two places; to a millisecond for seconds."""
        return round(self.measured, 3 if self.unit == "s" else 2) <= self.limit

    def __str__(self) -> str:
        here = seconds(self.measured) if self.unit == "s" else f"{ratio(self.measured)} {self.unit}"
        verdict = "kept" if self.kept else "not kept"
        return f"Promise: {self.text}, at most {self.limit:g} {self.unit}. Here {here}: {verdict}."


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the first column is text, the others numbers. `libraries` are those whose versions matter."""

    slug: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    libraries: tuple[str, ...]
    notes: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.slug}: the row {row!r} has not the columns {self.columns!r}")

    def text(self) -> str:
        """Return the table for a terminal."""
        widths = [max(len(row[i]) for row in (self.columns, *self.rows)) for i in range(len(self.columns))]
        lines = [self.title, ""]
        for number, row in enumerate((self.columns, *self.rows)):
            cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            lines.append("  " + "  ".join(cells).rstrip())
            if number == 0:
                lines.append("  " + "  ".join("-" * w for w in widths))
        lines += ["", *(f"  {line}" for line in self._below())]
        return "\n".join(lines) + "\n"

    def markdown(self) -> str:
        """Return the table in Markdown, without its title."""
        lines = [_markdown_row(self.columns), "| :-- |" + " --: |" * (len(self.columns) - 1)]
        lines += [_markdown_row(row) for row in self.rows]
        lines += [f"\n{line}" for line in self._below()]
        return "\n".join(lines) + "\n"

    def _below(self) -> list[str]:
        return [*map(str, self.promises), *self.notes, f"Measured on {conditions(self.libraries)}."]


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def seconds(value: float) -> str:
    """Return a time to three figures.

    >>> seconds(123.4), seconds(12.34), seconds(0.01234), seconds(0.0001234)
    ('123 s', '12.3 s', '12.3 ms', '0.123 ms')
    """
    number, unit = (value, "s") if value >= 0.9995 else (value * 1000, "ms")
    places = max(0, 2 - sum(number >= edge for edge in (9.995, 99.95))) if number >= 0.9995 else 3
    return f"{number:.{places}f} {unit}"


def ratio(value: float) -> str:
    """Return a ratio: two places, three figures from ten on.

    >>> ratio(0.51), ratio(12.34), ratio(345.6)
    ('0.51', '12.3', '346')
    """
    return f"{value:.2f}" if value < 9.995 else f"{value:.1f}" if value < 99.95 else f"{value:.0f}"


def count(value: float) -> str:
    """Return a whole number.

    >>> count(12345.6)
    '12,346'
    """
    return f"{value:,.0f}"


_BLOCK = re.compile(r"(?s)(<!-- results: ([\w-]+) -->\n).*?(<!-- end of results -->)")


def renewed(page: str, tables: Sequence[Table]) -> str:
    """Return a page with the tables put between their markers; other tables stay as they are.

    Raises ValueError if a table has no place in the page, or more than one.
    """
    places = [match[2] for match in _BLOCK.finditer(page)]
    by_slug = {table.slug: table for table in tables}
    for slug in by_slug:
        if places.count(slug) != 1:
            raise ValueError(f"the page has {places.count(slug)} places for the table {slug!r}, it must have one")

    def put(match: re.Match[str]) -> str:
        table = by_slug.get(match[2])
        return match[0] if table is None else f"{match[1]}\n{table.markdown()}\n{match[3]}"

    return _BLOCK.sub(put, page)
