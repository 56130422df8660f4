"""The command line. A command parses, calls one function of the library, prints, and maps errors to exit codes.

Exit codes: 0 done; 1 `check` found violations, or an error of no other kind; 2 what was given cannot be used;
3 the graph cannot be opened or reached; 130 interrupted. Libraries are imported inside commands: `--help` is fast.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

import click

from . import console
from .errors import InputError, TellygraphError

if TYPE_CHECKING:
    from .knowledge_graph import KnowledgeGraph, ReviewAdded
    from .reading import Remark

F = TypeVar("F", bound=Callable[..., object])

_GRAPH = "tellygraph.graph"
_INTERRUPTED, _PIPE_CLOSED = 130, 141


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line (`sys.argv` where none is given) and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name the terminal has no letters for is no reason to stop
    try:
        code = commands.main(arguments, prog_name="tellygraph", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except TellygraphError as error:
        console.say(f"Error: {error}")
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nInterrupted.", err=True)
        code = _INTERRUPTED
    except (BrokenPipeError, _ReaderGoneError):
        # Keep Python from complaining when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _PIPE_CLOSED
    sys.exit(code if isinstance(code, int) else 0)


class _ReaderGoneError(Exception):
    """Whoever read our output has gone, as `head` does."""


class _Commands(click.Group):
    """All commands; click itself would end with 1 where stdout is closed, which is the code of an error here."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error


def _stdin() -> BinaryIO:
    """Standard input as bytes; nothing where it is closed."""
    if sys.stdin is None:
        return io.BytesIO()
    if sys.stdin.isatty():
        console.say("Reading what you type; Ctrl-D ends it.")
    return sys.stdin.buffer


def _keep_graph(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_GRAPH] = value


def _graph_option(command: F) -> F:
    """Let `--graph` stand before the command's name or after it; the later one counts."""
    return click.option(
        "--graph", metavar="PATH_OR_URL", expose_value=False, callback=_keep_graph,
        help="The graph: a folder, or the URL of a SPARQL endpoint.  [else TELLYGRAPH_GRAPH, else ./tellygraph.db]",
    )(command)  # fmt: skip


def _open(*, writing: bool = False) -> KnowledgeGraph:
    from .knowledge_graph import open_graph

    return open_graph(click.get_current_context().meta.get(_GRAPH), read_only=not writing)


class _Names(click.ParamType[str]):
    """One name of a list that a room keeps; the room is imported when the list is needed."""

    name = "choice"

    def __init__(self, names: Callable[[], Sequence[str]]) -> None:
        self._names = names

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Name all of them in the help."""
        return "|".join(self._names())

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Fail, listing the names, for any other."""
        return click.Choice(self._names()).convert(value, param, ctx)


def _print_formats() -> Sequence[str]:
    from .queries import PRINTERS

    return tuple(PRINTERS)


def _export_formats() -> Sequence[str]:
    from .knowledge_graph import EXPORT_FORMATS

    return EXPORT_FORMATS


_PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True)
_ABOUT_SHOW = click.option("--show", metavar="TITLE", help="The show they are about, over what they say themselves.")
_ABOUT_SEASON = click.option("--season", type=click.IntRange(0, 9999), metavar="N", help="The season they are about.")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tellygraph", message="%(prog)s %(version)s")
@_graph_option
def commands() -> None:
    """Turn television reviews into linked data: facts with the exact words they came from."""


@commands.command()
@_PATHS
@click.option("--format", "style", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="Lines for people, or one JSON object a line.")  # fmt: skip
@_ABOUT_SHOW
@_ABOUT_SEASON
def facts(paths: tuple[str, ...], style: str, show: str | None, season: int | None) -> None:
    """Read reviews and print their facts, touching no graph.

    PATH is a .txt, .md, .html or .jsonl file, a folder, or - for standard input.
    """
    from .reading import default_reader, found_in, readings
    from .reviews.fact_lines import fact_line
    from .reviews.records import Reading

    width, read, refused = console.terminal_width(), 0, 0
    found = found_in(paths, show, season, _stdin() if "-" in paths else None)
    with console.progress("Reading…", quiet=sys.stdout.isatty()) as progress:
        for item in readings(default_reader(), found):
            if not isinstance(item, Reading):
                refused += _say(item, progress)
                continue
            read += 1
            lines = console.fact_table(item, width) if style == "table" else map(fact_line, item.facts)
            console.text("".join(f"{line}\n" for line in lines))
    _end(read, refused)


@commands.command()
@_PATHS
@_ABOUT_SHOW
@_ABOUT_SEASON
@_graph_option
def add(paths: tuple[str, ...], show: str | None, season: int | None) -> None:
    """Read reviews and put their facts in the graph; adding a review again replaces it.

    PATH is a .txt, .md, .html or .jsonl file, a folder, or - for standard input.
    """
    from .knowledge_graph import Added, ReviewAdded
    from .reading import found_in

    found = found_in(paths, show, season, _stdin() if "-" in paths else None)
    with _open(writing=True) as graph, console.progress("Reading…") as progress:
        where = graph.where

        def told() -> Iterator[ReviewAdded | Remark]:
            for step in graph.adding(found):
                if isinstance(step, ReviewAdded):
                    progress.show(f"Reading… {step.review.id}")
                else:
                    _say(step, progress)
                yield step

        done = Added.of(told())
    click.echo(
        f"{console.plural(done.added, 'review')} added, {done.replaced:,} replaced, {done.unchanged:,} unchanged:"
        f" {console.plural(done.facts, 'fact')} in {where}"
    )
    _end(done.reviews, len(done.refused))


def _say(remark: Remark, progress: console.Progress) -> int:
    """Say a refusal or notice on stderr; return how many inputs it refuses."""
    from .reviews.records import Refusal

    if isinstance(remark, Refusal):
        progress.say(f"Error: {remark.source}: {remark.reason}")
        return 1
    progress.say(f"Note: {remark.source}: {remark.message}")
    return 0


def _end(read: int, refused: int) -> None:
    """End with the exit code of a refused input, if there was one."""
    if refused:
        console.say(f"{console.plural(refused, 'input')} refused, {console.plural(read, 'review')} read.")
        click.get_current_context().exit(InputError.exit_code)


@commands.command()
@click.argument("reviews", metavar="REVIEW...", nargs=-1, required=True)
@_graph_option
def remove(reviews: tuple[str, ...]) -> None:
    """Take reviews, given by id or IRI, and exactly their facts out of the graph again."""
    with _open(writing=True) as graph:
        statements = graph.remove(*reviews)
        click.echo(f"{console.plural(len(set(reviews)), 'review')} removed, {statements:,} statements less")


@commands.command()
@click.argument("name", required=False)
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1)
@click.option(
    "--format", "style", type=_Names(_print_formats), help="How to print the answer.  [else table, or turtle]"
)
@_graph_option
def ask(name: str | None, parameters: tuple[str, ...], style: str | None) -> None:
    """Answer a question of the catalogue; without NAME, list the questions."""
    from .queries import catalogue, printed, question

    if name is None:
        console.lines(console.columns([(entry.name, entry.title) for entry in catalogue().values()], None))
        return
    given = dict(_parameter(text) for text in parameters)
    if not set(question(name).required) <= set(given):
        for line in console.question_page(question(name)):
            click.echo(line, err=True)
    with _open() as graph:
        console.text(printed(graph.ask(name, **given), style, width=console.terminal_width()))


def _parameter(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise click.UsageError(f"{given!r} is not a parameter: write it as name=value, in quotes if it has spaces")
    return name, value


@commands.command()
@click.argument("file", required=False)
@click.option("-e", "sparql", metavar="SPARQL", help="The query itself.")
@click.option(
    "--format", "style", type=_Names(_print_formats), help="How to print the answer.  [else table, or turtle]"
)
@_graph_option
def query(file: str | None, sparql: str | None, style: str | None) -> None:
    """Answer any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    FILE holds the query; - reads it from standard input.
    """
    from .queries import printed

    if (file is None) == (sparql is None):
        raise click.UsageError("give either a FILE (or -) or -e SPARQL")
    text = sparql if file is None else _text_of(file)
    with _open() as graph:
        console.text(printed(graph.query(text or ""), style, width=console.terminal_width()))


def _text_of(file: str) -> str:
    try:
        return (_stdin().read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"the query {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"the query {file} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


@commands.command()
@click.option("--show", metavar="TITLE", help="Only this show.")
@click.option("--about", metavar="NAME", help="Only this person, character or show, and what it is joined to.")
@click.option("--kind", metavar="KIND", help="Only this kind (sibling), group of kinds (family) or relation (plays).")
@click.option("-o", "--output", metavar="FILE.html", required=True, help="The page to write.")
@_graph_option
def draw(show: str | None, about: str | None, kind: str | None, output: str) -> None:
    """Draw the interactive picture: one page that fetches nothing."""
    with _open() as graph:
        picture = graph.draw(show=show, about=about, kind=kind)
    path = picture.save(output)
    nodes, lines = picture.network.number_of_nodes(), picture.network.number_of_edges()
    click.echo(f"{path}: {console.plural(nodes, 'thing')}, {console.plural(lines, 'fact')}")


@commands.command()
@click.option("--format", "style", type=_Names(_export_formats), required=True, help="What to write.")
@click.option("-o", "--output", metavar="FILE", help="Where to; a file there is replaced.  [else standard output]")
@_graph_option
def export(style: str, output: str | None) -> None:
    """Write the graph as linked data, or as a network file."""
    with _open() as graph, console.output(output) as out:
        graph.export(style, out)


@commands.command()
@_graph_option
def check() -> None:
    """Check the graph's shape and consistency; exit 1 where there are violations."""
    with _open() as graph, console.progress("Checking…"):
        report = graph.check()
    for line in report.as_text().splitlines():
        click.echo(console.printable(line))
    click.get_current_context().exit(1 if report.violations else 0)


@commands.command()
@_graph_option
def info() -> None:
    """Say what the graph holds, where it is, and what it runs on."""
    with _open() as graph:
        about = graph.info()
    for number, section in enumerate(about.sections()):
        console.lines([""] * bool(number))
        console.lines(console.columns(section, None))


@commands.command()
def settings() -> None:
    """List the settings: name, value, and what it means."""
    from .settings import SETTINGS, setting

    rows = [(entry.variable, str(setting(entry.name)), entry.help) for entry in SETTINGS]
    console.lines(console.columns(rows, None))


@commands.command()
@click.option("--into", metavar="FOLDER", default="demo", show_default=True, help="Where to write what it makes.")
def demo(into: str) -> None:
    """Read the example reviews, ask three questions, draw the picture, write linked data."""
    from .demo import lines, run
    from .knowledge_graph import ReviewAdded

    def hear(step: ReviewAdded | Remark) -> None:
        if isinstance(step, ReviewAdded):
            progress.show(f"Read {step.review.id}")
        else:
            _say(step, progress)

    with console.progress("Reading the example reviews…") as progress:
        done = run(Path(into), hear)
    console.lines(lines(done))
