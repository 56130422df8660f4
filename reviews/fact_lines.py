"""A fact as one line of JSON: what `tellygraph facts --format jsonl` prints, and nothing else."""

from __future__ import annotations

import json

from .records import Entity, Fact

KEYS: tuple[str, ...] = (
    "review", "relation", "subject", "object", "kind", "status", "show", "season",
    "quote", "start", "end", "confidence", "rule", "reader",
)  # fmt: skip
"""The keys of a line, in order."""


def fact_line(fact: Fact) -> str:
    """Return a fact as a JSON object with exactly `KEYS`, in that order, code points as they are, without a line end.

    `start` and `end` count code points of the review's text; `review` is its IRI.
    """
    words = fact.evidence
    record = {
        "review": words.review,
        "relation": fact.relation,
        "subject": _entity(fact.subject),
        "object": _entity(fact.object),
        "kind": fact.kind,
        "status": fact.status,
        "show": None if fact.show is None else {"name": fact.show.name, "iri": fact.show.iri},
        "season": fact.season,
        "quote": words.quote,
        "start": words.start,
        "end": words.end,
        "confidence": fact.confidence,
        "rule": fact.rule,
        "reader": fact.reader,
    }
    return json.dumps(record, ensure_ascii=False)


def _entity(entity: Entity) -> dict[str, str | None]:
    return {"name": entity.name, "type": entity.type.value, "iri": entity.iri}
