"""A page's schema.org `Review`, from its JSON-LD. What a page says is data: bounded, checked, never followed.

Contexts are not loaded (nothing is fetched): types and keys are matched by their schema.org names, with or without
`schema:` or the schema.org address before them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from .fields import check_field
from .inputs import FieldValue

_MAX_SCRIPTS = 50
_MAX_CHARS = 1_000_000
_MAX_NODES = 20_000

_REVIEWS = frozenset({"Review", "CriticReview"})
_PREFIX = re.compile(r"(?:https?://schema\.org/|schema:)")
_SPACE = re.compile(r"\s+")

Node: TypeAlias = Mapping[str, object]


def review_fields(scripts: Sequence[str]) -> tuple[dict[str, FieldValue], list[str]]:
    """Return what the page's one `Review` says, as checked fields, and what was passed over, as sentences.

    A page with several reviews of equal standing gives nothing: which one it is cannot be told.
    """
    said: list[str] = []
    review, known = _one_review(scripts, said)
    fields: dict[str, FieldValue] = {}
    for key, value in _raw_fields(review, known).items() if review is not None else ():
        try:
            kept = check_field(key, value)
        except ValueError as error:
            said.append(f"in its JSON-LD {error}; passed over")
            continue
        if kept is not None:
            fields[key] = kept
    return fields, said


def review_body(scripts: Sequence[str]) -> str | None:
    """Return the text of the one `Review`, its `reviewBody`, as it is; None if there is none."""
    review, _ = the_review(scripts)
    body = None if review is None else review.get("reviewBody")
    return body if isinstance(body, str) else None


def the_review(scripts: Sequence[str]) -> tuple[Node | None, Mapping[str, Node]]:
    """Return the page's one `Review`, None if there is none, and what it has under an `@id`."""
    return _one_review(scripts, [])


def _one_review(scripts: Sequence[str], said: list[str]) -> tuple[Node | None, Mapping[str, Node]]:
    roots = list(_parsed(scripts, said))
    nodes = list(_nodes(roots, said))
    named = [(node["@id"], node) for _, node in reversed(nodes) if len(node) > 1 and "@id" in node]
    known = {name: node for name, node in named if isinstance(name, str)}
    found = [(depth, node) for depth, node in nodes if _REVIEWS & types_of(node)]
    top = min((depth for depth, _ in found), default=0)
    reviews = [node for depth, node in found if depth == top]
    if len(reviews) != 1:
        if reviews:
            said.append(f"its JSON-LD holds {len(reviews)} reviews and was passed over")
        return None, known
    return reviews[0], known


def _parsed(scripts: Sequence[str], said: list[str]) -> Iterator[object]:
    if len(scripts) > _MAX_SCRIPTS:
        said.append(f"its JSON-LD blocks after the first {_MAX_SCRIPTS} were passed over")
    for script in scripts[:_MAX_SCRIPTS]:
        if len(script) > _MAX_CHARS:
            said.append(f"a JSON-LD block of more than {_MAX_CHARS:,} characters was passed over")
            continue
        try:
            yield json.loads(script, strict=False)
        except (ValueError, RecursionError):
            said.append("a JSON-LD block that is not JSON was passed over")


def _nodes(roots: Sequence[object], said: list[str]) -> Iterator[tuple[int, Node]]:
    """Yield every object with its depth, nearest first; lists and `@graph` are no level of their own."""
    level, depth, count = list(roots), 0, 0
    while level:
        deeper: list[object] = []
        waiting = level[::-1]
        while waiting:
            value = waiting.pop()
            count += 1
            if count > _MAX_NODES:
                said.append(f"its JSON-LD after the first {_MAX_NODES:,} values was passed over")
                return
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                yield depth, value
                for key, inner in value.items():
                    if key == "@graph":
                        waiting.append(inner)
                    elif isinstance(inner, dict | list):
                        deeper.append(inner)
        level, depth = deeper, depth + 1


def types_of(node: Node) -> set[str]:
    """Return the schema.org types of an object."""
    return {_PREFIX.sub("", kind, count=1) for kind in listed(node.get("@type")) if isinstance(kind, str)}


def listed(value: object) -> list[object]:
    """Return a value that may stand alone or in a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _raw_fields(review: Node, known: Mapping[str, Node]) -> dict[str, object]:
    show, season = _show_and_season(review, known)
    return {
        "show": show,
        "season": season,
        "title": text_of(review.get("headline")) or text_of(review.get("name")),
        "author": _names(review.get("author"), known),
        "publisher": _names(review.get("publisher"), known),
        "date": text_of(review.get("datePublished")),
        "url": _address(review.get("url")) or _address(review.get("mainEntityOfPage")),
        "licence": _address(review.get("license")) or _names(review.get("license"), known),
    }


def resolved(value: object, known: Mapping[str, Node]) -> Node | None:
    """Return the object a value is or, by `@id`, names."""
    if not isinstance(value, dict):
        return None
    reference = value.get("@id")
    return known.get(reference, value) if len(value) == 1 and isinstance(reference, str) else value


def text_of(value: object) -> str | None:
    """Return a value's text on one line, the first of a list; None for anything else."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list) and value:
        return text_of(value[0]) if not isinstance(value[0], list) else None
    return _SPACE.sub(" ", html.unescape(value)).strip() if isinstance(value, str) else None


def _names(value: object, known: Mapping[str, Node]) -> str | None:
    """Return the names of people or organizations, joined by commas."""
    names: list[str] = []
    for item in listed(value):
        node = resolved(item, known)
        name = text_of(node.get("name")) if node is not None else text_of(item)
        if name and name not in names:
            names.append(name)
    return ", ".join(names) or None


def _address(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("@id")
    text = text_of(value)
    return text if text and text.startswith(("http://", "https://")) else None


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,4}\s*", value):
        return int(value)
    return value if isinstance(value, int) else None


def _show_and_season(review: Node, known: Mapping[str, Node]) -> tuple[str | None, int | None]:
    """Return the series and season the review says it is about; a season's own name is not taken for a series'."""
    items = listed(review.get("itemReviewed"))
    item = resolved(items[0], known) if len(items) == 1 else None
    if item is None:
        return None, None
    types = types_of(item)
    if "TVSeries" in types or "CreativeWorkSeries" in types:
        seasons = listed(item.get("containsSeason") or item.get("season"))
        season = resolved(seasons[0], known) if len(seasons) == 1 else None
        return text_of(item.get("name")), _number(season.get("seasonNumber")) if season is not None else None
    if types & {"TVSeason", "CreativeWorkSeason", "TVEpisode", "Episode"}:
        season = item if types & {"TVSeason", "CreativeWorkSeason"} else resolved(item.get("partOfSeason"), known)
        number = _number(season.get("seasonNumber")) if season is not None else None
        for node in (item, season):
            for key in ("partOfSeries", "partOfTVSeries"):
                series = resolved(node.get(key), known) if node is not None else None
                if series is not None and text_of(series.get("name")):
                    return text_of(series.get("name")), number
        return None, number
    return None, None
