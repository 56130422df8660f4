"""The guards of the site, one at a time, without a server."""

from __future__ import annotations

import asyncio

import httpx
from starlette.types import Receive, Scope, Send

from tellygraph.web.engine import Engine
from tellygraph.web.guards import SECURITY_FIELDS, Guards
from tellygraph.web.site import Addresses, Site


def test_more_requests_than_can_be_in_hand_are_told_to_come_again():
    async def run() -> tuple[list[int], httpx.Response]:
        begun, may_end = asyncio.Event(), asyncio.Event()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            begun.set()
            await may_end.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        site = Site(Engine(":memory:"), Addresses("http://t.example/", "http://127.0.0.1"))
        guards = httpx.ASGITransport(Guards(app, site, most=1))
        async with httpx.AsyncClient(transport=guards, base_url="http://127.0.0.1") as client:
            first = asyncio.create_task(client.get("/"))
            await begun.wait()
            second = await client.get("/")
            may_end.set()
            return [(await first).status_code, (await client.get("/")).status_code], second

    served, refused = asyncio.run(run())
    assert served == [200, 200]
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert all(name in refused.headers for name in SECURITY_FIELDS)
