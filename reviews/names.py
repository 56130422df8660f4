"""Names in a sentence, found by how they are written: capitals, initials, particles, hyphens, quoted nicknames.

No list of famous people and no trained recogniser: an invented name is found as well as a known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .countries import nationalities
from .lexicon import given_names, lexicon
from .tokens import Tokens


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
_CAPITALISED = re.compile(r"(?:d'|al-|el-)?[^\W\d_a-zß-öø-ÿ][\w'.+-]*\Z")
# Adjectives that open a sentence with a capital of its own: "Bookish Isaac", "Young Carl". Endings that names have, too
# ("Emily", "Clive", "Sterling"), need the tagger's word for it.
_DESCRIBES = re.compile(
    r"(?:ish|ful|less|ous|eyed|hearted)\Z"
    r"|\A(?:Young|Old|Poor|Little|Dear|Big|Sweet|Only|Even|Also|Sad|Enter|Meet|Cue|Introducing|Playing|Casting)\Z"
)
_MAY_DESCRIBE = re.compile(r"(?:ly|ing|ive|able|some)\Z")
_ADJECTIVE = re.compile(
    r"(?:y|ed|en|ic|al|ant|ent|ate|ish|ful|less|ous|ing|ive|able|ible|some|eyed|hearted|er|est|like|worn|ar|id|ian|ese)\Z"
)
_LONGEST_NAME = 16  # tokens; more is a list, a headline or an attack
_FUNCTION_TAGS = frozenset(
    (
        "IN", "DT", "PRP", "PRP$", "CC", "MD", "TO", "WDT", "WP", "WP$", "WRB", "EX", "PDT", "UH", "VBZ", "VBP", "VBD",
        "RB", "RP", "RBR", "RBS", "JJS",
    )
)  # fmt: skip


@cache
def _never() -> frozenset[str]:
    words = lexicon()
    return words.words("not_name") | words.words("nationality") | nationalities()


@cache
def _trades() -> frozenset[str]:
    """Nouns for what somebody is that stand before a name and are no part of it: "Stationmaster Edwin Garside"."""
    words = lexicon()
    addresses = {word.lower() for word in words.words("honorific") | words.words("address") | words.words("rank")}
    return words.words("trade") - addresses


@lru_cache(maxsize=16_384)
def _name_like(word: str) -> bool:
    """Whether a word is written like a part of a name."""
    return bool(_CAPITALISED.match(word)) and word not in _never() and word not in ("I", "A")


_BREAKS = frozenset(
    ('"', ":", "–", "—", "*", "_", "'", "-")
)  # a capital behind one of these proves as little as at a start
_VERB_TAGS = frozenset(("MD", "VB", "VBP", "VBZ", "VBD"))


def _is_adjective(word: str) -> bool:
    """Whether a word that the tagger takes for an adjective looks like one: "Moody Sam", but "Prue Lane"."""
    return bool(_ADJECTIVE.search(word)) or word.lower() in lexicon().words("short_adjective")


def _follows_dots(tokens: Tokens, i: int) -> bool:
    """Whether a token stands behind the dots of a cast line: "Mara Quill .... Sully Breck"."""
    return i > 0 and tokens.words[i - 1].startswith("..")


def _opens_name(tokens: Tokens, i: int, known: frozenset[str]) -> bool:
    """Whether a capitalised token may open a name; at the start of a sentence the capital proves nothing."""
    words, tags = tokens.words, tokens.tags
    if not _name_like(words[i]):
        return _is_given_nationality(tokens, i) or _is_given_month(tokens, i)
    at_start = (i in tokens.opening or (i > 0 and words[i - 1] in _BREAKS)) and not _follows_dots(tokens, i)
    following = i + 1 if i + 1 < len(tokens) else None
    if tags[i] in ("NNP", "NNPS"):
        return not (at_start and tokens.is_stop(i))
    if tokens.is_stop(i) or tags[i] in _FUNCTION_TAGS:
        # "(Will Tolland)", "Mark Latimer": a verb by its look, a name by its place.
        likely = tags[i] in _VERB_TAGS or (tags[i] == "RB" and not tokens.is_stop(i))
        likely = likely or (tags[i] == "UH" and i > 0 and words[i - 1] == "(")  # "(Oh Tae-il)"
        called = not tokens.is_stop(i) and i > 0 and tokens.lower[i - 1] in ("named", "called")
        if at_start and words[i] in known and not tokens.is_stop(i):
            return True
        return not at_start and (called or (likely and following is not None and _name_like(words[following])))
    if not at_start or words[i] in known:
        return True
    # A bare singular noun opens no English sentence unless it is a name: "Franca runs the bar."
    if following is None or tags[i] not in ("NN", "FW", "UH", "JJ", "VB"):
        return False
    if _name_like(words[following]) and (tags[following] in ("NNP", "NNPS") or tags[i] == "JJ"):
        return tags[i] != "JJ" or not _is_adjective(words[i]) or words[i] in given_names()
    if words[following] in ("(", "'s", "'", ",") or tags[following] in ("VBZ", "VBD", "MD", "CC", "RB", "POS"):
        return True
    return tags[following] == "NNS" and words[i] in given_names()


def _is_given_nationality(tokens: Tokens, i: int) -> bool:
    """Whether a nation's word is somebody's first name: "(Danish Qureshi)", "played by Dutch Wexley"."""
    words, tags = tokens.words, tokens.tags
    if tags[i] not in ("NNP", "NNPS") or (
        words[i] not in lexicon().words("nationality") and words[i] not in nationalities()
    ):
        return False
    before = tokens.lower[i - 1] if i else ""
    following = words[i + 1 : i + 3]
    return (
        before in ("(", "by", "starring", "stars")
        and len(following) == 2
        and _name_like(following[0])
        and not following[0].isupper()
        and tags[i + 1] in ("NNP", "NNPS")
        and not _name_like(following[1])
    )


_MONTHS_GIVEN = frozenset(("April", "May", "June", "August"))


def _is_given_month(tokens: Tokens, i: int) -> bool:
    """Whether a month is somebody's first name, by the word before it: "as June", "plays April"."""
    before = tokens.lower[i - 1] if i else ""
    following = tokens.words[i + 1 : i + 2]
    return (
        tokens.words[i] in _MONTHS_GIVEN
        and tokens.tags[i] == "NNP"
        and before in ("as", "named", "called", "playing", "plays", "portrays")
        and not (following and (following[0][:1].isdigit() or following[0] == "of"))
    )


def find_names(
    tokens: Tokens, taken: set[int], titles: Sequence[NameSpan], known: frozenset[str]
) -> Iterator[NameSpan]:
    """Yield the names of a block in order, titles first where they overlap. `taken` tokens belong to phrases.

    `known` are words that stand with a capital in mid-sentence: they are names at the start of one, too.
    """
    by_first = {title.first: title for title in titles}
    blocked = taken.union(by_first)
    i = 0
    while i < len(tokens):
        title = by_first.get(i)
        if title is not None:
            yield title
            i = title.last + 1
        elif i in taken or not _opens_name(tokens, i, known):
            i += 1
        else:
            last = _last_of_run(tokens, i, blocked)
            describes = i < last and i in tokens.opening and _describes(tokens, i, known)
            yield _span(tokens, i + 1 if describes else i, last)
            i = last + 1


def _describes(tokens: Tokens, i: int, known: frozenset[str]) -> bool:
    """Whether the first word of a sentence describes the name behind it and is no part of it."""
    word = tokens.words[i]
    if word not in known and word.lower() in _trades() and tokens.words[i + 1 : i + 2] != ["-"]:
        return True
    if _DESCRIBES.search(word):
        return word not in known or word in ("Young", "Old")
    adjective = tokens.tags[i] in ("JJ", "RB", "VBG") and word not in known
    return bool(_MAY_DESCRIBE.search(word)) and adjective and tokens.words[i + 1] in known


def _last_of_run(tokens: Tokens, first: int, blocked: set[int]) -> int:
    """Return the last token of the run of name tokens that opens at `first`."""
    words = tokens.words
    last, i, end = first, first + 1, min(tokens.sentence_end[first], first + _LONGEST_NAME)
    while i < end and i not in blocked:
        if _goes_on(tokens, i):
            last = i
            i += 1
        elif (linked := _linked(tokens, i, end)) is not None and blocked.isdisjoint(range(i, linked + 1)):
            last = linked
            i = linked + 1
        elif (words[i] in ("'", '"') or (words[i] == "(" and i == first + 1)) and _nickname(tokens, i, end):
            i += 3
        else:
            break
    return last


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Whether token `i` is a further word of a name."""
    word = tokens.words[i]
    if word in lexicon().words("network_part"):  # "Southern Cross TV", "Meridian One"
        return True
    if word.isdigit() and len(word) <= 2:  # left over by the phrases: "on Harbour 4"
        return True
    return _name_like(word) and (not tokens.is_stop(i) or bool(_INITIAL.match(word)) or tokens.tags[i] == "NNP")


def _linked(tokens: Tokens, i: int, end: int) -> int | None:
    """Return the token of the name's next word where token `i` links it: hyphen, particles, an initial's dot, `of`."""
    words = tokens.words
    if i + 1 >= end:
        return None
    touching = tokens.ends[i - 1] == tokens.starts[i]
    if words[i] == "-" and touching and tokens.ends[i] == tokens.starts[i + 1]:
        return i + 1 if _name_like(words[i + 1]) or _is_syllable(tokens, i + 1) else None
    if words[i] == "." and touching and _INITIAL.match(words[i - 1]):
        return i + 1 if _name_like(words[i + 1]) else None
    if words[i] == "," and words[i + 1] in lexicon().words("noble") and i + 2 < end and words[i + 2] == "of":
        return _linked(tokens, i + 2, end)  # "Georgiana, Duchess of Devonshire"
    links = lexicon().words("particle") if words[i] != "of" else frozenset(("of", "the"))
    if words[i] == "of" and words[i - 1] not in lexicon().words("noble"):
        return None
    at = i
    while at < end and at < i + 3 and tokens.lower[at] in links:
        at += 1
    return at if i < at < end and _name_like(words[at]) else None


def _is_syllable(tokens: Tokens, i: int) -> bool:
    """Whether a small word behind a hyphen belongs to a given name: "Min-ho", but "Harrow-led"."""
    word = tokens.words[i]
    return (
        word.islower() and 2 <= len(word) <= 5 and word.isalpha()
        and word not in lexicon().words("joined_tail")
        and (not tokens.is_stop(i) or (len(word) == 2 and tokens.words[i + 1 : i + 2] != ["-"]))
    )  # fmt: skip


def _nickname(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a single name in quotes or brackets stands at token `i` within a longer name: Nell 'Nails' Harrow."""
    words = tokens.words
    return (
        i + 3 < end
        and _name_like(words[i + 1])
        and words[i + 2] == (")" if words[i] == "(" else words[i])
        and _name_like(words[i + 3])
        and tokens.ends[i - 1] < tokens.starts[i]
    )


def _span(tokens: Tokens, first: int, last: int) -> NameSpan:
    start, end = tokens.starts[first], tokens.ends[last]
    return NameSpan("NAME", " ".join(tokens.text[start:end].split()), start, end, first, last)
