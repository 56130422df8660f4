"""The dataset as a whole: its description, its dumps, the addresses in it for search engines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..graph.export import EXPORTERS
from . import dataset_jobs as jobs
from .archive import archive_of
from .dataset import RIGHTS, WRITTEN, Summary, described, file_name
from .documents import alternate, answered, knows, see_other
from .formats import FORMATS
from .pages import page
from .site import Site
from .streaming import streamed
from .vocabularies import short

_WAIT_S = 5.0
_PART = 50_000
_RETRY = {"Retry-After": "30"}
_IN_MEMORY = {"turtle": 2_000_000, "ntriples": 2_000_000, "jsonld": 500_000, "rdfxml": 2_000_000}
_DOCUMENTS = {"html": "/download/", **{extension: f"/dataset.{extension}" for extension in WRITTEN}}


async def well_known(request: Request) -> Response:
    """Send to the description, by Accept; RDF where nothing is said."""
    return see_other(request, {**{e: h for e, h in _DOCUMENTS.items() if e != "html"}, "html": _DOCUMENTS["html"]})


async def dataset(request: Request) -> Response:
    """Send to the description, by Accept."""
    return see_other(request, _DOCUMENTS)


async def document(request: Request) -> Response:
    """Return the description as RDF."""
    extension = request.path_params["extension"]
    if extension not in WRITTEN:
        raise HTTPException(404, f"the description can be had as {', '.join(f'dataset.{e}' for e in WRITTEN)}")
    site: Site = request.app.state.site
    summary = await _summary(request)
    body = described(site.addresses, summary, extension)
    media_type = FORMATS[extension][0]
    links = [alternate(href, other) for other, href in _DOCUMENTS.items() if other != extension]
    response = answered(
        request,
        body,
        f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        modified=site.started if summary is None else summary.made,
        links=links,
    )
    if summary is None:
        response.headers.update(_RETRY)
    return response


async def downloads(request: Request) -> Response:
    """Return the page of the dataset: what there is of everything, and the dumps."""
    site: Site = request.app.state.site
    summary = await _summary(request)
    count = None if summary is None else summary.statements
    files = [
        {
            "href": f"/download/{file_name(writer.suffix)}",
            "name": file_name(writer.suffix),
            "media_type": writer.media_type,
            "graphs": writer.named_graphs and writer.name != "csv",
            "refused": count is not None and count > _IN_MEMORY.get(writer.name, count),
        }
        for writer in EXPORTERS
    ]
    made = None if summary is None else datetime.fromtimestamp(int(summary.made), UTC).strftime("%Y-%m-%d %H:%M UTC")
    body = page(
        "download",
        title="The data",
        summary=summary,
        made=made,
        classes=[] if summary is None else _counted(summary.classes),
        properties=[] if summary is None else _counted(summary.properties),
        files=files,
        rights=RIGHTS,
        base=site.addresses.base,
        origin=site.addresses.origin,
        formats=[
            {"media_type": FORMATS[e][0], "name": FORMATS[e][1], "href": h}
            for e, h in _DOCUMENTS.items()
            if e != "html"
        ],
    )
    return answered(request, body, "text/html; charset=utf-8", modified=site.started)


async def dump(request: Request) -> Response:
    """Return the graph as a file, as it is read."""
    name = request.path_params["name"]
    writer = next((w for w in EXPORTERS if file_name(w.suffix) == name), None)
    if writer is None:
        raise HTTPException(404, f"the files are {', '.join(file_name(w.suffix) for w in EXPORTERS)}")
    archive = archive_of(request)
    tag = f'W/"{archive.state}-{writer.name}"'
    headers = {
        "ETag": tag,
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if knows(request, tag):
        return Response(status_code=304, headers=headers)
    if writer.name in _IN_MEMORY:
        await _check_small(request, writer.name)
    if request.method == "HEAD":
        return Response(None, headers=headers, media_type=writer.media_type)
    return streamed(await archive.run(jobs.dump, style=writer.name), headers)


async def sitemap(request: Request) -> Response:
    """Return the index of the site map (sitemaps.org)."""
    origin, iris = _origin(request), await _addresses(request)
    parts = range(1 + (len(iris) + 3) // _PART)
    rows = "".join(f"<sitemap><loc>{escape(origin)}/sitemap/{at + 1}.xml</loc></sitemap>\n" for at in parts)
    return _xml(request, f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</sitemapindex>\n')


async def sitemap_part(request: Request) -> Response:
    """Return some addresses of pages."""
    site: Site = request.app.state.site
    number = request.path_params["number"]
    at = (number - 1) * _PART
    pages = ["/", "/browse", "/download/", "/ontology.html", *map(site.addresses.path_of, await _addresses(request))]
    if not 0 <= at < len(pages):
        raise HTTPException(404, "the site map has no such part: see /sitemap.xml")
    rows = "".join(f"<url><loc>{escape(urljoin(_origin(request), p))}</loc></url>\n" for p in pages[at : at + _PART])
    return _xml(request, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n')


async def robots(request: Request) -> Response:
    """Return what robots may read: pages, not answers to questions."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/sparql", "/api/", "/query"))
    return PlainTextResponse(f"User-agent: *\n{closed}Sitemap: {_origin(request)}/sitemap.xml\n")


async def _summary(request: Request) -> Summary | None:
    body = await archive_of(request).kept(jobs.summary, _WAIT_S)
    return None if body is None else Summary.of(json.loads(body))


async def _addresses(request: Request) -> list[str]:
    body = await archive_of(request).kept(jobs.addresses, _WAIT_S)
    if body is None:
        raise HTTPException(503, "the addresses are being listed: ask again in 30 s", _RETRY)
    return body.decode().splitlines()


async def _check_small(request: Request, name: str) -> None:
    summary = await _summary(request)
    if summary is None:
        raise HTTPException(503, "the graph is being counted: ask again in 30 s, or take tellygraph.nq", _RETRY)
    if summary.statements > _IN_MEMORY[name]:
        told = f"the graph has {summary.statements:,} statements, and {name} is made for {_IN_MEMORY[name]:,} at most"
        raise HTTPException(404, f"{told}: take tellygraph.nq or tellygraph.trig")


def _counted(counts: Mapping[str, int]) -> list[dict[str, object]]:
    return [{"count": count, **short(iri)} for iri, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _origin(request: Request) -> str:
    site: Site = request.app.state.site
    return site.addresses.origin


def _xml(request: Request, text: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()
    site: Site = request.app.state.site
    return answered(request, body, "application/xml", modified=site.started)


ROUTES: list[BaseRoute] = [
    Route("/.well-known/void", well_known),
    Route("/dataset", dataset),
    Route("/dataset.{extension}", document),
    Route("/download", lambda _: RedirectResponse("/download/", 308)),
    Route("/download/", downloads),
    Route("/download/{name}", dump),
    Route("/sitemap.xml", sitemap),
    Route("/sitemap/{number:int}.xml", sitemap_part),
    Route("/robots.txt", robots),
]
