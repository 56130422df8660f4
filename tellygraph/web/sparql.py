"""`/sparql`: the SPARQL 1.1 Protocol for queries (https://www.w3.org/TR/sparql11-protocol/, section 2.1)."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from . import sparql_jobs
from .site import Site
from .streaming import streamed

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"

_CORS = {"Access-Control-Allow-Origin": "*"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_PARAMETERS = ("query", "default-graph-uri", "named-graph-uri")


async def sparql(request: Request) -> Response:
    """Answer a query sent in one of the protocol's three ways."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**_CORS, **_PREFLIGHT})
    site: Site = request.app.state.site
    asked = await _asked(request)
    queries = asked.get("query", [])
    if len(queries) != 1:
        raise HTTPException(400, f"there must be one query, not {len(queries)}: send it as the parameter query", _CORS)
    try:
        answer = await site.engine.run(
            sparql_jobs.answer,
            timeout_s=site.timeout_s,
            sparql=queries[0],
            accept=request.headers.get("accept"),
            default_graphs=asked.get("default-graph-uri", []),
            named_graphs=asked.get("named-graph-uri", []),
        )
    except sparql_jobs.NotAcceptableError as error:
        return PlainTextResponse(f"{error}\n", 406, _CORS)
    return streamed(answer, {**_CORS, "Vary": "Accept"})


async def _asked(request: Request) -> dict[str, list[str]]:
    """Return the parameters of a request, in whichever way they were sent. Raises HTTPException 400 or 415."""
    asked = _parsed(request.scope["query_string"])
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await request.body()
        if media_type == FORM:
            if "query" in asked:
                raise HTTPException(400, "a query sent as a form stands in the form alone", _CORS)
            asked = {**asked, **_parsed(body)}
        elif media_type == QUERY:
            asked["query"] = [*asked.get("query", []), _decoded(body)]
        else:
            raise HTTPException(415, f"a query is sent as {FORM} or {QUERY}, not {media_type or 'nothing'}", _CORS)
    return asked


def _parsed(text: bytes) -> dict[str, list[str]]:
    try:
        found = parse_qs(_decoded(text), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise HTTPException(400, "the parameters must be percent-encoded UTF-8", _CORS) from error
    return {name: values for name, values in found.items() if name in _PARAMETERS}


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, "a query must be UTF-8", _CORS) from error


ROUTES: list[BaseRoute] = [Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "OPTIONS"])]
