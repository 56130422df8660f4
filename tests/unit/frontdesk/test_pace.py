"""How fast, and how much longer: of the bytes of the sources that are behind what has been read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tellygraph.pace import Pace, _duration
from tellygraph.reading import found_in
from tellygraph.reviews.sources import Position, bytes_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(f'{{"id": "r{n}", "text": "{"x" * 99}"}}\n' for n in range(8)), encoding="utf-8")
    return path


def test_time_left_is_told_of_what_has_been_read_not_of_what_is_ahead(stream: Path) -> None:
    clock, position = Clock(), Position()
    pace = Pace([stream], position, clock=clock)
    assert len(list(pace.noted(found_in([stream], position=position)))) == 8
    assert position.done == stream.stat().st_size
    clock.now = 10.0
    assert pace.one_more() == "1 review read, 0.1 a second, 1 min left"
    clock.now = 40.0
    assert pace.one_more() == "2 reviews read, 0.1 a second, 2 min left"
    for _ in range(5):
        pace.one_more()
    assert pace.one_more() == "8 reviews read, 0.2 a second, 0 s left"


def test_bytes_are_those_of_the_files_that_will_be_read(stream: Path) -> None:
    (stream.parent / "a.txt").write_text("Saltmarsh", encoding="utf-8")
    (stream.parent / "a.png").write_bytes(b"no review")
    assert bytes_of([str(stream.parent)]) == stream.stat().st_size + len("Saltmarsh")
    assert bytes_of([str(stream.parent / "missing.txt")]) == 0
    assert bytes_of([str(stream), "-"]) is None


def test_no_time_left_is_told_where_the_end_is_not_known(stream: Path) -> None:
    clock = Clock()
    pace = Pace(["-"], Position(), clock=clock)
    clock.now = 2.0
    assert pace.one_more() == "1 review read, 0.5 a second"


def test_times_are_said_in_words() -> None:
    assert [_duration(s) for s in (0.2, 59, 61, 3599, 3661)] == ["0 s", "59 s", "1 min", "1 h 00 min", "1 h 01 min"]
