"""Compares what the reader says of a gold document with what its annotators wrote down."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tellygraph.ontology.terms import KINDS
from tellygraph.reviews.records import Fact

GOLD = Path(__file__).parent.parent / "gold"


@dataclass
class Score:
    """Hits, misses and false facts, in all and per relation, with a line for each error."""

    hits: Counter[str] = field(default_factory=Counter)
    misses: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self, relation: str | None = None) -> float:
        said = self._count(self.hits, relation) + self._count(self.false, relation)
        return self._count(self.hits, relation) / said if said else 1.0

    def recall(self, relation: str | None = None) -> float:
        stated = self._count(self.hits, relation) + self._count(self.misses, relation)
        return self._count(self.hits, relation) / stated if stated else 1.0

    @staticmethod
    def _count(counter: Counter[str], relation: str | None) -> int:
        return counter.total() if relation is None else counter[relation]

    def table(self) -> str:
        relations = sorted({*self.hits, *self.misses, *self.false}, key=lambda r: -self.hits[r])
        rows = [(None, "all"), *((r, r) for r in relations)]
        return "\n".join(
            f"{label:18} P {self.precision(r):.3f}  R {self.recall(r):.3f}  hit {self._count(self.hits, r):4}"
            f"  miss {self._count(self.misses, r):4}  false {self._count(self.false, r):4}"
            for r, label in rows
        )


def documents(folder: str) -> list[Path]:
    return sorted((GOLD / folder).glob("*.json"))


def compare(score: Score, name: str, gold: dict[str, Any], facts: Iterable[Fact]) -> None:
    """Add one document to `score`. Optional facts count neither way; symmetric kinds may be said either way round."""
    forms = {form: key for key, others in gold.get("aliases", {}).items() for form in others}
    wanted = list(gold["facts"])
    found: set[int] = set()
    for fact in facts:
        index = next((i for i, w in enumerate(wanted) if i not in found and _same(w, fact, forms)), None)
        if index is None and any(_same(w, fact, forms) for w in wanted):
            continue  # said twice, e.g. with and without its season
        if index is not None:
            found.add(index)
            if not wanted[index].get("optional"):
                score.hits[fact.relation] += 1
        elif not (fact.relation == "actor" and fact.object.name in gold.get("cast", ())):
            score.false[fact.relation] += 1
            score.errors.append(
                f"{name} FALSE {describe(fact)} … {fact.evidence.prefix}«»{fact.evidence.suffix}".replace("\n", " ")
            )
    for i, w in enumerate(wanted):
        if i not in found and not w.get("optional"):
            score.misses[w["relation"]] += 1
            score.errors.append(
                f"{name} MISS  {w['relation']}/{w['kind']} {w['subject']} > {w['object']} s{w['season']} {w['status']} «{w['evidence']}»"
            )


def describe(fact: Fact) -> str:
    return (
        f"{fact.rule} {fact.relation}/{fact.kind} {fact.subject.name} > {fact.object.name} s{fact.season} {fact.status} "
        f"«{fact.evidence.quote}»"
    )


def _same(w: dict[str, Any], fact: Fact, forms: dict[str, str]) -> bool:
    if w["relation"] != fact.relation:
        return False
    kinds = {w["kind"], *w.get("altKinds", ())}
    if fact.kind not in kinds or fact.status not in {w["status"], *w.get("altStatuses", ())}:
        return False
    seasons = {w["season"], *w.get("altSeasons", ())}
    if fact.season is not None and fact.season not in seasons and w["season"] is not None:
        return False
    ends = [_plain(w["subject"], forms), _plain(w["object"], forms)]
    said = [_plain(fact.subject.name, forms), _plain(fact.object.name, forms)]
    return ends == said or (fact.kind is not None and KINDS[fact.kind].symmetric and ends == said[::-1])


def _plain(name: str, forms: dict[str, str]) -> str:
    return forms.get(name, name).replace("’", "'").casefold()


def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
