"""Episodes: how many, how long, what they are called; the slots of `rules/production.toml`."""

from __future__ import annotations

from .dates import number_of
from .lexicon import lexicon
from .rules import Match
from .values import Value

_LONGEST_MINUTES = 200


def episode_count(match: Match, at: int, _about: Value) -> str | None:
    """Return the number of episodes, unless it is the number seen, left, or taken to get going."""
    items = match.sentence.items
    first, last = match.extent
    if not match.rule.options.get("total") and _is_so_far(match, at, first, last):
        return None
    try:
        count = number_of(items[at].value)
    except ValueError:
        return None
    return str(count) if 1 < count < 1000 else None


def _is_so_far(match: Match, at: int, first: int, last: int) -> bool:
    """Whether the number is of what was seen, is left, or went before: "four episodes made available", "three in"."""
    items = match.sentence.items
    words = [item.value.lower() for item in items]
    if words[at + 1 : at + 3] in (["-", "minute"], ["-", "hour"], ["-", "min"]):
        return True
    if words[first] == "all":
        return False
    behind = words[at + 2 : at + 3]
    if (at == 0 and behind == ["("]) or (at and words[at - 1] in ("(", ";") and behind in ([";"], [")"])):
        return False  # "eight episodes (six seen)", "(8 episodes; all reviewed)"
    after = words[last + 1 : last + 3]
    if after[:1] == ["into"] or (after[:1] == ["in"] and after[1:] in ([","], ["."], ["and"], ["i"], ["we"], [])):
        return True
    near = words[max(0, first - 3) : last + 5]
    if "made" in near and words[last + 1 : last + 4][-2:] == ["made", "by"]:
        near.remove("made")
    return bool(lexicon().words("episodes_seen").intersection(near))


def episode_minutes(match: Match, at: int, _about: Value) -> str | None:
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


def episode_title(match: Match, at: int, _about: Value) -> str | None:
    """Return the title of an episode; the show's own title is none."""
    items = match.sentence.items
    item = items[at]
    if item.tag != "TITLE":
        return None
    words = {i.value.lower() for i in items[match.first : at]}
    if not words & lexicon().words("named_so") and match.sentence.text[item.start - match.sentence.offset] in "*_":
        return None  # emphasis is for shows, quotation marks for their episodes
    following = items[match.last + 1].value if match.last + 1 < len(items) else ""
    return None if following in ("of", "'s") and at != match.last else item.value
