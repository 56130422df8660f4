"""What requests to the SPARQL endpoint and to the graph store are made of, and who may write."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request

from .site import Site

Parameters = Mapping[str, Sequence[str]]
_MOST_PARAMETERS = 1000


def site_of(request: Request) -> Site:
    """Return the site that is asked."""
    site = request.app.state.site
    assert isinstance(site, Site)  # noqa: S101 - `create_app` put it there
    return site


def check_may_write(request: Request) -> None:
    """Raise HTTPException, 403 or 401, unless the site is writable and the client knows the token."""
    token = site_of(request).token
    if token is None:
        raise HTTPException(403, "this site is for reading: to write to it, it must be started with --writable")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise HTTPException(
            401, "to write, send the site's token: Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"}
        )


def media_type_of(request: Request) -> str:
    """Return what a request says its body is, in lower case and without parameters; "" for nothing."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parameters(encoded: bytes, known: Sequence[str]) -> dict[str, list[str]]:
    """Return the `known` ones of percent-encoded parameters. Raises HTTPException 400 for what is not UTF-8."""
    try:
        found = parse_qs(decoded(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise HTTPException(400, "the parameters must be percent-encoded UTF-8, a thousand at most") from error
    return {name: values for name, values in found.items() if name in known}


def decoded(body: bytes) -> str:
    """Return a body as text. Raises HTTPException 400."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the request must be UTF-8") from error


def graph_name(iri: str) -> NamedNode:
    """Return the name of a graph. Raises HTTPException 400 for what is no absolute IRI."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise HTTPException(400, f"a graph is named by an absolute IRI, not by {iri[:200]!r}") from error
