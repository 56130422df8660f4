"""Where a show was filmed and where it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .countries import is_region
from .items import Item
from .lexicon import lexicon
from .people import People, is_network
from .records import EntityType
from .rows import Found, is_company, is_event, names_listed, opens, show_is_subject, speaks_of_show, tells_of_show
from .rules import Match

_BETWEEN = frozenset(
    (
        "and",
        "in",
        "near",
        "around",
        "as",
        "well",
        "including",
        "both",
        "on",
        "location",
        "at",
        "throughout",
        "outside",
        "to",
    )
)


def filmed(match: Match, people: People) -> Iterator[Found]:
    """Yield the places behind "filmed in"."""
    if not _about_filming(match):
        return
    for i in _places(match, people):
        yield Found("filmingLocation", _whole(match, i), EntityType.PLACE, match.first, i)


def stand_in(match: Match, people: People) -> Iterator[Found]:
    """Yield the place that stands in for another, or in front of "-shot"."""
    at = match.item("spot")
    if at is not None and _is_somewhere(match.sentence.items[at].value, people):
        yield Found("filmingLocation", match.sentence.items[at].value, EntityType.PLACE, *match.extent)


_OF = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)*")


def _whole(match: Match, at: int) -> str:
    """Return a place's name with what follows "of": "Isle of Skye"."""
    item = match.sentence.items[at]
    more = _OF.match(match.sentence.text, item.end - match.sentence.offset)
    return item.value + (more.group() if more else "")


def _is_somewhere(name: str, people: People) -> bool:
    somebody = people.characters | people.actors | people.crew
    return not (is_event(name) or is_company(name) or is_network(name) or name in somebody)


def located(match: Match, people: People) -> Iterator[Found]:
    """Yield the first place behind "set in"."""
    sentence = match.sentence
    before = {item.value.lower() for item in sentence.items[max(0, match.first - 6) : match.first]}
    if before & _MAKING or not speaks_of_show(sentence, match.first) or _on_a_stage(match):
        return
    for i in _places(match, people):
        yield Found("setting", sentence.items[i].value, EntityType.PLACE, match.first, i)
        return


def storied(match: Match, people: People) -> Iterator[Found]:
    """Yield the first place behind "in" in a sentence that tells the show's story."""
    sentence = match.sentence
    items = sentence.items
    if not (show_is_subject(sentence, match.first) or tells_of_show(sentence)):
        return
    for i in range(match.last + 1, len(items) - 1):
        if _leads_somewhere(items, i):
            at = _past_town(items, i + 1)
            if at < len(items) and items[at].tag == "NAME" and _is_place(match, at, people):
                yield Found("setting", items[at].value, EntityType.PLACE, match.first, at)
                return


def _leads_somewhere(items: Sequence[Item], at: int) -> bool:
    """Whether item `at` is "in" or the like, or "to" behind a verb of moving."""
    word = items[at].value.lower()
    if word in ("to", "into"):
        return items[at - 1].value.lower() in lexicon().words("moving")
    return items[at].tag == "IN" and word in ("in", "throughout", "near", "across", "around")


def _past_town(items: Sequence[Item], at: int) -> int:
    """Return where the name begins behind articles, adjectives and "the streets of"."""
    start = at
    while at < len(items) and (items[at].tag in ("DT", "HYPH", "CD") or items[at].tag.startswith(("JJ", "VBN", "NN"))):
        at += 1
    if at < len(items) and items[at].value.lower() == "of":
        at += 1
        return at + 1 if at < len(items) and items[at].tag == "DT" else at
    while at > start and items[at - 1].tag.startswith("NN"):
        return start
    return at


def _is_place(match: Match, at: int, people: People) -> bool:
    items = match.sentence.items
    name = items[at].value
    behind = items[at + 1] if at + 1 < len(items) else None
    if not _is_somewhere(name, people):
        return False
    return behind is None or not (behind.tag in ("NN", "NNS", "POS", "VBZ", "NNP") or behind.value in ("(", ":"))


def _about_filming(match: Match) -> bool:
    """Whether it is the show that was filmed; "shot" may be said of anybody."""
    sentence, first = match.sentence, match.first
    items = sentence.items
    if items[match.last - 1].value.lower() in ("it", "series", "show", "thing", "everything"):
        return True
    if items[first].value.lower() in ("shot", "shoot", "shooting") and not (
        speaks_of_show(sentence, first) or opens(sentence, first)
    ):
        return False
    at = first
    while at and (items[at - 1].tag.startswith("RB") or items[at - 1].value.lower() in lexicon().words("auxiliary")):
        at -= 1
    if at == 0 or show_is_subject(sentence, at):
        return True
    return items[at - 1].tag not in ("NAME", "TITLE") and items[at - 1].value.lower() not in ("he", "she", "who")


def _places(match: Match, people: People) -> Iterator[int]:
    """Yield the numbers of the places listed behind the match; of "Porto, Portugal" only the first."""
    sentence = match.sentence
    items = sentence.items
    start = match.last + 1
    # An article, adjectives, a noun with "of" may stand in front: "the small town of Fenwick", "postwar Vienna".
    while start < len(items) and start < match.last + 9 and items[start].tag != "NAME":
        if items[start].tag in ("VBD", "VBZ", "WDT", "WP", ".", "-LRB-", "SHOW", "TITLE", "PRP"):
            return
        start += 1
    before = -2
    for i in names_listed(sentence, start, between=_BETWEEN):
        name = items[i].value
        behind = items[i + 1] if i + 1 < len(items) else None
        region = (
            i == before + 2 and items[i - 1].value == "," and is_region(name) and not is_region(items[before].value)
        )
        before = i
        if region or not _is_somewhere(name, people):
            continue
        if behind is not None and (
            behind.tag in ("NN", "NNS", "POS", "VBZ", "VBD") or behind.value.lower() in ("film", "studios")
        ):
            if behind.value.lower() in ("studios", "studio") and _named_after(items, i + 2):
                yield i + 3
            return
        yield i


def _named_after(items: Sequence[Item], at: int) -> bool:
    """Whether "in" and a name stand from item `at` on."""
    return at + 1 < len(items) and items[at].value.lower() in ("in", "near", "at") and items[at + 1].tag == "NAME"


_MAKING = frozenset(("filming", "shooting", "photography", "production", "premiere", "recording", "editing"))
_SET = frozenset(("set", "sets", "setting", "takes", "taking", "take", "took"))
_TELLING = frozenset(
    ("follows", "tells", "about", "story", "centers", "centres", "focuses", "depicts", "plot", "chronicles")
)


def _on_a_stage(match: Match) -> bool:
    """Whether somebody lives or works there: said of a figure, so only where the sentence tells the story."""
    items = match.sentence.items
    if items[match.first].value.lower() in _SET:
        return False
    return not _TELLING & {item.value.lower() for item in items[: match.first]}
