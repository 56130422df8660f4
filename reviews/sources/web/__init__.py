"""Pages and files of the web: fetched politely, within limits, and never from the local network unless allowed."""

from __future__ import annotations

from .content import stream_of
from .fetch import Page, Web, WebLimits

__all__ = ["Page", "Web", "WebLimits", "stream_of"]
