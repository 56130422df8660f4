"""The reader against the gold: scores may not fall below the floors in `tests/gold/floors.json`, which only rise.

`pytest -s` prints the tables. What was missed in the sets of `UNREAD` is never shown one by one.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from gold_sets import FLOORS, PAGE, REVIEWS, ROOT, UNREAD, fallen, flat, measures, raised, renewed, score_of_set
from tellygraph.reviews.score_tables import aligned, error_lines, tables, totals

SETS = sorted(REVIEWS)


@pytest.mark.parametrize("name", SETS)
def test_scores_stay_above_their_floors(name: str) -> None:
    score = score_of_set(name)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    shown = [totals(score)] if name in UNREAD else tables(score)
    print(f"\n{name}", *(line for table in shown for line in ("", *aligned(table))), sep="\n")
    assert score.overall.hits > 50
    assert floors["reviews"] == score.documents, "the set has other reviews now: run `make scores`"
    errors = "" if name in UNREAD else "\n".join(error_lines(score.errors))
    assert fallen(floors, measures(score)) == [], errors


def test_floors_are_not_lower_than_the_last_committed_ones() -> None:
    shown = subprocess.run(["git", "show", "HEAD:tests/gold/floors.json"], cwd=ROOT, capture_output=True, check=False)
    if shown.returncode != 0:
        pytest.skip("not a git checkout")
    now = json.loads(FLOORS.read_text(encoding="utf-8"))
    committed = json.loads(shown.stdout)
    assert [(name, fall) for name in committed for fall in fallen(committed[name], now[name])] == []


def test_a_floor_that_is_lowered_or_left_out_is_noticed() -> None:
    before = {"reviews": 6, "recall": 0.8, "plays": {"recall": 0.9}}
    assert fallen(before, {"reviews": 6, "recall": 0.81, "plays": {"recall": 0.9}}) == []
    assert fallen(before, {"reviews": 6, "recall": 0.79, "plays": {"recall": 0.9}}) == ["recall: 0.8 -> 0.79"]
    assert fallen(before, {"reviews": 6, "recall": 0.8}) == ["plays.recall: 0.9 -> None"]
    assert fallen(before, {"reviews": 7, "recall": 0.5}) == []


def test_floors_rise_and_are_set_anew_for_other_reviews() -> None:
    before = {"reviews": 6, "recall": 0.8, "plays": {"recall": 0.9, "precision": 0.9}}
    measured = {"reviews": 6, "recall": 0.857, "plays": {"recall": 0.7, "precision": 1.0}}
    assert flat(raised(before, measured)) == {
        "reviews": 6, "recall": 0.85, "plays.recall": 0.9, "plays.precision": 0.98,
    }  # fmt: skip
    assert flat(raised(before, {**measured, "reviews": 7})) == {
        "reviews": 7, "recall": 0.85, "plays.recall": 0.7, "plays.precision": 0.98,
    }  # fmt: skip


def test_the_page_of_scores_shows_the_sets() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in ("dev", "practice", "held", "blind") if f"<!-- scores: {name} -->" not in page] == []
    # The numbers change with every rule; the page's headings and its rows of totals do not.
    kept = ("**", "<!--", "| all ", "| relation ", "| confidence ", "| at least ", "| group ")
    frame = [line.split(" |")[0] for line in page.splitlines() if line.startswith(kept)]
    again = [line.split(" |")[0] for line in renewed(page).splitlines() if line.startswith(kept)]
    assert frame == again, "run `make scores`"


def test_no_trap_of_the_examples_is_stepped_into() -> None:
    assert score_of_set("examples").traps > 20
    assert score_of_set("examples").sprung == 0
