"""Who the people of a show are, as a page's JSON-LD has it: bounded, checked, never followed."""

from __future__ import annotations

import json

import pytest

from tellygraph.reviews.records import Person
from tellygraph.reviews.sources.jsonld_people import review_people

SEVEN = "https://lamp.example/people/7"


def people(about: object, **more: object) -> tuple[Person, ...]:
    return review_people([json.dumps({"@type": "Review", "itemReviewed": about, **more})])


def test_actors_and_crew_are_read_wherever_schema_org_has_them() -> None:
    quill = {"@type": "Person", "name": "Mara Quill", "sameAs": [SEVEN, "https://wiki.example/Q1"], "birthDate": "1970"}
    role = {"@type": "PerformanceRole", "characterName": "Nell", "actor": quill}
    roe = {"@id": "#roe"}
    found = people(
        {
            "@type": "TVSeason",
            "actor": role,
            "partOfSeries": {"@type": "TVSeries", "name": "Saltmarsh", "director": roe, "actor": quill},
        },
        mentions={
            "@id": "#roe",
            "@type": "Person",
            "name": "Ada Roe",
            "url": "https://lamp.example/roe",
            "jobTitle": "Director",
        },
    )
    assert found == (
        Person("Ada Roe", ("https://lamp.example/roe",), None, ("Director",), (), ("director",)),
        Person("Mara Quill", (SEVEN, "https://wiki.example/Q1"), "1970", (), ("Nell",), ("actor",)),
    )


@pytest.mark.parametrize(
    "actor",
    [
        "Mara Quill",
        {"@type": "Person", "name": "Mara Quill"},
        {"@type": "Person", "name": "Mara Quill", "@id": "_:b0"},
        {"@type": "Person", "name": "Mara Quill", "@id": "people/7"},
        {"@type": "Person", "name": "Mara Quill", "url": "https://lamp.example/"},  # a site
        {"@type": "Person", "name": "Mara Quill", "sameAs": "javascript:alert(1)", "birthDate": "long ago"},
        {"@type": "Person", "name": "Mara Quill", "sameAs": "https://lamp.example/a b"},
        {"@type": "Person", "name": ["", 3], "@id": SEVEN},
        {"@type": "Organization", "name": "The Quills", "@id": SEVEN},
        [[], None, 7, {"@type": "PerformanceRole"}],
    ],
)
def test_what_tells_nobody_is_passed_over(actor: object) -> None:
    assert people({"@type": "TVSeries", "actor": actor}) == ()


def test_an_identifier_of_two_names_tells_nothing() -> None:
    two = [{"@type": "Person", "name": name, "url": SEVEN} for name in ("Mara Quill", "Ada Roe")]
    assert people({"@type": "TVSeries", "actor": two}) == ()


def test_circles_and_crowds_end() -> None:
    crowd = [{"name": f"No {n}", "@id": f"{SEVEN}{n}"} for n in range(2_000)]
    page = {"@id": "#s", "@type": "TVSeries", "name": "Saltmarsh", "containsSeason": {"@id": "#n"}, "actor": crowd}
    season = {"@id": "#n", "@type": "TVSeason", "partOfSeries": {"@id": "#s"}}
    assert len(people({"@id": "#s"}, mentions=[page, season])) == 500


def test_pages_without_one_review_say_nothing() -> None:
    assert review_people([]) == review_people(["{"]) == review_people(['{"@type": "Review"}'] * 2) == ()
