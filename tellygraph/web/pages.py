"""Pages in HTML that work without JavaScript: one for each thing and review, from what is stated of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..queries.statements import Source, Statement, Thing
from ..queries.values import visible
from ..visualize.self_contained import script_json
from .casts import cast_of, parts_of
from .ego import ego_picture
from .sentences import Json, PathOf, facts_of, followable, grouped, link_of

_KINDS = {
    "character": "Character", "person": "Person", "series": "Show", "season": "Season",
    "organization": "Organization", "place": "Place", "work": "Work",
}  # fmt: skip
_MOST_REVIEWS = 200


@dataclass(frozen=True, slots=True)
class Whole:
    """A show or a season with all that is stated within it; `seasons` are those of the show, number and IRI."""

    statements: Sequence[Statement] = ()
    seasons: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a page has besides its facts: addresses of things, the other formats, the same as JSON-LD."""

    path_of: PathOf
    formats: Iterable[Mapping[str, str]]
    json_ld: Mapping[str, Any]


def page(name: str, **values: object) -> bytes:
    """Return a template filled in; every text in it is escaped."""
    given: dict[str, object] = {"formats": (), "json_ld": None, **values}
    return _templates().get_template(f"{name}.html").render(given).encode()


def thing_page(
    thing: Thing, statements: Sequence[Statement], whole: Whole, written: Sequence[Source], around: Around
) -> bytes:
    """Return the page of a person, a character, a show or anything else; `written` are the reviews that it made."""
    path_of = around.path_of
    apart = [s for s in statements if not _told_apart(s, thing)]
    shows = {s.show.iri: s.show for s in statements if s.show is not None and s.show.iri != thing.iri}
    return page(
        "thing",
        title=visible(thing.label),
        kind=_KINDS.get(thing.type, "Thing"),
        names=[visible(name) for name in thing.names if name != thing.label],
        shows=[link_of(show, path_of) for _, show in sorted(shows.items())],
        explore=_explored(thing),
        picture=ego_picture(thing, [*statements, *whole.statements], path_of),
        cast=cast_of(whole.statements, path_of),
        parts=parts_of(statements, path_of) if thing.type == "person" else [],
        seasons=_seasons(statements, whole, path_of) if thing.type == "series" else [],
        siblings=[
            {"label": f"season {number}", "href": path_of(iri)}
            for number, iri in whole.seasons
            if thing.type == "season" and iri != thing.iri
        ],
        groups=grouped(apart, thing.iri, path_of),
        reviews=_reviews({*written, *(s.source for s in whole.statements)}, path_of),
        iri=thing.iri,
        formats=list(around.formats),
        json_ld=Markup(script_json(around.json_ld)),  # noqa: S704 - no markup is left in it
    )


def review_page(source: Source, statements: Sequence[Statement], makers: Mapping[str, str], around: Around) -> bytes:
    """Return the page of a review: what it states, show by show and group by group, each fact with its words.

    `makers` are the IRIs of who wrote and published it, by name.
    """
    by_show = sorted(statements, key=lambda s: "" if s.show is None else s.show.iri)
    sections = [
        {
            "show": None if own[0].show is None else link_of(own[0].show, around.path_of),
            "groups": grouped(own, "", around.path_of),
        }
        for own in (list(some) for _, some in groupby(by_show, key=lambda s: s.show))
    ]
    told = [source.author, source.publisher, source.date, None if source.season is None else f"season {source.season}"]
    return page(
        "review",
        title=visible(source.title),
        told=[
            {"label": visible(text), "href": around.path_of(makers[text]) if text in makers else None}
            for text in told
            if text
        ],
        url=followable(source.url),
        count=len({s.claim for s in statements}),
        sections=sections,
        iri=source.iri,
        formats=list(around.formats),
        json_ld=Markup(script_json(around.json_ld)),  # noqa: S704 - no markup is left in it
    )


def _told_apart(statement: Statement, thing: Thing) -> bool:
    """Whether a statement has its place in a part of the page of its own: a season's, an actor's roles."""
    if thing.type == "series":
        return statement.subject.type == "season"
    return thing.type == "person" and statement.relation == "plays"


def _explored(thing: Thing) -> str | None:
    name = {"series": "show", "character": "around", "person": "around"}.get(thing.type)
    return None if name is None else "/?" + urlencode({name: thing.iri})


def _seasons(statements: Sequence[Statement], whole: Whole, path_of: PathOf) -> list[Json]:
    """The seasons of a show, each with what is stated of it alone."""
    own: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.relation != "seasonNumber":
            own.setdefault(statement.subject.iri, []).append(statement)
    return [
        {"name": f"Season {number}", "href": path_of(iri), "facts": facts_of(own.get(iri, []), iri, path_of)}
        for number, iri in whole.seasons
    ]


def _reviews(found: Iterable[Source], path_of: PathOf) -> list[Json]:
    sources = sorted(found, key=lambda s: (s.date or "", s.title, s.iri))
    return [
        {
            "href": path_of(source.iri),
            "label": visible(source.title),
            "told": [visible(text) for text in (source.author, source.publisher, source.date) if text],
        }
        for source in sources[:_MOST_REVIEWS]
    ]


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tellygraph.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
