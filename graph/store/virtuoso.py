"""Where Virtuoso 7 differs from SPARQL 1.1, and what is done about it; seen in 7.2.5.

Why, and what is left, is told in docs/decisions/graph-virtuoso.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Triple

from ...errors import StoreError
from .sparql import Token, tokens, unambiguous

# Graphs it makes for itself: not ours to list, count or remove.
_SYSTEM = (
    "http://www.openlinksw.com/",
    "http://localuriqaserver/",
    "http://localhost:8890/",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:",
    "urn:core:services:",
    "urn:rules.",
    "virtrdf-",
)
_SYSTEM_GRAPH = re.compile("|".join([*map(re.escape, _SYSTEM), r"[^:]*\Z"]))  # and any name without a scheme

# Those of a server as it is installed; it takes no pattern here.
_EXCLUDED = "".join(
    f"DEFINE input:default-graph-exclude <{graph}> "
    for graph in (
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/2002/07/owl#",
        "http://localuriqaserver/sparql",
        "http://localhost:8890/sparql",
        "http://localhost:8890/DAV/",
    )
)


def is_it(headers: Mapping[str, str]) -> bool:
    """Whether an answer's headers say that Virtuoso gave it."""
    return headers.get("server", "").startswith("Virtuoso/")


def graph_store(update_url: str) -> str | None:
    """Return the address of the Graph Store Protocol beside that for updates, with the same rights; None for others."""
    for ending in ("/sparql", "/sparql-auth"):
        if update_url.endswith(ending):
            return update_url.removesuffix(ending) + ending.replace("/sparql", "/sparql-graph-crud")
    return None


def is_system_graph(graph: NamedNode) -> bool:
    """Whether Virtuoso made this graph for itself."""
    return _SYSTEM_GRAPH.match(graph.value) is not None


def without_system_graphs(variable: str) -> str:
    """Return a FILTER that leaves Virtuoso's own graphs out."""
    starts = " || ".join(f'STRSTARTS(STR(?{variable}), "{start}")' for start in _SYSTEM)
    return f'FILTER(CONTAINS(STR(?{variable}), ":") && !({starts}))'


def written(sparql: str, form: str) -> str:
    """Return a query as Virtuoso takes it: without `VALUES ?x { UNDEF }`, and its own graphs out of the union.

    That says nothing, and can keep its optimizer busy for ever, and with it the whole server. A query that names
    graphs is left to name them. A DESCRIBE of IRIs alone, which finds nothing in some graphs, is asked as CONSTRUCT.
    """
    kept = _without_undef(list(tokens(sparql)))
    named = any(t.kind == "word" and t.text.upper().startswith(("GRAPH", "FROM")) for t in kept)
    if form == "DESCRIBE":
        described = [t for t in kept if t.kind != "skip"][1:]
        if not described or any(t.kind != "iri" for t in described):
            return _joined(kept)
        values = " ".join(t.text for t in described)
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    return ("" if named else _EXCLUDED) + _joined(kept)


def parted(sparql: str) -> tuple[str, str, int]:
    """Return a SELECT without its outermost ORDER BY and what follows, these for `ordered` ("" for none), and a number.

    Sorted is here: Virtuoso puts short texts among aggregates in the wrong place. What is sorted by is selected; the
    number says how many of the last columns are there for that alone.
    """
    kept = list(tokens(sparql))
    start, selected = _outermost(kept, {"ORDER"}), _outermost(kept, {"SELECT"})
    until = _outermost(kept, {"WHERE", "FROM", "{"})
    if start is None or selected is None or until is None:
        return sparql, "", 0
    choice, modifiers = kept[selected:until], kept[start:]
    first = next((t.text.upper() for t in choice[1:] if t.kind != "skip"), "")
    if first in ("DISTINCT", "REDUCED") or any(t.kind in ("iri", "name") for t in modifiers):
        return sparql, "", 0  # which may not select more; which has prefixes
    more = {_name(t) for t in modifiers if t.kind == "variable"} - _selected(choice)
    added = [] if first == "*" else sorted(more)
    head, body = _joined(kept[:until]), _joined(kept[until:start])
    return f"{head} {' '.join(added)} {body}", _joined(modifiers), len(added)


def _selected(choice: list[Token]) -> set[str]:
    """Return the variables that a SELECT's list gives: alone, or after AS."""
    depth, after, found = 0, "", set()
    for token in choice:
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or after == "AS"):
            found.add(_name(token))
        if token.kind != "skip":
            after = token.text.upper()
    return found


def _joined(some: list[Token]) -> str:
    return "".join(t.text for t in some)


def _name(variable: Token) -> str:
    return "?" + variable.text[1:]


def _without_undef(all_tokens: list[Token]) -> list[Token]:
    """Leave out each `VALUES ?x { UNDEF }`."""
    said = [i for i, t in enumerate(all_tokens) if t.kind != "skip"]
    dropped: set[int] = set()
    for at in range(len(said) - 4):
        five = [all_tokens[i] for i in said[at : at + 5]]
        if [t.text.upper() for t in five[:1] + five[2:]] == ["VALUES", "{", "UNDEF", "}"] and five[
            1
        ].kind == "variable":
            dropped.update(said[at : at + 5])
    return [t for i, t in enumerate(all_tokens) if i not in dropped]


def _outermost(kept: list[Token], wanted: set[str]) -> int | None:
    """Return where the first of the tokens `wanted` is that stands in no braces or parentheses."""
    depth = 0
    for i, token in enumerate(kept):
        if depth == 0 and token.kind in ("word", "other") and token.text.upper() in wanted:
            return i
        depth += token.text in ("{", "(")
        depth -= token.text in ("}", ")")
    return None


def ordered(answer: QuerySolutions, modifiers: str, added: int) -> QuerySolutions | None:
    """Return the solutions, without their last `added` columns, in the order (and cut) that `modifiers` ask for.

    None where that cannot be: with a blank node among them, or a variable in `modifiers` that is none of theirs.
    """
    names = [str(v) for v in answer.variables]
    if not {_name(t) for t in tokens(modifiers) if t.kind == "variable"} <= set(names):
        return None
    rows = []
    for row in answer:
        terms = tuple(row)
        if any(isinstance(term, BlankNode | Triple) for term in terms):
            return None
        rows.append("(" + " ".join("UNDEF" if term is None else str(term) for term in terms) + ")")
    table = unambiguous("\n".join(rows))
    values = f"VALUES ({' '.join(names)}) {{ {table} }}"
    again = pyoxigraph.Store().query(f"SELECT {' '.join(names[: len(names) - added])} WHERE {{ {values} }} {modifiers}")
    return again if isinstance(again, QuerySolutions) else None


def rows_cut_at(headers: Mapping[str, str]) -> int | None:
    """Return after how many rows an answer was cut (its ResultSetMaxRows), None where it was not."""
    rows = headers.get("x-sparql-maxrows", "")
    return int(rows) if rows.isdecimal() else None


def check_whole(headers: Mapping[str, str], where: str) -> None:
    """Raise StoreError if the server says that it left part of an answer out."""
    if headers.get("x-sql-state") == "S1TAT":
        raise StoreError(f"{where} ran out of time and answered in part only: ask for less, or raise its time limit")
    rows = rows_cut_at(headers)
    if rows is not None:
        raise StoreError(
            f"{where} cuts answers after {rows:,} rows: ask for less (a LIMIT below that), or raise ResultSetMaxRows "
            "in its virtuoso.ini"
        )
