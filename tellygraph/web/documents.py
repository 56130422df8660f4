"""A document as an answer: its tag and date, what else it can be had as, and 304 for who has it already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from email.utils import formatdate

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .formats import FORMATS
from .negotiation import best

_OPEN = {"Access-Control-Allow-Origin": "*"}


def alternate(href: str, extension: str) -> str:
    """Return the value of a Link field that says where the same is in another format."""
    return f'<{href}>; rel="alternate"; type="{FORMATS[extension][0]}"'


def answered(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    modified: float,
    links: Iterable[str] = (),
    told_by: bytes | None = None,
) -> Response:
    """Return a document with ETag, Last-Modified (`modified`: seconds since the epoch) and Link; 304 if it is known.

    The tag is that of `told_by` where the same is not always written with the same bytes. A tag decides where both a
    tag and a date are asked with (RFC 9110, section 13.2.2).
    """
    tag = f'"{hashlib.sha256(told_by or body).hexdigest()[:32]}"'
    headers = {
        **_OPEN, "ETag": tag, "Last-Modified": formatdate(modified, usegmt=True), "Cache-Control": "no-cache",
    }  # fmt: skip
    if link := ", ".join(links):
        headers["Link"] = link
    if knows(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def knows(request: Request, tag: str) -> bool:
    """Whether who asks has what `tag` stands for (If-None-Match, compared weakly)."""
    known = [text.strip().removeprefix("W/") for text in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in known or "*" in known


def see_other(request: Request, documents: dict[str, str]) -> Response:
    """Send who asks to the document they like best.

    `documents` are addresses by extension, the first for who says nothing. Raises HTTPException 406 that
    says what there is.
    """
    by_type = {FORMATS[extension][0]: href for extension, href in documents.items()}
    media_type = best(request.headers.get("accept"), list(by_type))
    if media_type is None:
        raise HTTPException(406, f"this can be had as {', '.join(by_type)}", {"Vary": "Accept"})
    links = ", ".join(alternate(href, extension) for extension, href in documents.items())
    return RedirectResponse(by_type[media_type], 303, {**_OPEN, "Vary": "Accept", "Link": links})
