"""Reviews going into and out of a store: adding is replacing, removing is exact, one review is one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions

from ..errors import InputError
from ..ontology.iris import Iris
from ..ontology.terms import PROV, RDF, SCHEMA, TG
from ..reviews.records import Reading, Review
from .cast import Cast
from .identity import Merge, merge_quads, merges, own_characters, resolved
from .quads import quads_of
from .store.protocol import Change, Store

# New reviews wait for one another this long at most: together they go in three times as fast, and a killed program
# has lost no more than this. Measured in docs/decisions/graph-batches.md.
_BATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Addition:
    """A review that is in the store now: what that changed, whether it was there before, who was recognised."""

    review: Review
    change: Change
    replaced: bool
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A review in a store, as it describes itself; `facts` counts its evidence."""

    iri: str
    title: str
    show: str | None
    season: int | None
    author: str | None
    publisher: str | None
    date: str | None
    url: str | None
    facts: int


def add_reading(store: Store, reading: Reading, iris: Iris) -> Change:
    """Put a review's facts in, in place of what it said before: one transaction. The same reading again adds 0.

    Characters named in part become the one known character they can only be (see `graph.identity`).
    """
    adder = _Adder(store, iris, present={reading.review.iri} if has_review(store, reading.review.iri) else set())
    (addition,) = adder.add(reading) + adder.flush()
    return addition.change


def add_readings(store: Store, readings: Iterable[Reading], iris: Iris) -> Change:
    """Put many reviews in, fast, and return what all of them changed together; see `adding`."""
    return sum((addition.change for addition in adding(store, readings, iris)), Change())


def adding(store: Store, readings: Iterable[Reading], iris: Iris) -> Iterator[Addition]:
    """Put reviews in and yield each, in order, once it is in the store. Nothing happens unless you iterate.

    A killed program leaves each review wholly in or wholly out. Neighbouring reviews that are new to the store wait
    for one another, for at most about a second, and go in together; if `readings` fails, what waits is still put in.
    """
    adder = _Adder(store, iris, present={graph.value for graph in store.graphs()})
    try:
        for reading in readings:
            yield from adder.add(reading)
        yield from adder.flush()
    finally:
        adder.flush()


class _Adder:
    """The state of one `adding`; `present` are the reviews that are in the store."""

    def __init__(self, store: Store, iris: Iris, *, present: set[str]) -> None:
        self._store, self._iris, self._present = store, iris, present
        self._cast = Cast(store, iris)
        self._waiting: list[Addition] = []
        self._quads: list[Quad] = []
        self._since = 0.0

    def add(self, reading: Reading) -> list[Addition]:
        """Take a review and return those that are in the store since."""
        review = reading.review
        own = own_characters(reading.facts)
        found = tuple(
            merge for series in sorted(own) for merge in merges(own[series], self._cast.of(series, without=review.iri))
        )
        quads = quads_of(review, resolved(reading.facts, found), self._iris)
        quads += merge_quads(review.iri, found, self._iris)
        if review.iri in self._present:
            done = self.flush()
            done.append(Addition(review, self._replace(review, quads), True, found))
        else:
            self._present.add(review.iri)
            done = self.flush() if len(self._quads) + len(quads) > self._store.batch_quads else []
            self._since = self._since if self._waiting else time.monotonic()
            self._waiting.append(Addition(review, Change(added=len(quads)), False, found))
            self._quads += quads
            if time.monotonic() - self._since > _BATCH_SECONDS:
                done += self.flush()
        self._cast.learn(review.iri, own)
        return done

    def flush(self) -> list[Addition]:
        """Put in what waits, in one transaction, and return it. What fails to go in is not tried again."""
        waiting, quads = self._waiting, self._quads
        self._waiting, self._quads = [], []
        if quads:
            self._store.apply(add=quads)
        return waiting

    def _replace(self, review: Review, quads: list[Quad]) -> Change:
        graph = NamedNode(review.iri)
        old = {*self._store.quads(graph), *_recorded(self._store, review.iri, self._iris)}
        new = set(quads)
        added, removed = new - old, old - new
        if added or removed:
            self._store.apply(remove=removed, add=added)
        return Change(len(added), len(removed))


def has_review(store: Store, review_iri: str) -> bool:
    """Whether anything of a review is in the store."""
    answer = store.query(f"ASK {{ GRAPH {NamedNode(review_iri)} {{ ?s ?p ?o }} }}")
    return bool(answer)


def remove_review(store: Store, review: str, iris: Iris) -> Change:
    """Take out what a review, given by IRI or id, says and the merges made for it: exactly that, in one transaction.

    Raises InputError with near names if it is not there.
    """
    iri = iris.review(review)
    graph = NamedNode(iri)
    recorded = _recorded(store, iri, iris)
    if iri in (iris.identity_graph, iris.inferred_graph) or not has_review(store, iri):
        raise InputError(f"there is no review {review!r} in the graph: {_near(store, review, iris)}")
    count = sum(1 for _ in store.quads(graph))
    store.apply(clear=[graph], remove=recorded)
    return Change(removed=count + len(recorded))


def _near(store: Store, review: str, iris: Iris) -> str:
    known: dict[str, str] = {}
    for entry in reviews_in(store):
        id_ = unquote(entry.iri.removeprefix(f"{iris.base}review/"))
        known[id_] = id_
        known.setdefault(entry.title, id_)
    near = get_close_matches(review, known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(repr(id_) for id_ in dict.fromkeys(known[name] for name in near)) + "?"
    return "there is none in it" if not known else "`tellygraph ask reviews` lists them"


def _recorded(store: Store, review: str, iris: Iris) -> list[Quad]:
    """The merges made for a review."""
    identity = NamedNode(iris.identity_graph)
    answer = store.query(
        f"CONSTRUCT {{ ?m ?p ?o }} WHERE {{ GRAPH {identity} "
        f"{{ ?m {PROV.wasQuotedFrom} {NamedNode(review)} ; {RDF.type} {TG.Merge} ; ?p ?o }} }}"
    )
    assert not isinstance(answer, QuerySolutions | QueryBoolean)  # noqa: S101 - it is a CONSTRUCT query
    return [Quad(t.subject, t.predicate, t.object, identity) for t in answer]


def reviews_in(store: Store) -> list[ReviewEntry]:
    """Return the reviews in a store, sorted by IRI."""
    value: dict[str, dict[str, str]] = {}
    for row in _select(store, _REVIEWS):
        value.setdefault(row["review"].value, {})[row["what"].value] = row["value"].value
    facts = {row["review"].value: int(row["n"].value) for row in _select(store, _FACTS)}
    return [
        ReviewEntry(
            iri,
            told.get("title", iri),
            told.get("show"),
            int(told["season"]) if "season" in told else None,
            told.get("author"),
            told.get("publisher"),
            told.get("date"),
            told.get("url"),
            facts.get(iri, 0),
        )
        for iri, told in sorted(value.items())
    ]


def _select(store: Store, sparql: str) -> QuerySolutions:
    answer = store.query(sparql)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - they are SELECT queries
    return answer


_REVIEWS = f"""
SELECT ?review ?what ?value WHERE {{
  GRAPH ?review {{
    ?review {RDF.type} {SCHEMA.Review} .
    {{ ?review {SCHEMA.name} ?value . BIND("title" AS ?what) }}
    UNION {{ ?review {SCHEMA.author}/{SCHEMA.name} ?value . BIND("author" AS ?what) }}
    UNION {{ ?review {SCHEMA.publisher}/{SCHEMA.name} ?value . BIND("publisher" AS ?what) }}
    UNION {{ ?review {SCHEMA.datePublished} ?value . BIND("date" AS ?what) }}
    UNION {{ ?review {SCHEMA.url} ?value . BIND("url" AS ?what) }}
    UNION {{ ?review {SCHEMA.itemReviewed} ?show . ?show {RDF.type} {SCHEMA.TVSeries} ; {SCHEMA.name} ?value .
             BIND("show" AS ?what) }}
    UNION {{ ?review {SCHEMA.itemReviewed}/{SCHEMA.seasonNumber} ?value . BIND("season" AS ?what) }}
  }}
}}"""
_FACTS = f"""
SELECT ?review (COUNT(?evidence) AS ?n) WHERE {{ GRAPH ?review {{ ?evidence {RDF.type} {TG.Evidence} }} }}
GROUP BY ?review"""
