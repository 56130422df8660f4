"""Fetching by the rules of the web: robots.txt and its pauses, redirects looked at one by one, waits kept to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

from ....errors import ReviewError
from ....remote import AGENT, seconds
from ....settings import float_setting, int_setting, setting
from .addresses import origin_of, plain_url, without_secrets

if TYPE_CHECKING:
    from .connection import Answer, Connections

_TRIES = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5: at least 500 KiB
_ROBOTS_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class WebLimits:
    """What fetching may take at most: bytes of a page, seconds of a request and of a wait, redirects."""

    most_bytes: int = 16_000_000
    timeout_s: float = 30.0
    redirects: int = 5
    longest_wait_s: float = 60.0
    allow_local: bool = False

    @classmethod
    def from_settings(cls, *, allow_local: bool = False) -> WebLimits:
        """Return the settings' limits. Raises SettingError."""
        return cls(
            int_setting("url_max_bytes"), float_setting("url_timeout_s"), int_setting("url_max_redirects"),
            float_setting("url_longest_wait_s"), bool(setting("url_allow_local")) or allow_local,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: `url` after redirects, `type` and `charset` as the server says them, in lower case."""

    url: str
    type: str
    charset: str | None
    packed: bool
    body: bytes


class _Rules(Protocol):
    def can_fetch(self, url: str, agent: str) -> bool: ...
    def crawl_delay(self, agent: str) -> float | None: ...


class Web:
    """Fetches pages one after another, and remembers each site's robots.txt and when it was last asked."""

    def __init__(
        self, limits: WebLimits, *, clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._limits, self._clock, self._sleep = limits, clock, sleep
        self._connections: Connections | None = None
        self._rules: dict[str, _Rules | ReviewError] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> Page:
        """Return a page. Raises ReviewError saying why it is not read."""
        url, seen = plain_url(url), set[str]()
        while len(seen) <= self._limits.redirects:
            if url in seen:
                raise ReviewError(f"it is sent in a circle, back to {without_secrets(url)}")
            seen.add(url)
            self._ask_robots(url)
            answer = self._patiently(url)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return _page(url, answer)
            url = plain_url(urljoin(url, answer.headers["location"]))
        raise ReviewError(f"it is sent elsewhere more than {self._limits.redirects} times")

    def close(self) -> None:
        """Let go of the connection."""
        if self._connections is not None:
            self._connections.close()

    def _patiently(self, url: str) -> Answer:
        """Return an answer, after the waits a busy server asks for."""
        for tried in range(1, _TRIES + 1):
            self._asked[origin_of(url)] = self._clock()
            answer = self._get(url, self._limits.most_bytes)
            if answer.status not in (429, 503):
                break
            after = seconds(answer.headers.get("retry-after"))
            wait = 2.0**tried if after is None else after
            if tried == _TRIES or wait > self._limits.longest_wait_s:
                raise ReviewError(
                    f"its server is busy (HTTP {answer.status}) and wants to be asked again in {wait:,.0f} s;"
                    " try later, or raise TELLYGRAPH_URL_LONGEST_WAIT_S"
                )
            self._sleep(wait)
        return answer

    def _get(self, url: str, most_bytes: int, *, cut: bool = False) -> Answer:
        if self._connections is None:
            from .connection import Connections  # httpcore takes 0.1 s, and only URLs need it

            self._connections = Connections(self._limits.timeout_s, allow_local=self._limits.allow_local)
        return self._connections.get(url, most_bytes, cut=cut)

    def _ask_robots(self, url: str) -> None:
        """Wait as long as a site's robots.txt asks between two requests. Raises ReviewError where it says no."""
        origin = origin_of(url)
        if origin not in self._rules:
            try:
                self._rules[origin] = self._read_robots(origin)
            except ReviewError as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, ReviewError):
            raise ReviewError(str(rules))
        if not rules.can_fetch(url, AGENT):
            raise ReviewError(f"{origin}/robots.txt does not let programs read it")
        delay = rules.crawl_delay(AGENT) or 0.0
        wait = self._asked.get(origin, float("-inf")) + delay - self._clock()
        if wait > self._limits.longest_wait_s:
            raise ReviewError(
                f"{origin}/robots.txt wants {delay:,.0f} s between two requests; raise TELLYGRAPH_URL_LONGEST_WAIT_S"
            )
        if wait > 0:
            self._sleep(wait)

    def _read_robots(self, origin: str) -> _Rules:
        """Return what a site lets programs read: all of it where it has no robots.txt (RFC 9309, section 2.3.1)."""
        from protego import Protego

        url = f"{origin}/robots.txt"
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = self._get(url, _ROBOTS_BYTES, cut=True)
            if answer.status in _REDIRECTS and "location" in answer.headers:
                url = plain_url(urljoin(url, answer.headers["location"]))
                continue
            if answer.status == 429 or answer.status >= 500:
                raise ReviewError(f"{origin}/robots.txt cannot be had (HTTP {answer.status}), so nothing is read there")
            text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
            rules: _Rules = Protego.parse(text)
            return rules
        raise ReviewError(f"{origin}/robots.txt is sent elsewhere too often, so nothing is read there")


def _page(url: str, answer: Answer) -> Page:
    if answer.status != 200:
        raise ReviewError(_refused(answer.status))
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise ReviewError(f"it is packed with {encoding[:40]!r}, which was not asked for")
    kind, *parameters = answer.headers.get("content-type", "").split(";")
    charset = None
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower() or None
    return Page(url, kind.strip().lower(), charset, encoding.endswith("gzip"), answer.body)


def _refused(status: int) -> str:
    if status in (401, 403, 407, 451):
        return f"its server does not let us in (HTTP {status})"
    if status in (404, 410):
        return f"there is no such page (HTTP {status}); check the address"
    return f"its server failed (HTTP {status}); try later" if status >= 500 else f"its server answers HTTP {status}"
