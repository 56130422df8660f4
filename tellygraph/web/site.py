"""What every route of the site needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from .engine import Engine


@dataclass(frozen=True, slots=True)
class Site:
    """The site: its engine, the `base` of the graph's IRIs, and what is allowed.

    `origin` is the public `scheme://host[:port]` without a final slash. `token` is what writing asks for; None where
    nothing may be written. `max_body_bytes` bounds requests, `max_results_bytes` answers, `timeout_s` both their time.
    """

    engine: Engine
    base: str
    origin: str
    token: str | None = None
    max_body_bytes: int = 1_000_000
    max_results_bytes: int = 64_000_000
    timeout_s: float = 30.0

    @property
    def writable(self) -> bool:
        """Whether updates are taken, from those who know the token."""
        return self.token is not None

    def path_of(self, iri: str) -> str:
        """Return where a thing of the graph is looked at on this site.

        What is below the base has a path of its own below `/id/`; for any other IRI, `/about?iri=` it is.
        """
        if iri.startswith(self.base):
            return "/id/" + iri[len(self.base) :]
        return "/about?iri=" + quote(iri, safe="")

    def iri_of(self, path: str) -> str:
        """Return the IRI that a path below `/id/` (percent-encoded, as it was sent) stands for."""
        return self.base + path

    @property
    def hosts(self) -> frozenset[str]:
        """The names this site goes by in a request's Host, without ports; on a loopback address, all of that."""
        name = urlsplit(self.origin).hostname or ""
        loopback = {"localhost", "127.0.0.1", "::1"}
        return frozenset(loopback if name in loopback else {unquote(name)})
