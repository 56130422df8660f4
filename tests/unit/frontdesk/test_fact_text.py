"""Facts for people: a table, or the review with their words in brackets, in colours on a terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import click
import pytest

from samples import SALTMARSH_1, SALTMARSH_2, SAMPLE, fact
from tellygraph.fact_text import fact_table, marked_text
from tellygraph.reviews.records import Reading

BRACKETS = r"\[\d+ |(/\d+)?\]"


def test_a_review_is_a_heading_and_a_line_a_fact() -> None:
    heading, *lines, end = fact_table(Reading(SALTMARSH_2, SAMPLE[SALTMARSH_2]), None)
    assert heading == "saltmarsh-2: Saltmarsh: the returning drama reviewed (11 facts)"
    assert end == ""
    assert lines[2].split("  ")[1] == "Saltmarsh"
    assert "  director (season 2)  " in lines[2]
    assert lines[2].endswith("Ada Roe      “Ada Roe directs”")
    assert [line for line in lines if "crush (unrequited)" in line]


def test_words_in_colours_are_the_same_words_and_take_no_room() -> None:
    reading = Reading(SALTMARSH_2, SAMPLE[SALTMARSH_2])
    for width in (None, 60, 40, 20):
        plain = list(fact_table(reading, width))
        coloured = list(fact_table(reading, width, colours=True))
        assert [click.unstyle(line) for line in coloured] == plain
    lines = {click.unstyle(line): line for line in fact_table(reading, None, colours=True)}
    (spouse,) = [lines[line] for line in lines if "  spouse (season 2)  " in line]
    assert spouse.endswith(
        click.style("“Nell Harrow (Mara Quill) and Jonah Pike (Dev Anselm) are married”", fg="magenta")
    )
    (count,) = [lines[line] for line in lines if "episodeCount" in line]
    assert "\x1b" not in count


@pytest.mark.parametrize("review", list(SAMPLE), ids=lambda review: review.id)
def test_the_marked_text_is_the_text_with_brackets(review) -> None:
    facts = sorted(SAMPLE[review], key=lambda f: (f.evidence.start, -f.evidence.end))
    _, _, text, _, *listed, _ = marked_text(Reading(review, SAMPLE[review]), None)
    assert re.sub(BRACKETS, "", text) == review.text
    assert text.count("[") == text.count("]") == len(listed) == len(facts)
    for n, (line, shown) in enumerate(zip(listed, facts, strict=True), 1):
        assert line.split()[0] == str(n)
        assert shown.object.name in line
        assert line.endswith("rule sample")
        assert re.sub(BRACKETS, "", text.split(f"[{n} ", 1)[1]).startswith(shown.evidence.quote)


def test_brackets_lie_in_each_other_and_those_that_cross_say_which_they_close() -> None:
    review = replace(SALTMARSH_1, text="Otto, the baker’s boy, sings.")
    over = [
        fact(review, "genre", "Saltmarsh", "x", quote) for quote in ("baker’s boy, sings", "Otto, the baker’s", "Otto")
    ]
    _, _, text, *_ = marked_text(Reading(review, tuple(over)), None)
    assert text == "[1 [2 Otto], the [3 baker’s/1] boy, sings]."


def test_a_marked_text_in_colours_is_the_same_text() -> None:
    reading = Reading(SALTMARSH_1, SAMPLE[SALTMARSH_1])
    plain, coloured = (list(marked_text(reading, 60, colours=colours)) for colours in (False, True))
    assert [click.unstyle(line) for line in coloured] == plain
    assert click.style("[8 Nell is seeing ", fg="magenta") in coloured[2]
    assert click.style("[5 Nell Harrow (Mara Quill)]", fg="yellow") in coloured[2]
    assert max(map(len, plain[4:])) <= 60


def test_lines_stay_lines_and_nothing_is_an_order_to_the_terminal() -> None:
    review = replace(SALTMARSH_1, text="One\r\n\n\x1b[31mtwo\u202e\tthree\rfour  five")
    lines = list(marked_text(Reading(review, ()), None))
    assert lines[2:-1] == ["One", "", "\ufffd[31mtwo\ufffd    three", "four  five", ""]
