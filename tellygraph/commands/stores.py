"""Commands that fill, copy and keep whole graphs: `load`, `copy`, `backup`, `restore`."""

from __future__ import annotations

import click

from .. import console
from .shared import graph_option, named_graph, open_graph


@click.command()
@click.argument("parts", metavar="PART...", nargs=-1, required=True)
@graph_option
def load(parts: tuple[str, ...]) -> None:
    """Load N-Quads into the graph, fast: all of them, or nothing.

    PART is a .nq, .nq.gz or .nq.zst file, or a folder of them; where it has a manifest.json, its files are held to it.
    """
    from ..graph.loading import load as load_parts

    with console.progress("Loading…"):
        done = load_parts(parts, named_graph())
    click.echo(
        f"{console.plural(done.quads, 'statement')} in {console.plural(done.files, 'file')}:"
        f" {done.added:,} added to {done.where}"
    )
    if done.not_canonical:
        console.say(
            f"Note: {console.plural(done.not_canonical, 'literal')} not in canonical form: the graph has them in it"
            ' ("0.9" for "0.90").'
        )


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("to", metavar="TO")
@click.option("--into", is_flag=True, help="Add what TO lacks, where it holds something already.")
def copy(source: str, to: str, *, into: bool) -> None:
    """Copy a graph, a folder or the URL of an endpoint, to another place, and compare the two.

    A copy that was interrupted is finished by doing it again, with --into where a part of it is there.
    """
    from ..graph.copying import copy as copy_graph

    with console.progress("Copying…"):
        done = copy_graph(source, to, into=into)
    click.echo(
        f"{console.plural(done.quads, 'statement')} of {done.source} are at {done.where}, {done.added:,} of them new;"
        f" compared, hash {done.digest[:12]}"
    )


@click.command()
@click.argument("folder", metavar="DIR")
@graph_option
def backup(folder: str) -> None:
    """Write the graph as it is to the new folder DIR, and compare the two; others may read it meanwhile."""
    with open_graph() as graph, console.progress("Copying…"):
        record = graph.backup(folder)
    click.echo(
        f"{console.plural(record.quads, 'statement')} of {record.source} are in {folder}; compared,"
        f" hash {record.digest[:12]}"
    )


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--replace", is_flag=True, help="Replace the graph that is there; it is kept until the other stands.")
@graph_option
def restore(folder: str, *, replace: bool) -> None:
    """Make the graph what the backup in DIR holds, and compare the two."""
    from ..graph.backup import restore as restore_graph

    where = named_graph()
    with console.progress("Copying…"):
        record = restore_graph(folder, where, replace=replace)
    click.echo(
        f"{console.plural(record.quads, 'statement')} restored, as they were on {record.made}; compared,"
        f" hash {record.digest[:12]}"
    )
