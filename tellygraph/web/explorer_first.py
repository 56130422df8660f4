"""Jobs of the explorer's first page: the shows there are, and what is found by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ..queries.bind import bind
from ..queries.heard import Heard, heard_of
from ..queries.rows import Queryable, select
from ..queries.statements import things
from ..queries.values import text_of
from ..visualize.explorer_facts import Json, ref_of
from .explorer_jobs import json_of
from .finding import Found, find_names
from .worker import Produced

if TYPE_CHECKING:
    from ..knowledge_graph import KnowledgeGraph

FIRST = "first"
"""In place of a season: the first of each show, where it has more than one."""

_MOST_LISTED = 100
_SECRETS = 3  # times as many names are looked at as are wanted, since some may be secrets still

_REVIEWED = """
PREFIX schema: <https://schema.org/>
SELECT ?show (COUNT(DISTINCT ?in) AS ?reviews) WHERE { GRAPH ?in { ?show a schema:TVSeries } } GROUP BY ?show
"""
_COUNTED = """
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT ?show (COUNT(DISTINCT ?one) AS ?count) WHERE {
  VALUES ?show { UNDEF }
  GRAPH ?in { PATTERN }
} GROUP BY ?show
"""
_CLAIMS = _COUNTED.replace("PATTERN", "?one tg:series ?show")
_CHARACTERS = _COUNTED.replace("PATTERN", "?show schema:character ?one")
_SEASONS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?show ?number WHERE {
  VALUES ?show { UNDEF }
  GRAPH ?in { ?season schema:partOfSeries ?show ; schema:seasonNumber ?number }
}
"""


def shows(graph: KnowledgeGraph, /) -> Produced:
    """List the shows of which there are most reviews, at most 100, with what there is of each; count all."""
    frozen = graph.store.read_only and not graph.where.startswith("http")
    listed = _listed.get(graph.where) if frozen else None
    if listed is None:
        listed = _most_reviewed(graph.store)
        if frozen:
            _listed[graph.where] = listed
    return json_of(listed)


_listed: dict[str, Json] = {}  # of graphs that do not change while they are served, by where they are


def _most_reviewed(store: Queryable) -> Json:
    reviews = _numbers(store, _REVIEWED)
    most = nsmallest(_MOST_LISTED, reviews, key=lambda show: (-reviews[show], show))
    facts, characters, seasons = _of(store, _CLAIMS, most), _of(store, _CHARACTERS, most), _seasons(store, most)
    named = things(store, most)
    return {
        "total": len(reviews),
        "shows": [
            {
                "iri": show, "name": named[show].label, "seasons": sorted(seasons.get(show, ())),
                "reviews": reviews[show], "things": characters.get(show, 0), "facts": facts.get(show, 0),
            }
            for show in most
        ],
    }  # fmt: skip


def find(graph: KnowledgeGraph, /, *, text: str, limit: int, until: int | str | None, names: str) -> Produced:
    """Find people, characters and shows by the beginning of a word of a name; none that is still a secret.

    `names` is the path of the file of the graph's names.
    """
    store, found = graph.store, find_names(Path(names), text, limit if until is None else _SECRETS * limit)
    matches: list[Json] = []
    for at in range(0, len(found), limit):
        matches += _known(store, found[at : at + limit], until)
        if len(matches) >= limit:
            break
    return json_of({"matches": matches[:limit]})


def _known(store: Queryable, found: Sequence[Found], until: int | str | None) -> Iterator[Json]:
    """Yield what may be known of what was found, as the explorer's `Match`."""
    named = things(store, [one.iri for one in found])
    heard = heard_of(store, [iri for iri, thing in named.items() if thing.type != "series"])
    seasons = _seasons(store, {h.show for own in heard.values() for h in own if h.show}) if until == FIRST else {}
    first = {show: min(numbers) for show, numbers in seasons.items() if len(numbers) > 1}
    known = {iri: [h for h in own if h.known(_last(h, until, first))] for iri, own in heard.items()}
    of_show = {iri: min((h.show for h in own if h.show), default=None) for iri, own in known.items()}
    called = things(store, {show for show in of_show.values() if show})
    for one in found:
        thing = named.get(one.iri)
        if thing is None or not (thing.type == "series" or until is None or known.get(one.iri)):
            continue
        show = called.get(of_show.get(one.iri) or "")
        yield {
            **ref_of(thing),
            "show": None if show is None else ref_of(show),
            "matched": None if one.name == thing.label else one.name,
        }


def _last(heard: Heard, until: int | str | None, first: Mapping[str, int]) -> int | None:
    """The last season that may be known where something is stated."""
    if not isinstance(until, str):
        return until
    return None if heard.show is None else first.get(heard.show)


def _seasons(store: Queryable, shows: Iterable[str]) -> dict[str, set[int]]:
    """The numbers of the seasons that reviews speak of, by show."""
    seasons: dict[str, set[int]] = defaultdict(set)
    if nodes := [NamedNode(iri) for iri in sorted(shows)]:
        for show, number in select(store, bind(_SEASONS, {"show": nodes})):
            seasons[text_of(show)].add(int(text_of(number)))
    return seasons


def _of(store: Queryable, sparql: str, shows: Iterable[str]) -> dict[str, int]:
    nodes = [NamedNode(iri) for iri in shows]
    return _numbers(store, bind(sparql, {"show": nodes})) if nodes else {}


def _numbers(store: Queryable, sparql: str) -> dict[str, int]:
    return {text_of(thing): int(text_of(number)) for thing, number in select(store, sparql) if thing is not None}
