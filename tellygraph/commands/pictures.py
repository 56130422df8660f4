"""Commands that write files: `draw`, `export`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import console
from .shared import Names, graph_option, open_graph


def _export_formats() -> Sequence[str]:
    from ..knowledge_graph import EXPORT_FORMATS

    return EXPORT_FORMATS


@click.command()
@click.option("--show", metavar="TITLE", help="Only this show.")
@click.option("--about", metavar="NAME", help="Only this person, character or show, and what it is joined to.")
@click.option("--kind", metavar="KIND", help="Only this kind (sibling), group of kinds (family) or relation (plays).")
@click.option("-o", "--output", metavar="FILE.html", required=True, help="The page to write.")
@graph_option
def draw(show: str | None, about: str | None, kind: str | None, output: str) -> None:
    """Draw the interactive picture: one page that fetches nothing."""
    with open_graph() as graph:
        picture = graph.draw(show=show, about=about, kind=kind)
    path = picture.save(output)
    nodes, lines = picture.network.number_of_nodes(), picture.network.number_of_edges()
    click.echo(f"{path}: {console.plural(nodes, 'thing')}, {console.plural(lines, 'fact')}")


@click.command()
@click.option("--format", "style", type=Names(_export_formats), required=True, help="What to write.")
@click.option("-o", "--output", metavar="FILE", help="Where to; a file there is replaced.  [else standard output]")
@graph_option
def export(style: str, output: str | None) -> None:
    """Write the graph as linked data, or as a network file."""
    with open_graph() as graph, console.output(output) as out:
        graph.export(style, out)
