"""Everything reviews state about a show, a thing or by a claim, each with its words and whose they are.

What pages and pictures are made of. Two requests: the claims with their evidence, then the names of all things and
reviews in them; both by their subject, so that the cost is that of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from pyoxigraph import NamedNode

from ..ontology.terms import KINDS, RDF, SCHEMA, TG
from .bind import bind
from .heard import batches, known, node_of, numbers_of
from .rows import Queryable, select
from .values import Term, text_of

_TYPES = {
    TG.Character.value: "character",
    SCHEMA.Person.value: "person",
    SCHEMA.TVSeries.value: "series",
    SCHEMA.TVSeason.value: "season",
    SCHEMA.Organization.value: "organization",
    SCHEMA.Place.value: "place",
    SCHEMA.CreativeWork.value: "work",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as reviews name it: `label` is its fullest name, `names` all of them, sorted."""

    iri: str
    label: str
    type: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A review: whose words they are. `season` is the number of the one it is about."""

    iri: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    season: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in one place of one review.

    `object` is a Thing, or the text of a literal. `season` is the one the words are about, else the review's.
    `quote` stands between `prefix` and `suffix` in the review; `confidence` is from 0 to 1.
    """

    claim: str
    subject: Thing
    relation: str
    kind: str | None
    object: Thing | str
    status: str | None
    season: int | None
    show: Thing | None
    quote: str
    prefix: str
    suffix: str
    confidence: Decimal
    rule: str
    reader: str
    source: Source

    def known(self, until: int | None) -> bool:
        """Whether somebody who has seen the seasons up to `until` (None: all) may know it."""
        return known(self.season, until)


def of_show(store: Queryable, show: str) -> list[Statement]:
    """Return what is stated of a show and within it, sorted."""
    return _statements(store, "?claim tg:series ?about .", [show])


def about(store: Queryable, things: Iterable[str]) -> list[Statement]:
    """Return what is stated of any of these things, whichever end they are, sorted."""
    return _statements(store, "?claim rdf:subject|rdf:object ?about .", things)


def between(store: Queryable, one: str, other: str) -> list[Statement]:
    """Return what is stated of two things together: that joins them, or of one of them within the other, sorted."""
    node = node_of(other)
    if node is None:
        return []
    ways = permutations((RDF.subject, RDF.object, TG.series), 2)
    joined = " UNION ".join(f"{{ ?claim {here} ?about ; {there} {node} }}" for here, there in ways)
    return _statements(store, joined, [one])


def of_claims(store: Queryable, claims: Iterable[str]) -> list[Statement]:
    """Return where these claims are stated, sorted; what is no claim of the graph is passed over."""
    return _statements(store, "?about tg:evidence ?any . BIND(?about AS ?claim)", claims)


def of_reviews(store: Queryable, reviews: Iterable[str]) -> list[Statement]:
    """Return what these reviews state, sorted."""
    return _statements(store, "?claim prov:wasQuotedFrom ?about .", reviews)


def things(store: Queryable, iris: Iterable[str]) -> dict[str, Thing]:
    """Return the things of the graph among `iris`, by IRI."""
    found: dict[str, _Named] = {}
    for some in batches(iris):
        for row in select(store, bind(_NAMES, {"thing": some})):
            thing, type_, name, other = row
            named = found.setdefault(text_of(thing), _Named())
            if type_ is not None:
                named.types.add(text_of(type_))
            named.names.update(text_of(term) for term in (name, other) if term is not None)
            if name is not None:
                named.labels.add(text_of(name))
    return {iri: named.thing(iri) for iri, named in sorted(found.items()) if named.types}


_STATEMENTS = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX tg: <https://w3id.org/tellygraph/ontology#>
SELECT DISTINCT ?in ?claim ?evidence ?subject ?relation ?object ?words ?sure ?rule ?reader
                ?before ?after ?concept ?status ?season ?series
WHERE {
  GRAPH ?in {
    VALUES ?about { UNDEF }
    ANCHOR
    ?claim tg:relation ?relation ; rdf:subject ?subject ; rdf:object ?object ; tg:evidence ?evidence .
    ?evidence tg:confidence ?sure ; tg:rule ?rule ; tg:reader ?reader ; oa:hasSelector ?selector .
    ?selector oa:exact ?words .
    OPTIONAL { ?selector oa:prefix ?before }
    OPTIONAL { ?selector oa:suffix ?after }
    OPTIONAL { ?claim tg:kind ?concept }
    OPTIONAL { ?claim tg:status ?status }
    OPTIONAL { ?claim tg:season ?season }
    OPTIONAL { ?claim tg:series ?series }
  }
}
"""

_NAMES = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?thing ?type ?name ?other WHERE {
  GRAPH ?in {
    VALUES ?thing { UNDEF }
    { ?thing a ?type } UNION { ?thing schema:name ?name } UNION { ?thing schema:alternateName ?other }
  }
}
"""

_REVIEWS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?review ?title ?author ?publisher ?date ?url ?number WHERE {
  GRAPH ?review {
    VALUES ?review { UNDEF }
    ?review a schema:Review ; schema:name ?title .
    OPTIONAL { ?review schema:author ?critic . ?critic schema:name ?author }
    OPTIONAL { ?review schema:publisher ?organization . ?organization schema:name ?publisher }
    OPTIONAL { ?review schema:datePublished ?date }
    OPTIONAL { ?review schema:url ?url }
    OPTIONAL { ?review schema:itemReviewed ?season . ?season schema:seasonNumber ?number }
  }
}
"""


@dataclass(slots=True)
class _Named:
    types: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def thing(self, iri: str) -> Thing:
        label = min(self.labels or self.names or {iri}, key=lambda name: (-len(name), name))
        type_ = next((_TYPES[t] for t in _TYPES if t in self.types), "thing")
        return Thing(iri, label, type_, tuple(sorted(self.names)))


def _statements(store: Queryable, anchor: str, iris: Iterable[str]) -> list[Statement]:
    text = _STATEMENTS.replace("ANCHOR", anchor)
    rows: list[Mapping[str, Term | None]] = []
    for some in batches(iris):
        answer = select(store, bind(text, {"about": some}))
        rows += [dict(zip(answer.variables, row, strict=True)) for row in answer]
    ends = {text_of(row[end]) for row in rows for end in ("subject", "object", "series") if _is_iri(row[end])}
    named, reviews = things(store, ends), sources(store, {text_of(row["in"]) for row in rows})
    numbers = numbers_of(store, (row["season"] for row in rows))
    stated = {
        (row["evidence"], row["claim"]): _statement(row, named, reviews, numbers)
        for row in rows
        if text_of(row["in"]) in reviews and text_of(row["subject"]) in named
    }
    return sorted(stated.values(), key=_order)


def _statement(
    row: Mapping[str, Term | None],
    named: Mapping[str, Thing],
    sources: Mapping[str, Source],
    numbers: Mapping[str, int],
) -> Statement:
    source, series, season = sources[text_of(row["in"])], row["series"], row["season"]
    target = row["object"]
    value = named.get(text_of(target), None) if _is_iri(target) else None
    concept = row["concept"]
    status = row["status"]
    return Statement(
        text_of(row["claim"]),
        named[text_of(row["subject"])],
        text_of(row["relation"]),
        None if concept is None else _KIND_NAMES.get(text_of(concept)),
        value or text_of(target),
        None if status is None else text_of(status),
        source.season if season is None else numbers.get(text_of(season), source.season),
        None if series is None else named.get(text_of(series)),
        text_of(row["words"]),
        text_of(row["before"]),
        text_of(row["after"]),
        Decimal(text_of(row["sure"])),
        text_of(row["rule"]),
        text_of(row["reader"]),
        source,
    )


def sources(store: Queryable, iris: Iterable[str]) -> dict[str, Source]:
    """Return the reviews of the graph among `iris`, by IRI."""
    found: dict[str, Source] = {}
    for some in batches(iris):
        for row in sorted(select(store, bind(_REVIEWS, {"review": some})), key=str):
            iri, title, author, publisher, date, url, number = (None if t is None else text_of(t) for t in row)
            season = None if number is None else int(number)
            found.setdefault(str(iri), Source(str(iri), title or str(iri), author, publisher, date, url, season))
    return found


_KIND_NAMES = {kind.concept.value: name for name, kind in KINDS.items()}


def _is_iri(term: Term | None) -> bool:
    return isinstance(term, NamedNode)


def _order(statement: Statement) -> tuple[str, ...]:
    object_ = statement.object.label if isinstance(statement.object, Thing) else statement.object
    return (
        statement.subject.label, statement.relation, statement.kind or "", object_, statement.claim,
        statement.source.iri, statement.quote,
    )  # fmt: skip
