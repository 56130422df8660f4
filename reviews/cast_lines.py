"""Sentences that were cut where the cast needs them whole.

Cast lines, names with dots, dashes or colons between them, look like many sentences; and a stray full stop may part a
name from its bracket: "Nell. (Mara Quill)".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from .items import Item, Sentence, make_sentence
from .syntax import Syntax
from .text import Role

_BETWEEN = frozenset(("–", "—", "-", ":", "=", "..", "...", "....", ".....", "......", "…", "……"))
_VERBS = frozenset(("VBZ", "VBD", "VBP", "MD"))
_MOST_WORDS_A_NAME = 3  # a line with more words for each name is prose


def join_cast_lines(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences, those of a block that is a cast line as one."""
    for _, group in groupby(sentences, key=lambda s: s.block):
        block = list(group)
        several = len(block) > 1 and block[0].role is Role.BODY
        if several and _are_cast_line([item for sentence in block for item in sentence.items]):
            yield _joined(block)
        else:
            yield from _with_their_brackets(block)


def _with_their_brackets(block: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences of a block, a name and the bracket behind its full stop in one."""
    waiting: Sentence | None = None
    for sentence in block:
        if waiting is not None and _ends_in_name(waiting) and _is_bracket(sentence):
            waiting = _joined([waiting, sentence], without_stop=True)
            continue
        if waiting is not None:
            yield waiting
        waiting = sentence
    if waiting is not None:
        yield waiting


def _ends_in_name(sentence: Sentence) -> bool:
    items = sentence.items
    return len(items) > 1 and items[-1].value == "." and items[-2].tag == "NAME"


def _is_bracket(sentence: Sentence) -> bool:
    items = sentence.items
    return len(items) > 2 and items[0].value == "(" and items[1].tag == "NAME" and items[2].value in (")", ",")


def _joined(block: Sequence[Sentence], *, without_stop: bool = False) -> Sentence:
    """Make one sentence of several that follow each other in a block, `without_stop` at the end of the first."""
    opening, closing = block[0], block[-1]
    start = opening.syntax.first
    syntax = Syntax(opening.syntax.language, opening.syntax.tokens, start, closing.syntax.end)
    items = [
        replace(item, first=item.first + s.syntax.first - start, last=item.last + s.syntax.first - start)
        for s in block
        for item in (s.items[:-1] if without_stop and s is opening else s.items)
    ]
    return make_sentence(
        opening.block, opening.number, opening.role, opening.text, opening.offset, syntax, opening.rulebook, items
    )


def is_cast_line(sentence: Sentence) -> bool:
    """Whether a sentence is a cast line: hardly more than names, with a sign between two of them."""
    return _are_cast_line(sentence.items)


def _are_cast_line(items: Sequence[Item]) -> bool:
    if any(item.tag in _VERBS for item in items):
        return False
    names = [i for i, item in enumerate(items) if item.tag == "NAME"]
    words = sum(1 for item in items if item.value[:1].isalpha() and item.tag != "NAME")
    return (
        len(names) > 1
        and words <= _MOST_WORDS_A_NAME * len(names) / 2
        and any(i + 2 < len(items) and items[i + 1].value in _BETWEEN for i in names)
    )
