"""The ASGI application: routes, the guards around them, errors as answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ..errors import InputError, StoreError, StoreTimeoutError, TellygraphError, WorkerError
from .engine import BusyError, StoppedError, TooSlowError
from .guards import Guards
from .messages import refusal
from .routes import ROUTES
from .site import Site
from .worker import TooLargeError


def create_app(site: Site) -> Starlette:
    """Return the application for a site. Its engine is started and stopped with it (ASGI's lifespan).

    Startup raises StoreError if the graph cannot be opened.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await site.engine.start()
        try:
            yield
        finally:
            await site.engine.stop()

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        middleware=[Middleware(Guards, site=site)],
        exception_handlers={TellygraphError: _told, HTTPException: _refused, Exception: _failed},
    )
    app.state.site = site
    return app


def status_of(error: TellygraphError) -> int:
    """Return the HTTP status that says what kind of error it is."""
    if isinstance(error, BusyError | StoppedError | WorkerError):
        return 503
    if isinstance(error, TooSlowError | StoreTimeoutError):
        return 504
    if isinstance(error, InputError | TooLargeError):  # for less was to be asked
        return 400
    return 502 if isinstance(error, StoreError) else 500


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, TellygraphError)  # noqa: S101 - it is registered for these
    status = status_of(error)
    headers = {"Retry-After": str(error.retry_after_s if isinstance(error, BusyError) else 1)} if status == 503 else {}
    return refusal(request, status, str(error), headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    headers = dict(error.headers or {})
    detail = error.detail
    if error.status_code == 405 and detail == HTTPStatus.METHOD_NOT_ALLOWED.phrase:
        detail = f"this address answers {headers.get('Allow', 'other methods')} only"
    elif detail == HTTPStatus(error.status_code).phrase:
        detail = "there is nothing at this address: begin at /"
    return refusal(request, error.status_code, detail, headers)


async def _failed(_: Request, __: Exception) -> Response:
    return PlainTextResponse("something went wrong here; it has been noted\n", 500)
