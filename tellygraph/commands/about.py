"""Commands that say how things are: `check`, `info`, `settings`."""

from __future__ import annotations

import click

from .. import console
from .shared import graph_option, open_graph


@click.command()
@graph_option
def check() -> None:
    """Check the graph's shape and consistency, and whose name is unclear; exit 1 where there are violations."""
    with open_graph() as graph, console.progress("Checking…"):
        report, unclear = graph.check(), list(graph.unclear())
    for line in [*report.as_text().splitlines(), *(f"unclear: {name}" for name in unclear)]:
        click.echo(console.printable(line))
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
