"""Which reviews are in a store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import RDF, SCHEMA, TG
from .closest import closest
from .name_keys import name_keys
from .store.protocol import Store

_LOOKED_THROUGH = 5_000


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A review in a store, as it describes itself; `facts` counts its evidence, `show` is the first of several."""

    iri: str
    title: str
    show: str | None
    season: int | None
    author: str | None
    publisher: str | None
    date: str | None
    url: str | None
    facts: int


def has_review(store: Store, review_iri: str) -> bool:
    """Whether anything of a review is in the store."""
    answer = store.query(f"ASK {{ GRAPH {NamedNode(review_iri)} {{ ?s ?p ?o }} }}")
    return bool(answer)


def fingerprints_of(store: Store, review_iris: Iterable[str]) -> dict[str, str]:
    """Return the fingerprints of those of the reviews, given by IRI, that are in the store with one: one query."""
    named = " ".join(str(NamedNode(iri)) for iri in review_iris)
    asked = f"SELECT ?review ?is {{ VALUES ?review {{ {named} }} GRAPH ?review {{ ?review {TG.fingerprint} ?is }} }}"
    return {row["review"].value: row["is"].value for row in _select(store, asked)} if named else {}


def reviews_in(store: Store) -> list[ReviewEntry]:
    """Return the reviews in a store, sorted by IRI."""
    value: dict[str, dict[str, str]] = {}
    for row in _select(store, _REVIEWS):
        told, what = value.setdefault(row["review"].value, {}), row["what"].value
        told[what] = min(told.get(what, row["value"].value), row["value"].value)
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


def near_names(store: Store, review: str, iris: Iris) -> str:
    """Say which reviews have an id or title near to `review`, which is not in the store.

    Those that share a key with it are looked up (see `name_keys`); of others 5,000 are looked through.
    """
    known: dict[str, str] = {}
    keys = [*name_keys(review.encode(errors="replace").decode()), iris.review(review).rpartition("/")[2]]
    for iri, title in sorted({*_titles(store, keys), *_titles(store)}):
        id_ = unquote(iri.removeprefix(f"{iris.base}review/"))
        known[id_] = id_
        known.setdefault(title, id_)
    near = closest(review, known, 3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(repr(id_) for id_ in dict.fromkeys(known[name] for name in near)) + "?"
    return "there is none in it" if not known else "`tellygraph ask reviews` lists them"


def _titles(store: Store, keys: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The IRIs and titles of reviews that have one of the keys, or of any: not more than are looked through at once."""
    terms = " ".join(str(Literal(key)) for key in keys)
    keyed = f"VALUES ?key {{ {terms} }} GRAPH ?review {{ ?review {TG.nameKey} ?key }}" if terms else ""
    titled = f"GRAPH ?review {{ ?review {RDF.type} {SCHEMA.Review} ; {SCHEMA.name} ?title }}"
    asked = f"SELECT ?review ?title {{ {keyed} {titled} }} LIMIT {_LOOKED_THROUGH}"
    return [(row["review"].value, row["title"].value) for row in _select(store, asked)]


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
