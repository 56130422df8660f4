"""Names as they are typed: a file of all names by the beginnings of their words, written once for each graph.

A file, since a graph of a million claims has hundreds of thousands of names: every process looks names up in it
without holding it, and one that is killed takes nothing along.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions

from ..ontology.terms import SCHEMA, TG

if TYPE_CHECKING:
    from ..queries.rows import Queryable

_LONGEST = 200  # characters of a name that can be typed, and its words that can be begun with
_MOST_WORDS = 30
_KINDS = (SCHEMA.TVSeries, TG.Character, SCHEMA.Person)  # of things of one name, the first of these comes first
_NAMES = (SCHEMA.name, SCHEMA.alternateName)

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE thing (iri TEXT PRIMARY KEY, kind INTEGER) WITHOUT ROWID;
CREATE TABLE stated (iri TEXT, name TEXT);
CREATE TABLE name (id INTEGER PRIMARY KEY, iri TEXT, name TEXT, kind INTEGER);
CREATE TABLE begun (start TEXT, later INTEGER, kind INTEGER, id INTEGER);
"""
_NUMBERED = """
INSERT INTO name (iri, name, kind)
SELECT DISTINCT iri, name, kind FROM stated JOIN thing USING (iri) ORDER BY name, iri
"""
_ORDERED = """
CREATE INDEX by_start ON begun (start, later, kind, id);
DROP TABLE stated;
DROP TABLE thing;
"""
_FOUND = """
SELECT iri, name FROM (
  SELECT id, row_number() OVER () AS place FROM (
    SELECT id FROM begun WHERE start >= :wanted AND start < :wanted || char(1114111)
    ORDER BY later, NOT later AND start <> :wanted, kind, length(start), id LIMIT :most
  )
) JOIN name USING (id) ORDER BY place
"""
_MOST_NAMES = 20  # of one thing that are looked at for each thing wanted


@dataclass(frozen=True, slots=True)
class Found:
    """A thing whose name begins, in one of its words, with what was typed; `name` is that name."""

    iri: str
    name: str


def folded(text: str) -> str:
    """Return a text as names are compared: lower case, no accents, words with one space between.

    >>> folded("  Zoë  ÅNGSTRÖM-Lind ")
    'zoe angstrom lind'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace("-", " ").split())


def write_names(store: Queryable, path: Path) -> None:
    """Write the names of a graph's shows, characters and people into a new file.

    About 10 s a million claims and 200 bytes a name; memory for what the store holds while it tells names apart.
    """
    with closing(sqlite3.connect(path)) as file:
        file.executescript(_TABLES)
        for rank, type_ in enumerate(_KINDS):
            things = _asked(store, f"SELECT DISTINCT ?thing WHERE {{ GRAPH ?in {{ ?thing a {type_} }} }}")
            file.executemany("INSERT OR IGNORE INTO thing VALUES (?, ?)", ((iri, rank) for (iri,) in things))
        for property_ in _NAMES:  # joined here, which is five times as quick
            stated = _asked(store, f"SELECT DISTINCT ?thing ?name WHERE {{ GRAPH ?in {{ ?thing {property_} ?name }} }}")
            file.executemany("INSERT INTO stated VALUES (?, ?)", stated)
        file.execute(_NUMBERED)
        named = file.execute("SELECT id, name, kind FROM name ORDER BY id")
        starts = (
            (start, at > 0, kind, number) for number, name, kind in named for at, start in enumerate(_starts(name))
        )
        file.executemany("INSERT INTO begun VALUES (?, ?, ?, ?)", starts)
        file.executescript(_ORDERED)
        file.commit()


def find_names(path: Path, text: str, limit: int) -> list[Found]:
    """Return at most `limit` things of a file of names, each once: whole names, beginnings of names, then of words.

    Among those shows come before characters and people, short names before long. About 1 ms, and 20 ms for a letter
    with which 50,000 names begin.
    """
    wanted = folded(text)[:_LONGEST]
    found: dict[str, Found] = {}
    if wanted:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            for iri, name in file.execute(_FOUND, {"wanted": wanted, "most": _MOST_NAMES * limit}):
                if len(found) == limit:
                    break
                found.setdefault(iri, Found(iri, name))
    return list(found.values())


def _asked(store: Queryable, sparql: str) -> Iterator[tuple[str, ...]]:
    """Yield the answers to a question as they come, without those of blank nodes."""
    answer = store.query(sparql)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT query
    for row in answer:
        if isinstance(row[0], NamedNode):
            yield tuple(term.value for term in row)


def _starts(name: str) -> Iterator[str]:
    """Yield a name, as names are compared, from each of its words on."""
    words = folded(name[: 2 * _LONGEST * _MOST_WORDS]).split()
    for at in range(min(len(words), _MOST_WORDS)):
        yield " ".join(words[at : at + _LONGEST])[:_LONGEST]
