"""One thing and what it is joined to: the part of the network around it, without reading the network."""

from __future__ import annotations

from pyoxigraph import NamedNode

from .bind import bind
from .catalogue import question
from .names import find
from .rows import Queryable, Rows, select

_DRAWN = ("character", "person", "series")


def neighbourhood(store: Queryable, about: str) -> tuple[NamedNode, Rows]:
    """Return the thing that `about` names, and the rows of `network` that tell of it or of one of its neighbours.

    Two queries, which cost with what is claimed of the thing and its neighbours. Raises as `names.find` does.
    """
    centre, sparql = find(store, about, _DRAWN), question("network").sparql
    touching = select(store, bind(sparql, {"about": centre}))
    ends = {*touching.column("source"), *touching.column("target"), centre}
    near = sorted({end for end in ends if isinstance(end, NamedNode)}, key=str)
    return centre, select(store, bind(sparql, {"about": near}), named=True)
