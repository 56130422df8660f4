"""Text is cut into blocks without losing a character, and boilerplate is told from prose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellygraph.reviews.dates import iso_date, number_of
from tellygraph.reviews.text import Role, blocks, plain


@given(st.text())
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("ab. \n\tPhoto:“”’")))
def test_blocks_lose_nothing_and_do_not_overlap(text: str) -> None:
    spans = [(b.start, b.end) for b in blocks(text)]
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = set().union(*(range(a, b) for a, b in spans)) if spans else set()
    assert {i for i, ch in enumerate(text) if not ch.isspace()} <= covered


def test_a_page_is_cut_into_its_parts() -> None:
    text = (
        "‘Saltmarsh’ Season 2 Review: Colder, Wetter, Better\n\nWhere to Stream:\n\nSaltmarsh\n\nPowered by WatchWhere\n\n"
        "Nell is back, and the tide with her.\n\nMara Quill as Nell in 'Saltmarsh'\nPhoto: Beacon\n\n★★★★\n\nMore fog follows."
    )
    found = [(b.role, text[b.start : b.end]) for b in blocks(text)]
    assert found[0] == (Role.HEADLINE, "‘Saltmarsh’ Season 2 Review: Colder, Wetter, Better")
    assert (Role.CAPTION, "Mara Quill as Nell in 'Saltmarsh'") in found
    assert {t for r, t in found if r is Role.BOILERPLATE} == {
        "Where to Stream:",
        "Powered by WatchWhere",
        "Photo: Beacon",
        "★★★★",
    }
    assert {t for r, t in found if r is Role.BODY} == {
        "Saltmarsh",
        "Nell is back, and the tide with her.",
        "More fog follows.",
    }


def test_hard_wrapped_prose_is_one_block() -> None:
    text = "Nell Harrow locks up the bakery and walks home along the sea wall, as\nshe has every night since the flood, and nobody\nasks her why."
    assert [b.role for b in blocks(text)] == [Role.BODY]


@pytest.mark.parametrize(
    ("words", "year_from", "date"),
    [
        ("August 3, 2023", None, "2023-08-03"),
        ("Thursday 5th June 2014", None, "2014-06-05"),
        ("4 March", "2022-02-28", "2022-03-04"),
        ("4 March", None, None),
        ("March 2021", None, "2021-03"),
        ("31 February 2021", None, None),
        ("the tide", "2022", None),
    ],
)
def test_dates_are_completed_from_the_review_never_from_today(
    words: str, year_from: str | None, date: str | None
) -> None:
    assert iso_date(words, year_from) == date


@pytest.mark.parametrize(
    ("words", "number"), [("eight", 8), ("Second", 2), ("12th", 12), ("sophomore", 2), ("sixty-four", 64)]
)
def test_numbers_are_read_as_digits_words_and_ordinals(words: str, number: int) -> None:
    assert number_of(words) == number


def test_what_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="'few' is not a number"):
        number_of("few")
