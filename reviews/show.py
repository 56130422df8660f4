"""Which show, and which season of it, a review is about, and where other titles are mentioned.

Found in how reviews are built: the headline's quotation marks, the words next to "Season 2" or "review", a title line
over a bracket with a network, and what the prose says of it. No list of shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .dates import NUMBER_PATTERN, ORDINAL_PATTERN, number_of
from .lexicon import lexicon
from .text import Block, Role

_CAP = r"(?:(?:Mr|Mrs|Ms|Dr|St|Jr|No|Vol)\.|[A-Z0-9&](?:[\w'&+-]|\.(?=\w))*)"
_JOIN = r"(?:of|the|and|in|a|an|to|for|with|on|at|from|de|la|&)"
# At most twelve words, so that a text of nothing but capitals costs no more than another.
_TITLE = rf"{_CAP}(?:(?:,?\s+|:\s+){_JOIN}(?=\s)|\s+{_CAP}|:\s+{_CAP}){{0,11}}"
_PLAIN_TITLE = rf"{_CAP}(?:\s+{_JOIN}(?=\s)|\s+{_CAP}){{0,11}}"
_SEASON_TAIL = rf"(?:season|series)\s+(?:{NUMBER_PATTERN})"
_QUOTED = re.compile(
    rf"""(?<![\w])(?:'(?P<a>{_TITLE}[!?]?)'|"(?P<b>{_TITLE}[!?]?)"|\*(?P<c>{_TITLE}[!?]?)\*|_(?P<d>{_TITLE}[!?]?)_)(?!\w)"""
)
# A comma inside the marks, as Americans have it; what somebody says behind it ("Run," he says) is speech.
_QUOTED_BEFORE_COMMA = re.compile(
    rf"""(?<!\w)"(?P<e>{_TITLE}[!?]?),"(?!\s+(?:he|she|they|I|we|it|you|says?|said|asks?|[A-Z]\w+\s+(?:says?|said|asks?|tells?))\b)"""
)
_SEASON = re.compile(
    rf"(?i)\b(?:season|series)\s+(?P<n>{NUMBER_PATTERN})\b"
    rf"|\b(?P<o>{ORDINAL_PATTERN})\s+(?:season|series|run|outing|instal?ment)\b"
    r"|\bS(?P<s>\d{1,2})\b(?=[\s:,)]|E\d)"
)
_HEADLINE_FORMS = tuple(
    (weight, re.compile(form))
    for weight, form in (
        (4, rf"\A\W*(?i:(?:tv |series )?(?:review|recap)|choice|pick of the (?:week|day))\s*:\s*(?P<t>{_PLAIN_TITLE})"),
        (4, rf"\A\W*(?P<t>{_PLAIN_TITLE}?)[,:]?\s+\(?(?i:{_SEASON_TAIL})"),
        (4, rf"\A\W*(?P<t>{_PLAIN_TITLE}?),?\s+(?i:{ORDINAL_PATTERN}\s+season)"),
        (4, rf"\A\W*(?P<t>{_PLAIN_TITLE}?),?\s+(?i:review(?:ed)?|recap(?:ped)?)\b"),
        (2, rf"\A\W*(?P<t>{_PLAIN_TITLE})\s*\("),
        (2, rf"\A\W*(?P<t>{_PLAIN_TITLE})\s*(?::|\s[–—-]\s|,\s)"),
        (2, rf"\A\W*(?P<t>{_PLAIN_TITLE})\s*\Z"),
    )
)  # fmt: skip


@cache
def _body_forms() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """How the prose itself speaks of its show, with the weight of each form."""
    networks = "|".join(map(re.escape, sorted(lexicon().words("network"), key=len, reverse=True)))
    title, quoted = rf"(?P<t>{_PLAIN_TITLE})", rf"[\"'*_]?(?P<t>{_TITLE})[\"'*_]?"
    made = "created|co-created|directed|written|co-written|developed|produced"
    what = "series|show|drama|comedy|film|sitcom|thriller|movie|miniseries|anime|documentary|cartoon|sequel|short"
    forms = (
        (3, rf"(?i:{ORDINAL_PATTERN}\s+(?:season|series|run)|season|series)\s+of\s+[\"'*_]?{title}"),
        (3, rf"{title},?\s+(?i:{_SEASON_TAIL})"),
        (2, rf"{title}'s\s+(?i:{ORDINAL_PATTERN}\s+(?:season|series))"),
        (2, rf"\A{quoted}\s+(?:\([^)]*\)\s+)?(?:is|was|are)\s+(?:an?|the)\s[^.]*?\b(?:{what})\b"),
        (2, rf"(?:{networks})'s\s+(?:[a-z-]+\s+){{0,4}}[\"'*_]?{title}"),
        (1, rf"{title},?\s+(?:which\s+)?(?:premiered|premieres|airs|aired|debuts|debuted|returns|stars)\b"),
        (2, rf"(?:\A|[.!?]\s+|\n)[\"'*_]?{title}[\"'*_]?,?\s+(?:was\s+)?(?:{made})(?:\s+and\s+\w+)?\s+by\b"),
        (2, rf"{title}\s+(?:is|was)\s+set\s+in\b"),
        (2, rf"(?:{what})\s+{title}(?=[\s,.])"),
        (1, rf"{title},\s+(?:an?|the)\s[^,.]*?\b(?:{what})\b"),
        (1, rf"(?:[Ii]n|[Oo]f|[Ww]ith|[Aa]bout|watch(?:ed|ing)?|created|makes?)\s+{title}(?=[,. ])"),
    )
    return tuple((weight, re.compile(form)) for weight, form in forms)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a review is about: `show` is None where the text does not tell; `season` likewise."""

    show: str | None
    season: int | None


def find_subject(text: str, blocks: list[Block], show: str | None = None, season: int | None = None) -> Subject:
    """Return the show and season of a review with plain `text`; what is given is kept."""
    if show is None:
        show = _find_show(text, blocks)
    if season is None and show is not None:
        season = _find_season(text, blocks, show)
    return Subject(show, season)


_SURE = 7  # a headline's own form or quotation marks, and the title again in the prose


def _find_show(text: str, blocks: list[Block]) -> str | None:
    """Score every title that a headline or the prose offers, by where it stands and what is said of it."""
    scores: Counter[str] = Counter()
    for place, block in enumerate(blocks[:4]):
        piece = text[block.start : block.end]
        short = place < 3 and block.role is Role.BODY and len(piece) < 160 and len(blocks) > 1
        if block.role is Role.HEADLINE or short:
            others = " ".join(text[b.start : b.end] for b in blocks if b is not block and b.role is Role.BODY)
            for weight, title in _headline_titles(piece.lstrip("# ")):
                written = _as_in(others, title)
                if written is not None:
                    scores[written] = max(scores[written], weight + 3 - place)
                elif weight > 2 and place == 0 and block.role is Role.HEADLINE:
                    sure = title.title() if title.isupper() and " " in title else title
                    scores[sure] = max(scores[sure], weight + 2)
    body = [text[b.start : b.end] for b in blocks if b.role is Role.BODY]
    if max(scores.values(), default=0) < _SURE:
        for piece in body:
            for weight, title in _body_titles(piece):
                scores[title] += weight
    whole = " ".join(body)
    for title in scores:
        scores[title] += min(3, _count(title, whole))
    best, score = _best(scores, whole)
    if score < 3:
        return None
    # "Marrow" is only the head of "Marrow & Sons", however often it stands alone.
    longer = [t for t in scores if t.startswith(best) and _count(t, whole)]
    best = max(longer, key=lambda t: (len(t), t), default=best)
    owner = best.removesuffix("'s")
    return owner if _count(owner, whole) > _count(best, whole) else best


def _best(scores: Counter[str], text: str) -> tuple[str, int]:
    """Return the title with the highest score, less three wherever `text` speaks of a person of that name."""
    best: tuple[int, int, str] = (0, 0, "")
    for title, score in scores.most_common():
        if score < best[0]:
            break  # what follows can only be lower
        best = max(best, (score - 3 * _as_person(title, text), len(title), title))
    return best[2], best[0]


def _count(title: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(title)}(?!\w)", text)) if title in text else 0


# What stands next to a person's name and no title's: an actor in brackets, a relation noun, brackets around it.
_PERSON_NEAR = (
    r"\b{0}(?:\s\([A-Z][a-z]+ [A-Z]|'s\s(?:[a-z-]+\s)?(?:brother|sister|mother|father|wife|husband|son|daughter)\b)"
    r"|\({0}\)|\bas {0}\b|\bby {0}\b|\b(?P<first>[A-Z][a-z]+) {0}\b"
)


def _as_person(title: str, text: str) -> int:
    """Count where `text` speaks of a person of this name."""
    if title not in text:
        return 0
    found = re.finditer(_PERSON_NEAR.format(re.escape(title)), text)
    return sum(1 for m in found if m["first"] is None or m["first"] not in lexicon().words("opener"))


def _headline_titles(line: str) -> Iterator[tuple[int, str]]:
    """Yield what a headline may call the show, with a weight: in quotes, in a set form, else any run of capitals."""
    quoted = [next(g for g in m.groups() if g) for m in _QUOTED.finditer(line)]
    for title in quoted[:1]:
        yield 5, title
    for weight, form in _HEADLINE_FORMS:
        match = form.search(line)
        if match and _is_title(match["t"]):
            yield weight if not quoted else 1, _trimmed(match["t"])
            break
    for match in _CAPITALS.finditer(line):
        words = match.group().split()
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + 6) + 1):
                title = _trimmed(" ".join(words[first:last]))
                if _is_title(title) and len(title) > 3:
                    yield 0, title


_CAPITALS = re.compile(_PLAIN_TITLE)
_TRAILING = re.compile(rf"(?:[\s,]+{_JOIN})*[\s,.]*\Z")


def _trimmed(title: str) -> str:
    return _TRAILING.sub("", title)


def _body_titles(piece: str) -> Iterator[tuple[int, str]]:
    for match in _QUOTED.finditer(piece):
        yield 1, next(g for g in match.groups() if g)
    for weight, form in _body_forms():
        for match in form.finditer(piece):
            title = _trimmed(match["t"])
            if _is_title(title):
                yield weight, title


def _is_title(title: str | None) -> bool:
    if not title or title in lexicon().words("opener"):
        return False
    return title not in lexicon().words("network") and title not in lexicon().words("not_name")


def _as_in(body: str, title: str) -> str | None:
    """Return the title as the body writes it (headlines shout), or None where it does not occur."""
    if not title.isupper():
        return title if _count(title, body) else None
    found = Counter(re.findall(rf"(?i)\b{re.escape(title)}(?!\w)", body))
    mixed = sorted((-n, t) for t, n in found.items() if not t.isupper() and t[0].isupper())
    return mixed[0][1] if mixed else title if found else None


def _find_season(text: str, blocks: list[Block], show: str) -> int | None:
    near = re.compile(rf"{re.escape(show)}\W{{0,3}}(?:'s)?\W*(?:[a-z-]+\s+){{0,2}}\Z", re.IGNORECASE)
    votes: Counter[int] = Counter()
    read = [b for b in blocks if b.role in (Role.HEADLINE, Role.BODY)]
    for place, block in enumerate(read):
        piece = text[block.start : block.end]
        for match in _SEASON.finditer(piece):
            number = number_of(match["n"] or match["o"] or match["s"])
            before = piece[max(0, match.start() - len(show) - 60) : match.start()]
            after = piece[match.end() : match.end() + len(show) + 10]
            tied = bool(near.search(before)) or bool(re.match(rf"\s+of\s+\W?{re.escape(show)}", after))
            if place == 0 or (place < 2 and len(piece) < 200):
                votes[number] += 8 if tied else 5
            elif tied:
                votes[number] += 4
            elif re.search(r"(?i)\b(?:its|this|the show's|their)\s+(?:[a-z-]+\s+)?\Z", before):
                votes[number] += 3
            elif place < 3 or place >= len(read) - 1:
                votes[number] += 1
    if not votes:
        return None
    best, score = max(votes.items(), key=lambda entry: (entry[1], entry[0]))
    return best if score >= 3 else None


@cache
def _show_pattern(show: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(show)}(?![\w]|-\w)")


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A title in a block: `tag` SHOW for the review's own show, TITLE for another; offsets into the block."""

    tag: str
    text: str
    start: int
    end: int


def title_mentions(piece: str, show: str | None) -> list[TitleMention]:
    """Return mentions of the review's show and of quoted or emphasised titles in a block, by place, not overlapping.

    A mention covers the quotation or emphasis marks around it.
    """
    found: list[TitleMention] = []
    for form in _forms_of(show):
        for match in _show_pattern(form).finditer(piece):
            start, end = match.span()
            if " " not in form and _is_surname_here(piece, start):
                continue
            if piece[start - 1 : start] in _MARKS and piece[start - 1 : start] == piece[end : end + 1]:
                start, end = start - 1, end + 1
            found.append(TitleMention("SHOW", show or "", start, end))
    for match in (*_QUOTED.finditer(piece), *_QUOTED_BEFORE_COMMA.finditer(piece)):
        title = next(g for g in match.groups() if g)
        if title != show and _reads_as_title(piece, match.start(), title):
            found.append(TitleMention("TITLE", title, *match.span()))
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[TitleMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _is_surname_here(piece: str, start: int) -> bool:
    """Whether a title of one word closes a person's name here: "Tom Ripley" in a review of *Ripley*."""
    before = re.search(r"\b([A-Z][a-z]+) \Z", piece[max(0, start - 40) : start])
    if before is None or before.group(1) in lexicon().words("opener") or before.group(1).endswith("ing"):
        return False
    words = lexicon()
    return not any(before.group(1) in words.words(n) for n in ("network", "nationality", "not_name", "particle"))


_MARKS = tuple("'\"*_")


def _forms_of(show: str | None) -> Iterator[str]:
    """The title, and without its article where enough is left to know it by."""
    if show:
        yield show
        if show.startswith("The ") and " " in show[4:]:
            yield show[4:]


def _reads_as_title(piece: str, start: int, title: str) -> bool:
    """A quoted single name between two names is a nickname; a quoted sentence is speech."""
    before = piece[max(0, start - 40) : start].rstrip()
    after = piece[start + len(title) + 2 : start + len(title) + 8]
    nickname = (
        bool(re.search(r"[A-Z][\w'-]*\Z", before)) and bool(re.match(r"\s+[A-Z]", after)) and piece[start] in "'\""
    )
    return not nickname and not title.endswith((".", ","))
