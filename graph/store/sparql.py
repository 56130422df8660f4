"""SPARQL as text: what form a query has, and updates written from terms.

Queries are looked at token by token (SPARQL 1.1, section 19.8), not parsed: the engines do that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from ...errors import QueryError
from ...remote import one_line
from .protocol import has_blank_node

_ECHAR = r"\\."
_TOKEN = re.compile(
    rf"""
    (?P<skip> [\s]+ | \#[^\n\r]* )
  | (?P<iri> <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*> )
  | (?P<string> \"\"\"(?:(?:"|"")?(?:[^"\\]|{_ECHAR}))*\"\"\" | '''(?:(?:'|'')?(?:[^'\\]|{_ECHAR}))*'''
              | "(?:[^"\\\n\r]|{_ECHAR})*" | '(?:[^'\\\n\r]|{_ECHAR})*' )
  | (?P<variable> [?$]\w+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?P<prefix>[\w.\-]*):(?:[\w.\-:·]|%[0-9A-Fa-f]{{2}}|\\.)* )
  | (?P<word> [A-Za-z]+ )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; `kind` is "skip", "iri", "string", "variable", "language", "name", "word" or "other"."""

    kind: str
    text: str


def tokens(sparql: str) -> Iterator[Token]:
    """Cut a query into tokens; put together again they are the query."""
    for found in _TOKEN.finditer(sparql):
        yield Token(found.lastgroup or "other", found.group())


@dataclass(frozen=True, slots=True)
class Outline:
    """What can be told of a query without parsing it; `form` is "" where there is no telling."""

    form: str
    names_dataset: bool
    calls_service: bool


def outline(sparql: str) -> Outline:
    """Return a query's outline. Raises QueryError for an update.

    Engines read keywords without a space after them ("SERVICEex:endpoint"), so `calls_service` is true for any word
    or prefix that holds "service": rather refuse an odd prefix than call a server unasked.
    """
    form, names_dataset, calls_service = "", False, False
    for token in _TOKEN.finditer(sparql):
        if token.lastgroup == "word":
            word = token.group().upper()
            form = form or next((f for f in _FORMS if word.startswith(f)), "")
            if not form and word.startswith(_UPDATES):
                raise QueryError(
                    f"this is an update ({word}), not a query: it is not carried out; "
                    "the graph is changed by adding and removing reviews"
                )
            names_dataset = names_dataset or word.startswith("FROM")
            calls_service = calls_service or "SERVICE" in word
        elif token.lastgroup == "name":
            calls_service = calls_service or "service" in token.group("prefix").casefold()
    return Outline(form, names_dataset, calls_service)


_PLACE = re.compile(r"error at (\d+):(\d+): *(.*)", re.DOTALL)


def syntax_error(message: str, what: str = "query") -> QueryError:
    """Return the error for an engine's complaint about `what` it was sent: one line, with the place if it is named."""
    place = _PLACE.search(message)
    if place is None:
        return QueryError(f"the {what} was refused: {one_line(message) or 'no reason was given'}")
    line, column, expected = place.groups()
    return QueryError(f"the {what} does not parse at line {line}, column {column}: {_without_classes(expected)}")


def _without_classes(expected: str) -> str:
    """Leave out the character classes an engine lists among what it expected ("['0' ..= '9' | ...]")."""
    named = one_line(re.sub(r",? *\[(?:'[^']*'|\s|\||\.\.=|_)*\]", "", expected))
    return "unexpected text" if named in ("", "expected", "expected one of") else named


def problem(sparql: str) -> QueryError | None:
    """Return what our own parser says against a query, None if it is SPARQL 1.1. Nothing is asked of anybody.

    A SERVICE is read as the GRAPH it looks like, since even parsing here comes with answering.
    """
    stands_in = {"SERVICE": "GRAPH", "SILENT": ""}
    words = (stands_in.get(t.text.upper(), t.text) if t.kind == "word" else t.text for t in tokens(sparql))
    text = "".join(words)
    if outline(text).calls_service:
        return QueryError("SERVICE is not told apart here: a prefix with 'service' in its name must be renamed")
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        return syntax_error(str(error))
    return None


def check_update(sparql: str) -> None:
    """Raise QueryError for an update that would ask another server, or does not parse; nobody is asked.

    A prefix like "load" is refused, too.
    """
    for token in _TOKEN.finditer(sparql):
        word = (token.group("prefix") if token.lastgroup == "name" else token.group()).upper()
        if token.lastgroup in ("word", "name") and ("LOAD" in word or "SERVICE" in word):
            raise QueryError(
                "LOAD and SERVICE are switched off: the update would ask another server; send the data itself "
                "(a prefix with 'load' or 'service' in its name must be renamed)"
            )
    with suppress(OSError, RuntimeError):  # it parses, but what it drops is not in an empty store
        try:
            pyoxigraph.Store().update(sparql)
        except SyntaxError as error:
            raise syntax_error(str(error), "update") from error


# What one operation holds: Virtuoso's parser has room for about 4,990 triples in it, a request may hold any number.
_BLOCK_QUADS = 2_000


def update_text(*, clear: Iterable[NamedNode] = (), remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> str:
    """Return one update request that empties `clear`, then deletes `remove`, then inserts `add`; "" for nothing.

    Terms are written by pyoxigraph, never by hand. Raises ValueError for a blank node, which an update cannot name.
    """
    parts = [f"DROP SILENT GRAPH {graph}" for graph in clear]
    for verb, quads in (("DELETE DATA", remove), ("INSERT DATA", add)):
        ordered = iter(sorted(quads, key=_by_graph))
        while block := list(islice(ordered, _BLOCK_QUADS)):
            parts.append(f"{verb} {{\n" + "\n".join(_graph_blocks(block)) + "\n}")
    return " ;\n".join(parts)


def _graph_blocks(quads: list[Quad]) -> Iterator[str]:
    for graph, members in groupby(quads, key=lambda q: str(q.graph_name)):
        lines = []
        for quad in members:
            if has_blank_node(quad):
                raise ValueError(f"{quad} has a blank node, which cannot be written here")
            lines.append(f"{quad.subject} {quad.predicate} {quad.object} .")
        yield f"GRAPH {graph} {{\n{unambiguous(chr(10).join(lines))}\n}}"


def _by_graph(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


_ESCAPE = re.compile(r"\\(?:\\([uU])|.)", re.DOTALL)


def unambiguous(terms: str) -> str:
    r"""Rewrite an escaped backslash before a letter u, so that every server reads the same text.

    SPARQL 1.1 section 19.2 replaces `\u0022` before the text is parsed, and some engines do so even in `\\u0022`,
    which the grammar reads as a backslash and "u0022": a review's words could so end their literal. `\\\u0075`
    is a backslash and a "u" either way.
    """
    if r"\\u" not in terms and r"\\U" not in terms:
        return terms
    return _ESCAPE.sub(lambda m: rf"\\\u{ord(m[1]):04X}" if m[1] else m[0], terms)
