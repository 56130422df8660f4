"""Reviews of two shows with characters under many names, drawn at random, and the graph that they should come to."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from samples import IRIS
from tellygraph.graph import Store, open_store, quads_of
from tellygraph.graph.cast_index import CastIndex, items_of
from tellygraph.graph.identity import Series, merge_quads, merges, own_characters, resolved, shows_of, together
from tellygraph.graph.known_shows import ShowIndex, items_of_shows
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Reading, Review

INDEX = NamedNode(IRIS.cast_graph)
SHOWS = ("Saltmarsh", "Northgate")
NAMES = (
    "Nick", "Nick Nelson", "Nick Clarke", "Nelson", "Nick's mom", "DCI Nick Nelson", "NICK", "Nicky", "Tori Spring",
    "Tori", "Spring", "Zoë", "Zoe", "Zoe Quill-Nelson", "Zoe Quill Nelson", "Quill", "& Nelson", "the Captain",
    "Nick Nelson's mum", "Nick's mother", "Nicholas 'Nick' Nelson", "Detective Nelson", "Mrs Nelson", "Sarah",
    "Nicholas Nelsen", "Nicholas Nelson", "Quill-Nelson",
)  # fmt: skip
QUOTES = st.sampled_from(["x", "the mother of", "the father of", "daughter of"])
ACTORS = ("Mara Quill", "Dev Anselm", "Tess Marlowe")


def mint(name: str, type_: EntityType, show: str, aliases: Sequence[str] = (), scope: str | None = None) -> Entity:
    series = IRIS.series(show)
    character = IRIS.character(name, scope or series)
    iri = {EntityType.PERSON: IRIS.person(name), EntityType.SERIES: series}.get(type_, character)
    return Entity(name, type_, iri, tuple(sorted({*aliases} - {name})))


@st.composite
def facts_of(draw: st.DrawFn, review: str) -> tuple[Fact, ...]:
    """A few facts about a few characters, each under the names a critic might use for it."""
    facts = []
    cast = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    names = st.sampled_from(cast)
    for at in range(draw(st.integers(1, 5))):
        show = draw(st.sampled_from(SHOWS[:1] * 4 + SHOWS[1:]))
        known = draw(st.sampled_from([True] * 7 + [False]))  # else the characters are below the review
        scope = IRIS.series(show) if known else review
        aliases = st.lists(st.sampled_from(NAMES), max_size=1)
        one, other = (mint(draw(names), EntityType.CHARACTER, show, draw(aliases), scope) for _ in range(2))
        if draw(st.sampled_from([False] * 9 + [True])):
            one = mint("Una Passby", EntityType.CHARACTER, "Northgate")  # now and then somebody of another series
        actor = mint(draw(st.sampled_from(ACTORS)), EntityType.PERSON, show)
        series = mint(show, EntityType.SERIES, show)
        relation, subject, object_, kind = draw(
            st.sampled_from([
                ("plays", actor, one, None), ("relationship", one, other, "friend"), ("character", series, one, None),
                ("relationship", one, other, "parent"), ("genre", series, Entity("drama", EntityType.TEXT, None), None),
            ])
        )  # fmt: skip
        facts.append(
            Fact(
                relation, subject, object_, Evidence(review, at, at + 1, draw(QUOTES)), 0.9, "R1", "rules", kind,
                draw(st.sampled_from([None, None, "former", "unrequited"])), series if known else None, draw(st.none() | st.integers(1, 3)),
            )
        )  # fmt: skip
    return tuple(facts)


@st.composite
def readings(draw: st.DrawFn, size: int = 5) -> list[Reading]:
    found = []
    for n in range(draw(st.integers(1, size))):
        review = Review(IRIS.review(f"r{n}"), f"r{n}", "xxxxxx", "Saltmarsh")
        found.append(Reading(review, draw(facts_of(review.iri))))
    return found


def named(*casts: Sequence[str]) -> list[Reading]:
    """One review for each cast, which just says that these are characters of Saltmarsh."""
    series = mint("Saltmarsh", EntityType.SERIES, "Saltmarsh")
    found = []
    for n, cast in enumerate(casts):
        iri = IRIS.review(f"r{n}")
        characters = [mint(name, EntityType.CHARACTER, "Saltmarsh") for name in cast]
        facts = tuple(
            Fact("character", series, one, Evidence(iri, at, at + 1, "x"), 0.9, "R1", "rules", show=series)
            for at, one in enumerate(characters)
        )
        found.append(Reading(Review(iri, f"r{n}", "xxxxxx", "Saltmarsh"), facts))
    return found


def everything(store: Store) -> set[str]:
    """All but the bookkeeping."""
    return {str(quad) for quad in store.quads() if quad.graph_name != INDEX}


def index(store: Store) -> set[str]:
    return set(map(str, store.quads(INDEX)))


def own_quads(reading: Reading) -> list[Quad]:
    return quads_of(reading.review, reading.facts, IRIS)


def index_of(found: Sequence[Reading]) -> set[str]:
    """What the bookkeeping should be, by the definition."""
    store = open_store(":memory:")
    kept, shows = CastIndex(store, IRIS), ShowIndex(store, IRIS)
    quads = {kept.version()}
    for reading in found:
        for series, characters in own_characters(reading.facts).items():
            items = {item for character in characters.values() for item in items_of(character)}
            quads |= kept.said(reading.review.iri, items) | kept.known(series, items)
        quads |= shows.said(reading.review.iri, items_of_shows(shows_of(own_quads(reading), IRIS)))
    return set(map(str, quads))


def graph_of(found: Sequence[Reading]) -> set[str]:
    """What a store should hold of these reviews, by the definition: no store, no order, nothing remembered."""
    own = {reading.review.iri: own_characters(reading.facts) for reading in found}
    quads = []
    for reading in found:
        made = [
            merge
            for series in sorted(own[reading.review.iri])
            for merge in merges(
                own[reading.review.iri][series],
                Series(together(of.get(series, {}) for of in own.values()).values()),
            )
        ]
        quads += quads_of(reading.review, resolved(reading.facts, made), IRIS)
        quads += merge_quads(reading.review.iri, made, IRIS)
    return set(map(str, quads))


NICKS = named(["Nick"], ["Nick Nelson"], ["Nick Clarke", "Nick's mom"], ["Nelson", "Tori"], ["Nick", "Tori Spring"])
