"""Commands that ask the graph: `ask`, `query`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from .. import console
from ..errors import InputError
from .shared import Names, graph_option, open_graph, service_option, standard_input


def print_formats() -> Sequence[str]:
    """Return the names of the forms answers are printed in."""
    from ..queries import PRINTERS

    return tuple(PRINTERS)


@click.command()
@click.argument("name", required=False)
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1)
@click.option("--format", "style", type=Names(print_formats), help="How to print the answer.  [else table, or turtle]")
@graph_option
def ask(name: str | None, parameters: tuple[str, ...], style: str | None) -> None:
    """Answer a question of the catalogue; without NAME, list the questions."""
    from ..queries import catalogue, printed, question

    if name is None:
        console.lines(console.columns([(entry.name, entry.title) for entry in catalogue().values()], None))
        return
    given = dict(_parameter(text) for text in parameters)
    if not set(question(name).required) <= set(given):
        for line in console.question_page(question(name)):
            click.echo(line, err=True)
    with open_graph() as graph:
        console.text(printed(graph.ask(name, **given), style, width=console.terminal_width()))


def _parameter(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise click.UsageError(f"{given!r} is not a parameter: write it as name=value, in quotes if it has spaces")
    return name, value


@click.command()
@click.argument("file", required=False)
@click.option("-e", "sparql", metavar="SPARQL", help="The query itself.")
@service_option
@click.option("--format", "style", type=Names(print_formats), help="How to print the answer.  [else table, or turtle]")
@graph_option
def query(file: str | None, sparql: str | None, services: dict[str, str], style: str | None) -> None:
    """Answer any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    FILE holds the query; - reads it from standard input.
    """
    from ..queries import printed

    if (file is None) == (sparql is None):
        raise click.UsageError("give either a FILE (or -) or -e SPARQL")
    text = sparql if file is None else _text_of(file)
    with open_graph() as graph:
        console.text(printed(graph.query(text or "", services=services), style, width=console.terminal_width()))


def _text_of(file: str) -> str:
    try:
        return (standard_input().read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"the query {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"the query {file} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
