"""Tellygraph turns television reviews into linked data: facts with the exact words they came from.

>>> import tellygraph
>>> with tellygraph.open_graph(":memory:") as graph:
...     review = tellygraph.new_review("Nell Harrow (Mara Quill) runs the bakery.", id="one", show="Saltmarsh")
...     graph.add(review).facts
...     graph.ask("who-plays", character="Nell Harrow").python()[0]["actorName"]
1
'Mara Quill'

Importing it is cheap: what is named here is loaded when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import TellygraphError
    from .knowledge_graph import KnowledgeGraph, open_graph
    from .reading import read
    from .reviews.records import Fact, Reading, Review
    from .reviews.sources import new_review
    from .scoring import score

    __version__: str

__all__ = [
    "Fact",
    "KnowledgeGraph",
    "Reading",
    "Review",
    "TellygraphError",
    "__version__",
    "new_review",
    "open_graph",
    "read",
    "score",
]

_HOME = {
    "Fact": "reviews.records",
    "KnowledgeGraph": "knowledge_graph",
    "Reading": "reviews.records",
    "Review": "reviews.records",
    "TellygraphError": "errors",
    "new_review": "reviews.sources",
    "open_graph": "knowledge_graph",
    "read": "reading",
    "score": "scoring",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("tellygraph")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__
