"""The command that measures the network: `measure`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import console
from .questions import print_formats
from .shared import Names, graph_option, open_graph

_ALL = "all"
_USUAL = ("degree", "weightedDegree", "betweenness", "pagerank", "community")
_TABLES = ("things", "network", "bridges")


def measure_names() -> Sequence[str]:
    """Return the names of all measures."""
    from ..visualize import MEASURES

    return tuple(MEASURES)


def _or_all() -> Sequence[str]:
    return (*measure_names(), _ALL)


@click.command()
@click.option("--show", metavar="TITLE", help="Only this show.")
@click.option("--season", type=click.IntRange(0, 9999), metavar="N", help="Only what is told of this season.")
@click.option("--about", metavar="NAME", help="Only this person, character or show, and what it is joined to.")
@click.option("--kind", metavar="KIND", help="Only this kind (sibling), group (family) or relation (relationship).")
@click.option(
    "--measure",
    "measures",
    type=Names(_or_all),
    multiple=True,
    help=f"What to measure; repeatable.  [else {', '.join(_USUAL)}]",
)
@click.option(
    "--of",
    "table",
    type=click.Choice(_TABLES),
    default=_TABLES[0],
    show_default=True,
    help="A row per thing, the network as a whole, or the ties that hold parts together.",
)
@click.option("--exact", is_flag=True, help="Estimate nothing, however long it takes.")
@click.option("--format", "style", type=Names(print_formats), help="How to print it.  [else table]")
@graph_option
def measure(
    show: str | None, season: int | None, about: str | None, kind: str | None,
    measures: tuple[str, ...], table: str, exact: bool, style: str | None,
) -> None:  # fmt: skip
    """Measure the network: who is central, what hangs together."""
    from ..queries import printed

    wanted = tuple(measure_names()) if _ALL in measures else measures or _USUAL
    with open_graph() as graph:
        found = graph.measures(*wanted, show=show, about=about, kind=kind, season=season, exact=exact)
    rows = {"things": found.table, "network": found.whole_table, "bridges": found.bridge_table}[table]()
    console.text(printed(rows, style, width=console.terminal_width()))
    if style not in (None, "table", "markdown"):  # which print the note themselves
        for note in found.notes:
            console.say(f"Note: {note}")
