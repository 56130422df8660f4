"""Content negotiation (RFC 9110, section 12.5.1): what an Accept field likes best of what there is."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_RANGES = 50


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """Return the media type of `offered` that `accept` likes best; the earlier one where two are liked alike.

    Without a field, or with one that is not to be understood, it is the first. None if none is acceptable.

    >>> best("text/turtle;q=0.8, application/rdf+xml", ["text/turtle", "application/rdf+xml"])
    'application/rdf+xml'
    >>> best("image/png", ["text/turtle"]) is None
    True
    """
    ranges = [r for part in (accept or "").split(",")[:_MOST_RANGES] if (r := _media_range(part)) is not None]
    if not ranges:
        return offered[0] if offered else None
    liked = [(_quality(media_type, ranges), -at, media_type) for at, media_type in enumerate(offered)]
    quality, _, media_type = max(liked, default=(0.0, 0, ""))
    return media_type if quality > 0 else None


def _media_range(text: str) -> tuple[str, float] | None:
    """Return a range in lower case, without parameters, and its quality."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    if name.count("/") != 1:
        return None
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(quality)))
    except ValueError:
        return name, 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The most specific range counts; of two alike, the last."""
    told = dict(ranges)
    for name in (media_type.lower(), media_type.partition("/")[0].lower() + "/*", "*/*"):
        if name in told:
            return told[name]
    return 0.0
