"""Who we are to a server: from the environment or netrc, never from a URL, and never shown."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path

from ...errors import StoreError

USER, PASSWORD, TOKEN = "TELLYGRAPH_USER", "TELLYGRAPH_PASSWORD", "TELLYGRAPH_TOKEN"
HOW = f"set {USER} and {PASSWORD}, or {TOKEN}, or name the host in ~/.netrc"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and password, or a bearer token, or nothing at all."""

    user: str | None = None
    password: str = field(default="", repr=False)
    token: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, host: str, *, from_environment: bool = True) -> Credentials:
        """Return what is known for `host`: its netrc entry (not `default`), else the environment's variables.

        `from_environment` False leaves the variables out: they are for the graph, not for every server that is asked.
        Raises StoreError for a netrc file that cannot be read.
        """
        entry = _netrc_entry(host)
        if entry is not None:
            return cls(*entry)
        if not from_environment:
            return cls()
        if token := os.environ.get(TOKEN):
            if not (token.isascii() and token.isprintable()):
                raise StoreError(f"{TOKEN} holds characters that no token has: set it again")
            return cls(token=token)
        user = os.environ.get(USER)
        return cls(user, os.environ.get(PASSWORD, "")) if user else cls()

    def header(self, scheme: str) -> str | None:
        """Return the Authorization header for `scheme`: "bearer", "basic" or "" (none asked for yet)."""
        if self.token is not None:
            return f"Bearer {self.token}"
        if scheme == "basic" and self.user is not None:
            return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()
        return None

    def scheme_for(self, challenge: str) -> str:
        """Return how to answer a WWW-Authenticate header: "digest" before "basic", "" where we cannot."""
        if self.user is None:
            return ""
        asked = challenge.casefold()
        return next((scheme for scheme in ("digest", "basic") if scheme in asked), "")


def _netrc_entry(host: str) -> tuple[str, str] | None:
    named = os.environ.get("NETRC")
    path = Path(named) if named else Path.home() / ".netrc"
    try:
        hosts = netrc(str(path)).hosts
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError, NetrcParseError) as error:
        why = error.msg if isinstance(error, NetrcParseError) else type(error).__name__
        raise StoreError(
            f"the passwords in {path} cannot be read ({why}): mend it, or name another with NETRC"
        ) from None
    if host not in hosts:
        return None
    user, _, password = hosts[host]
    return user, password or ""
