"""Kills in short; the full form is `python tests/support/kills.py --kills 240` (benchmarks/README.md)."""

from __future__ import annotations

from pathlib import Path

from kills import OPERATIONS, killed


def test_killed_anywhere_a_graph_is_whole_and_doing_it_again_finishes_it(tmp_path: Path) -> None:
    tallies = list(killed(24, tmp_path, seed=5))
    assert [tally.operation for tally in tallies] == [operation.name for operation in OPERATIONS]
    assert sum(tally.kills for tally in tallies) == 24
