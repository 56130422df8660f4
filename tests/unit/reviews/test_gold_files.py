"""The gold is honest: what it says is in our words, what it quotes is there, and it covers what it promises.

Reading it refuses most that is wrong (`test_gold.py`); here is what only our own gold must keep.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gold_sets import documents
from tellygraph.ontology.terms import KINDS, RELATIONS
from tellygraph.reviews.gold import GoldDocument
from tellygraph.reviews.records import Review
from tellygraph.reviews.sources import SUFFIXES, read_paths

ROOT = Path(__file__).resolve().parents[3]
REVIEWS = ROOT / "examples" / "reviews"
GOLD = ROOT / "tests" / "gold"

LABELS = [
    f"{letter}{n}" for letter, last in zip("PRKMHT", (34, 46, 21, 18, 6, 45), strict=True) for n in range(1, last + 1)
]

PATHS = sorted(GOLD.glob("*/*.json"))


@cache
def gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def read(name: str) -> dict[str, GoldDocument]:
    return {document.name: document for document in documents(name)}


@cache
def example_reviews() -> dict[str, Review]:
    found = list(read_paths([str(REVIEWS)]))
    assert [f for f in found if not isinstance(f, Review)] == []
    return {Path(r.id).stem if (REVIEWS / r.id).exists() else r.id: r for r in found if isinstance(r, Review)}


def text_of(path: Path) -> str:
    return read(path.parent.name)[path.stem].review.text


def in_set(name: str) -> list[Path]:
    return [p for p in PATHS if p.parent.name == name]


@pytest.mark.parametrize("path", PATHS, ids=[f"{p.parent.name}/{p.stem}" for p in PATHS])
class TestEveryGoldFile:
    def test_is_read_and_quotes_the_review_exactly(self, path: Path) -> None:
        document = read(path.parent.name)[path.stem]
        quotes = [f.evidence for f in document.facts] + [t.text for t in document.traps]
        assert len(quotes) == len(gold(path)["facts"]) + len(gold(path)["traps"])
        assert [q for q in quotes if q not in document.review.text and q not in document.page] == []

    def test_has_no_other_kinds_beside_facts_that_have_none(self, path: Path) -> None:
        for fact in gold(path)["facts"]:
            assert fact["relation"] == "relationship" or "altKinds" not in fact, fact

    def test_writes_shows_as_subjects_and_counts_as_digits(self, path: Path) -> None:
        for fact in gold(path)["facts"]:
            if RELATIONS[fact["relation"]].subject in ("series", "season"):
                assert fact["subject"] == (fact.get("show") or gold(path)["show"]), fact
            if RELATIONS[fact["relation"]].object == "integer":
                assert fact["object"].isdigit(), fact

    def test_says_nothing_twice_and_forbids_nothing_it_states(self, path: Path) -> None:
        def key(fact: dict[str, Any]) -> tuple[Any, ...]:
            return tuple(fact.get(k) for k in ("relation", "subject", "object", "kind", "show"))

        stated = Counter((*key(f), f["season"]) for f in gold(path)["facts"])
        assert [k for k, n in stated.items() if n > 1] == []
        firm = {key(f) for f in gold(path)["facts"] if f["status"] is None}
        assert [n for t in gold(path)["traps"] for n in t["never"] if key(n) in firm] == []

    def test_names_are_names_of_the_text(self, path: Path) -> None:
        text = text_of(path) + read(path.parent.name)[path.stem].page
        for name in (*gold(path)["characters"], *gold(path)["cast"]):
            forms = [name, *gold(path)["aliases"].get(name, ())]
            words = [w.strip("'s") for w in name.split()]
            assert any(f in text for f in forms) or all(w in text for w in words), name

    def test_every_trap_forbids_something(self, path: Path) -> None:
        for trap in gold(path)["traps"]:
            assert trap["never"], trap
            for never in trap["never"]:
                assert never["relation"] in RELATIONS, trap
                assert never.get("kind") is None or never["kind"] in KINDS, trap
                assert (never["relation"] == "relationship") == ("kind" in never), trap


@pytest.mark.parametrize("label", LABELS)
def test_each_construction_and_trap_is_met_twice(label: str) -> None:
    counts: Counter[str] = Counter()
    for path in PATHS:
        counts.update(t["trap"] for t in gold(path)["traps"])
        counts.update(c for f in gold(path)["facts"] for c in f.get("construction", ()))
    assert counts[label] >= 2


def test_every_example_review_has_its_gold_and_the_other_way_round() -> None:
    assert sorted(example_reviews()) == [p.stem for p in in_set("examples")]
    for path in in_set("examples"):
        assert (REVIEWS / gold(path)["source"]).is_file()


def test_the_example_reviews_are_enough_to_hang_together() -> None:
    reviews = example_reviews()
    assert len(reviews) >= 10
    lengths = {name: len(review.text.split()) for name, review in reviews.items()}
    assert {n: w for n, w in lengths.items() if not 200 <= w <= 600} == {}
    files = {p.stem: gold(p) for p in in_set("examples")}
    assert len({g["show"] for g in files.values()}) >= 7
    seasons = Counter(show for show, _ in {(g["show"], g["season"]) for g in files.values()})
    assert max(seasons.values()) >= 2
    shows_of: dict[str, set[str]] = {}
    for g in files.values():
        for person in g["cast"]:
            shows_of.setdefault(person, set()).add(g["show"])
    assert len(shows_of["Olivia Colman"]) >= 5
    assert len(shows_of["David Tennant"]) >= 3
    assert not [g["show"] for g in files.values() if not any(len(shows_of[p]) > 1 for p in g["cast"])]


def test_two_critics_agree_on_several_facts_of_one_season() -> None:
    def stated(g: dict[str, Any]) -> set[tuple[Any, ...]]:
        return {(f["relation"], f["subject"], f["object"], f["kind"]) for f in g["facts"] if not f.get("optional")}

    pairs = [(gold(a), gold(b)) for a in in_set("examples") for b in in_set("examples") if a < b]
    agreed = [stated(a) & stated(b) for a, b in pairs if (a["show"], a["season"]) == (b["show"], b["season"])]
    assert max(map(len, agreed)) >= 10


def test_the_page_around_the_article_is_not_the_review() -> None:
    absent = {p: gold(p)["absent"] for p in PATHS if "absent" in gold(p)}
    assert absent
    for path, words in absent.items():
        assert [w for w in words if w in text_of(path)] == []


def stated(name: str) -> int:
    """How many facts the texts of a set state; those only implied do not count."""
    return sum(not fact.get("optional") for path in in_set(name) for fact in gold(path)["facts"])


def test_the_sets_of_invented_shows_are_whole() -> None:
    assert len(in_set("dev")) == len(in_set("held")) >= 24
    assert len(in_set("blind")) >= 16
    assert stated("dev") + stated("held") >= 900
    assert stated("blind") >= 350
    for name in ("dev", "held", "practice", "blind"):
        texts = sorted(p.stem for p in (GOLD / name).iterdir() if p.suffix in SUFFIXES)
        assert texts == [p.stem for p in in_set(name)]
        for path in in_set(name):
            assert 150 <= len(text_of(path).split()) <= 700, path
