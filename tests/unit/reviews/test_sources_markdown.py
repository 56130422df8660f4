"""Markdown: front matter is data about the review, everything after it is the review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tellygraph.ontology.iris import Iris
from tellygraph.reviews.records import Refusal, Review
from tellygraph.reviews.sources import Notice, read_paths


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str) -> list[Review | Refusal | Notice]:
        path = tmp_path / "a.md"
        path.write_text(content, newline="")
        return list(read_paths([str(path)], iris=Iris.default()))

    return read


BODY = "\n# The tide *comes in*\n\n**Nell Harrow** ([Mara Quill](https://a.example)) is back.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_says_what_the_review_is_and_the_text_begins_behind_it(read, end: str) -> None:
    front = """---
id: tide
show: "Saltmarsh: The \\"Wet\\" Years"
season: 2
author: 'Ana ''Bee'' Brook'
publisher: The Evening Lamp
# a comment
date: 2022-03-11
url: https://lamp.example/2
licence:
---
"""
    (review,) = read((front + BODY).replace("\n", end))
    assert review == Review(
        Iris.default().review("tide"), "tide", BODY.replace("\n", end), 'Saltmarsh: The "Wet" Years', 2,
        "The tide *comes in*", "Ana 'Bee' Brook", "The Evening Lamp", "2022-03-11", "https://lamp.example/2",
    )  # fmt: skip


def test_without_front_matter_the_file_is_the_review(read) -> None:
    (review,) = read(BODY)
    assert (review.id, review.text, review.title) == ("a.md", BODY, "The tide *comes in*")


@pytest.mark.parametrize(
    "text",
    ["---\n\nNell is back. Between rules.\n\n---\nSam too.\n", "---\nshow: never closed\nNell", "--- \nprose: yes"],
)
def test_a_rule_at_the_top_is_not_front_matter(read, text: str) -> None:
    (review,) = read(text)
    assert (review.text, review.show) == (text, None)


def test_a_given_title_goes_before_the_heading(read) -> None:
    (review,) = read("---\ntitle: Given\n---\n# Heading\n\nNell.")
    assert review.title == "Given"


def test_keys_of_other_programs_are_passed_over_and_said(read) -> None:
    notice, review = read("---\nlayout: post\ntags:\n  - drama\n  - sea\nshow: Saltmarsh\n---\nNell is back.")
    assert notice.message == "its front matter's layout, tags was passed over"
    assert review.show == "Saltmarsh"


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("season: two", "in its front matter its 'season' must be a whole number, not text"),
        ("date: March 2022", "not a date like 2023, 2023-08 or 2023-08-03"),
        ("title:\n  - a\n  - b", "gives 'title' more than one line"),
        ("show: A\nshow: B", "gives 'show' twice"),
    ],
)
def test_a_wrong_value_is_refused(read, front: str, says: str) -> None:
    (refusal,) = read(f"---\n{front}\n---\nNell is back.")
    assert isinstance(refusal, Refusal)
    assert says in refusal.reason
