"""The dataset of an update that is named beside it, not in it (SPARQL 1.1 Protocol, section 2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from ...errors import QueryError
from .sparql import Token, tokens

_WORDS = frozenset(
    {
        "PREFIX", "BASE", "INSERT", "DELETE", "DATA", "WHERE", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "LOAD",
        "INTO", "SILENT", "GRAPH", "DEFAULT", "NAMED", "ALL", "TO",
    }
)  # fmt: skip


def using_graphs(
    update: str, *, default_graphs: Sequence[NamedNode] = (), named_graphs: Sequence[NamedNode] = ()
) -> str:
    """Return an update whose patterns are matched in these graphs: `USING` and `USING NAMED` before every `WHERE`.

    `DELETE WHERE` is written out for it. Without graphs it is the update itself. Raises QueryError for one that
    says WITH or USING itself, which the protocol forbids, and where its keywords cannot be told apart.
    """
    clauses = [f"USING {graph} " for graph in default_graphs] + [f"USING NAMED {graph} " for graph in named_graphs]
    if not clauses:
        return update
    kept = list(tokens(update))
    out: list[str] = []
    depth, before = 0, ""
    for at, token in enumerate(kept):
        if depth == 0 and token.kind in ("word", "name"):
            _check_told_apart(token)
            if token.text.upper() == "WHERE":
                out += [_pattern(kept[at + 1 :])] if before == "DELETE" else []
                out += clauses
        depth += _step(token)
        before = before if token.kind == "skip" else token.text.upper()
        out.append(token.text)
    return "".join(out)


def _step(token: Token) -> int:
    return {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0


def _check_told_apart(token: Token) -> None:
    """Engines read keywords without a space after them: "WITHex:g" would be one name here, "DELETEWHERE" one word."""
    word = token.text.upper()
    if word.startswith(("WITH", "USING")):
        raise QueryError(
            "an update that says WITH or USING is not sent with using-graph-uri or using-named-graph-uri "
            "(a prefix that begins like them must be renamed)"
        )
    if token.kind == "word" and word not in _WORDS:
        raise QueryError(f"the update's keywords are not told apart at {token.text[:40]!r}: put spaces around them")


def _pattern(rest: Sequence[Token]) -> str:
    """The group in braces that begins here."""
    depth = 0
    for at, token in enumerate(rest):
        depth += _step(token)
        if depth == 0 and token.text == "}":
            return "".join(t.text for t in rest[: at + 1]) + " "
    raise QueryError("the update does not parse: a brace is not closed")
