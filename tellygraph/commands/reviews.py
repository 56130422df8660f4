"""Commands that take reviews: `facts`, `add`, `remove`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from .. import console
from .on_spark import add_on_spark, engine_options, reads_on_spark
from .shared import (
    MIN_CONFIDENCE,
    PATHS,
    chosen_reader,
    end,
    found_in_paths,
    graph_option,
    open_graph,
    reader_options,
    say,
    say_left_out,
    say_usage,
    source_options,
)

if TYPE_CHECKING:
    from ..added import Added, ReviewAdded
    from ..reading import Remark
    from ..reviews.reader import Reader
    from ..reviews.records import Reading, Review


@click.command()
@PATHS
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "text", "jsonl", "html"]),
    default="table",
    show_default=True,
    help="Lines for people, one JSON object a line, or a page of the reviews with the facts' words marked.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to; a file there is replaced.  [else standard output]")
@source_options
@MIN_CONFIDENCE
@reader_options
def facts(paths: tuple[str, ...], style: str, output: str | None, min_confidence: float) -> None:
    """Read reviews and print their facts, touching no graph.

    PATH is a file of a kind that docs/sources.md names, a folder, a URL, or - for standard input.
    """
    from ..reading import readings
    from ..reviews.records import Reading
    from ..reviews.sureness import without_unsure

    read = refused = left_out = 0
    chosen = chosen_reader()
    on_terminal = output in (None, "-") and sys.stdout.isatty()
    with console.printed(output) as put, console.progress("Reading…", quiet=on_terminal) as progress:
        found, one_more = _paced(paths, progress)

        def kept() -> Iterator[Reading]:
            nonlocal read, refused, left_out
            for item in readings(chosen, found):
                if isinstance(item, Reading):
                    reading, unsure = without_unsure(item, min_confidence)
                    read, left_out = read + 1, left_out + unsure
                    one_more()
                    yield reading
                else:
                    refused += say(item, progress)

        for piece in _as_text(style, kept(), chosen, on_terminal=on_terminal):
            put(piece)
        if refused and not read:
            say_usage(chosen)
            end(read, refused)  # before a file is replaced by nothing
    say_left_out(left_out, min_confidence)
    say_usage(chosen)
    end(read, refused)


def _paced(paths: Sequence[str], progress: console.Progress) -> tuple[Iterator[Review | Remark], Callable[[], None]]:
    """Return what the paths hold, and what to call for each review that has been read."""
    from ..pace import Pace
    from ..reviews.sources import Position

    position = Position()
    found = found_in_paths(paths, position)
    if not progress.shown:
        return found, lambda: None
    pace = Pace(paths, position)
    return pace.noted(found), lambda: progress.show(f"Reading… {pace.one_more()}")


def _as_text(style: str, readings: Iterator[Reading], reader: Reader, *, on_terminal: bool) -> Iterator[str]:
    """Yield what to print of readings: a piece for each, or one page for all."""
    from ..fact_text import fact_table, marked_text
    from ..reviews.fact_lines import fact_line
    from ..shown import page_of

    if style == "html":
        yield page_of(readings, reader)
        return
    width, colours = (console.terminal_width(), console.in_colours()) if on_terminal else (None, False)
    for reading in readings:
        if style == "jsonl":
            lines: Iterator[str] = map(fact_line, reading.facts)
        else:
            lines = (fact_table if style == "table" else marked_text)(reading, width, colours=colours)
        yield "".join(f"{line}\n" for line in lines)


@click.command()
@PATHS
@source_options
@MIN_CONFIDENCE
@click.option("--force", is_flag=True, help="Read reviews again that have not changed.")
@reader_options
@engine_options
@graph_option
def add(paths: tuple[str, ...], min_confidence: float, force: bool) -> None:
    """Read reviews and put their facts in the graph; adding a review again replaces it.

    PATH is a file of a kind that docs/sources.md names, a folder, a URL, or - for standard input.
    """
    from ..added import ReviewAdded

    if reads_on_spark(force=force):
        add_on_spark(paths, min_confidence)
        return
    chosen = chosen_reader()
    with open_graph(writing=True, reader=chosen) as graph, console.progress("Reading…") as progress:
        where = graph.where
        found, one_more = _paced(paths, progress)

        def hear(step: ReviewAdded | Remark) -> None:
            if isinstance(step, ReviewAdded):
                one_more()
            else:
                say(step, progress)

        done = graph.add_found(found, hear=hear, min_confidence=min_confidence, force=force)
    click.echo(f"{_what_became(done)} in {where}")
    say_left_out(done.left_out, min_confidence)
    say_usage(chosen)
    end(done.reviews, len(done.refused))


def _what_became(done: Added) -> str:
    said = f"{console.plural(done.added, 'review')} added, {done.replaced:,} replaced, {done.unchanged:,} unchanged"
    if done.not_read:
        said += ", not read again" if done.not_read == done.unchanged else f" ({done.not_read:,} not read again)"
    return f"{said}," if done.not_read and not done.reviews else f"{said}: {console.plural(done.facts, 'fact')}"


@click.command()
@click.argument("reviews", metavar="REVIEW...", nargs=-1, required=True)
@graph_option
def remove(reviews: tuple[str, ...]) -> None:
    """Take reviews, given by id or IRI, and exactly their facts out of the graph again."""
    with open_graph(writing=True) as graph:
        statements = graph.remove(*reviews)
        click.echo(f"{console.plural(len(set(reviews)), 'review')} removed, {statements:,} statements less")
