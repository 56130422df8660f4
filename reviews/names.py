"""Names in a sentence, found by how they are written: capitals, initials, particles, hyphens, quoted nicknames.

No list of famous people and no trained recogniser: an invented name is found as well as a known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in a block: `tag` NAME, SHOW or TITLE; offsets are code points into the block; tokens inclusive."""

    tag: str
    text: str
    start: int
    end: int
    first: int
    last: int


_INITIAL = re.compile(r"(?:[A-Z]\.?)+\Z")
_CAPITALISED = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'.-]*\Z")
# Adjectives that open a sentence with a capital of its own: "Bookish Isaac", "Young Carl".
_DESCRIBES = re.compile(
    r"(?:ish|ful|less|ous|ly|ing|ive|able|some|eyed|hearted)\Z|\A(?:Young|Old|Poor|Little|Dear|Big|Sweet|Only|Even|Also|Sad|Enter|Meet|Cue|Introducing)\Z"
)
_STATION_NUMBERS = frozenset(("One", "Two", "Three", "Four", "Five"))  # "Meridian One"
_FUNCTION_TAGS = frozenset(
    (
        "IN", "DT", "PRP", "PRP$", "CC", "MD", "TO", "WDT", "WP", "WP$", "WRB", "EX", "PDT", "UH", "VBZ", "VBP", "VBD",
        "RB", "RP", "RBR", "RBS", "JJS",
    )
)  # fmt: skip


@cache
def _never() -> frozenset[str]:
    words = lexicon()
    return words.words("not_name") | words.words("nationality")


def _name_like(token: Token) -> bool:
    text = token.text
    if not _CAPITALISED.match(text) or text in _never():
        return False
    return not (text.isupper() and len(text) == 1 and text in ("I", "A"))


def _opens_name(token: Token, doc: Doc, known: frozenset[str]) -> bool:
    """Whether a capitalised token may open a name; at the start of a sentence the capital proves nothing."""
    if not _name_like(token):
        return False
    at_start = token.is_sent_start or (
        token.i > 0 and doc[token.i - 1].text in ('"', ":", "–", "—", "*", "_", "'", "-")
    )
    if token.tag_ in ("NNP", "NNPS"):
        return not (at_start and token.is_stop)
    if token.is_stop or token.tag_ in _FUNCTION_TAGS:
        # "(Will Tolland)", "Mark Latimer": a verb by its look, a name by its place.
        return not at_start and token.tag_ in ("MD", "VB", "VBP", "VBZ", "VBD") and _name_like(_next(token, doc))
    if not at_start or token.text in known:
        return True
    # A bare singular noun opens no English sentence unless it is a name: "Franca runs the bar."
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if following is None or token.tag_ not in ("NN", "FW", "UH", "JJ", "VB"):
        return False
    if following.tag_ in ("NNP", "NNPS"):
        return _name_like(following) and token.tag_ != "JJ"
    return following.text in ("(", "'s", "'", ",") or following.tag_ in ("VBZ", "VBD", "MD", "CC", "RB", "POS")


def _next(token: Token, doc: Doc) -> Token:
    return doc[min(token.i + 1, len(doc) - 1)]


def find_names(doc: Doc, taken: set[int], titles: Sequence[NameSpan], known: frozenset[str]) -> Iterator[NameSpan]:
    """Yield the names of a block in order, titles first where they overlap. `taken` tokens belong to phrases.

    `known` are words that stand with a capital in mid-sentence: they are names at the start of one, too.
    """
    by_first = {title.first: title for title in titles}
    i = 0
    while i < len(doc):
        title = by_first.get(i)
        if title is not None:
            yield title
            i = title.last + 1
            continue
        if i in taken or not _opens_name(doc[i], doc, known):
            i += 1
            continue
        last = _last_of_run(doc, i, taken, by_first)
        first = i + 1 if i < last and doc[i].is_sent_start and _DESCRIBES.search(doc[i].text) else i
        yield _span(doc, first, last)
        i = last + 1


def _last_of_run(doc: Doc, first: int, taken: set[int], titles: Iterable[int]) -> int:
    """Return the last token of the run of name tokens that opens at `first`."""
    blocked = taken.union(titles)
    particles = lexicon().words("particle")
    last, i, end = first, first + 1, doc[first].sent.end
    while i < end:
        token = doc[i]
        if i in blocked:
            break
        touching = doc[i - 1].idx + len(doc[i - 1]) == token.idx
        if (_name_like(token) and token.text in _STATION_NUMBERS) or (
            _name_like(token) and not (token.is_stop and not _INITIAL.match(token.text) and token.tag_ != "NNP")
        ):
            last = i
            i += 1
        elif (
            (token.text == "-" and touching and i + 1 < end and _name_like(doc[i + 1]))
            or (token.lower_ in particles and i + 1 < end and i + 1 not in blocked and _name_like(doc[i + 1]))
            or (
                token.text == "."
                and touching
                and _INITIAL.match(doc[i - 1].text)
                and i + 1 < end
                and _name_like(doc[i + 1])
            )
        ):
            i += 1
        elif token.text in ("'", '"') and _nickname(doc, i, end):
            i += 2 if _name_like(doc[i + 1]) else 1
            i += 1
        else:
            break
    return last


def _nickname(doc: Doc, i: int, end: int) -> bool:
    """Whether a quoted single name stands at token `i` within a longer name: Nell 'Nails' Harrow."""
    return (
        i + 3 < end
        and _name_like(doc[i + 1])
        and doc[i + 2].text == doc[i].text
        and _name_like(doc[i + 3])
        and doc[i - 1].idx + len(doc[i - 1]) < doc[i].idx
    )


def _span(doc: Doc, first: int, last: int) -> NameSpan:
    end = doc[last].idx + len(doc[last])
    return NameSpan("NAME", " ".join(doc.text[doc[first].idx : end].split()), doc[first].idx, end, first, last)


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart: honorific, the words of the name proper, and nicknames in quotes."""

    honorific: str | None
    words: tuple[str, ...]
    nicknames: tuple[str, ...]

    @property
    def core(self) -> str:
        """The name without honorific and nicknames, or with the honorific where only one word is left."""
        name = " ".join(self.words)
        if self.honorific and (len(self.words) == 1 or self.honorific in lexicon().words("regnal")):
            return f"{self.honorific} {name}"
        return name


_NICKNAME = re.compile(r"""\s*['"]([^'"]+)['"]\s+""")


@cache
def name_form(surface: str) -> NameForm:
    """Take a name apart.

    >>> name_form("DCI Jonah 'Spud' Pike")
    NameForm(honorific='DCI', words=('Jonah', 'Pike'), nicknames=('Spud',))
    """
    nicknames = tuple(_NICKNAME.findall(" " + surface))
    words = _NICKNAME.sub(" ", " " + surface).split()
    honorifics: list[str] = []
    while len(words) > 1 and words[0].rstrip(".") in lexicon().words("honorific"):
        honorifics.append(words.pop(0).rstrip("."))
    return NameForm(" ".join(honorifics) or None, tuple(words), nicknames)


def is_full_person_name(surface: str) -> bool:
    """Whether a name is written like a person's full name: two to five words, no article, no company's last word."""
    form = name_form(surface)
    words = form.words
    return (
        2 <= len(words) <= 5
        and words[0] not in ("The", "A", "An", "My", "Your", "Our")
        and words[-1] not in lexicon().words("organization_tail")
        and not any(ch.isdigit() for ch in surface)
    )
