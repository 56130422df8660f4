"""Reading in several processes: the same facts in the same order, and an end to it whatever happens."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tellygraph import read
from tellygraph.errors import InputError, ReviewError, SettingError, WorkerError
from tellygraph.reviews import Reader, Reading, Review, RuleReader
from tellygraph.reviews.fact_lines import fact_line
from tellygraph.reviews.reader import CHARACTERS_AT_ONCE, REVIEWS_AT_ONCE, batches_of
from tellygraph.reviews.sources import new_review, read_paths
from tellygraph.reviews.workers import ParallelReader

EXAMPLES = Path(__file__).parents[3] / "examples" / "reviews"


def review(number: int, text: str = "Nell Harrow (Mara Quill) is Sam's sister.") -> Review:
    return new_review(text, id=f"r-{number}", show="Saltmarsh")


class Echo:
    """A reader without a pipeline; a review's text says what it does."""

    name = "echo"

    def read(self, reviews: Iterable[Review]) -> Iterator[Reading]:
        for given in reviews:
            if given.text == "die":
                os.kill(os.getpid(), signal.SIGTERM)
                time.sleep(60)
            if given.text == "raise":
                raise ReviewError("this one cannot be read")
            if given.text.startswith("sleep"):
                time.sleep(float(given.text.split()[1]))
            yield Reading(replace(given, title=f"read in {os.getpid()}"), ())


def failing() -> Reader:
    raise SettingError("there is no such pipeline")


def no_processes_left() -> bool:
    return not multiprocessing.active_children()


def long(number: int, text: str = "x") -> Review:
    """A review that is a batch by itself."""
    return review(number, text.ljust(CHARACTERS_AT_ONCE))


# ---- the same -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many() -> list[Review]:
    examples = [found for found in read_paths([str(EXAMPLES)]) if isinstance(found, Review)]
    return [replace(r, id=f"{r.id}-{n}", iri=f"{r.iri}-{n}") for n in range(2) for r in examples]


def lines(readings: Iterable[Reading]) -> bytes:
    return "".join(f"{line}\n" for reading in readings for line in map(fact_line, reading.facts)).encode()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_facts_are_the_same_byte_for_byte(workers: int, many: list[Review]) -> None:
    reader = RuleReader()
    alone = list(reader.read(many))
    assert len(list(batches_of(many))) > 1
    together = list(ParallelReader(reader.recipe, workers).read(many))
    assert lines(together) == lines(alone)
    assert together == alone
    assert no_processes_left()


def test_readings_come_in_the_order_of_the_reviews_from_several_processes() -> None:
    given = [long(n, "sleep 0.3 " if n % 3 == 0 else "x") for n in range(12)]
    found = list(ParallelReader(Echo, 2).read(given))
    assert [reading.review.id for reading in found] == [r.id for r in given]
    assert [reading.review.text for reading in found] == [r.text for r in given]
    assert len({reading.review.title for reading in found}) == 2


def test_processes_are_kept_for_as_long_as_they_are_used() -> None:
    with ParallelReader(Echo, 1) as reader:
        one, other = (next(iter(reader.read([review(n)]))).review.title for n in range(2))
    assert one == other
    assert no_processes_left()


def test_what_is_read_ahead_is_bounded() -> None:
    taken = 0

    def source() -> Iterator[Review]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield review(number, "x")

    readings = ParallelReader(Echo, 2).read(source())
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert taken <= 9 * REVIEWS_AT_ONCE
    assert no_processes_left()


# ---- the end ------------------------------------------------------------------------------------------------------


def test_a_process_that_is_killed_is_told_and_nothing_hangs() -> None:
    given = [review(0), long(1), long(2, "die"), *map(long, range(3, 30))]
    with pytest.raises(WorkerError, match="fewer workers"):
        list(ParallelReader(Echo, 2).read([replace(r, text=r.text.strip()) if r.id == "r-2" else r for r in given]))
    assert no_processes_left()


def test_what_reading_raises_is_raised_here() -> None:
    with pytest.raises(ReviewError, match="this one cannot be read"):
        list(ParallelReader(Echo, 2).read([review(1), review(2, "raise")]))
    assert no_processes_left()


def test_a_reader_that_cannot_be_made_is_told() -> None:
    with pytest.raises(SettingError, match="no such pipeline"):
        list(ParallelReader(failing, 2).read([review(1)]))


def test_a_source_that_fails_does_so_after_what_came_before_it() -> None:
    def source() -> Iterator[Review]:
        yield review(1)
        yield review(2)
        raise ReviewError("the third is empty")

    readings = ParallelReader(Echo, 2).read(source())
    assert [next(readings).review.id, next(readings).review.id] == ["r-1", "r-2"]
    with pytest.raises(ReviewError, match="the third is empty"):
        next(readings)


def test_leaving_ends_what_is_under_way() -> None:
    before = time.monotonic()
    readings = ParallelReader(Echo, 2).read([long(1), *(long(n, "sleep 60 ") for n in range(2, 9))])
    assert next(readings).review.id == "r-1"
    readings.close()  # type: ignore[attr-defined]
    assert no_processes_left()
    assert time.monotonic() - before < 50


# ---- by the front doors -------------------------------------------------------------------------------------------


def test_a_reader_is_copied_with_what_it_was_made_of(tmp_path: Path) -> None:
    given = RuleReader().recipe
    assert isinstance(given, partial)
    again = given()
    assert isinstance(again, RuleReader)
    assert list(read(review(1), workers=2)) == list(read(review(1), reader=again))


@pytest.mark.parametrize(("reader", "name"), [(Echo(), "echo"), ("llm", "llm"), ("rules,llm", "rules,llm")])
def test_a_reader_that_cannot_be_copied_is_refused(reader: Reader | str, name: str) -> None:
    with pytest.raises(InputError, match=f"the reader '{name}' cannot read in several processes"):
        read(review(1), reader=reader, workers=2)


def test_there_must_be_a_worker() -> None:
    with pytest.raises(InputError, match="1 worker or more, not 0"):
        read(review(1), workers=0)
    with pytest.raises(ValueError, match="one worker"):
        ParallelReader(Echo, 0)


# ---- batches ------------------------------------------------------------------------------------------------------


def test_batches_hold_all_reviews_in_order_and_not_too_much() -> None:
    given = [review(n, "x" * (1 + n * n * 40)) for n in range(60)]
    batches = list(batches_of(given))
    assert [r for batch in batches for r in batch] == given
    for batch in batches:
        assert len(batch) <= REVIEWS_AT_ONCE
        assert len(batch) == 1 or sum(len(r.text) for r in batch) <= CHARACTERS_AT_ONCE
    assert [len(batch) for batch in batches_of(review(n, "x") for n in range(70))] == [32, 32, 6]
    assert list(batches_of([])) == []
