"""SERVICE, to the servers that are allowed and no others: asked by our own client, and put into the query as VALUES.

pyoxigraph's own SERVICE goes wherever a query says. Here it never sees one: each is taken out of the query's text, its
pattern is sent to the server as a query of its own, and its solutions, which SPARQL 1.1 Federated Query joins with the
rest (section 2), stand in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit
from urllib.request import Request

from pyoxigraph import BlankNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from ...errors import QueryError, StoreError
from ...remote import one_line
from ...settings import float_setting, int_setting
from .client import Client
from .credentials import Credentials
from .http import checked_url
from .sparql import Token, outline, tokens, unambiguous

_NAMED = "service:"


def with_services(sparql: str, services: Mapping[str, str]) -> str:
    """Return a query whose SERVICE clauses are answered; `services` are the allowed servers' URLs by name.

    A clause names a server by its URL, exactly as allowed, or by `<service:NAME>`. One request each, in their order, as
    far as `query_timeout_s` and `max_results_bytes` let it; no redirects, no credentials but netrc's. Raises QueryError
    for any other server, a variable in its place, a prefixed name, or a SERVICE in a SERVICE; StoreError where a
    server fails, unless the clause is SILENT.
    """
    allowed = {checked_url(url): checked_url(url) for url in services.values()}
    allowed |= {_NAMED + name: checked_url(url) for name, url in services.items()}
    kept = list(tokens(sparql))
    prologue = _prologue(kept)
    out: list[str] = []
    at = 0
    while at < len(kept):
        token = kept[at]
        if token.kind == "word" and token.text.upper() == "SERVICE":
            text, at = _answered(kept, at, prologue, allowed)
            out.append(text)
        else:
            out.append(token.text)
            at += 1
    written = "".join(out)
    if outline(written).calls_service:
        raise QueryError("SERVICE is not told apart here: put spaces around it, and rename prefixes with 'service'")
    return written


def _answered(kept: list[Token], start: int, prologue: str, allowed: Mapping[str, str]) -> tuple[str, int]:
    """Return the solutions of the SERVICE at `start` as VALUES, and where the query goes on."""
    at = _next(kept, start + 1)
    silent = at is not None and kept[at].kind == "word" and kept[at].text.upper() == "SILENT"
    if silent and at is not None:
        at = _next(kept, at + 1)
    opened = None if at is None else _next(kept, at + 1)
    if at is None or opened is None or kept[opened].text != "{":
        raise QueryError("SERVICE is followed by the server's IRI and a pattern in braces")
    url = _server(kept[at], allowed)
    end = _closing(kept, opened)
    inside = kept[opened : end + 1]
    if any(t.kind == "word" and "SERVICE" in t.text.upper() for t in inside):
        raise QueryError("a SERVICE in a SERVICE is not asked: write them side by side")
    try:
        return _values(_asked(url, f"{prologue}SELECT * WHERE {''.join(t.text for t in inside)}")), end + 1
    except StoreError:
        if not silent:
            raise
        return " { } ", end + 1  # one solution that says nothing (section 3.1)


def _server(token: Token, allowed: Mapping[str, str]) -> str:
    if token.kind != "iri":
        raise QueryError(
            f"SERVICE {token.text} is refused: write the server's IRI itself, <https://...> or <service:NAME>"
        )
    named = token.text[1:-1]
    if named not in allowed:
        names = ", ".join(f"<{name}>" for name in sorted(allowed)) or "none"
        raise QueryError(f"SERVICE <{one_line(named)}> is not allowed; these are: {names}")
    return allowed[named]


def _asked(url: str, sparql: str) -> QuerySolutions:
    from SPARQLWrapper import POST, SPARQLWrapper

    who = Credentials.of(urlsplit(url).hostname or "", from_environment=False)
    client = Client(who, timeout_s=float_setting("query_timeout_s"), limit=int_setting("max_results_bytes"))
    wrapper = SPARQLWrapper(url, agent="tellygraph")
    wrapper.queryString, wrapper.queryType = sparql, "SELECT"
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", "application/sparql-results+json, application/sparql-results+xml;q=0.8")
    request: Request = wrapper._createRequest()
    reply = client.send(request, updating=False)
    format_ = QueryResultsFormat.from_media_type(reply.media_type)
    try:
        answer = parse_query_results(reply.body, format_) if format_ is not None else None
    except (SyntaxError, ValueError):
        answer = None
    if not isinstance(answer, QuerySolutions):
        raise StoreError(f"{url} answered a SERVICE with {reply.media_type}, which is no SPARQL result")
    return answer


def _values(solutions: QuerySolutions) -> str:
    names = [str(v) for v in solutions.variables]
    rows = []
    try:
        for row in solutions:
            terms = tuple(row)
            if any(isinstance(term, BlankNode | Triple) for term in terms):
                raise StoreError(
                    "a SERVICE answered with a blank node, which cannot be joined: leave it out by a FILTER"
                )
            rows.append("(" + " ".join("UNDEF" if term is None else str(term) for term in terms) + ")")
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"a SERVICE sent an answer that cannot be read: {one_line(str(error))}") from error
    table = unambiguous("\n".join(rows))
    return f" VALUES ({' '.join(names)}) {{ {table} }} "


def _prologue(kept: list[Token]) -> str:
    """Return the BASE and PREFIX declarations in front of a query."""
    found, said = [], [t for t in kept if t.kind != "skip"]
    for i, token in enumerate(said):
        word = token.text.upper() if token.kind == "word" else ""
        length = {"PREFIX": 3, "BASE": 2}.get(word, 0)
        if length:
            found.append(" ".join(t.text for t in said[i : i + length]) + "\n")
        elif word:
            break
    return "".join(found)


def _next(kept: list[Token], at: int) -> int | None:
    return next((i for i in range(at, len(kept)) if kept[i].kind != "skip"), None)


def _closing(kept: list[Token], opened: int) -> int:
    depth = 0
    for i in range(opened, len(kept)):
        depth += (kept[i].text == "{") - (kept[i].text == "}")
        if depth == 0:
            return i
    raise QueryError("a SERVICE's pattern has no closing brace")
