"""An address for every thing: 303 to a page or a document, by Accept or by extension (Cool URIs, section 4.2).

https://www.w3.org/TR/cooluris/ . Things below the base are at `/id/...`, all others at `/about?iri=...`.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from . import linked_jobs as jobs
from .documents import alternate, answered, see_other
from .formats import FORMATS
from .site import Site
from .streaming import streamed

_IRI_CHARACTERS = ":/?#[]@!$&'()*+,;=%-._~"


async def below_base(request: Request) -> Response:
    """Answer for something below the base: the thing (303), or with an extension a document about it."""
    site: Site = request.app.state.site
    path = request.scope["raw_path"].decode("ascii", "replace").removeprefix("/id/")
    name, dot, extension = path.rpartition(".")
    if dot and extension in FORMATS and not await _is_there(site, site.addresses.iri_of(path)):
        return await _document(request, site.addresses.iri_of(name), extension)
    return await _see_other(request, site.addresses.iri_of(path))


async def about(request: Request) -> Response:
    """Answer for any IRI of the graph: the thing (303), or with `as=` a document about it."""
    iri, extension = request.query_params.get("iri", ""), request.query_params.get("as")
    if not iri:
        raise HTTPException(400, "the parameter iri is missing")
    if extension is None:
        return await _see_other(request, iri)
    if extension not in FORMATS:
        raise HTTPException(404, f"documents are had as {', '.join(FORMATS)}")
    return await _document(request, iri, extension)


async def browse(request: Request) -> Response:
    """List the shows."""
    site: Site = request.app.state.site
    start = request.query_params.get("start", "0")
    if not (start.isascii() and start.isdecimal()) or len(start) > 9:
        raise HTTPException(400, "the parameter start must be a number")
    return streamed(
        await site.engine.run(jobs.browse, timeout_s=site.timeout_s, start=int(start), addresses=site.addresses), {}
    )


async def _see_other(request: Request, iri: str) -> Response:
    site: Site = request.app.state.site
    if not await _is_there(site, iri):
        raise HTTPException(404, f"the graph has nothing with the address {iri}")
    address = site.addresses.path_of(iri)
    return see_other(request, {extension: jobs.document_path(address, extension) for extension in FORMATS})


async def _is_there(site: Site, iri: str) -> bool:
    try:
        answer = await site.engine.run(jobs.is_there, timeout_s=site.timeout_s, iri=iri)
        await answer.read()  # an answer that nobody reads costs its process
    except jobs.NotThereError:
        return False
    return True


async def _document(request: Request, iri: str, extension: str) -> Response:
    site: Site = request.app.state.site
    try:
        answer = await site.engine.run(
            jobs.document, timeout_s=site.timeout_s, iri=iri, extension=extension, addresses=site.addresses
        )
    except jobs.NotThereError as error:
        raise HTTPException(404, str(error)) from error
    address = site.addresses.path_of(iri)
    links = [f'<{quote(iri, safe=_IRI_CHARACTERS)}>; rel="describes"']
    links += [alternate(jobs.document_path(address, other), other) for other in FORMATS if other != extension]
    return answered(request, await answer.read(), answer.head.media_type, modified=site.started, links=links)


ROUTES: list[BaseRoute] = [
    Route("/id/{path:path}", below_base),
    Route("/about", about),
    Route("/browse", browse),
]
