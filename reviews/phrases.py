"""Phrases of the lexicon in a block: seasons, dates, networks, relation nouns, bonds, genres, works, numbers.

A phrase is tried only at a token with whose first word one begins, so that the cost does not grow with the lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from .dates import DATE_PATTERN, NUMBER_PATTERN, ORDINAL_PATTERN, SEASON_NOUN, SPAN_PATTERN, number_of
from .lexicon import Lexicon, lexicon
from .tokens import Tokens


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: its class, what it stands for, and the token numbers it covers, both inclusive."""

    tag: str
    value: str
    first: int
    last: int


_EPISODE = re.compile(r"(?i)S\d{1,2}(?=E\d)")
_FIRST_WORD = re.compile(r"\w+")
_WORD_START, _WORD_END = r"(?<![\w'-])", r"(?![\w]|-\w)"
_SEASON = (
    rf"(?i:(?:season|series)\s+{NUMBER_PATTERN}(?!-part|-episode)"
    rf"|{ORDINAL_PATTERN}(?:\s+and\s+(?:final|last))?[\s-]+{SEASON_NOUN}"
    r"|S\d{1,2}(?:E\d{1,2}|(?=[\s,;:)]|\Z))|[1-9]\d?x\d\d)"
)
_NUMBER = rf"(?i:{NUMBER_PATTERN})(?!(?!mins?\b)\w|-(?!part|episode|hour|season|minute|min\b))"
_MONTHS_AND_DAYS = (
    "jan january feb february mar march apr april may june july aug august sep sept september oct october nov "
    "november dec december monday tuesday wednesday thursday friday saturday sunday"
)
_OPENS_SEASON = (
    "season series first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth debut "
    "freshman inaugural maiden sophomore"
)
_ALSO_VERBS = frozenset(("mentor", "teacher", "boss", "roommate"))
_OPENS_NUMBER = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_DIGIT = "0"


def _groups(words: Lexicon) -> Iterable[tuple[str, Iterable[str], bool]]:
    """The classes of phrases that are word lists, first come first tried, and whether letter case matters."""
    yield "NET", words.words("network"), True
    yield "BOND", words.bonds, False
    yield "ROLE", words.roles, False
    yield "GENRE", words.genres, False
    yield "WORK", words.words("work"), True


@cache
def _by_first_word() -> dict[str, re.Pattern[str]]:
    """For each word that opens a phrase, one pattern of all that it opens, the longest of a class first."""
    parts: dict[str, list[str]] = defaultdict(list)
    for opener in [*_OPENS_SEASON.split(), _DIGIT]:
        parts[opener].append(f"(?P<SEASON>{_SEASON}){_WORD_END}")
    parts[_DIGIT].append(f"(?P<SPAN>{SPAN_PATTERN}){_WORD_END}")
    for opener in [*_MONTHS_AND_DAYS.split(), _DIGIT]:
        parts[opener].append(f"(?P<DATE>{DATE_PATTERN}){_WORD_END}")
    for tag, phrases, cased in _groups(lexicon()):
        grouped: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            grouped[_key(phrase)].append(phrase)
        for opener, members in grouped.items():
            members.sort(key=lambda w: (-len(w), w))
            inner = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in members)
            parts[opener].append(f"(?P<{tag}>{'' if cased else '(?i:'}{inner}{'' if cased else ')'}){_WORD_END}")
    for opener in [*_OPENS_NUMBER.split(), _DIGIT]:
        parts[opener].append(f"(?P<NUM>{_NUMBER})")
    for number in range(1, 100):
        for opener in {f"s{number}", f"s{number:02}"}:
            parts[opener].append(f"(?P<SEASON>{_SEASON}){_WORD_END}")
    return {opener: re.compile(_WORD_START + f"(?:{'|'.join(tries)})") for opener, tries in parts.items()}


def _key(text: str) -> str:
    """The first word of a phrase or token in small letters; one key for all that open with a digit."""
    if text[:1].isdigit():
        return _DIGIT
    match = _EPISODE.match(text) or _FIRST_WORD.match(text)
    return match.group().lower() if match else text.lower()


_ANY_NUMBER = re.compile(f"(?i){ORDINAL_PATTERN}|{NUMBER_PATTERN}")


def find_phrases(tokens: Tokens) -> dict[int, Phrase]:
    """Return the phrases of a block by the number of their first token; they do not overlap."""
    patterns = _by_first_word()
    ends = {end: i for i, end in enumerate(tokens.ends)}
    found: dict[int, Phrase] = {}
    after = 0
    for i, word in enumerate(tokens.lower):
        if i < after:
            continue
        compound = _compound_genre(tokens, i, ends)
        if compound is not None:
            found[i] = compound
            after = compound.last + 1
            continue
        pattern = patterns.get(word) or patterns.get(_key(word))
        match = pattern.match(tokens.text, tokens.starts[i]) if pattern is not None else None
        last = None if match is None else ends.get(match.end())
        if match is None or last is None:
            continue
        phrase = _phrase(tokens, match.lastgroup or "", match.group(), i, last)
        if phrase is not None:
            found[i] = phrase
            after = last + 1
    return found


@cache
def _compound_openers() -> frozenset[str]:
    return frozenset(_key(word) for word in lexicon().compound_genres["modifier"])


@cache
def _compound_pattern() -> re.Pattern[str]:
    genres = lexicon().compound_genres
    modifiers, heads = (
        "|".join(
            re.escape(w).replace("\\-", r"[\s-]").replace("\\ ", r"\s+")
            for w in sorted(genres[k], key=len, reverse=True)
        )
        for k in ("modifier", "head")
    )
    return re.compile(rf"(?i)(?:(?:{modifiers})[\s-]+){{1,2}}(?:{heads}){_WORD_END}(?!\s+horror\b)")


def _compound_genre(tokens: Tokens, at: int, ends: Mapping[int, int]) -> Phrase | None:
    """Return the compound genre that opens at a token: "legal thriller", "family black comedy"."""
    if _key(tokens.lower[at]) not in _compound_openers() or _within_name(tokens, at):
        return None
    match = _compound_pattern().match(tokens.text, tokens.starts[at])
    last = None if match is None else ends.get(match.end())
    if match is None or last is None:
        return None
    surface = " ".join(match.group().lower().split())
    return Phrase("GENRE", lexicon().genres.get(surface, surface), at, last)


def _within_name(tokens: Tokens, at: int) -> bool:
    """Whether a word with a capital stands right behind another: "Crimean War drama"."""
    return bool(at) and tokens.words[at][0].isupper() and at not in tokens.opening and tokens.words[at - 1][0].isupper()


def _phrase(tokens: Tokens, tag: str, matched: str, first: int, last: int) -> Phrase | None:
    words = lexicon()
    surface = " ".join(matched.split())
    if tag == "ROLE":
        noun = words.roles.get(surface) or words.roles.get(surface.lower())
        if noun is None or not _is_role_here(tokens, surface, first, last):
            return None
        return Phrase("ROLES" if noun.plural else "ROLE", noun.word, first, last)
    if tag == "SEASON":
        number = _ANY_NUMBER.search(surface[1:] if surface[1:].isdigit() else surface)
        return None if number is None else Phrase(tag, str(number_of(number.group())), first, last)
    if tag == "NET" and surface in words.words("network_common") and not _is_network_here(tokens, first, last):
        return None
    if tag == "NUM" and surface[0].isupper() and first and tokens.words[first - 1][:1].isupper():
        return None  # "Meridian One"
    if tag == "NUM" and surface.isdigit() and _numbers_a_network(tokens, first):
        return None
    value = words.genres[surface.lower()] if tag == "GENRE" else surface.lower() if tag == "BOND" else surface
    return Phrase(tag, value, first, last)


def _numbers_a_network(tokens: Tokens, at: int) -> bool:
    """Whether a number belongs to a network's name: "on Harbour 4", "Kanal 5's new drama"."""
    if len(tokens.words[at]) > 2 or not at or not tokens.words[at - 1][:1].isupper():
        return False
    if tokens.words[at - 1] in lexicon().words("network_part"):
        return True
    before = tokens.lower[at - 2] if at > 1 else ""
    after = tokens.lower[at + 1] if at + 1 < len(tokens) else ""
    return (before in ("on", "for", "and", "(") and not tokens.tags[min(at + 1, len(tokens) - 1)].startswith("NN")) or (
        after == "'s" and tokens.words[at - 1] not in lexicon().words("not_name")
    )


def _is_role_here(tokens: Tokens, surface: str, first: int, last: int) -> bool:
    """Whether a role noun is one here: a noun ("as patient as ever" is none), and no part of a name ("Sister Act")."""
    names_follow = last + 1 < len(tokens) and tokens.words[last + 1][:1].isupper()
    if tokens.tags[last] in ("VBZ", "VBD", "VBP", "MD") or not (tokens.tags[last].startswith("NN") or names_follow):
        return False
    noun = lexicon().roles.get(surface) or lexicon().roles[surface.lower()]
    if noun.plural and noun.kind in _ALSO_VERBS and names_follow and first and tokens.words[first - 1][:1].isupper():
        return False  # "Jonah mentors Bea"
    if not surface[:1].isupper() or surface.isupper():
        return True
    if surface in lexicon().words("also_names"):
        return False
    # At the start of a sentence only a name behind it shows the noun: "Dad is back" calls him by it.
    plural = lexicon().roles[surface.lower()].plural
    opens = first in tokens.opening and not (first and tokens.words[first - 1].startswith(".."))  # ".... Beau Landry"
    return opens and (plural or names_follow) and surface not in lexicon().words("honorific")


def _is_network_here(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a network called by a common word ("Max", "Gold") is one here: after `on`, or as owner of a show."""
    before = tokens.lower[max(0, first - 2) : first]
    if before[-1:] in (["on"], ["from"]) or before in (["comes", "to"], ["moves", "to"], ["came", "to"]):
        return True
    if last + 2 >= len(tokens) or tokens.lower[last + 1] not in ("'s", "'"):
        return False
    return tokens.tags[last + 2].startswith("JJ") or tokens.lower[last + 2] in lexicon().words("format")
