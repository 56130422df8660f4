"""What a review says is not so: "Otto is not Lark's father"."""

from __future__ import annotations

from .items import Sentence
from .kinds import NOT
from .lexicon import lexicon

_REACH = 4


def is_denied(sentence: Sentence, first: int, last: int) -> bool:
    """Whether items `first` to `last` are said outright not to hold: "is not", "was never", "aren't", "did not".

    False where only part of it is denied ("not her only son"), where somebody says so, and in questions.
    """
    items = sentence.items
    words = [item.value.lower() for item in items]
    if words[-1] == "?" or "?" in sentence.features:
        return False
    if _neither_of(words[:first]):
        return True
    start = max(0, first - _REACH)
    said = [i for i in range(start, last + 1) if words[i] in NOT]
    if not said or words[last + 1 : last + 3] == ["and", "not"]:  # "not his son and not his business"
        return False
    no, auxiliary = said[-1], lexicon().words("before_not")
    alone = words[no] in ("never", "nor") or words[no - 1] in auxiliary or words[no + 1] in ("to", "be")
    if not auxiliary.issuperset(words[no + 1 : first]) or (no and not alone):
        return False
    return lexicon().words("halfway").isdisjoint(words[max(0, no - 6) : last + 1])


def _neither_of(before: list[str]) -> bool:
    """Whether the subject is denied as a whole: "Neither Pip nor Lark is Owen's child"."""
    if "neither" not in before or "nor" not in before:
        return False
    return before.index("neither") + 2 == before.index("nor") and len(before) - before.index("nor") == 2
