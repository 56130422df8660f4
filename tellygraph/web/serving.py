"""Running the site: the ASGI server, what it says at the start, how it stops."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..errors import InputError, SettingError
from ..graph.store import MEMORY
from ..graph.store.http import checked_url
from ..settings import float_setting, int_setting, text_setting
from .app import create_app
from .engine import Engine
from .guards import SECURITY_FIELDS
from .site import Addresses, Site

TOKEN = "TELLYGRAPH_WRITE_TOKEN"  # noqa: S105 - the variable's name
_SHORTEST_TOKEN = 16
_GRACE_S = 3
_MAX_HEAD_BYTES = 65_536


def site_of(
    where: str,
    *,
    origin: str,
    base: str | None = None,
    writable: bool = False,
    services: Mapping[str, str] | None = None,
) -> Site:
    """Return the site of the graph at `where`, by the settings. Raises SettingError, InputError."""
    if where == MEMORY:
        raise InputError("a graph in memory cannot be served, since other processes cannot see it: name a folder")
    timeout_s, max_bytes = float_setting("serve_timeout_s"), int_setting("serve_max_results_bytes")
    engine = Engine(
        where,
        writable=writable,
        processes=int_setting("serve_processes"),
        timeout_s=timeout_s,
        max_bytes=max_bytes,
    )
    return Site(
        engine,
        Addresses(text_setting("base", base), _origin(origin)),
        _token() if writable else None,
        int_setting("serve_max_body_bytes"),
        timeout_s,
        {name: checked_url(url) for name, url in (services or {}).items()},
    )


def application() -> Starlette:
    """Return the application for an ASGI server of one's own: `uvicorn --factory tellygraph.web.serving:application`.

    The graph, the base and the limits are those of the settings (`TELLYGRAPH_GRAPH` ...); `TELLYGRAPH_ORIGIN` is the
    address that visitors see. Raises SettingError.
    """
    return create_app(site_of(text_setting("graph"), origin=os.environ.get("TELLYGRAPH_ORIGIN", "http://127.0.0.1")))


def serve(
    where: str,
    *,
    host: str,
    port: int,
    base: str | None = None,
    origin: str | None = None,
    writable: bool = False,
    services: Mapping[str, str] | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the graph at `where` until it is interrupted; `say` is told the addresses once they answer.

    Raises InputError if nobody can listen there, StoreError if the graph cannot be opened, SettingError.
    """
    listening = _listening(host, port)
    with listening:
        if origin is None and host in ("0.0.0.0", "::", ""):  # noqa: S104 - it is looked for, not listened on
            raise InputError(
                f"a site that listens on {host or 'all addresses'} must be told its own: name --origin URL"
            )
        name = f"[{host}]" if ":" in host else host
        seen_as = origin or f"http://{name}:{listening.getsockname()[1]}"
        site = site_of(where, origin=seen_as, base=base, writable=writable, services=services)
        asyncio.run(_serve(site, listening, say))


async def _serve(site: Site, listening: socket.socket, say: Callable[[str], None]) -> None:
    await site.engine.start()  # before the server is there, so that its error is the command's
    server = _Server(site.engine, uvicorn.Config(
        create_app(site), log_level="warning", access_log=False, server_header=False, lifespan="on",
        timeout_graceful_shutdown=_GRACE_S, h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
        http=_Protocol, ws="none",
    ))  # fmt: skip
    origin = site.addresses.origin
    say(f"Serving {site.engine.where} at {origin}/ (SPARQL at {origin}/sparql); Ctrl-C ends it.")
    await server.serve([listening])


class _Protocol(H11Protocol):
    """Gives the answer to what is no HTTP, the only one that the site does not see, the site's header fields."""

    def send_400_response(self, msg: str) -> None:
        """Answer, and close."""
        fields = {**SECURITY_FIELDS, "Content-Type": "text/plain; charset=utf-8", "Connection": "close"}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}\r\n{msg}\n".encode())
        self.transport.close()


class _Server(uvicorn.Server):
    """Ends quietly when it is told to; uvicorn would raise the signal again, and wait for what is running."""

    def __init__(self, engine: Engine, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._engine = engine
        self._stopping: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take Ctrl-C and SIGTERM as the wish to end."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self._end)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)

    def _end(self) -> None:
        self.should_exit = True
        self._stopping = self._stopping or asyncio.get_running_loop().create_task(self._engine.stop())


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"nobody can listen at {host}, port {port} ({why}): name another --port or --host") from error


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise SettingError(f"the site's address {text!r} must be http(s)://HOST[:PORT] and nothing more")
    return text.rstrip("/")


def _token() -> str:
    token = os.environ.get(TOKEN, "")
    if len(token) < _SHORTEST_TOKEN:
        raise SettingError(f"to take updates, put a token of {_SHORTEST_TOKEN} characters or more into {TOKEN}")
    return token
