"""What every route of the site needs to know."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from .engine import Engine

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are: the `base` of the graph's IRIs, and the site's own public `origin`, without a final slash."""

    base: str
    origin: str

    def path_of(self, iri: str) -> str:
        """Return where a thing of the graph is looked at on this site.

        What is below the base has a path of its own below `/id/`; for any other IRI, `/about?iri=` it is.
        """
        below = iri[len(self.base) :]
        if iri.startswith(self.base) and below.isascii() and not {"?", "#"} & set(below):
            return "/id/" + below
        return "/about?iri=" + quote(iri, safe="")

    def iri_of(self, path: str) -> str:
        """Return the IRI that a path below `/id/` (percent-encoded, as it was sent) stands for."""
        return self.base + path

    @property
    def hosts(self) -> frozenset[str]:
        """The names the site goes by in a request's Host, without ports; on a loopback address, all of that."""
        name = urlsplit(self.origin).hostname or ""
        return _LOOPBACK if name in _LOOPBACK else frozenset({name})


@dataclass(frozen=True, slots=True)
class Site:
    """The site: its engine, its addresses, and what is allowed.

    `token` is what writing asks for; None where nothing may be written. `max_body_bytes` bounds requests, `timeout_s`
    the time of an answer. `services` are the servers that SERVICE may ask: URLs by name. `started` is when it was made,
    in seconds since the epoch.
    """

    engine: Engine
    addresses: Addresses
    token: str | None = None
    max_body_bytes: int = 1_000_000
    timeout_s: float = 30.0
    services: Mapping[str, str] = field(default_factory=dict)
    started: float = field(default_factory=time.time)
