"""What holds for every request: a known host, a bounded body, and header fields that keep pages to themselves."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .site import Site

# Pages bring everything along; nothing is fetched from elsewhere, and no page may frame ours.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_FIELDS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OPEN_TO_ALL = {"/sparql", "/rdf-graph-store"}  # pages of other sites may read answers, and errors, from here
_MOST_AT_ONCE = 512
_GRACE_S = 1.0  # a short job whose client has gone may finish: ending its process costs more


class Guards:
    """ASGI middleware; refuses with 421, 413 and 503 in one sentence each, and ends work nobody waits for any more.

    At most `most` requests are in hand at once.
    """

    def __init__(self, app: ASGIApp, site: Site, most: int = _MOST_AT_ONCE) -> None:
        self._app, self._site, self._most = app, site, most
        self._in_hand = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                fields = MutableHeaders(scope=message)
                for name, value in SECURITY_FIELDS.items():
                    fields.setdefault(name, value)
                if scope["path"] in _OPEN_TO_ALL:
                    fields.setdefault("Access-Control-Allow-Origin", "*")
            await send(message)

        if _host_name(Headers(scope=scope).get("host", "")) not in self._site.addresses.hosts:
            answer = PlainTextResponse("this site has another name: see how it was started (--origin)\n", 421)
            await answer(scope, receive, guarded)
            return
        if self._in_hand >= self._most:
            answer = PlainTextResponse("too many requests at once: ask again in 1 s\n", 503, {"Retry-After": "1"})
            await answer(scope, receive, guarded)
            return
        self._in_hand += 1
        try:
            body = await _body(scope, receive, self._site.max_body_bytes)
            if body is None:
                answer = PlainTextResponse(f"a request may have {self._site.max_body_bytes:,} bytes, no more\n", 413)
                await answer(scope, receive, guarded)
            else:
                await self._answer(scope, body, receive, guarded)
        finally:
            self._in_hand -= 1

    async def _answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        never = asyncio.Event()

        async def received() -> Message:
            if not first:
                await never.wait()  # when the client goes, the work is ended from here
            return first.pop()

        working = asyncio.ensure_future(self._app(scope, received, send))
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({working}, timeout=_GRACE_S)
        finally:
            leaving.cancel()
            given_up = working.cancel()
            await asyncio.wait({working})
        try:
            working.result()
        except asyncio.CancelledError:
            if not given_up:
                raise


async def _body(scope: Scope, receive: Receive, limit: int) -> bytes | None:
    """Return the body of a request, of which no more than `limit` is kept; None if it is longer."""
    length = Headers(scope=scope).get("content-length", "0")
    if not length.isdecimal() or len(length) > 18 or int(length) > limit:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(body)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _host_name(host: str) -> str:
    """Return a Host field's name without its port, in lower case: "[::1]:8765" is "::1"."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
