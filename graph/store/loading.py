"""Many quads into a server: in bounded parts, each of whole graphs and each one request, in the way it takes fastest.

A part that went in twice is in once, so a load that broke off is begun again, by whoever knows what is in already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote
from urllib.request import Request

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from ...errors import StoreError, StoreTimeoutError
from . import virtuoso

if TYPE_CHECKING:
    from .endpoint import EndpointStore

# Measured in docs/decisions/graph-endpoint.md.
_OXIGRAPH_QUADS = 20_000
_VIRTUOSO_QUADS = 10_000
_VIRTUOSO_FEW = 100

_Sent: TypeAlias = "tuple[Callable[[list[Quad]], None], list[Quad]]"


def load_in_parts(store: EndpointStore, quads: Iterable[Quad], server: Mapping[str, str]) -> None:
    """Put quads into `store`, whose last answer had the headers `server`.

    By the Graph Store Protocol Oxigraph takes 20,000 N-Quads a request (`.../store` beside `.../update`), Virtuoso up
    to 10,000 quads of one graph (`.../sparql-graph-crud` beside `.../sparql`); any other server, or address, takes
    updates of `batch_quads`. A graph that holds more is one part, but for Virtuoso. The StoreError for a part that
    failed says how many quads were in before it.
    """
    if server.get("server", "").startswith("Oxigraph/") and store.update_url.endswith("/update"):
        parts = _for_oxigraph(store, quads)
    elif virtuoso.is_it(server) and (address := virtuoso.graph_store(store.update_url)):
        parts = _for_virtuoso(store, quads, address)
    else:
        parts = ((_updating(store), part) for part in _parts(quads, store.batch_quads))
    done = 0
    for send, part in parts:
        try:
            send(part)
        except StoreError as error:
            if not done:
                raise
            raise type(error)(f"{error} ({done:,} quads went in before that)") from error
        done += len(part)


def _updating(store: EndpointStore) -> Callable[[list[Quad]], None]:
    return lambda part: store.apply(add=part)


def _for_oxigraph(store: EndpointStore, quads: Iterable[Quad]) -> Iterator[_Sent]:
    address = store.update_url.removesuffix("/update") + "/store"
    for part in _parts(quads, _OXIGRAPH_QUADS):
        whole = len(part) > store.batch_quads
        yield (lambda quads: _post(store, address, quads, RdfFormat.N_QUADS)) if whole else _updating(store), part


def _for_virtuoso(store: EndpointStore, quads: Iterable[Quad], address: str) -> Iterator[_Sent]:
    """Small graphs go together by updates; so does everything where the server lets nobody at `address`."""
    refused = False

    def post(part: list[Quad]) -> None:
        nonlocal refused
        where = f"{address}?graph-uri={quote(str(part[0].graph_name)[1:-1], safe='')}"
        try:
            _post(store, where, (quad.triple for quad in part), RdfFormat.N_TRIPLES)
        except StoreTimeoutError:
            raise
        except StoreError:
            refused = True
            store.apply(add=part)

    small: list[Quad] = []
    for _, members in groupby(quads, key=lambda q: q.graph_name):
        graph = list(members)
        if refused or len(graph) <= _VIRTUOSO_FEW:
            small += graph
            if len(small) >= store.batch_quads:
                yield _updating(store), small
                small = []
            continue
        for at in range(0, len(graph), _VIRTUOSO_QUADS):
            yield post, graph[at : at + _VIRTUOSO_QUADS]
    if small:
        yield _updating(store), small


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


def _post(store: EndpointStore, address: str, some: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> None:
    """Add quads or triples by the Graph Store Protocol (SPARQL 1.1 Graph Store HTTP Protocol, section 5.5)."""
    body = serialize(some, format=format_)
    headers = {"Content-Type": format_.media_type, "User-Agent": f"tellygraph/{version('tellygraph')}"}
    store.send(Request(address, data=body, method="POST", headers=headers), updating=True)  # noqa: S310 - checked as http(s)
