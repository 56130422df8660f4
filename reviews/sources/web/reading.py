"""A URL becomes drafts: fetched, read by its format, named by its canonical address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from ..inputs import Draft, Format, Found, Input, Limits
from .content import stream_of
from .fetch import Web


def read_page(source: Input, web: Web, formats: Sequence[Format], limits: Limits) -> Iterator[Found]:
    """Yield what is at a source's URL. Raises ReviewError where it is not fetched, or is no review."""
    page = web.fetch(source.url or "")
    kind, stream = stream_of(page, formats, limits)
    with stream:
        for found in kind.read(stream, replace(source, id=page.url, url=page.url), limits):
            yield _at(found, page.url) if isinstance(found, Draft) and not found.record else found


def _at(draft: Draft, url: str) -> Draft:
    """Name a page's review by the address it gives itself, if that is of the same host, else by the one it is at."""
    address = canonical(str(draft.fields.get("url") or ""), url)
    review_id = address if draft.id == url else draft.id
    return replace(draft, id=review_id, fields={**draft.fields, "url": address})


def canonical(said: str, url: str) -> str:
    """Return the address a page gives itself; `url` where that is another host's, or the site's front page.

    >>> canonical("https://lamp.example/saltmarsh#top", "https://lamp.example/saltmarsh?from=feed")
    'https://lamp.example/saltmarsh'
    >>> canonical("https://lamp.example/", "https://lamp.example/saltmarsh")
    'https://lamp.example/saltmarsh'
    """
    try:
        own, there = urlsplit(said), urlsplit(url)
        same = own.scheme in ("http", "https") and own.hostname == there.hostname and own.port == there.port
    except ValueError:
        return url
    front_page = own.path in ("", "/") and there.path not in ("", "/")
    return urldefrag(said).url if same and not front_page else url
