"""Reviews of shows that share a title, some with a mark in it and some without."""

from __future__ import annotations

from collections.abc import Sequence

from drawn_reviews import mint
from hypothesis import strategies as st

from samples import IRIS
from tellygraph.reviews.records import Entity, EntityType, Evidence, Fact, Reading, Review

BARE, OLD, NEW, BRITISH = "Saltmarsh", "Saltmarsh (2001)", "Saltmarsh (2015)", "Saltmarsh (UK)"
TITLES = (BARE, BARE, BARE, OLD, NEW, BRITISH, "Northgate")
CAST = (
    ("Mara Quill", "Nell Harrow"), ("Dev Anselm", "Nell"), ("Tess Marlowe", "Ruth Calder"), ("Otto Wren", "Calder"),
    ("Una Passby", "Sam Pike"), ("Ivo Brandt", "Sam"),
)  # fmt: skip
COUNTRIES = ("United Kingdom", "Canada")


def review_of(
    name: str,
    show: str,
    cast: Sequence[tuple[str, str]] = (),
    *,
    premiere: str | None = None,
    country: str | None = None,
    date: str | None = None,
    remake_of: str | None = None,
) -> Reading:
    """A review that says this of its show."""
    iri, series = IRIS.review(name), mint(show, EntityType.SERIES, show)
    stated: list[tuple[str, Entity, Entity]] = [
        ("plays", mint(actor, EntityType.PERSON, show), mint(part, EntityType.CHARACTER, show)) for actor, part in cast
    ]
    if premiere is not None:
        stated.append(("premiereDate", series, Entity(premiere, EntityType.DATE, None)))
    if country is not None:
        stated.append(("countryOfOrigin", series, Entity(country, EntityType.COUNTRY, IRIS.place(country))))
    if remake_of is not None:
        stated.append(("remakeOf", series, mint(remake_of, EntityType.SERIES, remake_of)))
    facts = tuple(
        Fact(relation, subject, object_, Evidence(iri, at, at + 1, "x"), 0.9, "R1", "rules", show=series, season=None)
        for at, (relation, subject, object_) in enumerate(stated)
    )
    return Reading(Review(iri, name, "x" * 20, show, 2 if len(cast) > 2 else None, date=date), facts)


@st.composite
def show_readings(draw: st.DrawFn, size: int = 6) -> list[Reading]:
    """A few reviews of shows that share a title."""
    maybe = st.none() | st.none()
    return [
        review_of(
            f"r{n}",
            draw(st.sampled_from(TITLES)),
            draw(st.lists(st.sampled_from(CAST), max_size=4, unique=True)),
            premiere=draw(maybe | st.sampled_from(["2001", "2015-04-01", "1999"])),
            country=draw(maybe | st.sampled_from(COUNTRIES)),
            date=draw(maybe | st.sampled_from(["2002-05-01", "2014", "2016-01"])),
            remake_of=draw(maybe | st.sampled_from([OLD, BARE])),
        )
        for n in range(draw(st.integers(2, size)))
    ]
