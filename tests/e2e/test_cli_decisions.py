"""Decisions from the command line: made, listed, refused with one sentence and exit code 2, taken back to the byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Ran

from samples import IRIS, SAMPLE
from tellygraph.graph import add_readings, open_store
from tellygraph.reviews.records import Reading


@pytest.fixture
def tg(run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    where = tmp_path / "graph.db"
    with open_store(str(where)) as store:
        add_readings(store, [Reading(review, facts) for review, facts in SAMPLE.items()], IRIS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.delenv("TELLYGRAPH_WHO", raising=False)
    return lambda *arguments: run("--graph", where, *arguments)


def test_decisions_are_made_listed_and_taken_back(tg: Callable[..., Ran]) -> None:
    before = tg("export", "--format", "nquads").out
    would = tg("merge", "Otto", "Bea", "--who", "ana", "--why", "one actor", "--dry-run")
    assert (would.code, "would say something else" in would.out) == (0, True)
    assert tg("export", "--format", "nquads").out == before
    assert tg("merge", "Otto", "Bea", "--who", "ana", "--why", "one actor").out.startswith("Decision 1: Otto is Bea\n")
    assert tg("different", "Sam", "Nell Harrow", "--who", "bo").code == 0
    assert tg("decisions").out.splitlines() == [
        "1  2026-09-21T14:13:20Z  ana  Otto is Bea             one actor",
        "2  2026-09-21T14:13:20Z  bo   Sam is not Nell Harrow",
    ]
    assert tg("undo", "1").out.startswith("Decision 1 taken back: Otto is Bea\n")
    assert tg("undo").code == 0
    assert tg("export", "--format", "nquads").out == before


@pytest.mark.parametrize(
    "arguments",
    [("undo",), ("merge", "Otto", "Mara Quill"), ("merge", "Otto", "Otto"), ("split", "Otto"), ("same", "Otto", "Nobody")],
)  # fmt: skip
def test_mistakes_are_one_sentence(tg: Callable[..., Ran], arguments: tuple[str, ...]) -> None:
    before = tg("export", "--format", "nquads").out
    ran = tg(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("Error: ")
    assert tg("export", "--format", "nquads").out == before
