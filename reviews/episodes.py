"""Episodes: how many, how long, what they are called; the slots of `rules/production.toml`."""

from __future__ import annotations

from .dates import number_of
from .lexicon import lexicon
from .rules import Match
from .values import Value

_LONGEST_MINUTES = 200


def episode_count(match: Match, at: int, about: Value) -> str | None:
    """Return the number of episodes, unless it is the number seen, left, or taken to get going."""
    items = match.sentence.items
    first, last = match.extent
    if not match.rule.options.get("total"):
        near = {item.value.lower() for item in items[max(0, first - 3) : last + 5]}
        if items[first].value.lower() != "all" and near & lexicon().words("episodes_seen"):
            return None
    try:
        count = number_of(items[at].value)
    except ValueError:
        return None
    return str(count) if 1 < count < 1000 else None


def episode_minutes(match: Match, at: int, about: Value) -> str | None:
    """Return the minutes of an episode: the number in the slot, or what the rule's words stand for ("hour-long")."""
    fixed = match.rule.options.get("minutes")
    if fixed is not None:
        return str(fixed)
    items = match.sentence.items
    words = {item.value.lower() for item in items[max(0, match.first - 1) : match.last + 1]}
    if words & lexicon().words("not_exactly"):
        return None
    minutes = number_of(items[at].value)
    return str(minutes) if 1 < minutes <= _LONGEST_MINUTES else None


def episode_title(match: Match, at: int, about: Value) -> str | None:
    """Return the title of an episode; the show's own title is none."""
    items = match.sentence.items
    item = items[at]
    if item.tag != "TITLE":
        return None
    following = items[match.last + 1].value if match.last + 1 < len(items) else ""
    return None if following in ("of", "'s") and at != match.last else item.value
