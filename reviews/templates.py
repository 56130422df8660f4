"""Templates: how a rule's pattern is written, and the regular expression over sketches it stands for.

A template is a row of words and slots with spaces between:

    {character} ( {actor} )          literals are words as written, in lower case
    plays/portrays                   any of these words
    ~marry                           any form of a verb: marry, marries, married, marrying
    the?                             optional
    ^                                the start of the sentence
    [ a couple | an item ]           any of these rows; `]?` makes the group optional
    {character} {actor:name}         a slot captures an item; `:type` names its type (default: see DEFAULT_TYPES)
    {actor+}                         a list: "A", "A and B", "A, B and C"
    {adj*}                           up to eight modifiers, shortest first (not captured as an item)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from .countries import nation_pattern, nation_words
from .crafts import craft_pattern, craft_words, deed_pattern, deed_words, listed_pattern, listed_words
from .dates import MONTH_NAMES, WEEKDAY_NAMES
from .inflection import inflected

_WORD = r"[^ |]+\|"

_MOD = r"(?:JJ[RS]?|VB[NGD]|RB[RS]?|NN[PS]*|HYPH|RP|CD|CC|GENRE|NUM|WORK)"
_MODS = rf"(?:(?!(?:and|or|but)\|CC \S+\|(?:IN|DT|PRP|WP)){_WORD}(?:{_MOD} |,\|, (?={_WORD}(?:JJ|VB[NG]|RB)))){{0,6}}?"
_GENITIVE = r"(?:'s|')\|\S+ "
_ROLE = rf"{_WORD}ROLES? "
# "Bea 's", "Bea and Otto 's", "her", and somebody of theirs: "her late brother 's"
_THEIRS = rf"(?:@\|(?:NAME|SHOW) (?:(?:and|&)\|CC @\|NAME )?{_GENITIVE}|(?:his|her|their)\|PRP\$ )"
_OWNER = rf"(?:{_THEIRS}(?:{_MODS}{_WORD}ROLE {_GENITIVE})?)"
_LABEL_GLUE = (  # "boss, a bully" is no second label, "boss and the bully of her youth" is
    rf"(?:(?:/|-|–|,|and|&|or|then|turned|cum|slash)\|\S+ ){{1,3}}(?:(?<!,\|, )(?:the|a|an)\|DT )?{_MODS}"
)
_AND_NAME = (
    rf"(?:,\|, |(?:and|&|plus|or)\|\S+ ){{1,2}}(?:(?:the|a|an)\|DT )?(?:{_WORD}(?:JJ|NN|RB|VBN)\S* ){{0,4}}?@\|NAME "
)
_NOT_OWNING = rf"(?!{_WORD}(?:NN|JJ|ROLE|BOND|VBN|HYPH)|own\|)"

_TYPES = {
    "owner": _OWNER,
    "anyrole": _ROLE,
    "label": rf"{_ROLE}(?:{_LABEL_GLUE}{_ROLE})*",
    "names": rf"@\|(?:NAME|SHOW) (?:{_AND_NAME})*",
    "object": rf"(?:@\|(?:NAME|SHOW) (?!{_GENITIVE})|(?:him|her|them|him|each)\|PRP\$? {_NOT_OWNING})",
    "verb": _WORD + r"VB[DZPGN]? ",
    "name": r"@\|(?:NAME|SHOW) ",
    "bearers": rf"@\|(?:NAME|SHOW) (?:{_AND_NAME})*(?!{_GENITIVE})",  # not those whose somebody it is
    "show": r"@\|SHOW ",
    "title": r"@\|(?:TITLE|SHOW) ",
    "named": r"@\|(?:NAME|SHOW|TITLE) ",
    "who": r"(?:@\|NAME |(?:he|she)\|PRP )",
    "whom": r"(?:@\|NAME |(?:him|her)\|PRP\$? )",
    "poss": r"(?:his|her|their)\|PRP\$ ",
    "pronoun": r"(?:he|she)\|PRP ",
    "star": r"(?:@\|(?:NAME|SHOW) |(?:he|she)\|PRP )",
    "role": _WORD + "ROLE ",
    "roles": _WORD + "ROLES ",
    "bond": _WORD + "BOND ",
    "season": _WORD + "SEASON ",
    "date": _WORD + "DATE ",
    "year": r"(?:19|20)\d\d\|\S+ ",
    "when": rf"(?:{_WORD}DATE |(?:19|20)\d\d\|\S+ )",
    "span": _WORD + "SPAN ",
    "month": rf"(?:{MONTH_NAMES})\|\S+ ",
    "decade": r"(?:(?:1[5-9]|20)?\d0s|1[5-9]\d\d)\|\S+ ",
    "clock": r"\d{1,2}(?:[.:]\d\d)?(?:[ap]m)?\|\S+ ",
    "night": r"night\|\S+ ",
    "day": rf"(?:today|tonight|tomorrow|yesterday|{WEEKDAY_NAMES})\|\S+ ",
    "genre": _WORD + "GENRE ",
    "work": _WORD + "WORK ",
    "number": _WORD + "NUM ",
    "network": r"(?:" + _WORD + r"NET |@\|NAME )",
    "net": _WORD + "NET ",
    "noun": _WORD + r"(?:NN[PS]*|ROLE) ",
    "job": _WORD + rf"(?:NNS?|NNP|JJ[RS]?|ROLE) (?!{_WORD}(?:NNS?|NNP|JJ[RS]|HYPH|ROLE) )",
    "word": _WORD + r"\S+ ",
}
_RUNS = {  # not captured: what may stand between
    "adj": rf"(?:(?!\(\||\)\|){_WORD}"
    r"(?:JJ[RS]?|VB[NGD]|RB[RS]?|NN[PS]*|HYPH|CD|,|CC|GENRE|NUM|POS|WORK|ROLE) |\d+s\|\S+ ){0,8}?",
    "praise": rf"(?:{_WORD}(?:JJ[RS]?|VB[NG]|RB[RS]?) )(?:{_WORD}(?:JJ[RS]?|VB[NG]|RB[RS]?|NN|HYPH|,|CC|POS) ){{0,7}}?",
    "mods": rf"(?:{_WORD}(?:JJ[RS]?|VB[NGD]|RB[RS]?|NN[PS]*|HYPH|CD|NUM|GENRE) ){{0,6}}?",
    "adv": rf"(?:{_WORD}RB[RS]? ){{0,3}}?",
    "manner": rf"(?:{_WORD}(?:RB[RS]?|IN|JJ[RS]?|NNS?|DT|CC|VBG|VBN|,|CD|NUM|SEASON|HYPH) |its\|PRP\$ ){{0,9}}?",
    "rest": rf"(?:(?!\(\||\)\|){_WORD}\S+ ){{0,24}}?",
    "some": rf"(?:(?!\(\||\)\|){_WORD}\S+ ){{0,6}}?",
    "aside": r"(?:\(\|-LRB- (?:(?!\)\|)[^ |]+\|\S+ ){1,12}?\)\|-RRB- )?",
    "intro": rf"(?:(?:(?:the|a|an)\|DT )?(?:{_WORD}(?:JJ|NN|RB|VBN)\S* ){{0,4}}?(?:,\|, )?)?",
    "apart": rf"(?:(?!\(\||\)\||[\"”]\|){_WORD}\S+ ){{0,14}}?",
    "article": r"(?:(?:the|a|an|this|that)\|DT )?",
    "det": r"(?:(?:the|a|an|this|that|her|his|their|our)\|\S+ |@\|NAME (?:'s|')\|\S+ )?",
    "desc": rf"(?:(?!\(\||\)\|){_WORD}"
    r"(?:JJ[RS]?|VB[NGD]|RB[RS]?|RP|NN[PS]*|HYPH|CD|,|CC|DT|PRP\$|GENRE|NUM|POS|WORK|ROLES?) ){0,10}?",
    "lead": rf"(?:(?!(?:née|nee|aka|alias|born|later|real|actual|future|formerly)\||late\|\S+ (?!,)){_WORD}"
    r"(?:JJ[RS]?|VB[NG]?|RB[RS]?|NN[PS]*|HYPH|CD|,|DT|POS|NAME|SHOW|TITLE|NET|GENRE|NUM|WORK) )"
    r"{0,9}?",
    "gap": rf"(?:(?!\(\||\)\||@\||[;:\"]\||as\|){_WORD}\S+ ){{0,9}}?",
    "mod": _MODS,
    "told": rf"(?:(?:(?:the|a|an)\|DT )?(?:{_WORD}(?:JJ|NN|RB|VB[NG]|HYPH|CD|NUM|GENRE)\S* ){{0,5}}?(?:,\|, )?)?",
    "noted": rf"(?:(?!and\|){_WORD}(?:JJ[RS]?|NN[PS]*|VBN|HYPH|DT|POS|IN|CD|NUM|NAME|RB) ){{1,7}}?",
    "toward": rf"(?:(?:(?:the|a|an|this|that)\|DT |{_THEIRS})?(?:{_WORD}(?:{_MOD}|ROLE|POS) ){{0,7}}?(?:,\|, )?)?",
    "quote": r"(?:['\"*_]+\|\S+ )?",
}
_LIST_GLUE = (
    r"(?:\(\|-LRB- (?:(?!\)\|)[^ |]+\|\S+ ){1,8}?\)\|-RRB- )?"
    r"(?:(?:,\|, )?(?:(?:(?:along|together)\|\S+ )?(?:and|&|plus|with)\|\S+ )?)"
)

_PEOPLE_GLUE = _LIST_GLUE + (
    r"(?:(?:the|a|an|his|her)\|\S+ )?"
    r"(?:(?!director|writer|producer|composer|creator|star|lead)[^ |]+\|(?:JJ|NN|VBN|HYPH) ){0,3}?"
)
_TYPES["people"] = rf"@\|NAME (?:{_PEOPLE_GLUE}@\|NAME )*"
_TYPES["duo"] = r"@\|NAME (?:(?:and|&)\|\S+ @\|NAME )*"
_LISTED: Mapping[str, Callable[[], str]] = {  # slots whose words the lexicon lists
    "craft": craft_pattern,
    "deed": deed_pattern,
    "nation": nation_pattern,
    "occupation": lambda: listed_pattern("occupation"),
    "dwellers": lambda: listed_pattern("dwellers"),
    "airs": lambda: listed_pattern("airs"),
    "settlement": lambda: listed_pattern("settlement"),
    "building": lambda: listed_pattern("building"),
}
_LISTED_NEEDS: Mapping[str, Callable[[], frozenset[str]]] = {
    "craft": craft_words,
    "deed": deed_words,
    "nation": nation_words,
    "occupation": lambda: listed_words("occupation"),
    "dwellers": lambda: listed_words("dwellers"),
    "airs": lambda: listed_words("airs"),
    "settlement": lambda: listed_words("settlement"),
    "building": lambda: listed_words("building"),
}

DEFAULT_TYPES = {
    "actor": "name", "character": "name", "former": "name", "young": "name", "left": "name", "right": "name",
    "anchor": "name", "person": "name", "a": "name", "b": "name",
    "author": "name", "place": "name", "other": "named", "surname": "name", "source": "title",
}  # fmt: skip

_TOKEN = re.compile(
    r"\{(?P<slot>[a-z0-9_]+)(?::(?P<type>[a-z]+))?(?P<many>[+*?])?\}|(?P<open>\[)(?=\s)|(?P<close>\]\??)(?=\s|\Z)|(?P<or>\|)|(?P<word>\S+)"
)


class TemplateError(ValueError):
    """A template is not well written; the message names the place."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a template: its pattern, and what a sentence must have for it to match, with how telling that is.

    `others` are further sets of words and tags, of each of which the sentence must have one, too.
    """

    pattern: str
    needs: frozenset[str]
    telling: int
    others: frozenset[frozenset[str]] = frozenset()


_NOTHING = _Piece("", frozenset(), 0)
_COMMON_WORDS = (
    ", and the a an of to is 's by with for in on as are was has who . : it its her his he she they out "
    "from were 're runs show series this all "
)
_COMMON = frozenset(_COMMON_WORDS.split())
_TELLING_SLOTS = {
    "role": "ROLE", "roles": "ROLES", "anyrole": "ROLE ROLES", "label": "ROLE ROLES", "bond": "BOND",
    "season": "SEASON", "date": "DATE", "genre": "GENRE", "work": "WORK", "number": "NUM", "net": "NET", "span": "SPAN",
}  # fmt: skip
_WEAK_SLOTS = {
    "names": {"NAME", "SHOW"},
    "name": {"NAME", "SHOW"},
    "people": {"NAME"},
    "duo": {"NAME"},
    "show": {"SHOW"},
    "title": {"TITLE", "SHOW"},
}


def _spelled(word: str) -> str:
    """A word as the sketch has it: "crime-solving" is three items there."""
    parts = word.split("-") if word.strip("-") else [word]
    return r"\|\S+ -\|\S+ ".join(map(re.escape, parts))


def _word(text: str) -> _Piece:
    if text == "^":
        return _Piece(r"\A", frozenset(), 0)
    optional = len(text) > 1 and text.endswith("?")
    body = text[:-1] if optional else text
    words = frozenset(body.split("/")) - {""} if body != "/" else frozenset("/")
    words = frozenset(form for word in words for form in (inflected(word[1:]) if word.startswith("~") else (word,)))
    tag = r"(?!ROLE)\S+ " if "~" in body else r"\S+ "  # a verb's form may be a relation noun: "her boss"
    pattern = _GENITIVE if body == "'s" else "(?:" + "|".join(map(_spelled, sorted(words))) + rf")\|{tag}"
    if optional:
        return _Piece(f"(?:{pattern})?", frozenset(), 0)
    needs = frozenset(w.partition("-")[0] or w for w in words) | ({"'"} if "'s" in words else frozenset())
    return _Piece(pattern, needs, 1 if words & _COMMON else 3 if words & {"(", ")", "-", "–"} else 5)


def _slot(name: str, type_: str | None, many: str | None, seen: dict[str, int]) -> _Piece:
    if many == "*":
        if name not in _RUNS:
            raise TemplateError(f"{{{name}*}}: there is no run of this name; there are {', '.join(sorted(_RUNS))}")
        return _Piece(_RUNS[name], frozenset(), 0)
    base = name.rstrip("0123456789")
    kind = type_ or DEFAULT_TYPES.get(base, base)
    if kind not in _TYPES and kind not in _LISTED:
        raise TemplateError(f"{{{name}}}: {kind!r} is no slot type; there are {', '.join(sorted({*_TYPES, *_LISTED}))}")
    pattern = _LISTED[kind]() if kind in _LISTED else _TYPES[kind]
    if many == "+":
        pattern = f"{pattern}(?:{_LIST_GLUE}{pattern})*"
    seen[name] = seen.get(name, 0) + 1
    group = name if seen[name] == 1 else f"{name}__{seen[name]}"
    captured = f"(?P<{group}>{pattern})"
    if many == "?":
        return _Piece(f"{captured}?", frozenset(), 0)
    if kind in _TELLING_SLOTS:
        return _Piece(captured, frozenset(_TELLING_SLOTS[kind].split()), 4)
    if kind in _LISTED_NEEDS:
        return _Piece(captured, _LISTED_NEEDS[kind](), 4)
    weak = _WEAK_SLOTS.get(kind)
    return _Piece(captured, frozenset(weak or ()), 2 if weak else 0)


def _sequence(tokens: Iterator[re.Match[str]], template: str, seen: dict[str, int], depth: int) -> tuple[_Piece, str]:
    """Read rows up to the end of the template or group; return what they stand for and the token that ended them."""
    rows: list[_Piece] = []
    patterns: list[str] = []
    best = _NOTHING
    others: set[frozenset[str]] = set()
    ended = ""

    def close_row() -> None:
        nonlocal patterns, best, others
        rows.append(_Piece("".join(patterns), best.needs, best.telling, frozenset(others)))
        patterns, best, others = [], _NOTHING, set()

    for token in tokens:
        if token["slot"]:
            piece = _slot(token["slot"], token["type"], token["many"], seen)
        elif token["open"]:
            inner, close = _sequence(tokens, template, seen, depth + 1)
            piece = _Piece(f"(?:{inner.pattern})?", frozenset(), 0) if close == "]?" else inner
        elif token["close"]:
            if not depth:
                raise TemplateError(f"{template!r}: a ] without [")
            ended = token["close"]
            break
        elif token["or"]:
            close_row()
            continue
        else:
            piece = _word(token["word"])
        patterns.append(piece.pattern)
        others |= piece.others | ({piece.needs} if piece.needs else set())
        if piece.telling > best.telling:
            best = piece
    if depth and not ended:
        raise TemplateError(f"{template!r}: a [ without ]")
    close_row()
    # Of several rows one must fit: what is needed is what any of them needs, as telling as the least telling.
    needs = frozenset().union(*(row.needs for row in rows)) if all(row.needs for row in rows) else frozenset()
    pattern = rows[0].pattern if len(rows) == 1 and not depth else "(?:" + "|".join(row.pattern for row in rows) + ")"
    shared = frozenset.intersection(*(row.others for row in rows)) - {needs}
    return _Piece(pattern, needs, min(row.telling for row in rows) if needs else 0, shared), ended


_OPENS_WITH_NAME = re.compile(r"\(\?P<\w+>@\\\|")


@cache
def compile_template(template: str) -> tuple[re.Pattern[str], tuple[frozenset[str], ...]]:
    """Return the pattern over sketches for `template`, and sets of words and tags: of each a sentence must have one.

    The sets are only a quick way to pass sentences over, the most telling first; none means that any sentence may
    match. A slot that stands twice is captured as `name` and `name__2`. Raises TemplateError where the template is not
    well written.
    """
    piece, _ = _sequence(_TOKEN.finditer(template), template, {}, 0)
    needs = (piece.needs, *sorted(piece.others - {piece.needs}, key=sorted)) if piece.needs else ()
    # A name opens with a sign that no word has: without looking behind it, the search goes straight to it.
    opening = "" if _OPENS_WITH_NAME.match(piece.pattern) else r"(?<!\S)"
    try:
        return re.compile(opening + piece.pattern), needs
    except re.error as error:
        raise TemplateError(f"{template!r}: {error}") from error
