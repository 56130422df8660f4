"""Who stars in a show, in a note of a sentence or two on it: lists with trades and parts between the names."""

from __future__ import annotations

from collections.abc import Iterator

from .name_forms import is_full_person_name
from .people import People, is_network
from .records import EntityType
from .rows import Found, is_company, is_event, is_lone, speaks_of_show, tells_of_show
from .rules import Match

_DRAWN = frozenset(("cartoon", "cartoons", "puppets", "animated", "animation", "anime"))
_PARTS = frozenset(("character", "characters", "detective", "superhero", "hero", "villain"))
_BETWEEN = frozenset(("and", ",", "&", "alongside", "opposite", "with", "of", "by", "including"))
_LONGEST_TRADE = 6  # items between two names of the list


def players(match: Match, people: People) -> Iterator[Found]:
    """Yield the persons listed behind the match; whom somebody plays "as" is none of them."""
    sentence = match.sentence
    items = sentence.items
    if not is_lone(sentence) or not speaks_of_show(sentence, match.first) or not _DRAWN.isdisjoint(sentence.features):
        return
    between, part = 0, False
    for i in range(match.last + 1, len(items)):
        item, word = items[i], items[i].value.lower()
        if item.tag == "NAME":
            if not part and _is_player(item.value, people):
                yield Found("actor", item.value, EntityType.PERSON, match.first, i)
            between, part = 0, False
        elif word in _PARTS:
            return
        elif word == "as":
            part = True
        elif word in _BETWEEN:
            part = part and word != ","
        elif item.tag in ("DT", "HYPH", "GENRE", "ROLE", "ROLES", "POS", "PRP$", "CD") or item.tag.startswith(
            ("JJ", "NN")
        ):
            between += 1
            if between > _LONGEST_TRADE:
                return
        else:
            return


def maker(match: Match, people: People) -> Iterator[Found]:
    """Yield the director whose film the show is said to be."""
    at = match.item("maker")
    name = match.sentence.items[at].value if at is not None else ""
    if at is None or name in people.characters or is_company(name) or is_network(name):
        return
    if tells_of_show(match.sentence) and (is_full_person_name(name) or " " not in name):
        yield Found("director", name, EntityType.PERSON, *match.extent)


def _is_player(name: str, people: People) -> bool:
    if name in people.characters or is_company(name) or is_network(name) or is_event(name):
        return False
    return is_full_person_name(name)
