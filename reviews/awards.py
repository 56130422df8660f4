"""Prizes a show won or was nominated for: the prize's name is found by how prizes are called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from .items import Sentence
from .lexicon import lexicon
from .people import People
from .records import EntityType
from .rows import Found, is_generic, show_is_subject
from .rules import Match, matches
from .titles import UPPER

_CAPITAL = rf"{UPPER}[\w'.-]*"
_NEXT_WINNER = r"(?:\s+[A-Z][\w'-]+){1,3}\s+(?:won|wins|received|was|were|earned|for)\b"
_LINK = (
    r"(?:of|on|or|an?|by|&|-|in(?=\s+an?\s)"
    rf"|and(?!\s+(?:Best|the|an?|was|Golden|Silver)\b)(?!{_NEXT_WINNER}))"
)
_MONTH = r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"


@cache
def _prize() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, lexicon().words("prize")), key=lambda w: (-len(w), w)))
    openers = "Best|Outstanding|Most|Worst|Excellence|Special|Lifetime|Achievement|Distinguished|Favorite|Favourite"
    category = (
        rf"(?:{openers})(?:(?:\s+{_LINK}){{0,3}}\s+(?!Best\b)(?!Awards?\b){_MONTH}{_CAPITAL})*"
        r"(?:,\s(?:Color|Black-and-White))?|best(?:\s(?!in\b|at\b|for\b|and\b|to\b|as\b|by\b)[a-z-]+){1,4}"
    )
    return re.compile(
        rf"(?<![\w-])(?P<name>(?:{_CAPITAL}\s+(?:d[ieu]\s+|of\s+|de\s+|for\s+)?){{0,7}}?(?:{heads}|(?:Golden|Silver|Bronze|Crystal)\s{UPPER}\w+)"
        rf"(?:\s+(?:{_CAPITAL}\s+){{0,2}}?(?:[Aa]wards?|[Pp]rizes?|Trophy|Medal))?)(?!\w)(?!\s+{UPPER}\w+\s+Festival)"
        rf"(?P<said>\s+(?:nominations?|nods?|nominees?|winners?|wins?)(?!\s[A-Z]))?(?:\s+(?:for|in)\s+(?:the\s+)?(?P<category>(?:{category})))?"
        rf"|(?<![\w-])(?P<only>(?!best\b)(?:{category}))"
    )


_YEARS = re.compile(
    r"\A(?:(?:The|This|That|An?|In|At|For|On|Its|His|Her|By|While|After|Although)\s+|(?:18|19|20)\d\d\s+|\d+\s+)+"
)
_AT_A_CEREMONY = re.compile(
    r"(?:\d(?:st|nd|rd|th)\s(?:Annual\s)?|\bat\s(?:the\s)?(?:\d{4}\s)?|\b(?:19|20)\d\d-\d\d\s)\Z"
)


def prizes(match: Match, people: People) -> Iterator[Found]:
    """Yield the prizes for which the match is the nearest word before them that says won, nominated or lost."""
    if not _for_the_show(match):
        return
    named = list(_prizes_named(match))
    yield from named or _bare_prize(match, people)


_CATEGORY = re.compile(r"\s+for\s+[Bb]est(?:\s(?!in\b|at\b|for\b|and\b|to\b|as\b|by\b)[\w-]+){1,4}")


def _bare_prize(match: Match, people: People) -> Iterator[Found]:
    """Yield a prize that only its place shows to be one: "the show won a Golden Sprocket"."""
    sentence, at = match.sentence, match.last + 1
    items = sentence.items
    while at < len(items) and (items[at].tag in ("DT", "IN") or items[at].value.lower() == "home"):
        at += 1
    if at == match.last + 1 or at >= len(items) or items[at].tag != "NAME" or " " not in items[at].value:
        return
    name = items[at].value
    behind = items[at + 1].tag if at + 1 < len(items) else "."
    if behind not in ("IN", ".", ",", "CC") or name in people.characters | people.actors | people.crew:
        return
    if items[at - 1].tag == "DT" and show_is_subject(sentence, _subject_end(match)):
        text, end = sentence.text, items[at].end - sentence.offset
        category = _CATEGORY.match(text, end)
        yield Found(
            match.rule.option("relation") or "", name + (category.group() if category else ""), EntityType.TEXT,
            match.first, at,
        )  # fmt: skip


def _prizes_named(match: Match) -> Iterator[Found]:
    sentence = match.sentence
    text, base = sentence.text, sentence.offset
    end = sentence.items[-1].end - base
    behind = sentence.items[match.last].end - base
    until = _next_word(match, end, base)
    awarded = ""
    for found in _prize().finditer(text, max(0, sentence.items[0].start - base), end):
        if found["name"] is not None and not _AT_A_CEREMONY.search(text, 0, found.start()):
            awarded = _single(_YEARS.sub("", found["name"]))
        name = _named(found, awarded, text)
        if name is None or not _is_ours(found, behind, until):
            continue
        at = bisect_right([item.start - base for item in sentence.items], found.end() - 1) - 1
        first, last = min(match.first, at), max(match.last, at)
        yield Found(match.rule.option("relation") or "", name, EntityType.TEXT, first, last)


def _is_ours(found: re.Match[str], behind: int, until: int) -> bool:
    """Whether the prize stands between the match and the next such word, or says "NAME nomination" itself."""
    if found["name"] is not None and found["said"] is not None:
        return found.start("said") < behind <= found.end("said")
    return behind <= found.start() < until


def _next_word(match: Match, end: int, base: int) -> int:
    """Where the next word stands that says won, nominated or lost."""
    items = match.sentence.items
    starts = [m.first for m in matches("origin", match.sentence) if m.rule.option("read") == "prizes"]
    starts += [i for i, item in enumerate(items) if item.value.lower() in lexicon().words("not_won")]
    later = [i for i in starts if i > match.last]
    return items[min(later)].start - base if later else end


def _named(found: re.Match[str], awarded: str, text: str) -> str | None:
    """Return the prize's name with its category, "Best Director" with the prize that was named before it."""
    if found["only"] is not None:
        return f"{awarded} for {found['only'].rstrip('.')}" if awarded else found["only"].rstrip(".")
    if _AT_A_CEREMONY.search(text, 0, found.start()) and found["category"] is None:
        return None
    name = _SEVERAL.sub(r"\1", " ".join(_YEARS.sub("", found["name"]).split()))
    if found["category"] is None:
        return name if " " in name or name in lexicon().words("prize_alone") else None
    name = "Academy Award" if name == "Oscar" else _single(name)
    return f"{name} for {found['category'].rstrip('.')}"


def _single(name: str) -> str:
    return re.sub(r"(?<=Award|Prize)s\Z", "", name)


_SEVERAL = re.compile(r"\b(Emmy|Bafta|BAFTA|Oscar|Grammy|Globe|Lion|Bear|César|Goya)s\Z")


def honoured(match: Match, _people: People) -> Iterator[Found]:
    """Yield the prize in front of "-winning" or "-nominated", where what follows is the show."""
    sentence = match.sentence
    items, text, base = sentence.items, sentence.text, sentence.offset
    end = items[match.first].start - base
    if any(item.tag == "TITLE" for item in items[match.first : match.last + 3]):
        return
    found = [m for m in _prize().finditer(text, max(0, items[0].start - base), end) if m.end() == end]
    if not found or found[0]["name"] is None or not match.first:
        return
    relation = "nomination" if items[match.first + 1].value.lower() == "nominated" else "award"
    yield Found(relation, _YEARS.sub("", found[0]["name"]), EntityType.TEXT, match.first - 1, match.last)


def _for_the_show(match: Match) -> bool:
    """Whether the prize is the show's: the show is what won it, or somebody did "for" or "in" the show."""
    sentence, first = match.sentence, match.first
    items = sentence.items
    if any(item.tag == "TITLE" for item in items[:first]):
        return False
    at = _subject_end(match)
    if show_is_subject(sentence, at):
        return True
    for i in range(first, len(items) - 1):
        if items[i].value.lower() in ("for", "in", "of", "with", "from", "making") and _is_show(sentence, i + 1):
            return True
    before = items[at - 1] if at else None
    named = any(_is_show(sentence, i) for i in range(len(items)))
    if before is not None and before.tag == "NAME" and _prize().search(before.value):
        return named
    if before is not None and before.tag in ("NAME", "WP"):
        words = [item.value.lower() for item in items[first:]]
        own = any(a == "for" and b in ("his", "her", "their") for a, b in pairwise(words))
        return own and named and before.tag == "NAME"
    return named


def _subject_end(match: Match) -> int:
    """Return the item behind the subject: adverbs and auxiliaries in front of the verb are left out."""
    items, at = match.sentence.items, match.first
    while at and (items[at - 1].tag.startswith("RB") or items[at - 1].value.lower() in lexicon().words("auxiliary")):
        at -= 1
    return at


def _is_show(sentence: Sentence, i: int) -> bool:
    items = sentence.items
    if items[i].tag == "SHOW":
        return True
    return items[i].value.lower() in ("the", "this") and i + 1 < len(items) and is_generic(items[i + 1])
