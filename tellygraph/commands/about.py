"""Commands that say how things are: `check`, `info`, `settings`."""

from __future__ import annotations

import click

from .. import console
from .shared import graph_option, open_graph

_LISTED = 20


@click.command()
@graph_option
def check() -> None:
    """Check the graph's shape and consistency, and who may be whom; exit 1 where there are violations."""
    with open_graph() as graph, console.progress("Checking…"):
        report, unclear, duplicates = graph.check(), list(graph.unclear()), graph.likely_duplicates()
    for line in [*report.as_text().splitlines(), *(f"unclear: {name}" for name in unclear)]:
        click.echo(console.printable(line))
    if duplicates:
        click.echo(f"\n{console.plural(len(duplicates), 'likely duplicate')}, best first")
        for pair in duplicates[:_LISTED]:
            click.echo(console.printable(pair.sentence))
        if len(duplicates) > _LISTED:
            click.echo(f"and {len(duplicates) - _LISTED:,} more")
    click.get_current_context().exit(1 if report.violations else 0)


@click.command()
@graph_option
def info() -> None:
    """Say what the graph holds, where it is, and what it runs on."""
    with open_graph() as graph:
        about = graph.info()
    for number, section in enumerate(about.sections()):
        console.lines([""] * bool(number))
        console.lines(console.columns(section, None))


@click.command()
def settings() -> None:
    """List the settings: name, value, and what it means."""
    from ..settings import SETTINGS, setting, shown

    rows = [(entry.variable, shown(setting(entry.name)), entry.help) for entry in SETTINGS]
    console.lines(console.columns(rows, None))
