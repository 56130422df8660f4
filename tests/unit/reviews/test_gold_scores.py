"""The reader against the gold: scores may not fall below the floors in `tests/gold/floors.json`, which only rise.

`pytest -s` prints the tables. The held-out set is scored and never read one by one.
"""

from __future__ import annotations

import io
import json
from functools import cache

import pytest

from gold import GOLD, Score, compare, documents, load
from tellygraph.ontology.iris import Iris
from tellygraph.reviews import Reading, Review, RuleReader
from tellygraph.reviews.sources import read_paths

IRIS = Iris("https://w3id.org/tellygraph/id/")
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


@cache
def _readings(folder: str) -> dict[str, Reading]:
    place = GOLD.parents[1] / "examples" / "reviews" if folder == "examples" else GOLD / folder
    texts = [] if folder == "examples" else [str(p) for p in sorted(place.glob("*.txt"))]
    found = [r for r in read_paths(texts or [str(place)], stdin=io.BytesIO(), iris=IRIS) if isinstance(r, Review)]
    return {reading.review.id: reading for reading in RuleReader(iris=IRIS).read(found)}


def _reading_of(folder: str, gold: dict[str, object], stem: str) -> Reading:
    readings = _readings(folder)
    return readings[str(gold.get("record") or gold.get("source") or f"{stem}.txt")]


@pytest.mark.parametrize("folder", sorted(FLOORS))
def test_scores_stay_above_their_floors(folder: str) -> None:
    score = Score()
    for path in documents(folder):
        gold = load(path)
        compare(score, path.stem, gold, _reading_of(folder, gold, path.stem).facts)
    print(f"\n{folder}\n{score.table()}")
    assert score.hits.total() > 50
    assert score.precision() >= FLOORS[folder]["precision"], "\n".join(e for e in score.errors if "FALSE" in e)
    assert score.recall() >= FLOORS[folder]["recall"]


@pytest.mark.parametrize("folder", ["examples", "dev"])
def test_no_trap_is_stepped_into(folder: str) -> None:
    sprung = []
    for path in documents(folder):
        gold = load(path)
        said = {
            (f.relation, f.subject.name, f.object.name, f.kind)
            for f in _reading_of(folder, gold, path.stem).facts
            if f.status is None
        }
        for trap in gold["traps"]:
            for never in trap["never"]:
                fact = (never["relation"], never["subject"], never["object"], never.get("kind"))
                if fact in said:
                    sprung.append((path.stem, trap["trap"], fact))
    assert sprung == []
