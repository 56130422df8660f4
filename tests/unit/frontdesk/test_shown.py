"""What `read` gives is shown in a notebook, and is otherwise a reading like any other."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

import tellygraph
from samples import NORTHGATE, SALTMARSH_1, SAMPLE
from tellygraph.reviews.records import Reading, Review
from tellygraph.shown import ShownReading, page_of, rule_meanings


class ByHand:
    """A reader that knows the samples."""

    name = "hand"

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for review in reviews:
            yield Reading(review, SAMPLE[review])


def test_a_reading_is_shown_in_a_notebook_with_its_words_marked() -> None:
    (reading,) = tellygraph.read(NORTHGATE, reader=ByHand())
    html = reading._repr_html_()  # type: ignore[attr-defined]
    assert html.startswith('<div class="tg-marked tg-part ')
    assert html.count("<li id=") == len(SAMPLE[NORTHGATE])
    assert "<script" not in html


def test_it_equals_the_plain_reading_either_way_round() -> None:
    plain = Reading(NORTHGATE, SAMPLE[NORTHGATE])
    (shown,) = tellygraph.read(NORTHGATE, reader=ByHand())
    assert isinstance(shown, tellygraph.Reading)
    assert shown == plain
    assert plain == shown
    assert hash(shown) == hash(plain)
    assert len({shown, plain}) == 1
    assert shown != Reading(SALTMARSH_1, ())
    assert shown != "a reading"


def test_it_can_be_copied_pickled_and_changed() -> None:
    shown = ShownReading(NORTHGATE, SAMPLE[NORTHGATE])
    assert pickle.loads(pickle.dumps(shown)) == copy.deepcopy(shown) == shown
    assert isinstance(replace(shown, facts=()), ShownReading)
    with pytest.raises(AttributeError):
        shown.facts = ()  # type: ignore[misc]


def test_our_rules_say_what_they_look_for() -> None:
    assert rule_meanings()["P1"] == "The actor in brackets behind the character."
    (wanted, *_) = (replace(fact, rule="P1") for fact in SAMPLE[NORTHGATE])
    assert "Rule P1: The actor in brackets behind the character." in page_of([Reading(NORTHGATE, (wanted,))])
