"""Names as they are typed: an index of all names by the beginnings of their words, held by each process."""

from __future__ import annotations

import time
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..ontology.terms import SCHEMA, TG
from ..queries.rows import Queryable, select
from ..queries.values import text_of

if TYPE_CHECKING:
    from ..graph import Store

_FRESH_S = 60.0  # how long an index of a graph that others may change is used
_MOST_LOOKED_AT = 5000

_NAMES = f"""
SELECT DISTINCT ?thing ?type ?name WHERE {{
  VALUES ?type {{ {TG.Character} {SCHEMA.Person} {SCHEMA.TVSeries} }}
  GRAPH ?in {{ ?thing a ?type ; {SCHEMA.name}|{SCHEMA.alternateName} ?name }}
}}
"""
_RANK = {SCHEMA.TVSeries.value: 0, TG.Character.value: 1, SCHEMA.Person.value: 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A thing whose name begins, in one of its words, with what was typed; `name` is that name."""

    iri: str
    name: str


def folded(text: str) -> str:
    """Return a text as names are compared: lower case, no accents, words with one space between.

    >>> folded("  Zoë  ÅNGSTRÖM ")
    'zoe angstrom'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


class NameIndex:
    """All names of a graph's characters, people and shows; memory grows with the names, about 400 bytes each."""

    def __init__(self, store: Queryable) -> None:
        names = sorted((text_of(thing), text_of(name), text_of(type_)) for thing, type_, name in select(store, _NAMES))
        self._names = names
        self._starts = sorted((start, at) for at, (_, name, _) in enumerate(names) for start in _starts(folded(name)))

    def find(self, text: str, limit: int) -> list[Found]:
        """Return at most `limit` things, each once: whole names first, then beginnings of names, then of words."""
        wanted = folded(text)
        if not wanted:
            return []
        ranked: dict[str, tuple[tuple[int, int, int, str], str]] = {}
        for start, at in self._from(wanted):
            iri, name, type_ = self._names[at]
            plain = folded(name)
            place = 0 if plain == wanted else 1 if plain.startswith(wanted) else 2
            rank = (place, _RANK.get(type_, 3), len(start), name)
            if iri not in ranked or rank < ranked[iri][0]:
                ranked[iri] = rank, name
        best = sorted((rank, iri, name) for iri, (rank, name) in ranked.items())
        return [Found(iri, name) for _, iri, name in best[:limit]]

    def _from(self, wanted: str) -> Iterator[tuple[str, int]]:
        first = bisect_left(self._starts, (wanted, -1))
        for start, at in self._starts[first : first + _MOST_LOOKED_AT]:
            if not start.startswith(wanted):
                return
            yield start, at


def _starts(name: str) -> Iterator[str]:
    """Yield a name from each of its words on."""
    words = name.replace("-", " ").split()
    for at in range(len(words)):
        yield " ".join(words[at:])


_held: dict[str, tuple[float, NameIndex]] = {}


def index_of(store: Store, *, frozen: bool) -> NameIndex:
    """Return this process's index of a store, made when it is first asked for: about 10 s a million names.

    Where the graph is not `frozen` it is made anew after a minute.
    """
    now = time.monotonic()
    made, index = _held.get(store.where, (0.0, None))
    if index is None or (not frozen and now - made > _FRESH_S):
        index = NameIndex(store)
        _held[store.where] = now, index
    return index
