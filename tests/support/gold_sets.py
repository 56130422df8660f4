"""The sets of gold documents, the floors their scores may not fall below, and the page that shows the scores.

`make scores` (`python tests/support/gold_sets.py`) raises `tests/gold/floors.json` and renews `docs/scores.md`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from tellygraph.reading import default_reader
from tellygraph.reviews.gold import GoldDocument, gold_documents
from tellygraph.reviews.score import Counts, Score
from tellygraph.reviews.score import score as score_documents
from tellygraph.reviews.score_tables import groups, markdown, reliability, summary, thresholds, totals

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
FLOORS = GOLD / "floors.json"
PAGE = ROOT / "docs" / "scores.md"
REVIEWS = {"examples": ROOT / "examples" / "reviews", "dev": None, "held": None, "practice": None, "blind": None}
UNREAD = ("held", "blind")
"""The sets that are only scored: nobody reads one by one what was missed in them."""

_HIGHEST = 0.98

Floors: TypeAlias = dict[str, dict[str, Any]]


@cache
def documents(name: str) -> tuple[GoldDocument, ...]:
    """The gold documents of a set."""
    return gold_documents(GOLD / name, reviews=REVIEWS[name])


@cache
def score_of_set(name: str) -> Score:
    """What the rule reader scores on a set."""
    return score_documents(documents(name), default_reader())


def measures(score: Score) -> dict[str, Any]:
    """The numbers that have floors: of all facts, of three groups of relations, of traps; how many reviews they are of."""
    others = [name for name in score.relations if name not in ("plays", "relationship")]
    parts = {
        "plays": score.of_relations(["plays"]),
        "relationship": score.of_relations(["relationship"]),
        "other": score.of_relations(others),
    }
    return {
        "reviews": score.documents,
        "trapsAvoided": 1.0 if score.avoided is None else score.avoided,
        **_shares(score.overall),
        **{name: _shares(counts) for name, counts in parts.items()},
    }


def _shares(counts: Counts) -> dict[str, float]:
    shares = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {name: 1.0 if share is None else share for name, share in shares.items()}


def flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested numbers under dotted names."""
    found: dict[str, float] = {}
    for name, value in values.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return found


def fallen(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The floors of a set that are lower than they were; none where the set has other reviews now."""
    if before.get("reviews", after["reviews"]) != after["reviews"]:
        return []
    now = flat(after)
    return [f"{name}: {was} -> {now.get(name)}" for name, was in flat(before).items() if now.get(name, -1) < was]


def raised(before: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, Any]:
    """The floors of a set after a measurement: the higher of both; set anew where the set has other reviews now."""
    same = before.get("reviews", measured["reviews"]) == measured["reviews"]
    return {"reviews": measured["reviews"]} | _higher(before if same else {}, measured)


def _higher(before: Mapping[str, Any], measured: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _higher(before.get(name, {}), value)
        if isinstance(value, dict)
        else max(_floored(value), before.get(name, 0.0))
        for name, value in measured.items()
        if name != "reviews"
    }


def _floored(share: float) -> float:
    """A share as a floor: whole hundredths, at most 0.98, so that one slip in a small group is no fall."""
    return min(_HIGHEST, math.floor(share * 100) / 100)


def renewed(page: str) -> str:
    """The page with its tables made anew: what is between `<!-- scores: SET -->` and `<!-- end -->`."""

    def fill(match: re.Match[str]) -> str:
        score = score_of_set(match[1])
        shown = [totals(score), groups(score), reliability(score), thresholds(score)]
        text = "\n".join(f"**{table.title}**\n\n{markdown(table)}" for table in shown)
        return f"<!-- scores: {match[1]} -->\n\n{summary(score)}.\n\n{text}\n<!-- end -->"

    return re.sub(r"<!-- scores: (\w+) -->\n.*?<!-- end -->", fill, page, flags=re.DOTALL)


def main() -> None:
    """Raise the floors and renew the page."""
    before: Floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    after = {name: raised(before.get(name, {}), measures(score_of_set(name))) for name in REVIEWS}
    FLOORS.write_text(json.dumps(after, indent=2) + "\n", encoding="utf-8")
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
