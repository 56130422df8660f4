"""Facts as text for people: a table of them, or the review with their words marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from .console import aligned, columns, plural, printable, printable_line

if TYPE_CHECKING:
    from .reviews.records import Fact, Reading
    from .visualize.segments import Segment

# Near the colours of the pages; facts of no such group stay in the ink of the terminal.
_INKS: dict[str, str | int] = {
    "family": "green",
    "romance": "magenta",
    "social": "cyan",
    "work": 208,
    "harm": "red",
    "cast": "yellow",
    "crew": "blue",
}


def fact_table(reading: Reading, width: int | None, *, colours: bool = False) -> Iterator[str]:
    """Yield a review's facts as lines: a heading, then subject, relation, object and the words, cut to `width`.

    With `colours`, the words have the colour of what the fact is about, for a terminal.
    """
    yield _heading(reading)
    if reading.facts:
        rows = [(*_said(fact), f"“{fact.evidence.quote}”") for fact in reading.facts]
        lines = aligned(rows, None if width is None else width - 2)
        for fact, (front, words) in zip(reading.facts, lines, strict=True):
            yield f"  {front}{_coloured(words, fact) if colours else words}".rstrip()
    yield ""


def marked_text(reading: Reading, width: int | None, *, colours: bool = False) -> Iterator[str]:
    """Yield a review's text as its lines, the words of each fact in brackets with its number; then the facts.

    A bracket that is not the last to have opened closes with its number. Facts are cut to `width`, the text is not.
    With `colours`, words have the colour of what the shortest fact over them is about, for a terminal.
    """
    from .visualize.segments import segments

    facts = sorted(reading.facts, key=lambda fact: (fact.evidence.start, -fact.evidence.end))
    spans = [(fact.evidence.start, fact.evidence.end) for fact in facts]
    text, opened = "", list[int]()
    for part in segments(len(reading.review.text), spans):
        words = _bracketed(_harmless(reading.review.text[part.start : part.end]), part, spans, opened)
        shortest = min(part.over, key=lambda n: spans[n][1] - spans[n][0], default=None)
        text += words if shortest is None or not colours else _coloured(words, facts[shortest])
    yield _heading(reading)
    yield ""
    yield from text.split("\n")
    yield ""
    rows = [(str(n), *_said(fact), f"rule {fact.rule}") for n, fact in enumerate(facts, 1)]
    yield from (f"  {line}" for line in columns(rows, None if width is None else width - 2))
    yield ""


def _bracketed(words: str, part: Segment, spans: Sequence[tuple[int, int]], opened: list[int]) -> str:
    """Words with the brackets that open before them and close behind them; `opened` is kept up to date."""
    opened += part.first_of
    before = "".join(f"[{n + 1} " for n in part.first_of)
    behind = ""
    for n in reversed([n for n in opened if spans[n][1] == part.end]):
        behind += "]" if opened[-1] == n else f"/{n + 1}]"
        opened.remove(n)
    return f"{before}{words}{behind}"


def _harmless(text: str) -> str:
    """Text whose line ends are line feeds, and in which nothing else is an order to a terminal."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n")
    return "\n".join(map(printable_line, lines))


def _heading(reading: Reading) -> str:
    review = reading.review
    heading = review.id if review.title is None else f"{review.id}: {review.title}"
    return printable(f"{heading} ({plural(len(reading.facts), 'fact')})")


def _said(fact: Fact) -> tuple[str, str, str]:
    relation = fact.kind or fact.relation
    notes = [note for note in (fact.status, None if fact.season is None else f"season {fact.season}") if note]
    if notes:
        relation += f" ({', '.join(notes)})"
    return fact.subject.name, relation, fact.object.name


def _coloured(words: str, fact: Fact) -> str:
    from .visualize.words import group_of

    ink = _INKS.get(group_of(fact.relation, fact.kind))
    return click.style(words, fg=ink) if words and ink else words
