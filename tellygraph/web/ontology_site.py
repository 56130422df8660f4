"""The vocabularies at their addresses: /ontology, /relationships, /shapes, /alignments and the JSON-LD context.

They answer below `/tellygraph/` too, the path of their IRIs, for whoever lets that name point here.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..ontology import text_of
from .documents import alternate, answered, see_other
from .formats import FORMATS
from .site import Site

_PLACES = ("", "/tellygraph")
_NAMES = ("ontology", "relationships", "shapes", "alignments")


async def vocabulary(request: Request) -> Response:
    """Send to the document about a vocabulary that is liked best."""
    from .vocabularies import extensions

    name = request.url.path.rpartition("/")[2]
    return see_other(request, {e: f"/{name}.{e}" for e in extensions(name)})


async def document(request: Request) -> Response:
    """Return a vocabulary in the format of the extension."""
    from . import vocabularies

    site: Site = request.app.state.site
    name = request.url.path.rpartition("/")[2].partition(".")[0]
    extension = request.path_params["extension"]
    there = vocabularies.extensions(name)
    if extension not in there:
        raise HTTPException(404, f"{name} can be had as {', '.join(f'{name}.{e}' for e in there)}")
    body = await run_in_threadpool(vocabularies.document, name, extension)
    source = f"{extension} {text_of(vocabularies.FILES[name])}".encode()
    links = [alternate(f"/{name}.{e}", e) for e in there if e != extension]
    return answered(request, body, _typed(FORMATS[extension][0]), modified=site.started, links=links, told_by=source)


async def context(request: Request) -> Response:
    """Return our JSON-LD context."""
    site: Site = request.app.state.site
    return answered(request, text_of("context.jsonld").encode(), "application/ld+json", modified=site.started)


def _typed(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


ROUTES: list[BaseRoute] = [
    *(Route(f"{place}/{name}", vocabulary) for place in _PLACES for name in _NAMES),
    *(Route(f"{place}/{name}.{{extension}}", document) for place in _PLACES for name in _NAMES),
    *(Route(f"{place}/context.jsonld", context) for place in _PLACES),
]
