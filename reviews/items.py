"""A sentence as a row of items: names, titles, networks, role nouns, seasons, dates, and plain words with their tags.

The row is also spelled out as one string, the *sketch*, on which the rules' templates match:
`@|NAME 's|POS older|JJR sister|ROLE @|NAME (|-LRB- @|NAME )|-RRB- `. Every item keeps its code-point offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .dates import DATE_PATTERN, NUMBER_PATTERN, ORDINAL_PATTERN, number_of
from .lexicon import lexicon
from .names import NameSpan, find_names
from .text import Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sentence: `tag` is a class in capitals (NAME, ROLE, ...) or the token's part-of-speech tag.

    `start`/`end` are half-open code-point offsets into the review's text; `first`/`last` the token numbers (in the
    Doc, inclusive) it covers; `value` what it stands for: the name, the role noun, the season's number, the genre.
    """

    tag: str
    value: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block, with its items and its sketch. `block` and `number` count in the review."""

    block: int
    number: int
    role: Role
    span: Span
    offset: int
    items: tuple[Item, ...]
    sketch: str
    positions: tuple[int, ...]
    features: frozenset[str]

    def item_at(self, position: int) -> int:
        """Return the index of the item that stands at `position` of the sketch."""
        return bisect_right(self.positions, position) - 1


def make_sentence(block: int, number: int, role: Role, span: Span, offset: int, items: Sequence[Item]) -> Sentence:
    """Spell out `items` as a sketch."""
    parts: list[str] = []
    positions: list[int] = []
    at = 0
    features: set[str] = set()
    for item in items:
        label = "@" if item.tag in ("NAME", "SHOW", "TITLE") else item.value.lower().replace(" ", "_").replace("|", "_")
        piece = f"{label}|{item.tag} "
        positions.append(at)
        parts.append(piece)
        at += len(piece)
        features.add(label)
        features.add(item.tag)
    return Sentence(
        block, number, role, span, offset, tuple(items), "".join(parts), tuple(positions), frozenset(features)
    )


def without(sentence: Sentence, dropped: set[int]) -> Sentence:
    """Return the sentence without the items numbered in `dropped` (brackets that were understood)."""
    if not dropped:
        return sentence
    kept = [item for i, item in enumerate(sentence.items) if i not in dropped]
    return make_sentence(sentence.block, sentence.number, sentence.role, sentence.span, sentence.offset, kept)


def _alternatives(words: Sequence[str] | frozenset[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


_WORD_START, _WORD_END = r"(?<![\w'-])", r"(?![\w]|-\w)"


@cache
def _phrases() -> re.Pattern[str]:
    """One pattern for all phrases of the lexicon; the longest reading of the leftmost phrase wins."""
    words = lexicon()
    series_word = r"(?:season|series)"
    groups = {
        "SEASON": rf"(?i:{series_word}\s+{NUMBER_PATTERN}(?!-part|-episode)"
        rf"|{ORDINAL_PATTERN}(?:\s+and\s+final)?\s+(?:season|series|run|outing|instal?ment)"
        r"|(?<=\()S\d{1,2}(?=[\s,;)]))",
        "DATE": DATE_PATTERN,
        "NET": _alternatives(words.words("network")),
        "BOND": f"(?i:{_alternatives(frozenset(words.bonds))})",
        "ROLE": f"(?i:{_alternatives(frozenset(words.roles))})",
        "GENRE": f"(?i:{_alternatives(frozenset(words.genres))})",
        "WORK": f"(?:{_alternatives(words.words('work'))})",
    }
    inner = "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    number = rf"(?P<NUM>(?i:{NUMBER_PATTERN}))(?!\w|-(?!part|episode|hour|season))"
    return re.compile(_WORD_START + f"(?:(?:{inner}){_WORD_END}|{number})")


_NUMBER = re.compile(f"(?i){ORDINAL_PATTERN}|{NUMBER_PATTERN}")
_PROPER = frozenset(("NNP", "NNPS"))


def _phrase_items(doc: Doc, text: str, offset: int) -> dict[int, Item]:
    """Return the phrases of a block by the number of their first token."""
    words = lexicon()
    found: dict[int, Item] = {}
    for match in _phrases().finditer(text):
        tag = match.lastgroup or ""
        span = doc.char_span(match.start(), match.end(), alignment_mode="strict")
        if span is None:
            continue
        surface = " ".join(match.group().split())
        value = surface
        if tag == "ROLE":
            # "Sister Act", "Uncle Bob": a role noun that opens a name is part of it.
            noun = words.roles.get(surface) or words.roles.get(surface.lower())
            if noun is None or not _is_role_here(doc, span):
                continue
            tag, value = "ROLES" if noun.plural else "ROLE", noun.word
        elif tag == "SEASON":
            numbers = _NUMBER.findall(
                surface.replace("S", " ", 1) if surface[0] == "S" and surface[1:].isdigit() else surface
            )
            value = str(number_of(numbers[0]))
        elif tag == "NET" and surface in words.words("network_common") and not _is_network_here(doc, span):
            continue
        elif tag == "NUM" and surface[0].isupper() and span.start and doc[span.start - 1].text[:1].isupper():
            continue  # "Meridian One"
        elif tag == "BOND":
            value = " ".join(surface.lower().split())
        elif tag == "GENRE":
            value = words.genres[surface.lower()]
        found[span.start] = Item(tag, value, offset + match.start(), offset + match.end(), span.start, span.end - 1)
    return found


def _is_role_here(doc: Doc, span: Span) -> bool:
    """Whether a role noun is one here: a noun ("as patient as ever" is none), and no part of a name ("Sister Act")."""
    following = doc[span.end] if span.end < len(doc) else None
    names_follow = following is not None and following.text[:1].isupper()
    if not (doc[span.end - 1].tag_.startswith("NN") or names_follow):
        return False
    if not span.text[:1].isupper() or span.text.isupper():
        return True
    # At the start of a sentence only a name behind it shows the noun: "Dad is back" calls him by it.
    plural = lexicon().roles[span.text.lower()].plural
    return (
        bool(doc[span.start].is_sent_start)
        and (plural or names_follow)
        and span.text not in lexicon().words("honorific")
    )


def _is_network_here(doc: Doc, span: Span) -> bool:
    """Whether a network called by a common word ("Max", "Gold") is one here: after `on`, or as owner of a show."""
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end] if span.end < len(doc) else None
    if before in ("on", "from"):
        return True
    if after is None:
        return False
    follower = doc[span.end + 1] if span.end + 1 < len(doc) else None
    return (
        after.lower_ in ("'s", "'")
        and follower is not None
        and (follower.tag_.startswith("JJ") or follower.lower_ in lexicon().words("format"))
    )


def sentences_of(
    doc: Doc,
    text: str,
    *,
    offset: int,
    block: int,
    role: Role,
    first_number: int,
    titles: Sequence[NameSpan],
    known: frozenset[str] = frozenset(),
) -> Iterator[Sentence]:
    """Yield the sentences of a block. `titles` are mentions of the show and of other works, in block offsets."""
    phrases = _phrase_items(doc, text, offset)
    taken = {n for item in phrases.values() for n in range(item.first, item.last + 1)}
    names = {name.first: name for name in find_names(doc, taken, titles, known)}
    for number, span in enumerate(doc.sents, first_number):
        items: list[Item] = []
        i = span.start
        while i < span.end:
            name = names.get(i)
            phrase = phrases.get(i)
            if name is not None:
                items.append(Item(name.tag, name.text, offset + name.start, offset + name.end, name.first, name.last))
                i = name.last + 1
            elif phrase is not None and phrase.last < span.end:
                items.append(phrase)
                i = phrase.last + 1
            else:
                token = doc[i]
                if not token.is_space:
                    start = offset + token.idx
                    items.append(Item(token.tag_, token.text, start, start + len(token), i, i))
                i += 1
        if items:
            yield make_sentence(block, number, role, span, offset, items)
