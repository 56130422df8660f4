"""One HTTP request to a server: credentials, no redirects, bounded answers, plain words for what fails."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from time import monotonic
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from ...errors import StoreError
from ...remote import one_line
from .credentials import Credentials
from .http import Refused, Reply, patiently, read_bounded, read_start, told, too_slow

_ERROR_BYTES = 10_000


class _NoRedirects(HTTPRedirectHandler):
    """A redirect is told, not followed: what is sent goes to the host that was named, or nowhere."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del msg, headers
        fp.close()
        to = urlsplit(newurl)
        named = to._replace(netloc=to.netloc.rpartition("@")[2], query="", fragment="").geturl()
        raise StoreError(f"{req.full_url} has moved (HTTP {code}): name {one_line(named)} instead")


class Client:
    """Sends requests to one server. Raises StoreError and StoreTimeoutError in words that name the URL."""

    def __init__(self, credentials: Credentials, *, timeout_s: float, limit: int) -> None:
        self._credentials, self._timeout_s, self._limit = credentials, timeout_s, limit
        self._schemes: dict[str, str] = {}
        self._opener = build_opener(_NoRedirects)

    def send(self, request: Request, *, updating: bool) -> Reply:
        """Send and return the whole answer, waiting while the server is busy."""
        where = request.full_url
        try:
            return patiently(lambda: self._once(request), where=where, patience_s=self._timeout_s)
        except Refused as refused:
            raise told(refused, where=where, updating=updating) from refused
        except TimeoutError as error:
            raise too_slow(where, updating=updating) from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise too_slow(where, updating=updating) from error
            raise _unreached(where, error.reason) from error
        except (OSError, HTTPException) as error:
            why = one_line(str(error)) or type(error).__name__
            raise StoreError(f"{where} broke off ({why}){_unsure(updating)}") from error

    def _once(self, request: Request) -> Reply:
        where = request.full_url.partition("?")[0]
        try:
            return self._answer(request, self._schemes.get(where, ""))
        except Refused as refused:
            scheme = self._credentials.scheme_for(refused.challenge) if refused.status == 401 else ""
            if not scheme or where in self._schemes:
                raise
            reply = self._answer(request, scheme)
            self._schemes[where] = scheme
            return reply

    def _answer(self, request: Request, scheme: str) -> Reply:
        request.add_header("Accept-Encoding", "gzip")
        request.remove_header("Authorization")
        header = self._credentials.header(scheme)
        if header is not None:
            request.add_unredirected_header("Authorization", header)
        deadline = monotonic() + self._timeout_s
        opener = self._digest_opener(request.full_url) if scheme == "digest" else self._opener
        try:
            response = opener.open(request, timeout=self._timeout_s)
        except HTTPError as error:
            with error:
                headers, body = error.headers, read_start(error, _ERROR_BYTES)
            challenge = ", ".join(headers.get_all("WWW-Authenticate", []))
            raise Refused(error.code, body, headers.get("Retry-After"), challenge) from error
        with response:
            headers = response.headers
            body = read_bounded(response, where=request.full_url, limit=self._limit, deadline=deadline)
            return Reply(headers.get_content_type(), body, _lower(headers))

    def _digest_opener(self, where: str) -> OpenerDirector:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, where, self._credentials.user or "", self._credentials.password)
        return build_opener(_NoRedirects, HTTPDigestAuthHandler(passwords))


def _lower(headers: HTTPMessage) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _unreached(where: str, reason: str | BaseException) -> StoreError:
    if isinstance(reason, ssl.SSLError):
        why = getattr(reason, "verify_message", None) or reason.reason or "no reason given"
        return StoreError(
            f"{where} is not trusted (TLS: {one_line(str(why))}): check its certificate, or name your own authority's "
            "with SSL_CERT_FILE"
        )
    return StoreError(f"{where} cannot be reached ({one_line(str(reason))}): is the server running?")


def _unsure(updating: bool) -> str:
    """Return what to add where an update was sent and its answer is missing."""
    if not updating:
        return ": try again"
    return ": whether the update was carried out cannot be told; do the same again, which adds nothing twice"
