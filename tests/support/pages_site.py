"""A small site with a page of every type, hostile names, and reviews whose names look like other things."""

from __future__ import annotations

from pathlib import Path

from explorer_site import HOSTILE, graph_of
from samples import IRIS, SALTMARSH_1, SAMPLE, fact
from tellygraph.reviews.records import Fact, Review

ODD = (
    "told.ttl",
    "notes.md",
    "page.html",
    "a/b.jsonld",
    "100%",
    "50%25",
    "été",
    "two words",
    "q?x=1#y",
    "a..b",
    ".ttl",
)
SHOW = "/id/series/saltmarsh"
BAD = IRIS.series("<svg onload=alert(4)>")
TYPES = {
    "show": f"{SHOW}.html",
    "season": f"{SHOW}/season/2.html",
    "character": f"{SHOW}/character/nell-harrow.html",
    "person": "/id/person/mara-quill.html",
    "organization": "/id/organization/the-evening-lamp.html",
    "place": "/id/place/fenwick.html",
    "review": "/id/review/saltmarsh-1.html",
    "ontology": "/ontology.html",
    "kinds": "/relationships.html",
    "browse": "/browse",
    "data": "/download/",
    "no such page": "/id/person/nobody.html",
    "no such address": "/nowhere",
}


def pages_graph(path: Path) -> Path:
    """Write the graph of the site to `path`."""
    return graph_of(path, {**SAMPLE, **HOSTILE, **dict(map(_odd, ODD))})


def _odd(name: str) -> tuple[Review, tuple[Fact, ...]]:
    review = Review(
        IRIS.review(name), name, SALTMARSH_1.text, "Saltmarsh", 1, f"Review {name}", "Ana Brook", None, None, None
    )
    return review, (fact(review, "genre", "Saltmarsh", "crime drama", "a crime drama"),)
