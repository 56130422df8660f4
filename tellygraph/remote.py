"""What speaking with a server takes, whatever the protocol: how long it asks to wait, its words on one line."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

AGENT = "tellygraph"
"""What this program is called in requests, and in the robots.txt of a site that means it."""

HOMEPAGE = "https://w3id.org/tellygraph/"


def user_agent() -> str:
    """Return what requests say of who asks: the program, its version, and where to read about it."""
    return f"{AGENT}/{version('tellygraph')} (+{HOMEPAGE})"


def seconds(retry_after: str | None) -> float | None:
    """Return the seconds a Retry-After header asks for: a number of them, or a date (RFC 9110, section 10.2.3)."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (when.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def one_line(text: str, limit: int = 240) -> str:
    """Return text on one line, cut at `limit` characters, control characters as spaces."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
