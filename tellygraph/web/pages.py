"""Pages in HTML that work without JavaScript: one for each thing and review, from what is stated of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ..queries.statements import Source, Statement, Thing
from ..queries.values import visible
from ..visualize.explorer_facts import Json, fact_lines
from ..visualize.self_contained import script_json
from ..visualize.words import GROUPS

PathOf = Callable[[str], str]

_KINDS = {
    "character": "Character", "person": "Person", "series": "Show", "season": "Season",
    "organization": "Organization", "place": "Place", "work": "Work",
}  # fmt: skip
_GROUP_NAMES = {
    "family": "Family", "romance": "Romance", "social": "Friends and rivals", "work": "Work and school",
    "harm": "Harm", "cast": "Who plays whom", "crew": "Behind the camera", "other": "More",
}  # fmt: skip
_MOST_QUOTES = 5
_MOST_AROUND = 24


def page(name: str, **values: object) -> bytes:
    """Return a template filled in; every text in it is escaped."""
    given: dict[str, object] = {"formats": (), "json_ld": None, **values}
    return _templates().get_template(f"{name}.html").render(given).encode()


def thing_page(
    thing: Thing, statements: Sequence[Statement], path_of: PathOf, formats: Iterable[Mapping[str, str]], json_ld: Json
) -> bytes:
    """Return the page of a person, a character, a show or anything else that has a name."""
    facts = fact_lines(statements, thing.iri)
    by_group = sorted(facts, key=lambda fact: GROUPS.index(str(fact["group"])))
    groups = [
        {"name": _GROUP_NAMES.get(name, name), "facts": [_fact(fact, path_of) for fact in own]}
        for name, own in groupby(by_group, key=lambda fact: str(fact["group"]))
    ]
    shows = {s.show.iri: s.show.label for s in statements if s.show is not None and s.show.iri != thing.iri}
    around = "show" if thing.type == "series" else "around"
    return page(
        "thing",
        title=visible(thing.label),
        kind=_KINDS.get(thing.type, "Thing"),
        names=[visible(name) for name in thing.names if name != thing.label],
        shows=[{"href": path_of(iri), "label": visible(label)} for iri, label in sorted(shows.items())],
        explore="/?" + urlencode({around: thing.iri}) if thing.type in ("character", "person", "series") else None,
        picture=ego_picture(thing, facts, path_of),
        groups=groups,
        iri=thing.iri,
        formats=list(formats),
        json_ld=Markup(script_json(json_ld)),  # noqa: S704 - no markup is left in it,
    )


def review_page(
    source: Source,
    statements: Sequence[Statement],
    path_of: PathOf,
    formats: Iterable[Mapping[str, str]],
    json_ld: Mapping[str, Any],
) -> bytes:
    """Return the page of a review: what it states, in the order of subjects, each with its words."""
    facts = [
        {**_fact(fact, path_of), "subject": {"href": path_of(subject.iri), "label": visible(subject.label)}}
        for subject, own in groupby(statements, key=lambda s: s.subject)
        for fact in fact_lines(own, subject.iri)
    ]
    shows = {s.show.iri: s.show.label for s in statements if s.show is not None}
    told = [source.author, source.publisher, source.date, None if source.season is None else f"season {source.season}"]
    return page(
        "review",
        title=visible(source.title),
        told=[visible(text) for text in told if text],
        url=followable(source.url),
        shows=[{"href": path_of(iri), "label": visible(label)} for iri, label in sorted(shows.items())],
        facts=facts,
        iri=source.iri,
        formats=list(formats),
        json_ld=Markup(script_json(json_ld)),  # noqa: S704 - no markup is left in it,
    )


def ego_picture(thing: Thing, facts: Sequence[Json], path_of: PathOf) -> Markup:
    """Return a thing and what it is joined to as SVG: it in the middle, the others in a circle, each a link."""
    joined: dict[str, tuple[Json, str]] = {}
    for fact in facts:
        other = fact["other"]
        if isinstance(other, dict):
            joined.setdefault(str(other["iri"]), (other, str(fact["group"])))
    others = sorted(joined.values(), key=lambda one: (GROUPS.index(one[1]), str(one[0]["label"])))[:_MOST_AROUND]
    if not others:
        return Markup()
    parts: list[str] = []
    labels: list[str] = []
    for at, (other, group) in enumerate(others):
        angle = 2 * math.pi * at / len(others) - math.pi / 2
        x, y = round(390 + 270 * math.cos(angle), 1), round(200 + 140 * math.sin(angle), 1)
        parts.append(f'<line x1="390" y1="200" x2="{x}" y2="{y}" class="line-{escape(group)}"/>')
        labels.append(
            f'<a href="{escape(path_of(str(other["iri"])))}"><circle cx="{x}" cy="{y}" r="7" class="node"/>'
            f'<text x="{x}" y="{y + 22}">{escape(_short(str(other["label"])))}</text></a>'
        )
    title = f"{visible(thing.label)} and {len(others)} of its neighbours"
    middle = (
        f'<circle cx="390" cy="200" r="11" class="self"/><text x="390" y="228">{escape(_short(thing.label))}</text>'
    )
    return Markup(  # noqa: S704 - what is not ours is escaped above
        f'<svg class="ego" viewBox="0 0 780 400" role="group" aria-label="{escape(title)}">'
        + "".join([*parts, *labels, middle])
        + "</svg>"
    )


def followable(url: str | None) -> str | None:
    """Return an address that may be a link: http(s) only, whatever a review says its address is."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None


def _fact(fact: Json, path_of: PathOf) -> Json:
    other, quotes = fact["other"], fact["quotes"]
    assert isinstance(quotes, list)  # noqa: S101 - fact_lines makes it
    season = fact["season"]
    particulars = [fact["status"], None if season is None else f"season {season}"]
    text = str(other["label"]) if isinstance(other, dict) else str(fact["value"])
    return {
        "phrase": fact["phrase"],
        "text": visible(text),
        "href": path_of(str(other["iri"])) if isinstance(other, dict) else None,
        "particulars": " · ".join(str(part) for part in particulars if part),
        "quotes": [_quote(quote, path_of) for quote in quotes[:_MOST_QUOTES]],
        "more": len(quotes) - _MOST_QUOTES if len(quotes) > _MOST_QUOTES else 0,
    }


def _quote(quote: Mapping[str, Any], path_of: PathOf) -> Json:
    review = quote["review"]
    told = (review["author"], review["publisher"], review["date"])
    return {
        "prefix": visible(quote["prefix"]),
        "quote": visible(quote["quote"]),
        "suffix": visible(quote["suffix"]),
        "title": visible(review["title"]),
        "told": [visible(part) for part in told if part],
        "page": path_of(review["iri"]),
        "url": followable(review["url"]),
    }


def _short(text: str) -> str:
    text = visible(text)
    return text if len(text) <= 28 else text[:27].rstrip() + "…"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tellygraph.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
