"""`/sparql`: the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), queries and updates."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from . import description, sparql_jobs
from .negotiation import best
from .requests import check_may_write, decoded, graph_name, media_type_of, parameters, site_of
from .streaming import streamed

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, Authorization",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}
_OF_QUERIES = ("query", "default-graph-uri", "named-graph-uri")
_OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")


async def sparql(request: Request) -> Response:
    """Answer a query, carry out an update, or say what this endpoint is."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    if request.method != "POST":
        if not request.scope["query_string"] and (described := _described(request)) is not None:
            return described
        return await _answered(request, _of_url(request))
    asked, media_type, body = _of_url(request), media_type_of(request), await request.body()
    if media_type == QUERY:
        return await _answered(request, {**asked, "query": [*asked.get("query", []), decoded(body)]})
    if media_type == UPDATE:
        return await _updated(request, {**asked, "update": [*asked.get("update", []), decoded(body)]})
    if media_type != FORM:
        sent_as = media_type or "nothing"
        raise HTTPException(415, f"a query is sent as {FORM} or {QUERY}, an update as {UPDATE}, not as {sent_as}")
    if "query" in asked or "update" in asked:
        raise HTTPException(400, "what is sent as a form stands in the form alone, not in the address, too")
    form = {**asked, **parameters(body, (*_OF_QUERIES, *_OF_UPDATES))}
    if "query" in form and "update" in form:
        raise HTTPException(400, "a request is a query or an update, not both")
    return await (_updated if "update" in form else _answered)(request, form)


def _of_url(request: Request) -> dict[str, list[str]]:
    return parameters(request.scope["query_string"], (*_OF_QUERIES, *_OF_UPDATES))


def _described(request: Request) -> Response | None:
    accept = request.headers.get("accept")
    media_type = best(accept, [*sparql_jobs.TRIPLES, "text/html"])
    if media_type == "text/html":
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    if media_type is None:
        return None  # who takes results only has forgotten the query
    return Response(description.document(site_of(request), media_type), 200, {"Vary": "Accept"}, media_type)


async def _answered(request: Request, asked: dict[str, list[str]]) -> Response:
    if "update" in asked:
        raise HTTPException(400, "an update is sent by POST, as the form's update or as the body")
    queries = asked.get("query", [])
    if len(queries) != 1:
        raise HTTPException(400, f"there must be one query, not {len(queries)}: send it as the parameter query")
    site = site_of(request)
    try:
        answer = await site.engine.run(
            sparql_jobs.answer,
            timeout_s=site.timeout_s,
            sparql=queries[0],
            accept=request.headers.get("accept"),
            default_graphs=[graph_name(iri) for iri in asked.get("default-graph-uri", [])],
            named_graphs=[graph_name(iri) for iri in asked.get("named-graph-uri", [])],
            services=site.services,
        )
    except sparql_jobs.NotAcceptableError as error:
        return PlainTextResponse(f"{error}\n", 406, {"Vary": "Accept"})
    return streamed(answer, {"Vary": "Accept"})


async def _updated(request: Request, asked: dict[str, list[str]]) -> Response:
    check_may_write(request)
    updates = asked["update"]
    if len(updates) != 1:
        raise HTTPException(400, f"there must be one update, not {len(updates)}: join them with a semicolon")
    site = site_of(request)
    answer = await site.engine.run(
        sparql_jobs.update,
        timeout_s=site.timeout_s,
        sparql=updates[0],
        default_graphs=[graph_name(iri) for iri in asked.get("using-graph-uri", [])],
        named_graphs=[graph_name(iri) for iri in asked.get("using-named-graph-uri", [])],
    )
    return streamed(answer, {})


ROUTES: list[BaseRoute] = [Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "OPTIONS"])]
