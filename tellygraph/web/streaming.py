"""An answer of the engine as an answer over HTTP."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Mapping

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ..errors import TellygraphError
from .engine import Answer

_log = logging.getLogger("uvicorn.error")


def streamed(answer: Answer, headers: Mapping[str, str]) -> Response:
    """Return what a job answers as the response; its own header fields come over `headers`."""
    head = answer.head
    return _Streamed(answer.chunks, head.status, {**headers, **head.headers}, head.media_type)


class _Streamed(StreamingResponse):
    """Lets go of the engine when the client goes away; ends short, for the client to see, where the job fails."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        except TellygraphError as error:
            _log.warning("an answer was cut short: %s", error)
        finally:
            if isinstance(self.body_iterator, AsyncGenerator):
                await self.body_iterator.aclose()
