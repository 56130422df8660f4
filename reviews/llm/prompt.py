"""What the model is asked: instructions made from the vocabulary, the review as data, the schema of the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Template

from ...ontology.terms import KINDS, RELATIONS, STATUSES
from ..records import EntityType

LONGEST_QUOTE = 300
"""The longest quote that counts as evidence, in code points."""

_NULL = {"type": "null"}


@cache
def instructions() -> str:
    """Return the system message; it is the same for every review."""
    template = files(__package__).joinpath("prompt.txt").read_text(encoding="utf-8")
    return Template(template).substitute(
        longest=LONGEST_QUOTE,
        relations="\n".join(
            f"- {r.name} ({r.subject}, {r.object}): SUBJECT {r.label} OBJECT" for r in RELATIONS.values()
        ),
        kinds=", ".join(written_kinds()),
        statuses="\n".join(f"- {s.name}: {s.meaning}" for s in STATUSES.values()),
    )


def written_kinds() -> tuple[str, ...]:
    """Return the kinds a reader states; the others are written the other way round."""
    return tuple(kind.name for kind in KINDS.values() if kind.stated_as is None)


def messages(text: str, show: str | None, season: int | None) -> list[dict[str, str]]:
    """Return the messages that ask for the facts of a piece of a review about `show` and `season`.

    The review stands in a message of its own, between markers made from a hash of it, which it cannot hold itself.
    """
    marker = f"REVIEW-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    about = json.dumps({"show": show, "season": season}, ensure_ascii=False)
    data = f"Marker: {marker}\nWhat the review is about, as data too: {about}\n\n{marker}\n{text}\n{marker}"
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": data}]


@cache
def schema() -> Mapping[str, object]:
    """Return the JSON schema of an answer, as strict structured output has it: every key required, no others."""
    types = [type_.value for type_ in EntityType]
    fact = {
        "relation": _one_of(RELATIONS),
        "subject": {"type": "string"},
        "subject_type": _one_of(types),
        "object": {"type": "string"},
        "object_type": _one_of(types),
        "kind": {"anyOf": [_one_of(written_kinds()), _NULL]},
        "status": {"anyOf": [_one_of(STATUSES), _NULL]},
        "season": {"anyOf": [{"type": "integer"}, _NULL]},
        "quote": {"type": "string"},
        "occurrence": {"type": "integer"},
    }
    return _object({"facts": {"type": "array", "items": _object(fact)}})


def _one_of(names: Iterable[str]) -> dict[str, object]:
    return {"type": "string", "enum": list(names)}


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
