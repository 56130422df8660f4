"""Reviews with people of one name, of whom their sources say who they are, or do not."""

from __future__ import annotations

from collections.abc import Sequence

from drawn_reviews import mint
from hypothesis import strategies as st

from samples import IRIS
from tellygraph.reviews.records import EntityType, Evidence, Fact, Person, Reading, Review

QUILL, SPELT, ROE = "Mara Quill", "Mara Quille", "Ada Roe"
SEVEN, NINE, WIKI = "https://lamp.example/people/7", "https://lamp.example/people/9", "https://wiki.example/Q1"
SHOWS = ("Saltmarsh", "Northgate", "Fenwick")
PARTS = ("Nell Harrow", "Sam Pike", "Nell")


def review_of(name: str, show: str, cast: Sequence[tuple[str, str]], people: Sequence[Person] = ()) -> Reading:
    """A review that says who plays whom, from a source that says this of people."""
    iri, series = IRIS.review(name), mint(show, EntityType.SERIES, show)
    facts = tuple(
        Fact(
            "plays", mint(actor, EntityType.PERSON, show), mint(part, EntityType.CHARACTER, show),
            Evidence(iri, at, at + 1, "x"), 0.9, "R1", "rules", show=series,
        )
        for at, (actor, part) in enumerate(cast)
    )  # fmt: skip
    return Reading(Review(iri, name, "x" * 20, show, people=tuple(people)), facts)


@st.composite
def people_readings(draw: st.DrawFn, size: int = 5) -> list[Reading]:
    """A few reviews whose sources know the same few people by identifiers, days of birth, both or neither."""
    person = st.builds(
        Person,
        st.sampled_from([QUILL, QUILL, SPELT, ROE]),
        st.sampled_from([(), (SEVEN,), (NINE,), (WIKI,), (SEVEN, WIKI), (NINE, WIKI)]),
        st.sampled_from([None, None, "1970", "1970-03-01", "1990"]),
        st.sampled_from([(), ("actor",), ("composer",)]),
        st.sampled_from([(), PARTS[:1], PARTS[1:2]]),
    )
    known = person.filter(lambda one: bool(one.ids or one.born))
    return [
        review_of(
            f"r{n}",
            draw(st.sampled_from(SHOWS)),
            draw(st.lists(st.tuples(st.sampled_from([QUILL, QUILL, SPELT, ROE]), st.sampled_from(PARTS)), max_size=3)),
            draw(st.lists(known, max_size=2)),
        )
        for n in range(draw(st.integers(2, size)))
    ]
