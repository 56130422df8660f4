"""`/query`: an editor for SPARQL with our prefixes and terms, and the questions of the catalogue to begin with."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ..graph.export import PREFIXES
from ..ontology.terms import KIND_BASE, KINDS, RELATIONS, SCHEMA, TG
from ..queries import catalogue
from ..visualize.explorer_page import built
from .guards import CONTENT_SECURITY_POLICY
from .pages import page

# The editor measures its text by style attributes that it sets itself; nothing else may bring styles along.
_POLICY = CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


async def query(_: Request) -> Response:
    """Return the editor, or a plain form where it is not built."""
    if not (built() / "query.js").is_file():
        return HTMLResponse(page("query_form", title="SPARQL"))
    return HTMLResponse(page("query", title="SPARQL"), headers={"Content-Security-Policy": _POLICY})


async def known(_: Request) -> Response:
    """Return what the editor knows: prefixes, terms, questions."""
    questions = [
        {"name": q.name, "title": q.title, "topic": q.topic, "query": _readable(q.text)} for q in catalogue().values()
    ]
    return JSONResponse({"prefixes": dict(PREFIXES), "terms": _terms(), "examples": questions})


def _readable(text: str) -> str:
    """A question's text without its header, which is for programs; its title stays."""
    lines = text.splitlines()
    title = next((line for line in lines if line.startswith("# title:")), "")
    return "\n".join([title.replace("# title: ", "# "), *(line for line in lines if not line.startswith("#"))]).strip()


def _terms() -> list[dict[str, str]]:
    classes = [TG.Character, TG.Claim, TG.Evidence, SCHEMA.Person, SCHEMA.Review, SCHEMA.TVSeason, SCHEMA.TVSeries]
    found = [{"iri": c.value, "label": c.value.rpartition("/")[2], "type": "class"} for c in classes]
    found += [
        {"iri": r.predicate.value, "label": r.label, "type": "property"} for r in RELATIONS.values() if r.predicate
    ]
    found += [{"iri": k.predicate.value, "label": k.name, "type": "property"} for k in KINDS.values()]
    found += [{"iri": KIND_BASE + k.slug, "label": k.name, "type": "class"} for k in KINDS.values()]
    about = (SCHEMA.name, SCHEMA.alternateName, SCHEMA.character, TG.relation, TG.kind, TG.series, TG.season, TG.status)
    found += [{"iri": p.value, "label": p.value.rpartition("/")[2], "type": "property"} for p in about]
    return sorted({term["iri"] + term["type"]: term for term in found}.values(), key=lambda term: term["iri"])


ROUTES: list[BaseRoute] = [Route("/query", query), Route("/query/known.json", known)]
