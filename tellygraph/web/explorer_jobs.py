"""Jobs of the explorer: what `visualize/explorer/src/types.ts` asks for, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ..errors import InputError
from ..graph import open_store
from ..graph.selection import claims_with_words
from ..graph.store import MEMORY
from ..queries import question
from ..queries.bind import bind
from ..queries.rows import select
from ..queries.statements import Statement, about, of_claims, of_show, things
from ..queries.values import text_of
from ..showing import Showing
from ..visualize.explorer_view import Json, compared, edges_of, fact_lines, quote_of, ref_of, said, view_of
from .chains import chain
from .finding import index_of
from .worker import Head, Produced

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph

FIRST = "first"
"""In place of a season: the first of each show, where it has more than one."""

_MOST_CLAIMS = 20_000
_SEASONS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?show ?number WHERE { GRAPH ?in { ?season schema:partOfSeries ?show ; schema:seasonNumber ?number } }
"""
_SEASONS_OF = _SEASONS.replace("WHERE {", "WHERE { VALUES ?show { UNDEF }")
_FILES = {
    "turtle": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "gexf": "application/gexf+xml",
}


def shows(graph: KnowledgeGraph, /) -> Produced:
    """List the shows, with what there is of each."""
    frozen = _frozen(graph)
    listed = _listed.get(graph.where) if frozen else None
    if listed is None:
        listed = list(_shows(graph))
        if frozen:
            _listed[graph.where] = listed
    return _json({"shows": listed})


_listed: dict[str, list[Json]] = {}  # of graphs that do not change while they are served, by where they are


def _frozen(graph: KnowledgeGraph) -> bool:
    return graph.store.read_only and not graph.where.startswith("http")


def _shows(graph: KnowledgeGraph) -> Iterator[Json]:
    seasons: dict[str, set[int]] = {}
    for show, number in select(graph.store, _SEASONS):
        seasons.setdefault(text_of(show), set()).add(int(text_of(number)))
    for row in graph.ask("shows").python():
        yield {
            "iri": str(row["show"]), "name": row["showName"], "seasons": sorted(seasons.get(str(row["show"]), ())),
            "reviews": row["reviews"], "things": row["characters"], "facts": row["claims"],
        }  # fmt: skip


def find(graph: KnowledgeGraph, /, *, text: str, limit: int, until: int | str | None) -> Produced:
    """Find people, characters and shows by the beginning of a word of a name; none that is still a secret."""
    index = index_of(graph.store, frozen=_frozen(graph))
    found = index.find(text, limit)
    named = things(graph.store, [one.iri for one in found])
    known = about(graph.store, [one.iri for one in found if named[one.iri].type != "series"])
    first = _first_seasons(graph, {s.show.iri for s in known if s.show is not None}) if until == FIRST else {}
    matches = []
    for one in found:
        thing = named[one.iri]
        own = [s for s in known if thing in (s.subject, s.object) and s.known(_last(s, until, first))]
        if thing.type != "series" and until is not None and not own:
            continue
        show = next((s.show for s in own if s.show is not None), None)
        matches.append(
            {
                **ref_of(thing),
                "show": None if show is None or thing.type == "series" else ref_of(show),
                "matched": None if one.name == thing.label else one.name,
            }
        )
    return _json({"matches": matches})


def view(graph: KnowledgeGraph, /, *, show: str | None, around: Sequence[str], until: int | str | None) -> Produced:
    """Return what is stated of a show, and around some things. Raises InputError where the graph has none of them."""
    asked = [iri for iri in (show, *around) if iri is not None]
    named = things(graph.store, asked)
    missing = [iri for iri in asked if iri not in named]
    if missing:
        raise InputError(f"the graph has nothing with the address {missing[0]}")
    if not asked:
        raise InputError("a view is of a show, or around something: say which")
    series = [iri for iri in asked if named[iri].type == "series"]
    found = [s for iri in dict.fromkeys(series) for s in of_show(graph.store, iri)]
    found += about(graph.store, [iri for iri in asked if iri not in series])
    if isinstance(until, str):
        seasons = {s.season for s in found if s.season is not None}
        until = min(seasons) if len(seasons) > 1 else None
    return _json(view_of(_once(found), title=named[asked[0]].label, until=until))


def thing(graph: KnowledgeGraph, /, *, iri: str, until: int | None, page: str | None) -> Produced:
    """Return what is known of one thing. Raises InputError if the graph does not have it."""
    named = things(graph.store, [iri]).get(iri)
    if named is None:
        raise InputError(f"the graph has nothing with the address {iri}")
    own = [s for s in of_thing(graph, iri, named.type) if s.known(until)]
    scopes = {s.show.iri: s.show for s in own if s.show is not None and s.show.iri != iri}
    return _json(
        {
            **ref_of(named),
            "names": list(named.names) if until is None else sorted({named.label}),
            "shows": [ref_of(show) for _, show in sorted(scopes.items())],
            "page": page,
            "facts": fact_lines(own, iri, until),
        }
    )


def of_thing(graph: KnowledgeGraph, iri: str, type_: str) -> list[Statement]:
    """Return what is stated of a thing; of a show, what is stated of its seasons too."""
    if type_ != "series":
        return about(graph.store, [iri])
    within = (s for s in of_show(graph.store, iri) if s.subject.type == "season")
    return _once([*about(graph.store, [iri]), *within])


def evidence(graph: KnowledgeGraph, /, *, claims: Sequence[str], until: int | None) -> Produced:
    """Return the words of claims, and of those that say otherwise of the same two things."""
    found = [s for s in of_claims(graph.store, claims) if s.known(until)]
    ends = sorted({s.subject.iri for s in found})
    near = [s for s in about(graph.store, ends) if s.known(until) and s.claim not in set(claims)]
    return _json(
        {
            "for": [quote_of(s, until) for s in found],
            "against": [
                {"text": said(edge), "quotes": [quote_of(s, until) for s in edge.statements]}
                for edge in edges_of(near)
                if any(edge.contradicts(mine) for mine in edges_of(found))
            ],
        }
    )


def path(graph: KnowledgeGraph, /, *, start: str, goal: str, until: int | None) -> Produced:
    """Return a shortest chain between two things. Raises InputError if the graph lacks one of them."""
    named = things(graph.store, [start, goal])
    for iri in (start, goal):
        if iri not in named:
            raise InputError(f"the graph has nothing with the address {iri}")
    return _json({
        "from": ref_of(named[start]), "to": ref_of(named[goal]), "steps": chain(graph.store, start, goal, until),
    })  # fmt: skip


def compare(graph: KnowledgeGraph, /, *, show: str, one: int, other: int) -> Produced:
    """Return what two seasons of a show have in common, and what not."""
    return _json({"show": show, "one": one, "other": other, **compared(of_show(graph.store, show), one, other)})


def file(graph: KnowledgeGraph, /, *, style: str, claims: Sequence[str]) -> Produced:
    """Write some claims with their words in a format. Raises InputError for another format, or too many."""
    if style not in _FILES:
        raise InputError(f"there is no format {style!r} here: the formats are {', '.join(_FILES)}")
    if len(claims) > _MOST_CLAIMS:
        raise InputError(f"at most {_MOST_CLAIMS:,} facts are taken away at once: filter some out, or export the graph")

    taken = open_store(MEMORY)
    taken.extend(claims_with_words(graph.store, claims))
    return Produced(Head(_FILES[style]), lambda out: Showing(taken).export(style, out))


def sparql(graph: KnowledgeGraph, /, *, show: str | None, around: Sequence[str], until: int | None) -> Produced:  # noqa: ARG001
    """Return the query that gives what a view shows."""
    given = {"show": NamedNode(show)} if show is not None else {}
    if around and show is None:
        given["about"] = NamedNode(around[-1])
    text = bind(question("network").text, given)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    told = [] if until is None else [f"# The view holds back what is said of seasons after {until}."]
    return _json({"sparql": "\n".join([*told, *lines]).strip() + "\n"})


def _first_seasons(graph: KnowledgeGraph, shows: set[str]) -> dict[str, int]:
    """Return the number of each show's first season, of those that have more than one."""
    seasons: dict[str, set[int]] = {}
    if shows:
        for show, number in select(graph.store, bind(_SEASONS_OF, {"show": [NamedNode(iri) for iri in sorted(shows)]})):
            seasons.setdefault(text_of(show), set()).add(int(text_of(number)))
    return {show: min(numbers) for show, numbers in seasons.items() if len(numbers) > 1}


def _last(statement: Statement, until: int | str | None, first: Mapping[str, int]) -> int | None:
    """The last season that may be known where a statement is made."""
    if not isinstance(until, str):
        return until
    return None if statement.show is None else first.get(statement.show.iri)


def _once(found: Sequence[Statement]) -> list[Statement]:
    return list(dict.fromkeys(found))


def _json(value: Json) -> Produced:
    return Produced.whole("application/json", json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
