"""`tellygraph score` and `--min-confidence`: what they print, and every way to give them the wrong thing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Ran

import tellygraph

TEXT = "Saltmarsh is a drama. Nell Harrow (Mara Quill) runs the bakery, and Otto Vane (Gil Renner) pays for it."
PLAYS = {"relation": "plays", "subject": "Mara Quill", "object": "Nell Harrow", "kind": None, "season": None,
         "status": None, "evidence": "Nell Harrow (Mara Quill)"}  # fmt: skip
OWNS = {**PLAYS, "relation": "relationship", "subject": "Otto Vane", "object": "Nell Harrow", "kind": "ally",
        "evidence": "Otto Vane (Gil Renner) pays for it"}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    write(folder, PLAYS, OWNS)
    (folder / "saltmarsh.txt").write_text(TEXT, encoding="utf-8")
    return folder


def write(folder: Path, *facts: dict[str, object]) -> None:
    text = json.dumps({"show": "Saltmarsh", "season": None, "facts": facts})
    (folder / "saltmarsh.json").write_text(text, encoding="utf-8")


def test_it_prints_tables_and_with_errors_the_sentences(run: Callable[..., Ran], gold: Path) -> None:
    ran = run("score", gold)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 review; 0 traps, 0 of them stepped into\n\nRelations\n")
    rows = [line.split() for line in ran.out.splitlines()]
    assert ["relationship", "-", "0.000", "0.000", "0", "1", "0"] in rows
    assert [row[-3:] for row in rows if row[:1] == ["plays"]] == [["1", "0", "1"]]
    assert "Errors" not in ran.out
    ran = run("score", gold, "--errors")
    _, errors = ran.out.split("\nErrors\n")
    assert errors.splitlines()[-2:] == [
        "saltmarsh: miss: Otto Vane ally Nell Harrow",
        "    “Nell Harrow (Mara Quill) runs the bakery, and Otto Vane (Gil Renner) pays for it.”",
    ]
    assert "saltmarsh: false: Gil Renner plays Otto Vane (by " in errors


def test_json_is_the_same_each_time_and_as_python_has_it(run: Callable[..., Ran], gold: Path) -> None:
    ran = run("score", gold, "--format", "json", "--errors")
    data = json.loads(ran.out)
    assert ran.out == run("score", gold, "--format", "json", "--errors").out
    assert data["documents"] == 1
    assert {error["verdict"] for error in data["errors"]} == {"miss", "false"}
    found = tellygraph.score(gold)
    assert (found.overall.hits, found.overall.misses) == (data["overall"]["hits"], data["overall"]["misses"])


def test_the_errors_of_one_relation_are_listed_alone(run: Callable[..., Ran], gold: Path) -> None:
    data = json.loads(run("score", gold, "--format", "json", "--errors", "--relation", "relationship").out)
    assert [(error["verdict"], error["relation"]) for error in data["errors"]] == [("miss", "relationship")]
    assert data["overall"]["false"] > 0
    assert "Errors" not in run("score", gold, "--errors", "--relation", "composer").out
    ran = run("score", gold, "--errors", "--relation", "playz")
    assert (ran.code, ran.out) == (2, "")
    assert "'playz' is not one of 'plays'" in ran.err


def test_a_least_confidence_counts_less(run: Callable[..., Ran], gold: Path) -> None:
    sure = json.loads(run("score", gold, "--format", "json", "--min-confidence", "1").out)
    assert (sure["overall"]["hits"], sure["minConfidence"]) == (0, [])


def test_the_reviews_may_lie_elsewhere(run: Callable[..., Ran], gold: Path, tmp_path: Path) -> None:
    document = json.loads((gold / "saltmarsh.json").read_text(encoding="utf-8")) | {"source": "moved.txt"}
    (gold / "saltmarsh.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "reviews").mkdir()
    (gold / "saltmarsh.txt").rename(tmp_path / "reviews" / "moved.txt")
    assert run("score", gold, "--reviews", tmp_path / "reviews").code == 0
    ran = run("score", gold)
    assert ran.code == 2
    assert "its source moved.txt is not in" in ran.err


def test_what_is_not_gold_is_one_sentence_and_exit_code_2(run: Callable[..., Ran], gold: Path, tmp_path: Path) -> None:
    def refused() -> str:
        ran = run("score", gold)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"Error: {gold}")
        assert ran.err.count("\n") == 1
        return ran.err

    write(gold, {**PLAYS, "evidence": "Nell (Mara Quill)"})
    assert "saltmarsh.json: fact 1 has the evidence 'Nell (Mara Quill)', which is not in the review" in refused()
    write(gold, {**PLAYS, "relation": "playz"})
    assert "fact 1 has the relation 'playz', which is not ours; did you mean 'plays'?" in refused()
    write(gold, PLAYS)
    (gold / "saltmarsh.txt").unlink()
    assert "saltmarsh.json: there is no review beside it" in refused()
    (gold / "saltmarsh.json").unlink()
    assert "there is no gold in it" in refused()
    gold.rmdir()
    assert "there is no such folder" in refused()


def test_facts_below_a_confidence_are_left_out_and_counted(run: Callable[..., Ran], gold: Path) -> None:
    review = gold / "saltmarsh.txt"
    whole = [json.loads(line) for line in run("facts", review, "--format", "jsonl").out.splitlines()]
    least = max(fact["confidence"] for fact in whole)
    kept = [fact for fact in whole if fact["confidence"] >= least]
    assert 0 < len(kept) < len(whole)
    ran = run("facts", review, "--format", "jsonl", "--min-confidence", least)
    assert [json.loads(line) for line in ran.out.splitlines()] == kept
    left = len(whole) - len(kept)
    assert ran.err == f"{left} fact{'s' * (left > 1)} of confidence below {least:g} left out.\n"
    ran = run("add", review, "--min-confidence", least)
    assert ran.out.endswith(f" {len(kept)} fact{'s' * (len(kept) > 1)} in tellygraph.db\n")
    assert ran.err == f"{left} fact{'s' * (left > 1)} of confidence below {least:g} left out.\n"
    assert run("add", review).out.startswith("0 reviews added, 1 replaced")


@pytest.mark.parametrize("command", ["facts", "add", "score"])
def test_a_confidence_is_from_0_to_1(run: Callable[..., Ran], gold: Path, command: str) -> None:
    ran = run(command, gold, "--min-confidence", "90")
    assert ran.code == 2
    assert "'--min-confidence': 90.0 is not in the range 0<=x<=1" in ran.err
