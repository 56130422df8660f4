"""Characters that a sentence speaks of without their name: `the captain`, `the former`, `the latter`."""

from __future__ import annotations

from collections.abc import Iterator

from .anchors import Discourse
from .items import Item, Sentence, make_sentence


def as_spoken_of(sentence: Sentence, discourse: Discourse) -> Sentence:
    """Return the sentence with names where it speaks of a character by office or by `the former`, `the latter`.

    A common noun stands for a character whom the review elsewhere calls by it with a capital: "the captain's daughter".
    """
    if not {"the", "our"} & sentence.features:
        return sentence
    offices = discourse.offices
    if not offices.keys() & sentence.features and not {"former", "latter"} & sentence.features:
        return sentence
    s = sentence
    items = tuple(_replaced(s, offices, discourse))
    return (
        s
        if items == s.items
        else make_sentence(s.block, s.number, s.role, s.text, s.offset, s.syntax, s.rulebook, items)
    )


def _replaced(sentence: Sentence, offices: dict[str, str], discourse: Discourse) -> Iterator[Item]:
    items = sentence.items
    skip = False
    for i, item in enumerate(items):
        if skip:
            skip = False
            continue
        following = items[i + 1] if i + 1 < len(items) else None
        if item.value.lower() not in ("the", "our") or following is None:
            yield item
            continue
        word = following.value.lower()
        behind = items[i + 2].tag if i + 2 < len(items) else "."
        name = None
        if word in offices and following.tag in ("NN", "ROLE") and not behind.startswith(("NN", "NAME")):
            name = offices[word]
        elif word in ("former", "latter") and not behind.startswith(("NN", "JJ", "NAME", "ROLE", "VBN", "VBG")):
            name = _of_the_pair(sentence, i, word, discourse)
        if name is None:
            yield item
        else:
            yield Item("NAME", name, item.start, following.end, item.first, following.last)
            skip = True


def _of_the_pair(sentence: Sentence, at: int, word: str, discourse: Discourse) -> str | None:
    """The first or second of the last two people named, in this sentence or before it."""
    names = [name for item in sentence.items[:at] if (name := discourse.name_at(item)) is not None]
    here = tuple(dict.fromkeys(names))[-2:]
    last = here if len(here) == 2 else discourse.listed
    return None if last is None else last[0 if word == "former" else 1]
