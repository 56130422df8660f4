"""The title that a lone sentence or a few lines are about, where no headline and no repetition tells it.

What such a text calls a film or show stands at its start ("Salt Road is a 2004 drama film"), after a fronted phrase
("Directed by Ada Roe, Salt Road ..."), or is known by its own shape and by the words next to it, which
`rules/titles.toml` lists with what each is worth.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .lexicon import lexicon
from .titles import LINK, RUN, UPPER

LONGEST_LONE = 900  # characters; what is longer is a review and says its title more than once
_ENOUGH = 4
_MOST_PIECES = 6

_QUOTE = r"[\"'*_]*"
_ASIDE = r"(?:\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?"
_APPOSITION = r"(?:\s*,\s+(?!and\b|which\b|who\b)(?:[^.;]|(?<=\b(?:Mr|Ms|Dr|St|Jr))\.|(?<=\bMrs)\.){2,120}?,)?"
_DETERMINER = r"(?:an?|the|one\s+of|(?:[A-Z][\w.-]+\s+){0,3}[A-Z][\w.-]+\s?'s?)"
_SPLIT = re.compile(r"\s*,\s+|\s+(?:and|in|for|with|at|on|from|to|of|by|as|or|'s)\s+|(?<=\w)'s\s+|\s*[!?]\s+|\s*:\s+")
_DATE = re.compile(
    r"(?:(?:On|In|By|From)\s+)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|and|to|on|\d+)\b[\s,]*)+"
)
_PERSON = re.compile(rf"(?:{UPPER}[a-zà-ÿ'-]+|{UPPER}\.)(?:\s+(?:{UPPER}[\w'-]+|{UPPER}\.|Jr\.)){{1,2}}\Z")
_AT_THE_FRONT = re.compile(r"(?:\A|[,;]\s+|\)\s+|\.\s+)" + _QUOTE + r"\Z")
# A clause opens, or a person's trade stands in front of the name: neither belongs to a title.
_CLAUSE = re.compile(r"(?:Although|While|When|If|Since|Though|Because|Both|After|Before|Unlike)\s")
_TRADE = re.compile(r"(?:Composer|Director|Actor|Actress|Cinematographer|Screenwriter|Producer|Writer|Singer|Editor)\s")
_ON_A_DAY = re.compile(r"\son\s(?:\d+|[A-Z][a-z]+\s\d+)\Z")
# What is spoken of as "it", and nobody in the text as "he" or "she", is a thing.
_ITS = re.compile(r"\A\s[^.;]{0,90}?\b(?:its|it)\b")
_COMPANY_OF_TWO = re.compile(rf"\swith\s{UPPER}[a-z]+\s{UPPER}[a-z]+\Z")
_DATED = re.compile(r"(?:\d{1,2}\s*,\s+)?\d{4}\s*,\s")
_CONCEDED = re.compile(rf"(?:Although|Though|Because|While)\s+{_QUOTE}")
# A text that says "the film" may name it anywhere.
_TOLD = re.compile(
    r"\b[Tt]h(?:e|is)\s+(?:plot|story|screenplay|script|narrative|film|movie|series|cartoon|documentary|short|drama|anime)\b"
)
_HIS = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
# "X won the award for best actor", "X was nominated for his role": a person.
_OWN_HONOUR = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:won|wins|received|earned|garnered|nominated|nominee|became|lost)\b[^.;]{0,80}?"
    r"\b(?:[Aa]ctor|[Aa]ctress|Supporting|Director|Screenplay|for\s+(?:his|her|their)\b"
    r"|for\s+[A-Z][^.;]{0,60}?'s\s+(?:[\w-]+\s+)?(?:role|performance|writing|work))"
)


@dataclass(frozen=True, slots=True)
class _Cues:
    """What `titles.toml` says, compiled. `before` and `after` are in order; the first that fits counts."""

    is_a_work: re.Pattern[str]
    fronted: re.Pattern[str]
    lead: re.Pattern[str]
    other: re.Pattern[str]
    pronouns: frozenset[str]
    before: tuple[tuple[int, re.Pattern[str]], ...]
    after: tuple[tuple[int, re.Pattern[str]], ...]


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(words)})"


@cache
def _cues() -> _Cues:
    data: dict[str, Any] = tomllib.loads(
        files(__package__).joinpath("rules", "titles.toml").read_text(encoding="utf-8")
    )
    works = rf"(?<![\w-]){_any(data['works'])}\b(?!\s+{_any(data['not_works'])}\b)(?!-?makers?\b)"
    adverbs = r"(?:\w+ly\s+|also\s+|first\s+|later\s+|then\s+|both\s+)*"
    done = rf"(?:is|was|are|were|be|being)\s+{adverbs}(?:co-)?{_any(data['done_to_works'])}"
    lists = {
        "WORKS": works,
        "OF_A_WORK": rf"(?:{done}|{_any(data['done_by_works'])})\b",
        "VERBS": rf"{_any(data['verbs'])}\b",
        "ASIDE": _ASIDE,
    }

    def spelled(form: str) -> str:
        return re.sub("|".join(lists), lambda m: lists[m.group()], form)

    return _Cues(
        re.compile(
            rf"\A{_QUOTE}(?P<t>\S[^\n]{{0,260}}?){_QUOTE}{_ASIDE}{_APPOSITION}\s+(?:is|was|are|were|remains)\s+"
            rf"(?:also\s+|actually\s+|simply\s+|only\s+|just\s+)?{_DETERMINER}\s+"
            rf"(?:(?!\s(?:is|was|are|were|that|which|who|whose|by)\s)[^;(]){{0,160}}?{works}"
        ),
        re.compile(rf"{_any(data['fronted'])}\b[^\n]*,\s+(?=\S)"),
        re.compile(rf"{_any(data['leads'])}\s+"),
        re.compile(rf"\b{_any(data['other_things'])}\b|\A(?:19|20)\d\d\Z|\A\d+\Z"),
        frozenset(data["pronouns"]),
        tuple((e["worth"], re.compile(rf"{spelled(e['form'])}\s*{_QUOTE}\Z")) for e in data["before"]),
        tuple((e["worth"], re.compile(spelled(e["form"]))) for e in data["after"]),
    )


def lone_title(text: str) -> str | None:
    """Return the title that a short plain `text` is about, as the text writes it, or None where it does not show."""
    opening = _cues().is_a_work.match(text)
    if opening is not None:
        title = _after_front(_tidy(opening["t"]))
        if _opens_plausibly(title):
            return title
    scores: Counter[str] = Counter()
    for start, end in _candidates(text):
        title = text[start:end]
        if not _is_no_title(title):
            scores[title] += _worth(text, title, start, end)
    best = max(scores.items(), key=lambda entry: (entry[1], len(entry[0]), entry[0]), default=None)
    return best[0] if best is not None and best[1] >= _ENOUGH else None


def _after_front(title: str) -> str:
    """Leave out a fronted phrase: "Set in Rome, Salt Road"."""
    front = _cues().fronted.match(title)
    return _tidy(title[front.end() :]) if front else title


def _tidy(title: str) -> str:
    return title.strip().strip('"*_').rstrip(",;").strip()


def _opens_plausibly(title: str) -> bool:
    """Whether what stands before `is a film` reads as a title: mostly capitals, no pronoun, no "The film"."""
    words = title.split()
    pronouns = _cues().pronouns
    if not words or title in pronouns or title in _never() or title.count("(") != title.count(")"):
        return False
    if not re.match(rf"(?:{UPPER}|\d|\.\.\.)", title) or re.search(
        r"(?<!Mr|Ms|Dr|St|Jr)(?<!Mrs|Vol)\.\s+[A-Z]\w+ \w", title
    ):
        return False
    if words[0] in ("The", "A", "An") and len(words) > 1 and words[1].islower():
        return False
    small = [w for w in words[1:] if w[:1].islower() and not re.fullmatch(LINK, w)]
    capital = [w for w in words[1:] if not w[:1].islower() and w[:1].isalnum()]
    if words[0] in pronouns or words[0] in ("The", "A", "An"):
        return bool(capital) and len(small) <= 1
    return len(small) <= max(3, len(capital)) and not re.search(r"\b(?:the|this|his|her|its)\s+[a-z]+\Z", title)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitals with their offsets, and what is left of a run that "and", "in", a comma may cut."""
    for run in RUN.finditer(text):
        words = run.group()
        cuts = [(m.start(), m.end()) for m in _SPLIT.finditer(words)][: _MOST_PIECES - 1]
        lead = _cues().lead.match(words)
        if lead:
            cuts.insert(0, (0, lead.end()))
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(words)]
        for i, first in enumerate(starts):
            for last in ends[i:]:
                piece = re.sub(r"(?:\s?'s?|\s?,)\Z", "", words[first:last])
                if piece and not piece[0].islower():
                    yield run.start() + first, run.start() + first + len(piece)


@cache
def _never() -> frozenset[str]:
    words = lexicon()
    return words.words("opener") | words.words("network") | words.words("not_name") | words.words("nationality")


def _is_no_title(title: str) -> bool:
    words = title.split()
    if _ON_A_DAY.search(title):
        return True
    if title in _never() or (words[0] in _cues().pronouns and len(words) == 1) or _DATE.fullmatch(title):
        return True
    return bool(_cues().other.search(title)) or all(w in _never() or w[:1].islower() for w in words)


def _worth(text: str, title: str, start: int, end: int) -> int:
    """Say how likely the words at `start` to `end` are the title the text is about."""
    cues = _cues()
    before, after = text[max(0, start - 60) : start], text[end : end + 200]
    front = bool(_AT_THE_FRONT.search(before) or _CONCEDED.fullmatch(text[:start]))
    thing = 2 if front and _ITS.search(after) and not _HIS.search(text) else 0
    said = next((worth for worth, form in cues.after if form.match(after)), 0)
    shape = _shape(title)
    worth = shape + said + thing
    if front:
        worth += 3 if said >= 2 else 1
    else:
        worth += next((value for value, form in cues.before if form.search(before)), 0)
        if shape >= 2 and said >= 2 and _TOLD.search(text):
            worth += 2
    if _may_be_a_person(title) and _OWN_HONOUR.match(after):
        worth -= 6
    genitive = bool(re.match(r"\s?'s", after))
    if cues.fronted.match(title) or (cues.lead.match(title) and genitive and front):
        worth -= 8
    if genitive and re.search(r"\s(?:for|in)\s", title):
        worth -= 2
    worth -= 3 * len(re.findall(r"\s?,\s", title))
    if _DATED.match(title) or _COMPANY_OF_TWO.search(title):
        worth -= 6
    if " and The " in title or " with " in title or _CLAUSE.match(title) or _TRADE.match(title):
        worth -= 4 if _TRADE.match(title) else 2
    return worth


def _may_be_a_person(title: str) -> bool:
    """Whether a title may be somebody's name: one word, or written like a full name."""
    words = title.split()
    return words[0] not in ("The", "A", "An") and (len(words) == 1 or bool(_PERSON.match(title)) or " and " in title)


def _shape(title: str) -> int:
    """Say how far a title shows itself to be one: an article in front, small words within, a colon, a number."""
    words = title.split()
    person = bool(_PERSON.match(title))
    worth = 0
    if words[0] in ("The", "A", "An"):
        worth += 2 if len(words) > 1 else 0
    elif person or len(words) == 1:
        worth -= 2
    if any(w in ("of", "the", "and", "in", "to", "a", "for", "is", "on", "with") for w in words[1:]):
        worth += 1
    if re.search(r"\s?:\s|[!?]\Z|\s\d{1,2}\Z", title):
        worth += 3
    elif re.search(r"\s(?:II+|IV|VI*)\Z", title):
        worth += 1
    if any(w in ("n't", "'m", "'re") for w in words):
        worth += 2
    if len(words) > 2 and not person:
        worth += 1
    if words[0].rstrip(".") in lexicon().words("honorific"):
        worth -= 1
    return worth
