"""What a sentence's drafts of relationships do to one another: two readings of one noun, what is and what was."""

from __future__ import annotations

from collections.abc import Sequence

from ..ontology.terms import KINDS
from .drafts import Draft

_RAISED, _UNNAMED = "R9b", "R13u"
_OVER = {"spouse": "ex-spouse", "engaged": "ex-partner", "dating": "ex-partner", "affair": "ex-partner"}


def without_clashes(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep, of drafts of one sentence that cannot both be meant, the one that says more, in their order."""
    return _without_present(_without_raising(_without_shorter(drafts)))


def _without_raising(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out that who raised somebody is a parent where the sentence says what else they are: "her grandmother"."""
    kin = {
        frozenset((d.subject, d.object))
        for d in drafts
        if d.rule != _RAISED and d.kind is not None and KINDS[d.kind].group == "family"
    }
    return [d for d in drafts if d.rule != _RAISED or frozenset((d.subject, d.object)) not in kin]


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


def without_named_later(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out relatives without a name of whose kind the review names one elsewhere: "Con's daughter", who is Kit."""
    known: set[tuple[str | None, str, str | None]] = set()
    for draft in drafts:
        if draft.rule != _UNNAMED and draft.status != "denied":
            known |= {(draft.kind, "subject", draft.subject), (draft.kind, "object", draft.object)}
    return [d for d in drafts if d.rule != _UNNAMED or _owned(d) not in known]


def _owned(draft: Draft) -> tuple[str | None, str, str | None]:
    """Of a relative called after its owner: the kind, which end the owner is, and the owner."""
    owner = draft.subject if draft.object.startswith(f"{draft.subject}'s ") else draft.object
    return draft.kind, "subject" if owner == draft.subject else "object", owner
