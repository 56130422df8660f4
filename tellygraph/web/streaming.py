"""An answer of the engine as an answer over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response, StreamingResponse

from .engine import Answer


def streamed(answer: Answer, headers: Mapping[str, str]) -> Response:
    """Return what a job answers as the response; its own header fields come over `headers`."""
    head = answer.head
    return StreamingResponse(answer.chunks, head.status, {**headers, **head.headers}, head.media_type)
