"""What went wrong, as a page for who asks for pages, else as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .negotiation import best


def refusal(request: Request, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error's answer: one sentence, in a page if the Accept field likes HTML better than plain text."""
    accept = request.headers.get("accept", "")
    if "html" in accept and best(accept, ["text/plain", "text/html"]) == "text/html":
        from .pages import page

        body = page("message", title=HTTPStatus(status).phrase, message=sentence[:1].upper() + sentence[1:] + ".")
        return Response(body, status, headers, "text/html; charset=utf-8")
    return PlainTextResponse(f"{sentence}\n", status, headers)
