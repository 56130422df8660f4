"""Of which show and season anything is stated of things: what the guard against spoilers goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from .bind import bind
from .rows import Queryable, select
from .values import Term, text_of

_AT_ONCE = 500  # terms in one VALUES block: a request of about 30 kB


@dataclass(frozen=True, slots=True, order=True)
class Heard:
    """That something is stated of a thing: within a show (its IRI), of a season, each if any."""

    show: str | None
    season: int | None

    def known(self, until: int | None) -> bool:
        """Whether somebody who has seen the seasons up to `until` (None: all) may know it."""
        return known(self.season, until)


def known(season: int | None, until: int | None) -> bool:
    """Whether what is of a season (None: of none) may be known by who has seen those up to `until` (None: all)."""
    return until is None or season is None or season <= until


def heard_of(store: Queryable, things: Iterable[str]) -> dict[str, set[Heard]]:
    """Return where and when anything is stated of these things, by IRI: what `about` says, without its words."""
    rows = [row for some in batches(things) for row in select(store, bind(_HEARD, {"about": some}))]
    seasons = seasons_of(store, (row[2:] for row in rows))
    heard: dict[str, set[Heard]] = {}
    for thing, show, *told in rows:
        own = Heard(None if show is None else text_of(show), seasons[tuple(told)])
        heard.setdefault(text_of(thing), set()).add(own)
    return heard


def seasons_of(store: Queryable, told: Iterable[tuple[Term | None, ...]]) -> dict[tuple[Term | None, ...], int | None]:
    """Return of which season things are told: pairs of the one that the words name, if any, and the review."""
    pairs = set(told)
    named = numbers_of(store, (season for season, _ in pairs))
    reviewed = _numbers(store, _REVIEWED, "review", {text_of(review) for _, review in pairs})
    return {(season, review): named.get(text_of(season), reviewed.get(text_of(review))) for season, review in pairs}


def numbers_of(store: Queryable, seasons: Iterable[Term | None]) -> dict[str, int]:
    """Return the numbers of seasons, by IRI; asked for apart, since every engine finds them by index then."""
    return _numbers(store, _NUMBERS, "season", {text_of(term) for term in seasons if term is not None})


def _numbers(store: Queryable, sparql: str, slot: str, iris: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for some in batches(iris):
        for iri, number in sorted(select(store, bind(sparql, {slot: some})), key=str):
            numbers.setdefault(text_of(iri), int(text_of(number)))
    return numbers


def batches(iris: Iterable[str]) -> Iterator[list[NamedNode]]:
    """Yield the IRIs, each once and sorted, as many at a time as a request may ask about.

    What is no IRI is left out: no graph has it.
    """
    nodes = [node for iri in sorted(set(iris)) if (node := node_of(iri)) is not None]
    for at in range(0, len(nodes), _AT_ONCE):
        yield nodes[at : at + _AT_ONCE]


def node_of(iri: str) -> NamedNode | None:
    """Return the IRI as a term; None for what is no IRI."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


_HEARD = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT DISTINCT ?about ?show ?said ?in WHERE {
  GRAPH ?in {
    VALUES ?about { UNDEF }
    ?claim rdf:subject|rdf:object ?about ; tg:evidence ?evidence .
    OPTIONAL { ?claim tg:series ?show }
    OPTIONAL { ?claim tg:season ?said }
  }
}
"""

_NUMBERS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?season ?number WHERE { GRAPH ?in { VALUES ?season { UNDEF } ?season schema:seasonNumber ?number } }
"""

_REVIEWED = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?review ?number WHERE {
  GRAPH ?review { VALUES ?review { UNDEF } ?review schema:itemReviewed ?season . ?season schema:seasonNumber ?number }
}
"""
