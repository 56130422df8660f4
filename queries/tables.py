"""Tables for people, in a terminal, a pipe or Markdown: names stand for IRIs, and nothing a name says is obeyed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from .rows import Rows
from .values import Term, prefixes, shorten, text_of, visible

_RIGHT = ("integer", "decimal", "double", "float")


def cells(rows: Rows) -> tuple[list[str], list[list[str]]]:
    """Return the heading and the cells a table shows: IRIs shortened, control characters written out."""
    shown, known = rows.shown(), prefixes()
    at = [rows.variables.index(v) for v in shown]
    return shown, [[_cell(row[i], known) for i in at] for row in rows]


def _cell(term: Term | None, known: Mapping[str, str]) -> str:
    return visible(shorten(term.value, known) if isinstance(term, NamedNode) else text_of(term))


def plain_table(rows: Rows) -> str:
    """Return a table in plain text at its full width, for pipes and files: nothing is cut, nothing coloured."""
    heading, body = cells(rows)
    right = _numbers(rows)
    widths = [max(map(_width, column)) for column in zip(heading, *body, strict=True)]
    lines = [_line(heading, widths, right), "  ".join("-" * w for w in widths)]
    lines += [_line(row, widths, right) for row in body]
    return "\n".join([*lines, *_afterword(rows)]) + "\n"


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [
        " " * (w - _width(text)) + text if to_right else text + " " * (w - _width(text))
        for text, w, to_right in zip(row, widths, right, strict=True)
    ]
    return "  ".join(padded).rstrip()


def _afterword(rows: Rows) -> list[str]:
    if rows.note:
        return [visible(rows.note)]
    return [] if rows else ["No rows."]


def terminal_table(rows: Rows, width: int) -> str:
    """Return a table for a terminal `width` columns wide: cells wrap, headings in bold."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heading, body = cells(rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, to_right in zip(heading, _numbers(rows), strict=True):
        table.add_column(Text(name), justify="right" if to_right else "left", overflow="fold")
    for row in body:
        table.add_row(*map(Text, row))  # Text, not str: "[bold]" in a name is a name
    console = Console(width=max(width, 20), force_terminal=True, color_system="standard", legacy_windows=False)
    with console.capture() as printed:
        if rows:
            console.print(table)
        for line in _afterword(rows):
            console.print(Text(line))
    return printed.get()


def markdown_table(rows: Rows) -> str:
    """Return a table in GitHub's Markdown; a name links to its IRI."""
    links = {name: iri for iri, name in rows.labels.items() if iri in rows.variables}
    shown, known = rows.shown(), prefixes()
    at = {v: i for i, v in enumerate(rows.variables)}
    lines = [_markdown_line(map(_markdown, shown)), _markdown_line("---:" if r else "---" for r in _numbers(rows))]
    for row in rows:
        texts = (_markdown_link(_cell(row[at[v]], known), row[at[links.get(v, v)]]) for v in shown)
        lines.append(_markdown_line(texts))
    return "\n".join([*lines, *(f"\n{_markdown(line)}" for line in _afterword(rows))]) + "\n"


def _markdown_line(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _markdown_link(text: str, target: Term | None) -> str:
    escaped = _markdown(text)
    if text and isinstance(target, NamedNode) and target.value.startswith(("http://", "https://")):
        address = target.value.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
        return f"[{escaped}](<{address}>)"
    return escaped


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&-])", r"\\\1", text)


def _numbers(rows: Rows) -> list[bool]:
    """Whether each shown column holds nothing but numbers."""
    columns = [[t for t in rows.column(v) if t is not None] for v in rows.shown()]
    return [
        bool(c) and all(isinstance(t, Literal) and t.datatype.value.rpartition("#")[2] in _RIGHT for t in c)
        for c in columns
    ]


def _width(text: str) -> int:
    """The columns text takes in a terminal: wide East Asian characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in ("W", "F")
        else 1
        for c in text
    )


def triple_rows(triples: Sequence[Triple]) -> Rows:
    """Return triples as rows of subject, predicate and object."""
    return Rows(("subject", "predicate", "object"), [(t.subject, t.predicate, t.object) for t in triples])
