"""Series with one title: told apart by the year or the country in brackets, or by what a review says of its show.

"The Office (2005)" has an address of its own; a review that says only "The Office" is about it where the premiere it
states, the country, the cast or the review's own date leaves no other. What a show's cast is, is what reviews say that
give the title with its mark; never what was recognised, so that no guess is the ground of another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from ...ontology.iris import Iris
from ...ontology.terms import RDF, SCHEMA, TG
from ...reviews.countries import country_of

_MARKED = re.compile(r"(?P<title>.*\S)\s*[(\[]\s*(?P<mark>[^()\[\]]*\S)\s*[)\]]")
_YEAR = re.compile(r"(?:19[3-9]|20\d)\d")
_ENOUGH_ACTORS = 2
# A show is written about before it is on: nobody is sure of a review of the year before.
_YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """What a title has in brackets to tell its show from others: a year or a country (its full name)."""

    title: str
    year: int | None = None
    country: str | None = None


def mark_of(name: str) -> Mark | None:
    """Return the plain title and the mark of a name, or None where it has none.

    >>> mark_of("Saltmarsh (2005)"), mark_of("Saltmarsh (UK)")
    (Mark(title='Saltmarsh', year=2005, country=None), Mark(title='Saltmarsh', year=None, country='United Kingdom'))
    >>> mark_of("Saltmarsh (Director's Cut)"), mark_of("Saltmarsh 2005")
    (None, None)
    """
    found = _MARKED.fullmatch(name.strip())
    if found is None:
        return None
    mark = found["mark"]
    if _YEAR.fullmatch(mark):
        return Mark(found["title"], year=int(mark))
    country = country_of(mark)
    return None if country is None else Mark(found["title"], country=country)


@dataclass(frozen=True, slots=True)
class Show:
    """What is said of a series: its first years, countries and actors (IRIs).

    `names` are those of a series with a mark; `written` is the year of a review that does not give one.
    """

    years: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    written: int | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """A review's bare title taken for the series `series`, called `name`, by `rule`."""

    series: str
    name: str
    rule: str


def shows_of(quads: Iterable[Quad], iris: Iris) -> dict[tuple[str, str], Show]:
    """Return what a review itself says of the series it names, by plain title (its IRI) and series (its IRI).

    A series without a mark in its name is its own plain title. `quads` are the review's in its own words.
    """
    told: dict[NamedNode, dict[NamedNode, set[str]]] = {predicate: {} for predicate in _READ}
    for quad in quads:
        of = told.get(quad.predicate)
        if of is not None:
            of.setdefault(quad.subject, set()).add(quad.object.value)  # type: ignore[arg-type, union-attr]
    series = [s for s, classes in told[RDF.type].items() if SCHEMA.TVSeries.value in classes]
    said = _said(told, {s.value for s in series})
    dates = (int(date[:4]) for of in told[SCHEMA.datePublished].values() for date in of)
    written = min(dates, default=None)
    found = {}
    for node in series:
        iri, bits = node.value, said[node.value]
        years, countries = frozenset(map(int, bits["years"])), frozenset(bits["countries"])
        names = {name: mark for name in sorted(told[SCHEMA.name].get(node, ())) if (mark := mark_of(name))}
        marks = list(names.values())
        if marks:
            years = frozenset(mark.year for mark in marks if mark.year is not None) or years
            countries = frozenset(iris.place(mark.country) for mark in marks if mark.country) or countries
        show = Show(years, countries, frozenset(bits["actors"]), None if marks else written, frozenset(names))
        found[iris.series(marks[0].title) if marks else iri, iri] = show
    return found


_READ = (
    RDF.type, SCHEMA.name, SCHEMA.datePublished, TG.relation, TG.status, TG.series, RDF.subject, RDF.object
)  # fmt: skip


def _said(told: Mapping[NamedNode, Mapping[NamedNode, set[str]]], series: set[str]) -> dict[str, dict[str, set[str]]]:
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim, relations in told[TG.relation].items():
        if claim in told[TG.status]:
            continue
        (relation,), (subject,), (object_,) = relations, told[RDF.subject][claim], told[RDF.object][claim]
        whole = subject.removesuffix("/season/1")
        if relation == "plays":
            for about in told[TG.series].get(claim, ()):
                said[about]["actors"].add(subject)
        elif relation == "actor":
            said[subject.partition("/season/")[0]]["actors"].add(object_)
        elif relation == "premiereDate" and whole in series:
            said[whole]["years"].add(object_[:4])
        elif relation == "countryOfOrigin" and whole in series:
            said[whole]["countries"].add(object_)
    return said


def possible(told: Show, candidates: Mapping[str, Show], never: Container[str] = ()) -> list[str]:
    """Return those of the shows that a review's words about a show do not rule out, sorted, but those of `never`."""
    return sorted(iri for iri, one in candidates.items() if iri not in never and not _ruled_out(told, one))


def move_of(told: Show, candidates: Mapping[str, Show], never: Container[str] = ()) -> Move | None:
    """Return which of the shows of one title a review is about that gives the title alone, or None: it stays unclear.

    Every rule that says anything must say the same, and not one of `never`.
    """
    fitting = possible(told, candidates, never)
    found: dict[str, set[str]] = {
        "series-year": {iri for iri in fitting if told.years & candidates[iri].years},
        "series-country": {iri for iri in fitting if told.countries & candidates[iri].countries},
        "series-cast": _by_cast(told, candidates),
        "series-date": _by_date(told, candidates),
    }
    chosen = set().union(*found.values())
    if len(chosen) != 1 or not chosen <= set(fitting):
        return None
    (iri,) = chosen
    return Move(iri, min(candidates[iri].names), next(rule for rule, shows in found.items() if shows))


def _ruled_out(told: Show, candidate: Show) -> bool:
    return (
        bool(told.years and candidate.years and not told.years & candidate.years)
        or bool(told.countries and candidate.countries and not told.countries & candidate.countries)
        or _is_before(told, candidate)
    )


def _is_before(told: Show, candidate: Show) -> bool:
    return told.written is not None and bool(candidate.years) and told.written < min(candidate.years) - _YEARS_AHEAD


def _by_cast(told: Show, candidates: Mapping[str, Show]) -> set[str]:
    """The shows with two actors of the review who are in none of the others; with one, where another has two."""
    own = {
        iri: (told.actors & one.actors).difference(*(o.actors for other, o in candidates.items() if other != iri))
        for iri, one in candidates.items()
    }
    found = {iri for iri, actors in own.items() if len(actors) >= _ENOUGH_ACTORS}
    return {iri for iri, actors in own.items() if actors} if found else set()


def _by_date(told: Show, candidates: Mapping[str, Show]) -> set[str]:
    """The one show that there was when the review was written, of several."""
    if told.written is None or len(candidates) < 2:
        return set()
    left = {iri for iri, one in candidates.items() if not _is_before(told, one)}
    return left if len(left) == 1 and all(candidates[iri].years for iri in left) else set()
