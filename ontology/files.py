"""The files of the ontology, read from the package: no network, no path to know."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse

TURTLE_FILES: tuple[str, ...] = (
    "alignments.ttl",
    "relationships.ttl",
    "shapes.ttl",
    "tellygraph.ttl",
)


@cache
def text_of(name: str) -> str:
    """Return the text of a file of the ontology: one of `TURTLE_FILES`, or `context.jsonld`."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def triples_of(name: str) -> list[Triple]:
    """Return the triples of one of `TURTLE_FILES`, in the order of the file."""
    return [quad.triple for quad in parse(text_of(name), RdfFormat.TURTLE)]


def jsonld_context() -> dict[str, Any]:
    """Return our JSON-LD context, a new dict: the value of `@context`, for whoever writes JSON-LD.

    >>> jsonld_context()["name"]
    'schema:name'
    """
    context: dict[str, Any] = json.loads(text_of("context.jsonld"))["@context"]
    return context
