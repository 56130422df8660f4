"""The corpus as a reader would hand it over: its facts as readings, and a reader's score against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tellygraph.ontology import KINDS, RELATIONS, Iris
from tellygraph.reviews import Entity, EntityType, Evidence, Fact, Reading, Review, RuleReader
from tellygraph.reviews.gold import GoldDocument
from tellygraph.reviews.gold_facts import fact_of
from tellygraph.reviews.score import Score, score

from .corpus import Known, Written
from .corpus_sentences import KINDS as STATED

_CONTEXT = 32


def review_of(written: Written, iris: Iris) -> Review:
    """Return the review as JSON lines give it."""
    r = written.record
    id_ = str(r["id"])
    show, season = r.get("show"), r.get("season")
    return Review(
        iris.review(id_), id_, written.text, None if show is None else str(show),
        None if season is None else int(season), str(r["title"]), str(r["author"]), str(r["publisher"]), str(r["date"]),
    )  # fmt: skip


def known(found: Iterable[Written], iris: Iris) -> Iterator[Reading]:
    """Yield readings as of a reader that misses nothing: a graph is filled with them where reading takes hours."""
    for written in found:
        review = review_of(written, iris)
        series = Entity(written.show, EntityType.SERIES, iris.series(written.show))
        yield Reading(review, tuple(_fact(f, written, review, series, iris) for f in written.facts))


def _fact(f: Known, written: Written, review: Review, series: Entity, iris: Iris) -> Fact:
    relation, text = RELATIONS[f.relation], review.text
    subject = series
    if relation.of_season or relation.subject == "season":
        subject = Entity(series.name, EntityType.SEASON, iris.season(series.iri or "", written.season))
    elif relation.subject == "person":
        subject = Entity(f.subject, EntityType.PERSON, iris.person(f.subject))
    elif relation.subject == "character":
        subject = Entity(f.subject, EntityType.CHARACTER, iris.character(f.subject, series.iri or ""))
    object_ = {
        "person": lambda: Entity(f.object, EntityType.PERSON, iris.person(f.object)),
        "character": lambda: Entity(f.object, EntityType.CHARACTER, iris.character(f.object, series.iri or "")),
        "integer": lambda: Entity(f.object, EntityType.INTEGER, None),
        "organization": lambda: Entity(f.object, EntityType.ORGANIZATION, iris.organization(f.object)),
    }[relation.object]()
    words = Evidence(
        review.iri, f.start, f.end, text[f.start : f.end],
        text[max(0, f.start - _CONTEXT) : f.start], text[f.end : f.end + _CONTEXT],
    )  # fmt: skip
    season = written.season if relation.of_season else None
    return Fact(
        f.relation, subject, object_, words, 0.9, f"corpus-{f.relation}", "corpus", f.kind, f.status, series, season
    )


def gold_of(written: Written, iris: Iris) -> GoldDocument:
    """Return a review and what it states, to score a reader by; any other name of a character is as right."""
    text, gold = written.text, written.gold()
    given: list[dict[str, object]] = gold["facts"]  # type: ignore[assignment]
    facts = tuple(fact_of(f"fact {n}", fact, (text, text), ()) for n, fact in enumerate(given, start=1))
    names = frozenset(p.name for p in written.characters)
    aliases = {p.name: (p.given,) for p in written.characters}
    cast = frozenset(f.subject for f in written.facts if f.relation == "plays")
    return GoldDocument(
        str(written.record["id"]), review_of(written, iris), text, facts, (), written.show, written.season, (),
        names, cast, aliases,
    )  # fmt: skip


def sanity(found: Iterable[Written]) -> Score:
    """Score the rule reader on a corpus: whether it does honest work on it, not how well it reads critics."""
    iris = Iris.default()
    return score([gold_of(written, iris) for written in found], RuleReader())


if not all(kind in KINDS and KINDS[kind].stated_as is None for kind in STATED):  # a term that was renamed
    raise ValueError("a kind of the corpus is not one of the vocabulary")
