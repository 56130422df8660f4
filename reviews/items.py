"""A sentence as a row of items: names, titles, networks, role nouns, seasons, dates, and plain words with their tags.

The row is also spelled out as one string, the *sketch*, on which the rules' templates match:
`@|NAME 's|POS older|JJR sister|ROLE @|NAME (|-LRB- @|NAME )|-RRB- `. Every item keeps its code-point offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .language import Language
from .names import NameSpan, find_names
from .phrases import find_phrases
from .syntax import Syntax
from .text import Role
from .tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .rules import Rulebook


@dataclass(frozen=True, slots=True, eq=False)  # one place is one item: looked up by identity
class Item:
    """One item of a sentence: `tag` is a class in capitals (NAME, ROLE, ...) or the token's part-of-speech tag.

    `start`/`end` are half-open code-point offsets into the review's text; `first`/`last` the token numbers (in the
    sentence, inclusive) it covers; `value` what it stands for: the name, the role noun, the season's number, the genre.
    """

    tag: str
    value: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block, with its items and its sketch. `block` and `number` count in the review.

    `text` is the block's, which starts at `offset` of the review's; `syntax` parses the sentence when first asked;
    `rulebook` holds the rules it is read by.
    """

    block: int
    number: int
    role: Role
    text: str
    offset: int
    syntax: Syntax
    rulebook: Rulebook
    items: tuple[Item, ...]
    sketch: str
    positions: tuple[int, ...]
    features: frozenset[str]

    @property
    def doc(self) -> Doc:
        """The sentence parsed: its tokens are numbered as the items count them."""
        return self.syntax.doc

    @property
    def root(self) -> int:
        """The number of the sentence's main token."""
        return next((token.i for token in self.doc if token.dep_ == "ROOT"), 0)

    def item_at(self, position: int) -> int:
        """Return the index of the item that stands at `position` of the sketch."""
        return bisect_right(self.positions, position) - 1

    def index_of(self, item: Item) -> int:
        """Return the index of one of the sentence's items."""
        return bisect_right(self.items, item.first, key=lambda other: other.first) - 1

    def item_of(self, token: int) -> Item | None:
        """Return the item that covers a token of the Doc, if the sentence still has it."""
        at = bisect_right(self.items, token, key=lambda item: item.first) - 1
        return self.items[at] if at >= 0 and self.items[at].last >= token else None


def make_sentence(
    block: int,
    number: int,
    role: Role,
    text: str,
    offset: int,
    syntax: Syntax,
    rulebook: Rulebook,
    items: Sequence[Item],
) -> Sentence:
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
        block,
        number,
        role,
        text,
        offset,
        syntax,
        rulebook,
        tuple(items),
        "".join(parts),
        tuple(positions),
        frozenset(features),
    )


def without(sentence: Sentence, dropped: set[int]) -> Sentence:
    """Return the sentence without the items numbered in `dropped` (brackets that were understood)."""
    if not dropped:
        return sentence
    kept = [item for i, item in enumerate(sentence.items) if i not in dropped]
    s = sentence
    return make_sentence(s.block, s.number, s.role, s.text, s.offset, s.syntax, s.rulebook, kept)


def sentences_of(
    tokens: Tokens,
    language: Language,
    rulebook: Rulebook,
    *,
    offset: int,
    block: int,
    role: Role,
    first_number: int,
    titles: Sequence[NameSpan],
    known: frozenset[str] = frozenset(),
) -> Iterator[Sentence]:
    """Yield the sentences of a block that starts at `offset`. `titles` are mentions of the show and of other works.

    `known` are words that are names wherever they stand with a capital.
    """
    phrases = find_phrases(tokens)
    taken = {n for phrase in phrases.values() for n in range(phrase.first, phrase.last + 1)}
    names = {name.first: name for name in find_names(tokens, taken, titles, known)}
    words, tags, starts, ends = tokens.words, tokens.tags, tokens.starts, tokens.ends
    for number, (first, end) in enumerate(tokens.sentences, first_number):
        items: list[Item] = []
        i = first
        while i < end:
            name = names.get(i)
            phrase = phrases.get(i)
            if name is not None:
                start, stop = offset + name.start, offset + name.end
                items.append(Item(name.tag, name.text, start, stop, i - first, name.last - first))
                i = name.last + 1
            elif phrase is not None and phrase.last < end:
                start, stop = offset + starts[i], offset + ends[phrase.last]
                items.append(Item(phrase.tag, phrase.value, start, stop, i - first, phrase.last - first))
                i = phrase.last + 1
            else:
                if not words[i].isspace():
                    items.append(Item(tags[i], words[i], offset + starts[i], offset + ends[i], i - first, i - first))
                i += 1
        if items:
            syntax = Syntax(language, tokens, first, end)
            yield make_sentence(block, number, role, tokens.text, offset, syntax, rulebook, items)
