"""What several commands share: options, the graph they work on, standard input, how refusals are said."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from .. import console
from ..errors import InputError

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph
    from ..reading import Remark
    from ..reviews.reader import Reader
    from ..reviews.records import Review
    from ..reviews.sources import Position

F = TypeVar("F", bound=Callable[..., object])

_GRAPH = "tellygraph.graph"

PATHS = click.argument("paths", metavar="PATH...", nargs=-1, required=True)
MIN_CONFIDENCE = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="X",
    help="Leave out facts the reader is less sure of than this (0 to 1).",
)  # fmt: skip


def _readers() -> Sequence[str]:
    from ..reading import READERS

    return READERS


def _keep_graph(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_GRAPH] = value


def graph_option(command: F) -> F:
    """Let `--graph` stand before the command's name or after it; the later one counts."""
    return click.option(
        "--graph", metavar="PATH_OR_URL", expose_value=False, callback=_keep_graph,
        help="The graph: a folder, or the URL of a SPARQL endpoint.  [else TELLYGRAPH_GRAPH, else ./tellygraph.db]",
    )(command)  # fmt: skip


def _services(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    parted = [text.partition("=") for text in given]
    if any(not equals or not re.fullmatch(r"[\w-]+", name) for name, equals, _ in parted):
        raise click.UsageError("a --service is written NAME=URL, with a name of letters, digits, - and _")
    return {name: url for name, _, url in parted}


service_option = click.option(
    "--service", "services", metavar="NAME=URL", multiple=True, callback=_services,
    help="Let SERVICE <URL> or <service:NAME> ask this server; again for more.  [else none]",
)  # fmt: skip


def named_graph() -> str:
    """Return the folder or URL that `--graph` names, or the setting."""
    from ..settings import text_setting

    return text_setting("graph", click.get_current_context().meta.get(_GRAPH))


def open_graph(*, writing: bool = False, reader: Reader | None = None) -> KnowledgeGraph:
    """Open the graph that `--graph` names; `reader` reads what is added. Raises StoreError."""
    from ..knowledge_graph import open_graph

    return open_graph(click.get_current_context().meta.get(_GRAPH), read_only=not writing, reader=reader)


class Names(click.ParamType[str]):
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


def note(context: click.Context, option: click.Parameter, value: object) -> None:
    """Keep an option's value where functions of the running command find it."""
    context.meta[f"tellygraph.{option.name}"] = value


def reader_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say who reads; `chosen_reader` makes the reader of them."""
    for option in (
        click.option("--rules", metavar="FILE", expose_value=False, callback=note,
                     help="Read by rules of your own as well (docs/own-rules.md)."),
        click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, metavar="N",
                     expose_value=False, callback=note, help="Read in N processes; the facts are the same."),
        click.option("--reader", type=Names(_readers), default="rules", show_default=True, expose_value=False,
                     callback=note, help="Who reads: the rules, a model (docs/second-reader.md), or both."),
    ):  # fmt: skip
        command = option(command)
    return command


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how its paths are read; `found_in_paths` reads them so."""
    for option in (
        click.option("--column", "columns", metavar="KEY=NAME", multiple=True, expose_value=False, callback=note,
                     help="What tables and JSON lines call a key, such as text=body; may be given again."),
        click.option("--input-format", type=Names(_input_formats), expose_value=False, callback=note,
                     help="What standard input is.  [else what it begins with says]"),
        click.option("--allow-local", is_flag=True, expose_value=False, callback=note,
                     help="Let URLs be of the local network."),
        click.option("--follow", is_flag=True, expose_value=False, callback=note,
                     help="Read the pages that a feed has only summaries of."),
        click.option("--season", type=click.IntRange(0, 9999), metavar="N", expose_value=False, callback=note,
                     help="The season they are about."),
        click.option("--show", metavar="TITLE", expose_value=False, callback=note,
                     help="The show they are about, over what they say themselves."),
    ):  # fmt: skip
        command = option(command)
    return command


def found_in_paths(paths: Sequence[str], position: Position) -> Iterator[Review | Remark]:
    """Yield what paths hold, read as the options of the running command say; `position` is moved on."""
    from ..reading import found_in
    from ..reviews.sources import columns_of

    meta = click.get_current_context().meta
    options = ("show", "season", "columns", "follow", "allow_local", "input_format")
    show, season, columns, follow, allow_local, kind = (meta[f"tellygraph.{option}"] for option in options)
    if kind is not None and "-" not in paths:
        raise InputError("--input-format says what standard input is, and - is not among the paths")
    stdin = standard_input() if "-" in paths else None
    return found_in(paths, show, season, stdin, position, columns_of(columns), follow, allow_local, kind)


def _input_formats() -> Sequence[str]:
    from ..reviews.sources import INPUT_FORMATS

    return tuple(INPUT_FORMATS)


def chosen_reader() -> Reader:
    """Make the reader that the options of the running command ask for. Raises InputError, SettingError."""
    from ..reading import reader_named, reader_of

    meta = click.get_current_context().meta
    name, rules, workers = (meta[f"tellygraph.{option}"] for option in ("reader", "rules", "workers"))
    if workers > 1 and rules is None:
        return reader_of(name, workers)
    return reader_of(reader_named(name, rules=rules), workers)


def standard_input() -> BinaryIO:
    """Return standard input as bytes; nothing where it is closed."""
    if sys.stdin is None:
        return io.BytesIO()
    if sys.stdin.isatty():
        console.say("Reading what you type; Ctrl-D ends it.")
    return sys.stdin.buffer


def say(remark: Remark, progress: console.Progress) -> int:
    """Say a refusal or notice on stderr; return how many inputs it refuses."""
    from ..reviews.records import Refusal

    if isinstance(remark, Refusal):
        progress.say(f"Error: {remark.source}: {remark.reason}")
        return 1
    progress.say(f"Note: {remark.source}: {remark.message}")
    return 0


def say_left_out(count: int, least: float) -> None:
    """Say on stderr how many facts `--min-confidence` left out, if any."""
    from ..reviews.sureness import left_out_sentence

    if count:
        console.say(f"{left_out_sentence(count, least)}.")


def say_usage(reader: Reader) -> None:
    """Say on stderr what a model's reading took, if one read."""
    from ..reviews.reader import ModelReader

    if isinstance(reader, ModelReader):
        for sentence in reader.usage.sentences():
            console.say(sentence)


def end(read: int, refused: int) -> None:
    """End with the exit code of a refused input, if there was one."""
    if refused:
        console.say(f"{console.plural(refused, 'input')} refused, {console.plural(read, 'review')} read.")
        click.get_current_context().exit(InputError.exit_code)
