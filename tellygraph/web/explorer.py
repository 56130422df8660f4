"""The explorer's page, its files, and `/api/v1`, from which it gets what it draws."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from ..visualize.explorer_page import built
from . import explorer_first as first
from . import explorer_jobs as jobs
from .explorer_names import names_of
from .requests import site_of
from .streaming import streamed
from .worker import Job

_MEDIA_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_OURS = ("site.css",)
_BUILT = ("explorer.js", "explorer.css", "query.js", "query.css", "LICENSES.txt")
_MOST_FOUND = 50
_FIRST_LOOK_S = 300.0  # what is read once of a whole graph: its names, its list of shows

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tellygraph</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/explorer.css">
<script src="/static/explorer.js" defer></script>
</head>
<body>
<div id="explorer"><noscript>The explorer needs JavaScript. Every person, character, show and review has a page that
does not: see the <a href="/browse">list of shows</a>.</noscript></div>
</body>
</html>
"""
_UNBUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tellygraph</title></head>
<body><h1>The explorer is not built</h1>
<p>This checkout has its sources only. With Node.js installed, run <code>make explorer</code> and load this page again.
Everything else is here: the <a href="/sparql">SPARQL endpoint</a>, the <a href="/browse">pages</a>.</p></body></html>
"""


async def page(request: Request) -> Response:
    """Return the explorer, or how to build it; names are made ready meanwhile, for whoever looks is about to type."""
    names_of(request).begin()
    return HTMLResponse(_PAGE if (built() / "explorer.js").is_file() else _UNBUILT)


async def static(request: Request) -> Response:
    """Return one of the explorer's files."""
    name = request.path_params["name"]
    file = files("tellygraph.web") / "static" / name if name in _OURS else built() / name
    if name not in (*_BUILT, *_OURS) or not file.is_file():
        raise HTTPException(404, "there is no such file here")
    headers = {"Cache-Control": "no-cache"}
    return Response(file.read_bytes(), headers=headers, media_type=_MEDIA_TYPES[name.rpartition(".")[2]])


async def shows(request: Request) -> Response:
    """List the shows."""
    return await _answered(request, first.shows)


async def find(request: Request) -> Response:
    """Find by the beginnings of names."""
    limit = min(_MOST_FOUND, _number(request, "limit") or 20)
    text, until = _text(request, "q")[:200], _until(request)
    names = await names_of(request).file(_FIRST_LOOK_S)
    return await _answered(request, first.find, text=text, limit=limit, until=until, names=names)


async def view(request: Request) -> Response:
    """Return what is drawn of a show, or around some things."""
    return await _answered(request, jobs.view, **_asked(request), until=_until(request))


async def thing(request: Request) -> Response:
    """Return what is known of one thing."""
    iri, site = _text(request, "iri"), site_of(request)
    return await _answered(
        request, jobs.thing, iri=iri, until=_number(request, "until"), page=site.addresses.path_of(iri)
    )


async def evidence(request: Request) -> Response:
    """Return the words of claims."""
    claims = request.query_params.getlist("claim")
    return await _answered(request, jobs.evidence, claims=claims, until=_number(request, "until"))


async def path(request: Request) -> Response:
    """Return how two things are connected."""
    start, goal = _text(request, "from"), _text(request, "to")
    return await _answered(request, jobs.path, start=start, goal=goal, until=_number(request, "until"))


async def compare(request: Request) -> Response:
    """Return what two seasons have in common."""
    one, other = _number(request, "one"), _number(request, "other")
    if one is None or other is None:
        raise HTTPException(400, "two seasons are compared: give their numbers as one and other")
    return await _answered(request, jobs.compare, show=_text(request, "show"), one=one, other=other)


async def file(request: Request) -> Response:
    """Return some claims in a format, as a form asks for them."""
    try:
        form = parse_qs((await request.body()).decode(), max_num_fields=30_000)
    except ValueError as error:
        raise HTTPException(400, "the form must be percent-encoded UTF-8") from error
    style = form.get("format", [""])[0]
    return await _answered(request, jobs.file, style=style, claims=form.get("claim", []))


async def sparql(request: Request) -> Response:
    """Return the query behind a view."""
    return await _answered(request, jobs.sparql, **_asked(request), until=_number(request, "until"))


async def _answered(request: Request, job: Job, **arguments: object) -> Response:
    site = site_of(request)
    timeout_s = max(_FIRST_LOOK_S, site.timeout_s) if job is first.shows else site.timeout_s
    for value in arguments.values():
        _check_iris([value] if isinstance(value, str) else value)
    return streamed(await site.engine.run(job, timeout_s=timeout_s, **arguments), {"Cache-Control": "no-cache"})


def _check_iris(values: object) -> None:
    """Raise HTTPException for text that cannot be sent on: half of a character, say."""
    for value in values if isinstance(values, Sequence) else ():
        try:
            str(value).encode()
        except UnicodeEncodeError as error:
            raise HTTPException(400, "the request has half of a character in it") from error


def _asked(request: Request) -> dict[str, object]:
    return {
        "show": request.query_params.get("show") or None,
        "around": request.query_params.getlist("around"),
    }


def _text(request: Request, name: str) -> str:
    value = request.query_params.get(name, "")
    if not value:
        raise HTTPException(400, f"the parameter {name} is missing")
    return value


def _until(request: Request) -> int | str | None:
    """How much may be known: up to a season, of each show its first ("first"), or all."""
    return first.FIRST if request.query_params.get("until") == first.FIRST else _number(request, "until")


def _number(request: Request, name: str) -> int | None:
    value = request.query_params.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal()) or len(value) > 4:
        raise HTTPException(400, f"the parameter {name} must be a number from 0 to 9999")
    return int(value)


ROUTES: list[BaseRoute] = [
    Route("/", page),
    Route("/static/{name}", static),
    *(
        Route(f"/api/v1/{endpoint.__name__}", endpoint)
        for endpoint in (shows, find, view, thing, evidence, path, compare, sparql)
    ),
    Route("/api/v1/file", file, methods=["POST"]),
]
