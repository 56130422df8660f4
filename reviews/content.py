"""What kind of show it is and where it is set: the slots of `rules/content.toml`."""

from __future__ import annotations

import re

from .lexicon import given_names, lexicon
from .name_forms import is_full_person_name
from .people import People, is_network
from .rules import Match
from .values import Value


def genre(match: Match, at: int, about: Value) -> str | None:
    """Return the genre, unless a longer description follows it, or it is only compared with or written by somebody."""
    items = match.sentence.items
    before = items[at - 1].value.lower() if at else ""
    after = items[at + 1].value.lower() if at + 1 < len(items) else ""
    if after in ("'s", "-", "of") and not match.rule.options.get("superlative"):
        return None
    if before in ("like", "than", "of", "no") or after in ("fan", "fans", "writer", "writers", "cliché", "clichés"):
        return None
    if at in match.items("compound") and items[at].first == items[at].last:
        return None
    if match.rule.options.get("denies"):
        return items[at].value
    words = {item.value.lower() for item in items[max(0, match.first - 3) : at]}
    if words & lexicon().words("not_genre"):
        return None
    owner = match.item("owner")
    if owner is not None and not _may_own(items[owner].value, about):
        return None
    return items[at].value


def _may_own(surface: str, about: Value) -> bool:
    """Whether a show may be called this name's: a network, or a full name that is no character's."""
    if is_network(surface) or surface in about.networks:
        return True
    return is_full_person_name(surface) and surface not in about.people.characters


_PLACE_GOES_ON = re.compile(r"\s+of\s+[A-Z][\w'-]*")


def setting(match: Match, at: int, about: Value) -> str | None:
    """Return the place as written: "Isle of Corrow" whole."""
    sentence = match.sentence
    items = sentence.items
    item = items[at]
    people = about.people
    if item.tag != "NAME" or is_network(item.value) or item.value in about.networks or _is_somebody(item.value, people):
        return None
    after = items[at + 1].value.lower() if at + 1 < len(items) else ""
    if (after in ("'s", "'") and at == match.last) or after in lexicon().words("settlement"):
        return None  # "Fenwick's mayor", "the Wimmera town of Jarrah Creek"
    role_at = match.item("role")
    if role_at is not None and not lexicon().roles[items[role_at].value].job:
        return None
    words = item.value.split()
    if item.value in lexicon().words("not_place"):
        return None
    if words[-1] not in lexicon().words("place_tail") and lexicon().words("organization_tail").intersection(words):
        return None
    trade = match.item("trade")
    if trade is not None and not _is_trade(match, trade):
        return None
    if match.rule.options.get("loose") and not _may_be_a_place(match, at, people):
        return None
    before = items[at - 1].value if at else ""
    if match.rule.options.get("by_role") and before == "in" and item.value in given_names():
        return None  # "a bride in Alisha"
    if match.rule.options.get("by_role") and is_full_person_name(item.value) and people.is_spoken_of(item.value):
        return None
    if _is_trip(match) or (match.rule.options.get("by_role") and _is_past(match)):
        return None
    if before in lexicon().words("compass"):
        return f"{before} {item.value}"
    if before in ("the", "The") and (item.value.endswith("s") or item.value.split()[-1] in lexicon().words("region")):
        return f"the {item.value}"
    more = _PLACE_GOES_ON.match(sentence.text, item.end - sentence.offset)
    if more is not None and item.value in lexicon().words("place_head"):
        return " ".join((item.value + more.group()).split())
    return item.value


def _is_somebody(surface: str, people: People) -> bool:
    return surface in people.characters or surface in people.actors or surface in people.crew


_TRADE = re.compile(r"(?:er|or|ist|ian|man|woman|cop|nurse|chef|vet)\Z")


def _is_trade(match: Match, at: int) -> bool:
    """Whether the compound noun that item `at` is in ends like a trade: "butcher", "tram driver", "pianist"."""
    items = match.sentence.items
    while at + 1 < len(items) and items[at + 1].tag in ("NN", "NNS", "ROLE"):
        at += 1
    noun = items[at].value
    return bool(_TRADE.search(noun)) and noun not in lexicon().words("not_trade")


def _may_be_a_place(match: Match, at: int, people: People) -> bool:
    """Whether a name behind a bare `in` is a place of the story: nobody's, no work's, of no life off the screen."""
    items = match.sentence.items
    name = items[at].value
    words = {item.value.lower() for item in items[max(0, match.first - 12) : at + 4]}
    before = items[match.first - 1].value.lower() if match.first else ""
    if words & lexicon().words("off_screen") or before in lexicon().words("in_a_work"):
        return False
    if any(item.tag in ("NET", "TITLE", "WORK") for item in items[max(0, match.first - 8) : at + 1]):
        return False
    if any(item.value == "(" for item in items[:at]) and not any(item.value == ")" for item in items[:at]):
        return False
    if name not in people.repeated or people.is_spoken_of(name):
        return False
    if is_full_person_name(name) and name.split()[-1] not in lexicon().words("place_tail"):
        return False
    return not (at + 1 < len(items) and items[at + 1].value in ("'s", "'", "-"))


def _is_past(match: Match) -> bool:
    """Whether the words tell what somebody was before, or in another role: "once a soldier in Iraq"."""
    before = {item.value.lower() for item in match.sentence.items[max(0, match.first - 3) : match.first]}
    return not before.isdisjoint(("once", "former", "formerly", "seen", "remembered", "was"))


def _is_trip(match: Match) -> bool:
    """Whether the words are of an excursion or of filming: "a week in Lisbon", "shot in a village in Malta"."""
    items = match.sentence.items
    if {item.value.lower() for item in items[max(0, match.first - 6) : match.last + 1]} & {"filmed", "filming", "shot"}:
        return True
    words = {item.value.lower() for item in items[max(0, match.first - 3) : match.last + 1]}
    return bool(words & lexicon().words("excursion"))
