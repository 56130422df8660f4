"""`/rdf-graph-store`: the SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Graphs are named by `?graph=IRI`. `?default`, the union of all, can be read only. Everybody may read, as at `/sparql`.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from . import graph_store_jobs as jobs
from .requests import check_may_write, graph_name, media_type_of, parameters, site_of
from .sparql_jobs import NotAcceptableError
from .streaming import streamed

_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"]
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(_METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, Authorization",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(_METHODS),
}


async def graph_store(request: Request) -> Response:
    """Read or write one graph."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    name = _named(request)
    if request.method in ("GET", "HEAD"):
        return await _read(request, name)
    check_may_write(request)
    if name is None:
        raise HTTPException(
            405, "the default graph is the union of all graphs: write to one of them, named by ?graph=IRI",
            {"Allow": "GET, HEAD, OPTIONS"},
        )  # fmt: skip
    return await _written(request, name)


def _named(request: Request) -> str | None:
    """Return the graph that is meant; None is the default graph. Raises HTTPException 400."""
    asked = parameters(request.scope["query_string"], ("graph", "default"))
    graphs = asked.get("graph", [])
    if len(graphs) + len(asked.get("default", [])) != 1:
        raise HTTPException(400, "say which graph is meant: ?graph=IRI, or ?default for the union of all")
    return graph_name(graphs[0]).value if graphs else None


async def _read(request: Request, name: str | None) -> Response:
    site = site_of(request)
    try:
        answer = await site.engine.run(
            jobs.read, timeout_s=site.timeout_s, name=name, accept=request.headers.get("accept")
        )
    except NotAcceptableError as error:
        return PlainTextResponse(f"{error}\n", 406, {"Vary": "Accept"})
    except jobs.NoGraphError as error:
        raise HTTPException(404, str(error)) from error
    return streamed(answer, {"Vary": "Accept"})


async def _written(request: Request, name: str) -> Response:
    site, media_type = site_of(request), media_type_of(request)
    if request.method == "DELETE":
        run = site.engine.run(jobs.delete, timeout_s=site.timeout_s, name=name)
    elif media_type not in jobs.BODIES:
        sent_as = media_type or "nothing"
        raise HTTPException(415, f"a graph is sent as {', '.join(jobs.BODIES)}, not as {sent_as}")
    else:
        run = site.engine.run(
            jobs.write, timeout_s=site.timeout_s, name=name, body=await request.body(), media_type=media_type,
            instead=request.method == "PUT", origin=site.addresses.origin,
        )  # fmt: skip
    try:
        return streamed(await run, {})
    except jobs.NoGraphError as error:
        raise HTTPException(404, str(error)) from error


ROUTES: list[BaseRoute] = [Route("/rdf-graph-store", graph_store, methods=_METHODS)]
