"""What the command line prints: sentences on stderr, lines for people, progress on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import click

from .files import written

if TYPE_CHECKING:
    from rich.status import Status
    from rich.text import Text

    from .queries import Question


def say(sentence: str) -> None:
    """Print a sentence on stderr."""
    click.echo(printable(sentence), err=True)


def printable(text: str) -> str:
    """Return text on one line that no terminal takes for a command: controls and marks of direction become `�`.

    >>> printable("Nell\\n\\x1b[31mred")
    'Nell �[31mred'
    """
    return "".join(_safe(character) for character in " ".join(text.split()))


def printable_line(line: str) -> str:
    """Return a line as `printable` does, with its spaces as they are."""
    return "".join(_safe(character) for character in line)


def _safe(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    return (
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in ("Cc", "Cs") or _turns(character)
        else character
    )


def _turns(character: str) -> bool:
    """Whether a character makes others appear in another order."""
    return character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def plural(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(1, "review"), plural(1200, "person")
    ('1 review', '1,200 people')
    """
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {'people' if noun == 'person' else noun + 's'}"


def columns(rows: Iterable[Sequence[str]], width: int | None) -> Iterator[str]:
    """Yield lines with aligned columns, two spaces apart; the last column is cut to fit `width`, if there is one."""
    for front, last in aligned(rows, width):
        yield (front + last).rstrip()


def aligned(rows: Iterable[Sequence[str]], width: int | None) -> Iterator[tuple[str, str]]:
    """Yield the lines of `columns` in two: all columns but the last, and the last."""
    rows = [[printable(cell) for cell in row] for row in rows]
    sizes = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        front = "".join(cell + " " * (size - cells(cell) + 2) for cell, size in zip(row[:-1], sizes, strict=False))
        line = _cut(front + row[-1], width)
        yield line[: len(front)], line[len(front) :]


def cells(text: str) -> int:
    """Return how many columns of a terminal text takes: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _cut(line: str, width: int | None) -> str:
    if width is None or cells(line) <= width:
        return line
    room, kept = width - 1, []
    for character in line:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…"


def lines(texts: Iterable[str]) -> None:
    """Print lines on stdout."""
    text("".join(f"{line}\n" for line in texts))


def text(output: str) -> None:
    """Print text on stdout and flush it: as the terminal speaks, in UTF-8 to files and pipes."""
    if sys.stdout.isatty():
        click.echo(output, nl=False)
    else:
        click.echo(output.encode(), nl=False)
    sys.stdout.flush()


def terminal_width() -> int | None:
    """Return the width of the terminal on stdout, None where stdout is a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def in_colours() -> bool:
    """Whether stdout is a terminal that shows colours, and the user has not said NO_COLOR."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


class Progress:
    """A moving line on stderr that says how far a command is; shows nothing away from a terminal."""

    def __init__(self, status: Status | None) -> None:
        self._status = status

    @property
    def shown(self) -> bool:
        """Whether anybody sees it."""
        return self._status is not None

    def show(self, sentence: str) -> None:
        """Replace the line."""
        if self._status is not None:
            self._status.update(_plain(sentence))

    def say(self, sentence: str) -> None:
        """Print a sentence on stderr that stays, above the line."""
        if self._status is not None:
            self._status.console.print(_plain(sentence), soft_wrap=True)
        else:
            say(sentence)


def _plain(sentence: str) -> Text:
    from rich.text import Text

    return Text(printable(sentence))  # a str would be read as markup


@contextmanager
def progress(sentence: str, *, quiet: bool = False) -> Iterator[Progress]:
    """Show a moving line on stderr while the block runs, unless `quiet` or stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield Progress(None)
        return
    from rich.console import Console

    with Console(stderr=True).status(_plain(sentence)) as status:
        yield Progress(status)


def question_page(question: Question) -> Iterator[str]:
    """Yield how a question is asked: what it answers, what it takes, an example."""
    yield question.title
    yield question.description
    rows = [(p.name, "required" if p.required else "optional", p.meaning) for p in question.parameters]
    yield from columns(rows, None)
    example = question.example.params or tuple((name, "...") for name in question.required)
    yield " ".join(["For example: tellygraph ask", question.name, *(f'{name}="{value}"' for name, value in example)])


@contextmanager
def printed(path: str | None) -> Iterator[Callable[[str], None]]:
    """Give what prints text: on stdout as `text` does, or into a file that is moved into its place when it is whole."""
    if path is None or path == "-":
        yield text
    else:
        with written(path) as file:

            def put(output: str) -> None:
                file.write(output.encode())

            yield put


@contextmanager
def output(path: str | None) -> Iterator[BinaryIO]:
    """Open what a command writes: stdout, or a file that is moved into its place when it is whole."""
    if path is None or path == "-":
        out = sys.stdout.buffer
        yield out
        out.flush()
    else:
        with written(path) as file:
            yield file
