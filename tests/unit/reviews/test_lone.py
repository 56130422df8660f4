"""Which title a lone sentence is about."""

from __future__ import annotations

import pytest

from tellygraph.reviews.lone import lone_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Salt Road is a 2004 Danish drama film directed by Ada Roe.", "Salt Road"),
        ("Salt Road 2: The Long Way Home (Danish: Saltvej) is a comedy.", "Salt Road 2: The Long Way Home"),
        ("Nine Lamps, Four Keys and a Door is a short film about a house.", "Nine Lamps, Four Keys and a Door"),
        ('"The Tidal Clerk" is the third cartoon in a series.', "The Tidal Clerk"),
        ("Capitana sin barco is a 1961 adventure film.", "Capitana sin barco"),
        ("Which Lamp Is Lit is a 1950 cartoon.", "Which Lamp Is Lit"),
        ("Directed by Ada Roe and Sol Beck, The Tidal Clerk stars Mara Quill.", "The Tidal Clerk"),
        ("Loosely based on a Danish fairy tale, Brine is the second animated feature of the studio.", "Brine"),
        ("The Tidal Clerk was filmed in Porto.", "The Tidal Clerk"),
        ("Salt Road tells the story of a clerk who cannot swim.", "Salt Road"),
        ("Mara Quill received an award for her performance in Salt Road.", "Salt Road"),
        ("The film Salt Road was never shown abroad.", "Salt Road"),
        ("Although Night Ferry did not sell, it was nominated for the Lantern Award.", "Night Ferry"),
        ("The plot follows a clerk, and The Tidal Clerk's ending is sad.", "The Tidal Clerk"),
        ("The cast of Salt Road includes Mara Quill.", "Salt Road"),
        ("Mara Quill and Sol Beck star in Salt Road.", "Salt Road"),
        ("Salt Road, a Danish thriller from 2009, was never shown abroad.", "Salt Road"),
        ("On June 6, 2007, Salt Road was released in Denmark.", "Salt Road"),
        ("Lamps ' n Keys was released in April 1931.", "Lamps ' n Keys"),
        ("Mr. Lamp III, also known as Mr. Lamp Part 3, is a 1987 horror film.", "Mr. Lamp III"),
        ("The Lamplighters won the Golden Oar at the Porto festival.", "The Lamplighters"),
    ],
)
def test_it_is_found(text: str, title: str) -> None:
    assert lone_title(text) == title


@pytest.mark.parametrize(
    "text",
    [
        "Nell Harrow is late again.",
        "Nell Harrow (Mara Quill) runs the bakery.",
        "Ada Roe is a Danish film director.",
        "Mara Quill won the award for best actress.",
        "The film is a 2004 drama.",
        "The film follows a clerk to the Isle of Fenwick.",
        "The film was shot on location in Porto.",
        "It was shot in Porto and Lisbon in the spring of 2003.",
        "Mara Quill stars as a clerk.",
    ],
)
def test_nothing_is_taken_for_one(text: str) -> None:
    assert lone_title(text) is None
