"""What a sentence's drafts of relationships do to one another: two readings of one noun, what is and what was."""

from __future__ import annotations

from collections.abc import Sequence

from .drafts import Draft

_OVER = {"spouse": "ex-spouse", "engaged": "ex-partner", "dating": "ex-partner", "affair": "ex-partner"}


def without_clashes(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep, of drafts of one sentence that cannot both be meant, the one that says more, in their order."""
    return _without_present(_without_shorter(drafts))


def _without_present(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out that two are a couple where the sentence says that it is over: "she leaves her husband, Owen"."""
    pairs = {(d.kind, frozenset((d.subject, d.object))) for d in drafts if d.status is None}
    return [
        d
        for d in drafts
        if d.status is not None or (_OVER.get(d.kind or ""), frozenset((d.subject, d.object))) not in pairs
    ]


def _without_shorter(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep, of drafts that read one relation noun differently, the one whose rule came first."""
    kept: list[Draft] = []
    for draft in drafts:
        clash = any(
            other.rule != draft.rule and not (other.rule.startswith("R5") and draft.rule.startswith("R5"))
            and other.start < draft.end and draft.start < other.end
            and other.kind == draft.kind
            and {other.subject, other.object} & {draft.subject, draft.object}
            and {other.subject, other.object} != {draft.subject, draft.object}
            for other in kept
        )  # fmt: skip
        if not clash:
            kept.append(draft)
    return kept
