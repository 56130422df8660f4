"""Many quads into a server: in bounded parts, each of whole graphs and each one request, in the way it takes fastest.

A part that went in twice is in once, so a load that broke off is begun again, by whoever knows what is in already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.request import Request

from pyoxigraph import Quad, RdfFormat, serialize

from ...errors import StoreError

if TYPE_CHECKING:
    from .endpoint import EndpointStore

# Measured in docs/decisions/graph-endpoint.md.
_OXIGRAPH_QUADS = 20_000


def load_in_parts(store: EndpointStore, quads: Iterable[Quad], server: Mapping[str, str]) -> None:
    """Put quads into `store`, whose last answer had the headers `server`.

    Oxigraph takes 20,000 N-Quads a request by the Graph Store Protocol (`.../store` beside `.../update`), any other
    server updates of `batch_quads`; a graph that holds more is one part. The StoreError for a part that failed says
    how many quads were in before it.
    """
    whole_dataset = server.get("server", "").startswith("Oxigraph/") and store.update_url.endswith("/update")
    most = _OXIGRAPH_QUADS if whole_dataset else store.batch_quads
    done = 0
    for part in _parts(quads, most):
        try:
            if whole_dataset and len(part) > store.batch_quads:
                _post(store, part)
            else:
                store.apply(add=part)
        except StoreError as error:
            if not done:
                raise
            raise type(error)(f"{error} ({done:,} quads went in before that)") from error
        done += len(part)


def _parts(quads: Iterable[Quad], most: int) -> Iterator[list[Quad]]:
    waiting: list[Quad] = []
    for _, members in groupby(quads, key=lambda q: q.graph_name):
        together = list(members)
        if waiting and len(waiting) + len(together) > most:
            yield waiting
            waiting = []
        waiting += together
    if waiting:
        yield waiting


def _post(store: EndpointStore, part: list[Quad]) -> None:
    """Add quads by the Graph Store Protocol (SPARQL 1.1 Graph Store HTTP Protocol, section 5.5), as N-Quads."""
    body = serialize(part, format=RdfFormat.N_QUADS)
    url = store.update_url.removesuffix("/update") + "/store"
    headers = {"Content-Type": "application/n-quads", "User-Agent": f"tellygraph/{version('tellygraph')}"}
    store.send(Request(url, data=body, method="POST", headers=headers), updating=True)  # noqa: S310 - checked as http(s)
