"""Where the graph is kept: one narrow protocol, two stores behind it.

`open_store` is the way in. Nothing outside this folder knows which store answers.
"""

from __future__ import annotations

from ...errors import StoreError
from .federation import with_services
from .protocol import Change, QueryResult, Store
from .using import using_graphs

__all__ = ["MEMORY", "Change", "QueryResult", "Store", "open_store", "using_graphs", "with_services"]

MEMORY = ":memory:"


def open_store(where: str, *, read_only: bool = False) -> Store:
    """Open the graph at `where`: a folder, `":memory:"`, or the http(s) URL of a SPARQL 1.1 endpoint.

    A folder that is not there yet is made (its parent must exist), unless `read_only`. An endpoint whose update
    URL cannot be told from its query URL is written `QUERY_URL|UPDATE_URL`; see `EndpointStore`.

    A folder is open either in one program for writing or in any number for reading (`read_only`), never both.
    Raises StoreError saying what is in the way and what to do; nothing is written then.

    >>> with open_store(":memory:") as store:
    ...     len(store)
    0
    """
    if where.startswith(("http://", "https://")):
        from .endpoint import EndpointStore

        return EndpointStore(where, read_only=read_only)
    if "://" in where:
        raise StoreError(f"{where!r} is neither a folder nor an http:// or https:// endpoint: name one of them")
    from .embedded import EmbeddedStore

    return EmbeddedStore(None if where == MEMORY else where, read_only=read_only)
