"""Commands that fill, copy and keep whole graphs: `load`."""

from __future__ import annotations

import click

from .. import console
from .shared import graph_option, named_graph


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
