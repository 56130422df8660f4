"""Looking along the items of a sentence from where a rule has matched: lists of names, phrases, who is spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .items import Item, Sentence
from .lexicon import lexicon
from .records import EntityType


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule's words state: the object of `relation` and the first and last item that say it."""

    relation: str
    value: str
    type: EntityType
    first: int
    last: int


def words_of(sentence: Sentence, first: int, last: int) -> str:
    """Return the plain text of items `first` to `last`."""
    items, base = sentence.items, sentence.offset
    return sentence.text[items[first].start - base : items[last].end - base]


def names_listed(sentence: Sentence, at: int, *, between: frozenset[str]) -> Iterator[int]:
    """Yield the names from item `at` on as long as only articles, commas and words of `between` stand between them."""
    items = sentence.items
    bracket = False
    for i in range(at, len(items)):
        item, word = items[i], items[i].value.lower()
        if bracket or word == "(":
            bracket = word != ")"
        elif item.tag in ("NAME", "NET"):
            yield i
        elif item.tag not in ("DT", "CC", "HYPH") and word not in between and word != ",":
            return


def is_generic(item: Item) -> bool:
    """Whether an item is a noun for a film or show: "the film", "this series"."""
    return item.value.lower() in lexicon().words("generic") or item.tag == "GENRE"


def show_is_subject(sentence: Sentence, at: int) -> bool:
    """Whether what stands before item `at` is the review's show: by its title, "it", or "the film"."""
    before = sentence.items[:at]
    shows = [i for i, item in enumerate(before) if item.tag == "SHOW"]
    for show in {*shows[:1], *shows[-1:]}:
        between = before[show + 1 :]
        if not between or between[0].value in _APART or all(i.tag.startswith("RB") for i in between):
            return True
    plain = [item for item in before[-4:] if not item.tag.startswith("RB")]
    if not plain:
        return False
    if plain[-1].value.lower() in ("it", "which") and not any(item.tag in ("NAME", "TITLE") for item in before[-4:]):
        return True
    if plain[-1].tag == "SEASON":
        return True
    articles = {item.value.lower() for item in plain[-3:-1]}
    return is_generic(plain[-1]) and bool(articles & {"the", "this", "its"})


def tells_of_show(sentence: Sentence) -> bool:
    """Whether the sentence is about the show, as the subject of its first verb."""
    verbs = [i for i, item in enumerate(sentence.items) if item.tag in ("VBZ", "VBD", "MD", "VBP")]
    return bool(verbs) and show_is_subject(sentence, verbs[0])


def is_lone(sentence: Sentence) -> bool:
    """Whether the sentence stands in a text of one short block, or in its first: a note on a film, not a review."""
    return sentence.block == 0 and len(sentence.text) <= _LONGEST_NOTE


_LONGEST_NOTE = 900  # characters


def opens(sentence: Sentence, at: int) -> bool:
    """Whether item `at` opens the sentence, or only "it", "they" and the like stand before it."""
    before = [item.value.lower() for item in sentence.items[:at] if not item.tag.startswith("RB")]
    return not before or (before[0] in ("it", "they", "this", "these") and len(before) <= 3)


_APART = frozenset((",", "(", '"', "'", "*", "_", "–", "—", "-"))


def speaks_of_show(sentence: Sentence, at: int) -> bool:
    """Whether the sentence, up to item `at` or behind it, names the show or says "the film", and no other title."""
    items = sentence.items
    if any(item.tag == "TITLE" for item in items[:at]):
        return False
    return any(item.tag == "SHOW" for item in items) or any(
        is_generic(item) and i and items[i - 1].value.lower() in ("the", "this") for i, item in enumerate(items)
    )


def is_company(name: str) -> bool:
    """Whether a name has a word of a company: "Harrow Films", "Warner Bros."."""
    words = name.replace(".", " ").split()
    return len(words) > 1 and (words[0] in ("Film", "Studio") or not lexicon().words("company").isdisjoint(words[1:]))


def is_event(name: str) -> bool:
    """Whether a name is a war's or another event's of history: "Crimean War", "World War II"."""
    words = name.split()
    return name == "Holocaust" or (len(words) > 1 and bool({words[-1], *words[-2:-1]} & lexicon().words("event")))
