"""Whether a cast rule matched what is no part of this show: other shows and earlier titles, parts nobody played."""

from __future__ import annotations

from itertools import pairwise

from .casting_checks import named, span
from .lexicon import lexicon
from .name_forms import is_full_person_name
from .people import People
from .rules import Match

_PLAYING = frozenset(("played", "plays", "playing", "portrays", "stars", "voices", "voiced"))


def is_elsewhere(match: Match) -> bool:
    """Whether the words before a list of actors speak of another show: "*Glasswing*, which starred ..."."""
    before = match.sentence.items[max(0, match.first - 3) : match.first]
    if any(i.tag == "NAME" for i in before) and any(i.tag == "WDT" for i in before):
        return True  # "Glasswing, which starred ..."
    return any(i.tag == "TITLE" for i in before) or bool(
        {i.value.lower() for i in before} & lexicon().words("known_for")
    )


def is_filmography(match: Match, people: People) -> bool:
    """Whether the bracket stands in a list of actors and holds their earlier titles: "stars A (X), B (Y)"."""
    at = match.item("character")
    if at is None or not list(match.brackets) or match.rule.options.get("swapped"):
        return False
    items = match.sentence.items
    if not is_full_person_name(items[at].value) or people.is_character_here(items[at].value):
        return False
    depth = 0
    for i in range(at - 1, -1, -1):
        value, tag = items[i].value, items[i].tag
        if value == ")":
            depth += 1
        elif value == "(":
            depth -= 1
        elif depth == 0 and tag not in ("NAME", "CC", ",", "DT", ":") and not tag.startswith(("JJ", "RB", "NN")):
            return value.lower() in lexicon().words("cast_list")
        elif depth == 0 and value.lower() in lexicon().words("cast_list"):
            return True
    return False


def of_other_show(match: Match) -> bool:
    """Whether the words say that the part belongs to another show: `({A} in {title})`, `A was C in {title}`."""
    items = match.sentence.items
    at_played = _was_elsewhere(match)
    ends = {at for slot in ("actor", "character") for at in named(match, slot)}
    for at in ends:
        here, following = items[at + 1 : at + 2], items[at + 2 : at + 3]
        if here and following and here[0].value.lower() in ("in", "on", "from"):
            if following[0].tag == "TITLE" and not (here[0].value == "from" and list(match.brackets)):
                return True
            if following[0].tag == "NAME" and here[0].value.lower() == "in" and list(match.brackets):
                return True
            source = {i.value.lower() for i in items[at + 3 : at + 5]} & lexicon().words("source")
            if following[0].value.lower() == "the" and source and list(match.brackets):
                return True
    if at_played and not list(match.brackets):
        return True
    then = [i.value.lower() for i in items[match.last + 1 : match.last + 6]]
    if then[:2] == ["in", "the"] and not lexicon().words("source").isdisjoint(then):
        return True  # "was played by A in the 1987 film"
    around = {i.value.lower() for i in items[max(0, match.first - 3) : match.last + 1]}
    if {"that", "is"} <= around:
        around.discard("know")  # "fans will know that C is voiced by A"
    last = max(ends, default=match.last)
    titled = any(i.tag in ("TITLE", "NAME") for i in items[last + 1 : last + 4])
    if match.item("former") is not None:
        return False
    return bool(around & lexicon().words("known_for")) and (titled or not list(match.brackets))


def _was_elsewhere(match: Match) -> bool:
    """Whether a part was played, once, in what is not named as this show: "who played Hamlet at the Old Vic"."""
    items = match.sentence.items
    at = match.last
    here, following = items[at + 1 : at + 2], items[at + 2 : at + 6]
    was = any(i.value in ("was", "were") for i in items[match.first : at])
    if was and here and here[0].value.lower() == "in" and following and following[0].tag == "NAME":
        return True  # "was so good as Lady Dray in Glasswing"
    told = any(i.value == "played" and i.tag == "VBD" for i in items[match.first : at])
    if not (told and here and here[0].value.lower() in ("at", "in", "on", "for", "opposite")):
        return False
    return not any(i.tag in ("SHOW", "SEASON") or i.value.lower() in ("pilot", "premiere", "series") for i in following)


def only_imagined(match: Match) -> bool:
    """Whether somebody might have played the part, but did not."""
    first, last = span(match)
    within = [i.value.lower() for i in match.sentence.items[max(0, first - 2) : last + 1]]
    if "as" in within and _would_be(match):
        return True  # "A as Hamlet would be less absurd"
    if "as" in within and (_is_usual(match) or not lexicon().words("pretence").isdisjoint(within)):
        return True  # "I was used to A as C", "A passes herself off as C"
    if not lexicon().words("made_for").isdisjoint(within) and not _PLAYING & set(within):
        return True  # "wrote the part of C for A"
    return not lexicon().words("never_cast").isdisjoint(within) or any(
        one in ("almost", "nearly") and other in ("cast", "played", "was") for one, other in pairwise(within)
    )


def _would_be(match: Match) -> bool:
    then = match.sentence.items[match.last + 1 : match.last + 2]
    return bool(then) and then[0].value.lower() in ("would", "could", "might")


def _is_usual(match: Match) -> bool:
    """Whether the sentence has somebody "used to" this actor in other parts."""
    items, at = match.sentence.items, match.item("actor")
    rows = zip(items, items[1:], items[2:], strict=False)
    return at is not None and any(
        a.value == "used" and b.value == "to" and c.value == items[at].value for a, b, c in rows
    )
