"""The command `serve`: the graph as a place on the web."""

from __future__ import annotations

import click

from .. import console
from .shared import graph_option, named_graph, service_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N", help="The port; 0 for any."
)
@click.option("--base", metavar="IRI", help="What the things' IRIs begin with.  [else TELLYGRAPH_BASE]")
@click.option("--origin", metavar="URL", help="What visitors see the site as.  [else http://HOST:PORT]")
@click.option("--writable", is_flag=True, help="Take updates from those who know TELLYGRAPH_WRITE_TOKEN.")
@service_option
@graph_option
def serve(host: str, port: int, base: str | None, origin: str | None, writable: bool, services: dict[str, str]) -> None:
    """Serve the explorer, a SPARQL endpoint and an address for every thing.

    Ctrl-C ends it.
    """
    from ..web.serving import serve as run

    run(
        named_graph(),
        host=host,
        port=port,
        base=base,
        origin=origin,
        writable=writable,
        services=services,
        say=console.say,
    )
