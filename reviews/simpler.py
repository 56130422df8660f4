"""A sentence with less in it: without what describes a name before and behind, so that plain rules fit rich prose.

"Alisha has been seeing Rohan's younger brother, Kunal" is read once as it is, for the brother, and once as "Alisha has
been seeing Kunal". Items keep their places in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .items import Item, Sentence, without

_DESCRIBING = ("JJ", "NN", "RB", "VBN", "VBG", "HYPH", "CD", "NUM", "GENRE", "WORK", "BOND")
_FINITE = ("VBZ", "VBD", "VBP", "MD")
_TELLING = frozenset(  # more than description, or somebody outside the story
    ("real", "actual", "fake", "other", "same", "former", "actor", "actress", "star", "director", "writer", "creator")
)
_OPENS_ASIDE = ("DT", "PRP$", "RB", "RBS", "JJ", "JJS", "VBN", "VBG", "NAME")
_LONGEST_LEAD = 10
_LONGEST_ASIDE = 18


def simplified(sentence: Sentence) -> Sentence | None:
    """Return the sentence without descriptions of its names, or None where there are none to leave out."""
    items = sentence.items
    dropped: set[int] = set()
    for i, item in enumerate(items):
        if item.tag == "ROLE":
            dropped.update(_where_from(items, i))
        elif item.tag == "NAME":
            dropped.update(_lead_in(items, i))
            dropped.update(_aside(items, i))
    dropped.update(_brackets(items))
    dropped.update(_between_dashes(items))
    if not dropped:
        return None
    return without(sentence, dropped)


def _lead_in(items: Sequence[Item], name: int) -> Iterator[int]:
    """What introduces a name: "the chief of surgery,", "stationmaster", "Rohan's younger brother,", "her boss"."""
    last = name - 1
    if last >= 0 and items[last].value == ",":
        last -= 1
    first = last
    role = False
    while first >= 0 and name - first <= _LONGEST_LEAD:
        item = items[first]
        if item.tag in ("ROLE", "ROLES"):
            role = True
        elif item.value.lower() == "of" and first < last:
            pass
        elif not item.tag.startswith(_DESCRIBING) or item.tag == "NAME":
            break
        first -= 1
    if first == last or first < 0:
        return
    if any(items[i].value.lower() in _TELLING for i in range(first, last + 1)):
        return
    opener = items[first]
    if (opener.tag == "DT" and not role) or opener.tag == "PRP$":
        yield from range(first, name)
    elif opener.value in ("'s", "'") and first > 0 and items[first - 1].tag == "NAME":
        yield from range(first - 1, name)
    elif not role and last == name - 1 and items[last].tag in ("NN", "WORK"):
        start = last
        while start > first + 1 and items[start - 1].tag == "NN":
            start -= 1
        yield from range(start, name)


def _aside(items: Sequence[Item], name: int) -> Iterator[int]:
    """What follows a name between commas, before the verb goes on: ", a plumber from Leeds," ", who keeps bees,"."""
    if name + 2 >= len(items) or items[name + 1].value != ",":
        return
    opener = items[name + 2]
    clause = opener.value.lower() in ("who", "whose", "whom")
    if not clause and opener.tag not in _OPENS_ASIDE:
        return
    for end in range(name + 3, min(len(items) - 1, name + 2 + _LONGEST_ASIDE)):
        item = items[end]
        if item.value == "," and items[end + 1].tag in (*_FINITE, "RB"):
            yield from range(name + 1, end + 1)
            return
        if clause and item.tag == "TITLE" and items[end + 1].tag in _FINITE:  # the comma stands in its marks
            yield from range(name + 1, end + 1)
            return
        if not clause and item.tag in _FINITE:
            return


def _where_from(items: Sequence[Item], role: int) -> Iterator[int]:
    """What places a relation noun before a comma: "boss at the county," "best mate since nursery,"."""
    if role + 2 >= len(items) or items[role + 1].tag != "IN" or items[role + 1].value.lower() in ("of", "to", "with"):
        return
    for end in range(role + 2, min(len(items), role + 8)):
        if items[end].value == ",":
            yield from range(role + 1, end)
            return
        if not items[end].tag.startswith(("DT", *_DESCRIBING)):
            return


def _brackets(items: Sequence[Item]) -> Iterator[int]:
    opening = None
    for i, item in enumerate(items):
        if item.value == "(":
            opening = i
        elif item.value == ")" and opening is not None:
            if i - opening <= _LONGEST_ASIDE:
                yield from range(opening, i + 1)
            opening = None


def _between_dashes(items: Sequence[Item]) -> Iterator[int]:
    """What stands between two dashes: "A – so good in X – plays C"."""
    opening = None
    for i, item in enumerate(items):
        if item.value not in ("–", "—"):
            continue
        if opening is None or i - opening > _LONGEST_ASIDE:
            opening = i
        else:
            yield from range(opening, i + 1)
            opening = None
