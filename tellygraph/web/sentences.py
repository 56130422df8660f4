"""Facts as sentences, each with the words that state it: what the pages of things are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from ..ontology.terms import KINDS, RELATIONS
from ..queries.statements import Statement, Thing
from ..queries.values import visible
from ..visualize.words import GROUPS, REVERSED, group_of, phrase_of

PathOf = Callable[[str], str]
Json = dict[str, object]

GROUP_NAMES: Mapping[str, str] = {
    "family": "Family", "romance": "Romance", "social": "Friends and rivals", "work": "Work and school",
    "harm": "Harm", "cast": "Who plays whom", "crew": "Behind the camera", "other": "More",
}  # fmt: skip
_MOST_QUOTES = 20
_CONTEXT = 32  # characters around a quote that are kept at most: a word may be cut there
_RELATIONS = list(RELATIONS)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def grouped(statements: Iterable[Statement], about: str, path_of: PathOf) -> list[Json]:
    """Return what is stated, from the side of the thing `about`: {name, facts} for each group of relations there is."""
    by_group = sorted(statements, key=lambda s: GROUPS.index(group_of(s.relation, s.kind)))
    return [
        {"name": GROUP_NAMES[name], "facts": facts_of(list(own), about, path_of)}
        for name, own in groupby(by_group, key=lambda s: group_of(s.relation, s.kind))
    ]


def facts_of(statements: Sequence[Statement], about: str, path_of: PathOf) -> list[Json]:
    """Return each fact once, relation by relation, with all its words: {parts, tail, quotes, more}."""
    said: dict[tuple[object, ...], list[Statement]] = {}
    for statement in sorted(statements, key=_order):
        meant = tuple(p.iri if isinstance(p, Thing) else p for p in _parts(statement, about))
        said.setdefault((*meant, statement.status), []).append(statement)
    return [fact_of(own, about, path_of) for own in said.values()]


def fact_of(own: Sequence[Statement], about: str, path_of: PathOf) -> Json:
    """Return statements of one meaning as one fact."""
    parts = _parts(own[0], about)
    ends = [p for p in parts if isinstance(p, Thing)]
    return {
        "parts": [_part(p, about, path_of) for p in parts],
        "tail": tail_of(own, seasons=not any(end.type == "season" for end in ends)),
        **quotes_of(own, path_of),
    }


def tail_of(own: Sequence[Statement], *, seasons: bool) -> str:
    """Return how far a fact holds, of which seasons it is stated and by how many reviews: "former · season 2"."""
    numbers = sorted({s.season for s in own if s.season is not None}) if seasons else []
    reviews = len({s.source.iri for s in own})
    told = [
        own[0].status,
        f"season{'s' * (len(numbers) > 1)} {_listed(numbers)}" if numbers else None,
        f"{reviews} reviews" if reviews > 1 else None,
    ]
    return " · ".join(text for text in told if text)


def quotes_of(own: Sequence[Statement], path_of: PathOf) -> Json:
    """Return the words behind a fact, each place once: {quotes, more}; `more` counts those that are left out."""
    places = {(s.source.iri, s.prefix, s.quote): s for s in own}.values()
    quotes = [_quote(s, path_of) for s in places]
    return {"quotes": quotes[:_MOST_QUOTES], "more": max(0, len(quotes) - _MOST_QUOTES)}


def link_of(thing: Thing, path_of: PathOf) -> dict[str, str]:
    """Return a thing as a link: {label, href}."""
    return {"label": visible(thing.label), "href": path_of(thing.iri)}


def followable(url: str | None) -> str | None:
    """Return an address that may be a link: http(s) only, whatever a review says its address is."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None


def day(text: str) -> str:
    """Return a date as it is read, with its preposition; what is no date, as it is.

    >>> day("2023-08-03"), day("2023-08"), day("2023")
    ('on 3 August 2023', 'in August 2023', 'in 2023')
    """
    found = _DATE.fullmatch(text)
    if found is None or (found[2] and not 1 <= int(found[2]) <= len(_MONTHS)):
        return text
    if found[2] is None:
        return f"in {found[1]}"
    month = f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return f"in {month}" if found[3] is None else f"on {int(found[3])} {month}"


def _order(statement: Statement) -> tuple[object, ...]:
    ends = [end.label if isinstance(end, Thing) else end for end in (statement.object, statement.subject)]
    return _RELATIONS.index(statement.relation), statement.kind or "", *ends, statement.source.date or ""


def _parts(statement: Statement, about: str) -> tuple[Thing | str, ...]:
    """Return a statement as a sentence that begins with the thing it is about, where our words allow that."""
    subject, object_, relation = statement.subject, statement.object, statement.relation
    if not isinstance(object_, Thing):
        return subject, *_valued(relation, object_)
    if about == object_.iri:
        if relation == "plays":
            return object_, "is played by", subject
        if relation in REVERSED:
            return object_, phrase_of(relation, None), subject
        inverse = None if statement.kind is None else KINDS[statement.kind].inverse
        if inverse is not None:
            return object_, phrase_of(relation, inverse), subject
    words = RELATIONS[relation].label if statement.kind is None else phrase_of(relation, statement.kind)
    return subject, words, object_


def _valued(relation: str, value: str) -> tuple[str, ...]:
    """The words for a value, which stand at odd places: "has", "8", "episodes"."""
    if relation == "episodeCount":
        return "has", value, "episode" if value == "1" else "episodes"
    if relation == "episodeMinutes":
        return "has episodes of", value, "minutes"
    if relation == "seasonNumber":
        return "is season", value
    if relation in ("premiereDate", "endDate"):
        return "premieres" if relation == "premiereDate" else "ended", day(value)
    if relation == "genre" and value[:1].lower() in "aeiou":
        return "is an", value
    return RELATIONS[relation].label, value


def _part(part: Thing | str, about: str, path_of: PathOf) -> Json:
    if isinstance(part, str):
        return {"text": visible(part), "href": None}
    return {"text": visible(part.label), "href": None if part.iri == about else path_of(part.iri)}


def _quote(statement: Statement, path_of: PathOf) -> Json:
    source, page = statement.source, path_of(statement.source.iri)
    told = (source.author, source.publisher, source.date)
    url = source.url or (None if page.startswith("/id/") else source.iri)
    return {
        "before": _cut(visible(statement.prefix), len(statement.prefix) >= _CONTEXT, at_end=False),
        "words": visible(statement.quote),
        "after": _cut(visible(statement.suffix), len(statement.suffix) >= _CONTEXT, at_end=True),
        "title": visible(source.title),
        "told": [visible(part) for part in told if part],
        "page": page,
        "url": followable(url),
    }


def _cut(text: str, cut: bool, *, at_end: bool) -> str:
    """Return what surrounds a quote without the part of a word at which it was cut."""
    if not cut:
        return text
    if at_end:
        kept = text.rpartition(" ")[0].rstrip()
        return f"{kept or text.rstrip()} …"
    kept = text.partition(" ")[2].lstrip()
    return f"… {kept or text.lstrip()}"


def _listed(numbers: Sequence[int]) -> str:
    *most, last = map(str, numbers)
    return f"{', '.join(most)} and {last}" if most else last
