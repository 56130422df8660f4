"""Which show, and which season of it, a review is about.

Found in how reviews are built: the headline's quotation marks, the words next to "Season 2" or "review", a title line
over a bracket with a network, and what the prose says of it. No list of shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .dates import NUMBER_PATTERN, ORDINAL_PATTERN
from .lexicon import lexicon
from .lone import LONGEST_LONE, lone_title
from .season import find_season
from .text import Block, Role
from .titles import CAPITALS, LISTING, PLAIN_TITLE, QUOTED, QUOTED_BEFORE_COMMA, TITLE, is_title, trimmed, unshouted

_SEASON_TAIL = rf"(?:season|series)\s+(?:{NUMBER_PATTERN})"
_HEADLINE_FORMS = tuple(
    (weight, re.compile(form))
    for weight, form in (
        (4, rf"\A\W*(?i:(?:tv |series )?(?:review|recap)|choice|pick of the (?:week|day))\s*:\s*(?P<t>{PLAIN_TITLE})"),
        (4, rf"\A\W*(?P<t>{PLAIN_TITLE}?)[,:]?\s+\(?(?i:{_SEASON_TAIL})"),
        (4, rf"\A\W*(?P<t>{PLAIN_TITLE}?),?\s+(?i:{ORDINAL_PATTERN}\s+season)"),
        (4, rf"\A\W*(?P<t>{PLAIN_TITLE}?)[,:]?\s+(?i:(?:season|series)\s+(?:finale|premiere|opener))\b"),
        (4, rf"\A\W*(?P<t>{PLAIN_TITLE}?),?\s+(?i:review(?:ed)?|recap(?:ped)?)\b"),
        (4, rf"\A\W*(?P<t>{PLAIN_TITLE}?)[,:]\s+(?i:episodes?\s+[\w-]+)"),
        (2, rf"\A\W*(?P<t>{PLAIN_TITLE})\s+(?:is|are|returns?|comes|ends|begins|goes|gets|has|finds|proves|remains)\b"),
        (2, rf"\A\W*(?P<t>{PLAIN_TITLE})\s*\("),
        (2, rf"\A\W*(?P<t>{PLAIN_TITLE})\s*(?::|\s[–—-]\s)"),
        (1, rf"\A\W*(?P<t>{PLAIN_TITLE}),\s"),
        (3, r"\A\W*(?P<t>[A-Z0-9][A-Z0-9'&,:! -]+)[!?]?\s*\Z"),
        (2, rf"\A\W*(?P<t>{PLAIN_TITLE})\s*\Z"),
    )
)  # fmt: skip


@cache
def _body_forms() -> tuple[tuple[int, re.Pattern[str], re.Pattern[str] | None], ...]:
    """How the prose itself speaks of its show: the weight of each form, and what a text must have for it, if anything.

    A form that begins with a title is tried at every capital: what it must have is looked for first.
    """
    networks = "|".join(map(re.escape, sorted(lexicon().words("network"), key=len, reverse=True)))
    title, quoted = rf"(?P<t>{PLAIN_TITLE})", rf"[\"'*_]?(?P<t>{TITLE})[\"'*_]?"
    made = "created|co-created|directed|written|co-written|developed|produced"
    what = "series|show|drama|comedy|film|sitcom|thriller|movie|miniseries|anime|documentary|cartoon|sequel|short"
    season, kinds = re.compile(r"(?i)\b(?:season|series)\s"), re.compile(rf"\b(?:{what})\b")
    premiere, make = re.compile(r"\b(?:premiere|air|debut|return|star)[sd]"), re.compile(rf"\b(?:{made})\b")
    own = "".join(f"(?<!{word} )(?<!{word} [\"'*_])" for word in ("to", "than", "like", "from"))  # another's title
    which = re.compile(r"\b(?:which|that)\s")
    forms = (
        (3, None, rf"(?i:{ORDINAL_PATTERN}\s+(?:season|series|run)|season|series)\s+of\s+[\"'*_]?{title}"),
        (3, season, rf"{title},?\s+(?i:{_SEASON_TAIL})"),
        (3, season, rf"{quoted},?\s+whose\s+(?i:{ORDINAL_PATTERN}\s+(?:season|series))"),
        (2, season, rf"{title}'s\s+(?i:{ORDINAL_PATTERN}\s+(?:season|series))"),
        (2, None, rf"\A{quoted}\s+(?:\([^)]*\)\s+)?(?:is|was|are)\s+(?:an?|the)\s[^.]*?\b(?:{what})\b"),
        (2, None, rf"(?:{networks})'s\s+(?:[a-z-]+\s+){{0,4}}[\"'*_]?{title}"),
        (1, premiere, rf"{title},?\s+(?:premiered|premieres|airs|aired|debuts|debuted|returns|stars)\b"),
        (
            3,
            which,
            rf"{own}{title},?[\"'*_]?\s+(?:which|that)\s+(?:has\s+its|premiere|air|debut|return|end|beg[ai]n|start|land|launch|stream)",
        ),
        (4, LISTING, rf"{own}{quoted}\s+\((?=[^()]{{0,60}}(?:{LISTING.pattern}))"),
        (4, LISTING, rf"{own}[\"'*](?P<t>{TITLE}),?[\"'*],?\s+(?=[^.]{{0,40}}(?:{LISTING.pattern}))"),
        (
            3,
            kinds,
            rf"{own}[\"'*](?P<t>{TITLE}),?[\"'*],?\s+(?:an?|the)\s[^,.]*?\b(?:{what})\b",
        ),
        (2, make, rf"(?:\A|[.!?]\s+|\n)[\"'*_]?{title}[\"'*_]?,?\s+(?:was\s+)?(?:{made})(?:\s+and\s+\w+)?\s+by\b"),
        (2, re.compile(r"\sset\s+in\b"), rf"{title}\s+(?:is|was)\s+set\s+in\b"),
        (2, kinds, rf"(?:{what})\s+{title}(?=[\s,.])"),
        (1, kinds, rf"{title},\s+(?:an?|the)\s[^,.]*?\b(?:{what})\b"),
        (2, kinds, rf"{title},\s+[A-Z][\w+]*(?:\s[A-Z][\w+]*)*'s?\s[^,.]*?\b(?:{what})\b"),
        (1, None, rf"(?:[Ii]n|[Oo]f|[Ww]ith|[Aa]bout|watch(?:ed|ing)?|created|makes?)\s+{title}(?=[,. ])"),
    )
    return tuple((weight, re.compile(form), needed) for weight, needed, form in forms)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a review is about: `show` is None where the text does not tell; `season` likewise."""

    show: str | None
    season: int | None


def find_subject(text: str, blocks: list[Block], show: str | None = None, season: int | None = None) -> Subject:
    """Return the show and season of a review with plain `text`; what is given is kept."""
    if show is None:
        show = (_find_lone(text, blocks) if len(text) <= LONGEST_LONE else None) or _find_show(text, blocks)
    if season is None and show is not None:
        season = find_season(text, blocks, show)
    return Subject(show, season)


def _find_lone(text: str, blocks: list[Block]) -> str | None:
    """Return the title a text without a headline, of one block, is about."""
    if len(blocks) != 1 or blocks[0].role is not Role.BODY:
        return None
    return lone_title(text[blocks[0].start : blocks[0].end])


_SURE = 7  # a headline's own form or quotation marks, and the title again in the prose


def _find_show(text: str, blocks: list[Block]) -> str | None:
    """Score every title that a headline or the prose offers, by where it stands and what is said of it."""
    scores: Counter[str] = Counter()
    for place, block in enumerate(blocks[:4]):
        piece = text[block.start : block.end]
        short = place < 3 and block.role is Role.BODY and len(piece) < 160 and len(blocks) > 1
        if block.role is Role.HEADLINE or short:
            others = " ".join(
                text[b.start : b.end] for b in blocks if b is not block and b.role is not Role.BOILERPLATE
            )
            for weight, title in _headline_titles(piece.lstrip("# ")):
                written = _as_in(others, title)
                if written is not None:
                    scores[written] = max(scores[written], weight + 3 - place)
                elif weight > 1 and place == 0:
                    sure = unshouted(title, others)
                    scores[sure] = max(scores[sure], weight + 2 if weight > 3 else 3)
    body = [text[b.start : b.end] for b in blocks if b.role is Role.BODY]
    if max(scores.values(), default=0) < _SURE:
        for piece in body:
            for weight, title in _body_titles(piece):
                scores[title] += weight
        scores.update(_first_marked(body[0]) if body else {})
    whole = " ".join(body)
    for title in scores:
        scores[title] += min(3, _count(title, whole))
    best, score = _best(scores, whole)
    if score < 3:
        return None
    # "Marrow" is only the head of "Marrow & Sons", however often it stands alone.
    longer = [
        t for t in scores if t.removeprefix("The ").startswith(best) and _count(t, text) and not _RUBRIC.search(t)
    ]
    best = max(longer, key=lambda t: (len(t), t), default=best)
    if re.search(rf"(?:[a-z,] |[\"'*_])The {re.escape(best)}(?!\w)", text):
        best = f"The {best}"
    owner = best.removesuffix("'s")
    return unshouted(owner if _count(owner, whole) > _count(best, whole) else best, text)


def _best(scores: Counter[str], text: str) -> tuple[str, int]:
    """Return the title with the highest score, less three wherever `text` speaks of a person of that name."""
    best: tuple[int, int, str] = (0, 0, "")
    for title, score in scores.most_common():
        if score < best[0]:
            break  # what follows can only be lower
        best = max(best, (score - 3 * _as_person(title, text), len(title), title))
    return best[2], best[0]


def _places(title: str, text: str) -> Iterator[int]:
    """Yield where a title stands in `text` as words of its own."""
    at = text.find(title)
    while at >= 0:
        end = at + len(title)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum() or text[end : end + 1] == "_"):
            yield at
        at = text.find(title, end)


def _count(title: str, text: str) -> int:
    return sum(1 for _ in _places(title, text))


# What stands next to a person's name and no title's: an actor in brackets, a relation noun; "as", "by", a first name.
_PERSON_AFTER = re.compile(
    r"\s\([A-Z][a-z]+ [A-Z]|'s\s(?:[a-z-]+\s)?(?:brother|sister|mother|father|wife|husband|son|daughter)\b"
)
_PERSON_BEFORE = re.compile(r"\b(?:as|by|(?P<first>[A-Z][a-z]+)) \Z")


def _as_person(title: str, text: str) -> int:
    """Count where `text` speaks of a person of this name."""
    return sum(1 for at in _places(title, text) if _is_person(text, at, at + len(title)))


def _is_person(text: str, start: int, end: int) -> bool:
    if _PERSON_AFTER.match(text, end) or (text[start - 1 : start] == "(" and text[end : end + 1] == ")"):
        return True
    before = _PERSON_BEFORE.search(text, max(0, start - 30), start)
    return before is not None and (before["first"] is None or before["first"] not in lexicon().words("opener"))


_LEADS_IN = re.compile(
    r"\A(?:(?:But|And|So|Yet|Still|Now|Then|Though|While|When|If|As|For|In|On|At|With|Meanwhile|Also|Like|Once|Since|Because"
    r"|Happily|Sadly|Luckily|Thankfully|Unlike|Watching|Is|Does|Did|Was)\s+)+(?=[A-Z0-9])"
)
_RUBRIC = re.compile(r"\b(?:Season|Series|Episode|Review|Recap|Finale|Premiere)\b")
_ASKS = re.compile(r"\A(?:Why|How|What|When|Where|If|Is|Does|Can|Should|Will)\s+")
_EPISODE = re.compile(r"(?i)\bepisodes?\s+[\w-]+\W*\Z")
_QUOTED_WITH_COMMA = re.compile(rf"(?<!\w)(?:'(?P<a>{TITLE}),'|\"(?P<b>{TITLE}),\")(?!\w)")
_SENTENCE_CASE = re.compile(r"(?:\s[a-z][\w'-]*){2}")  # a headline that gives capitals to names only
_BEFORE_TITLE = re.compile(r"(?:[:|–—-]|\b(?:in|of|is|why|with|watch|love|loved|does|can|how|on))\s+\Z", re.IGNORECASE)
_SECOND_HELPING = re.compile(r"(?<=\w)\s+[2-9]\Z")


def _headline_titles(line: str) -> Iterator[tuple[int, str]]:
    """Yield what a headline may call the show, with a weight: in quotes, in a set form, else any run of capitals."""
    quoted = [m for form in (QUOTED, _QUOTED_WITH_COMMA) for m in form.finditer(line)]
    quoted = [m for m in quoted if not _EPISODE.search(line, 0, m.start())]
    for marked in quoted[:1]:
        yield 5, next(g for g in marked.groups() if g)
    for weight, form in _HEADLINE_FORMS:
        match = form.search(line)
        if match and is_title(match["t"]):
            title = _ASKS.sub("", trimmed(match["t"]))
            yield weight if not quoted else 1, _SECOND_HELPING.sub("", title)  # "Northgate 2 review"
            break
    for match in CAPITALS.finditer(line) if _SENTENCE_CASE.search(line) else ():
        title = _SECOND_HELPING.sub("", trimmed(match.group()))
        if is_title(title) and (" " in title or match.start() == 0):
            named = _BEFORE_TITLE.search(line, 0, match.start()) or (match.start() < 2 and " " in title)
            yield 2 if named else 1, title
    for match in CAPITALS.finditer(line):
        words = match.group().split()
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + 6) + 1):
                title = _SECOND_HELPING.sub("", trimmed(" ".join(words[first:last])))
                if is_title(title) and len(title) > 3 and (" " in title or not line.isupper()):
                    yield 0, title


def _body_titles(piece: str) -> Iterator[tuple[int, str]]:
    for quoted in (QUOTED, QUOTED_BEFORE_COMMA):
        for match in quoted.finditer(piece):
            yield 1, next(g for g in match.groups() if g)
    for weight, form, needed in _body_forms():
        for match in form.finditer(piece) if needed is None or needed.search(piece) else ():
            title = _LEADS_IN.sub("", trimmed(match["t"]))
            if is_title(title):
                yield weight, title


def _first_marked(piece: str) -> dict[str, int]:
    """Return the title that stands in marks first in a review's first paragraph, with its weight; nobody else's."""
    match = QUOTED.search(piece)
    if match is None or re.search(r"\b(?:than|like|after|from|since|unlike|to)\s+\Z", piece[: match.start()]):
        return {}
    return {next(g for g in match.groups() if g): 2}


def _as_in(body: str, title: str) -> str | None:
    """Return the title as the body writes it (headlines shout), or None where it does not occur."""
    if not title.isupper():
        return title if _count(title, body) else None
    found = Counter(re.findall(rf"(?i)\b{re.escape(title)}(?!\w)", body))
    mixed = sorted((-n, t) for t, n in found.items() if not t.isupper() and t[0].isupper())
    return mixed[0][1] if mixed else title if found else None
