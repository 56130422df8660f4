"""Three small reviews of two invented shows that share an actor, with their facts written out by hand.

The facts do not come from the reader, so the rooms above it can be tested without it.
"""

from __future__ import annotations

from pyoxigraph import Quad

from tellygraph.graph import Store
from tellygraph.ontology.iris import Iris
from tellygraph.ontology.terms import RELATIONS
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Review

IRIS = Iris("https://w3id.org/tellygraph/id/")


def _review(id_: str, show: str, season: int | None, date: str, author: str, text: str) -> Review:
    title = f"{show}: the {'returning' if season == 2 else 'new'} drama reviewed"
    return Review(
        IRIS.review(id_),
        id_,
        text,
        show,
        season,
        title,
        author,
        "The Evening Lamp",
        date,
        f"https://lamp.example/{id_}",
    )


SALTMARSH_1 = _review(
    "saltmarsh-1", "Saltmarsh", 1, "2021-03-04", "Ana Brook",
    "Beacon’s Saltmarsh, directed by Arthur Kimble, is a crime drama set in Fenwick. Nell Harrow (Mara Quill) locks up "
    "the bakery with her feckless brother Sam (Toby Farrow). Nell is seeing Jonah Pike (Dev Anselm), and Sam’s mother "
    "(Ines Oakhurst) keeps bees. Otto (Gil Renner) is Sam’s ex-husband.",
)  # fmt: skip
SALTMARSH_2 = _review(
    "saltmarsh-2", "Saltmarsh", 2, "2022-03-11", "Cy Dell",
    "In season two of Saltmarsh, which premieres on 4 March 2022, Nell Harrow (Mara Quill) and Jonah Pike (Dev Anselm) "
    "are married. Ada Roe directs all six episodes. Sam pines for Jonah. Nell’s best friend Bea (Tess Marlowe) 🙂 is back.",
)  # fmt: skip
NORTHGATE = _review(
    "northgate", "Northgate", None, "2023-01-20", "Ana Brook",
    "Northgate, created by Lena Voss, stars Mara Quill as DCI Ruth Calder, and Dev Anselm plays her boss, Hal Orme. "
    "It is based on Edith Rowan’s novels.",
)  # fmt: skip


def statements(store: Store) -> set[Quad]:
    """Return all quads in a store but the bookkeeping."""
    return {quad for quad in store.quads() if quad.graph_name.value != IRIS.cast_graph}


def fact(
    review: Review, relation: str, subject: str, object_: str, quote: str, *,
    kind: str | None = None, status: str | None = None, season: int | None = None, confidence: float = 0.9,
) -> Fact:  # fmt: skip
    """Build a fact of `review`'s show whose words are the first occurrence of `quote` in its text."""
    assert review.show is not None
    start = review.text.index(quote)
    end = start + len(quote)
    words = Evidence(
        review.iri, start, end, quote, review.text[max(0, start - 32) : start], review.text[end : end + 32]
    )
    show = Entity(review.show, EntityType.SERIES, IRIS.series(review.show))
    entry = RELATIONS[relation]

    def entity(name: str, type_name: str) -> Entity:
        type_ = EntityType(type_name)
        if type_ in (EntityType.SERIES, EntityType.SEASON):
            if season is None or not entry.of_season or name != show.name:
                return Entity(name, EntityType.SERIES, IRIS.series(name))
            return Entity(name, EntityType.SEASON, IRIS.season(show.iri or "", season))
        if type_ is EntityType.CHARACTER:
            return Entity(name, type_, IRIS.character(name, show.iri or ""))
        if type_ is EntityType.PERSON:
            return Entity(name, type_, IRIS.person(name))
        if type_ is EntityType.ORGANIZATION:
            return Entity(name, type_, IRIS.organization(name))
        if type_ in (EntityType.PLACE, EntityType.COUNTRY):
            return Entity(name, type_, IRIS.place(name))
        if type_ is EntityType.WORK:
            return Entity(name, type_, IRIS.work(name))
        return Entity(name, type_, None)

    return Fact(
        relation, entity(subject, entry.subject), entity(object_, entry.object), words, confidence,
        "sample", "hand", kind, status, show, season,
    )  # fmt: skip


def _relationship(
    review: Review, subject: str, kind: str, object_: str, quote: str, *,
    status: str | None = None, season: int | None = None,
) -> Fact:  # fmt: skip
    return fact(review, "relationship", subject, object_, quote, kind=kind, status=status, season=season)


SAMPLE: dict[Review, tuple[Fact, ...]] = {
    SALTMARSH_1: (
        fact(SALTMARSH_1, "broadcaster", "Saltmarsh", "Beacon", "Beacon’s Saltmarsh"),
        fact(SALTMARSH_1, "director", "Saltmarsh", "Arthur Kimble", "Saltmarsh, directed by Arthur Kimble", season=1),
        fact(SALTMARSH_1, "genre", "Saltmarsh", "crime drama", "a crime drama"),
        fact(SALTMARSH_1, "setting", "Saltmarsh", "Fenwick", "set in Fenwick"),
        fact(SALTMARSH_1, "plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)"),
        fact(SALTMARSH_1, "plays", "Toby Farrow", "Sam", "Sam (Toby Farrow)"),
        fact(SALTMARSH_1, "plays", "Dev Anselm", "Jonah Pike", "Jonah Pike (Dev Anselm)"),
        fact(SALTMARSH_1, "plays", "Ines Oakhurst", "Sam's mother", "Sam’s mother (Ines Oakhurst)"),
        fact(SALTMARSH_1, "plays", "Gil Renner", "Otto", "Otto (Gil Renner)"),
        _relationship(SALTMARSH_1, "Sam", "sibling", "Nell Harrow", "her feckless brother Sam"),
        _relationship(SALTMARSH_1, "Nell Harrow", "dating", "Jonah Pike", "Nell is seeing Jonah Pike", season=1),
        _relationship(SALTMARSH_1, "Sam's mother", "parent", "Sam", "Sam’s mother"),
        _relationship(SALTMARSH_1, "Otto", "ex-spouse", "Sam", "Otto (Gil Renner) is Sam’s ex-husband"),
    ),
    SALTMARSH_2: (
        fact(SALTMARSH_2, "seasonNumber", "Saltmarsh", "2", "season two of Saltmarsh", season=2),
        fact(SALTMARSH_2, "premiereDate", "Saltmarsh", "2022-03-04", "premieres on 4 March 2022", season=2),
        fact(SALTMARSH_2, "director", "Saltmarsh", "Ada Roe", "Ada Roe directs", season=2),
        fact(SALTMARSH_2, "episodeCount", "Saltmarsh", "6", "all six episodes", season=2),
        fact(SALTMARSH_2, "plays", "Mara Quill", "Nell Harrow", "Nell Harrow (Mara Quill)"),
        fact(SALTMARSH_2, "plays", "Dev Anselm", "Jonah Pike", "Jonah Pike (Dev Anselm)"),
        fact(SALTMARSH_2, "plays", "Tess Marlowe", "Bea", "Bea (Tess Marlowe)"),
        _relationship(
            SALTMARSH_2, "Nell Harrow", "spouse", "Jonah Pike",
            "Nell Harrow (Mara Quill) and Jonah Pike (Dev Anselm) are married", season=2,
        ),
        _relationship(SALTMARSH_2, "Jonah Pike", "crush", "Sam", "Sam pines for Jonah", status="unrequited"),
        _relationship(SALTMARSH_2, "Bea", "friend", "Nell Harrow", "Nell’s best friend Bea"),
        _relationship(SALTMARSH_2, "Nell Harrow", "dating", "Jonah Pike", "are married", status="former", season=1),
    ),
    NORTHGATE: (
        fact(NORTHGATE, "creator", "Northgate", "Lena Voss", "Northgate, created by Lena Voss"),
        fact(NORTHGATE, "plays", "Mara Quill", "Ruth Calder", "Mara Quill as DCI Ruth Calder"),
        fact(NORTHGATE, "plays", "Dev Anselm", "Hal Orme", "Dev Anselm plays her boss, Hal Orme"),
        _relationship(NORTHGATE, "Hal Orme", "boss", "Ruth Calder", "her boss, Hal Orme"),
        fact(NORTHGATE, "author", "Northgate", "Edith Rowan", "based on Edith Rowan’s novels"),
    ),
}  # fmt: skip
