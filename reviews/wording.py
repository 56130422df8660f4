"""Where a match begins and ends, and what the words before it make of a love."""

from __future__ import annotations

from ..ontology.terms import KINDS
from .lexicon import lexicon
from .rules import Match


def extent(match: Match) -> tuple[int, int]:
    """Return the first and last item that state it: the slots, and for pairs already spoken of the whole match."""
    slots = [i for group in match.found.re.groupindex for i in match.items(group)]
    if not slots or {match.rule.option("subject"), match.rule.option("object")} & {"pair", "subject"}:
        return match.extent
    last = max(slots)
    if match.rule.option("kind") not in ("role", "bond", "list") and match.item("b") is not None:
        last = max(last, match.extent[1])
    return min(slots), last


def of_love(match: Match, kind: str) -> str | None:
    """Return the status of a love that is kept from the others, or not returned: "secretly married to"."""
    if kind == "crush" and {"unrequited", "unreturned"} & match.sentence.features:
        return "unrequited"
    near = {item.value.lower() for item in match.sentence.items[max(0, match.first - 2) : match.last]}
    return "secret" if KINDS[kind].group == "romance" and near & lexicon().words("secretly") else None
