"""Commands that write files: `draw`, `export`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import console
from .measures import measure_names
from .shared import Names, graph_option, open_graph


def _export_formats() -> Sequence[str]:
    from ..showing import EXPORT_FORMATS

    return EXPORT_FORMATS


def _groupings() -> Sequence[str]:
    from ..visualize import NUMBERED

    return NUMBERED


@click.command()
@click.option("--show", metavar="TITLE", help="Only this show.")
@click.option("--about", metavar="NAME", help="Only this person, character or show, and what it is joined to.")
@click.option("--kind", metavar="KIND", help="Only this kind (sibling), group of kinds (family) or relation (plays).")
@click.option("--season", type=click.IntRange(0, 9999), metavar="N", help="Only what is told of this season.")
@click.option("--size-by", type=Names(measure_names), help="Let nodes grow with a measure.  [else with their facts]")
@click.option("--colour-by", type=Names(_groupings), help="What colours mean.  [else who belongs together]")
@click.option("--explorer", is_flag=True, help="Write the explorer of --show instead, as one file with its data.")
@click.option("-o", "--output", metavar="FILE.html", required=True, help="The page to write.")
@graph_option
def draw(
    show: str | None, about: str | None, kind: str | None, season: int | None,
    size_by: str | None, colour_by: str | None, output: str, explorer: bool,
) -> None:  # fmt: skip
    """Draw the interactive picture: one page that fetches nothing."""
    if explorer:
        _draw_explorer(
            show, output, narrowed=any(given is not None for given in (about, kind, season, size_by, colour_by))
        )
        return
    with open_graph() as graph:
        picture = graph.draw(show=show, about=about, kind=kind, season=season, size_by=size_by, colour_by=colour_by)
    path = picture.save(output)
    nodes, lines = picture.network.number_of_nodes(), picture.network.number_of_edges()
    click.echo(f"{path}: {console.plural(nodes, 'thing')}, {console.plural(lines, 'fact')}")


def _draw_explorer(show: str | None, output: str, *, narrowed: bool) -> None:
    if show is None or narrowed:
        raise click.UsageError("--explorer takes a show and nothing else: --show TITLE --explorer -o FILE.html")
    with open_graph() as graph:
        click.echo(str(graph.explorer(show).save(output)))


@click.command()
@click.option("--format", "style", type=Names(_export_formats), required=True, help="What to write.")
@click.option("-o", "--output", metavar="FILE", help="Where to; a file there is replaced.  [else standard output]")
@click.option(
    "--measure",
    "measures",
    type=Names(measure_names),
    multiple=True,
    help="Give the nodes of a network file a measure; repeatable.",
)
@graph_option
def export(style: str, output: str | None, measures: tuple[str, ...]) -> None:
    """Write the graph as linked data, or as a network file."""
    with open_graph() as graph, console.output(output) as out:
        graph.export(style, out, measures=measures)
