"""The work a show is taken from, where no mark sets its title off: behind its kind ("the novel") or its author."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from .countries import country_of
from .lexicon import lexicon
from .people import People
from .records import EntityType
from .rows import Found, speaks_of_show
from .rules import Match
from .titles import RUN

_ENDS_TITLE = re.compile(
    r"\s+(?:by|from|as|written|in\s+which)\s|\s*\(|,\s+(?!and\b)|\s+and\s+(?:was|is|[a-z]+ed)\b|[\"*_]|(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!St)(?<!Vol)\.\s|\s-\s"
)
_MARK = r"[\"'*_]?"


@cache
def _leads() -> re.Pattern[str]:
    """What stands between "based on" and a title: a kind of work, or an author's genitive and perhaps a kind."""
    kinds = "|".join(
        map(re.escape, sorted(lexicon().words("work") | lexicon().words("old_work"), key=lambda w: (-len(w), w)))
    )
    plain = r"(?:(?!\bby\b|\bof\b)[^,;()\"]){0,90}?"
    return re.compile(
        rf"\s+(?:(?:an?|the)\s+{plain}\b(?i:{kinds})s?\s+by\s+[^,;()]{{3,40}}?\s+(?:entitled|titled|called)\s+(?={_MARK}[A-Z\d])"
        rf"|{plain}\b(?i:{kinds})s?(?:\s+of\s+(?P<same>the\s+same\s+(?:name|title)))?(?:\s+(?:entitled|titled|called))?,?\s+(?={_MARK}[A-Z\d])"
        rf"|(?:the\s+(?:[a-z]+\s+){{1,3}}of\s+)?(?:the\s+|an?\s+)?(?:[A-Z][\w.'-]*\s+|(?:de|van|von|of|the)\s+)*[A-Z][\w.-]*\s?'s?\s+(?:[a-z\d-]+\s+){{0,4}}(?={_MARK}[A-Z\d])"
        rf"|(?={_MARK}(?:The|An?)\s+[A-Z])|(?=[A-Z\"]))"
    )


_SAME = re.compile(r"\s+[^.;]{0,80}?\bof\s+(?:the\s+same|its)\s+(?:name|title)\b|\s+(?:[^.;]{0,60}?\b)?eponymous\b")


def source(match: Match, people: People) -> Iterator[Found]:
    """Yield the title behind the match; "of the same name" is the show's own."""
    sentence = match.sentence
    items, base = sentence.items, sentence.offset
    if not speaks_of_show(sentence, match.first):
        return
    text = sentence.text[: items[-1].end - base]
    start = items[match.last].end - base
    starts = [item.start - base for item in items]
    shows = [item.value for item in items if item.tag == "SHOW"]
    same = _SAME.match(text, start)
    if same and shows:
        last = bisect_right(starts, same.end() - 1) - 1
        yield Found("basedOn", shows[0], EntityType.WORK, match.first, last)
        return
    lead = _leads().match(text, start)
    if lead is None:
        return
    title = RUN.match(text, lead.end() + (text[lead.end() : lead.end() + 1] in ('"', "'", "*", "_")))
    if title is None:
        return
    name = title.group()
    stop = _ENDS_TITLE.search(name)
    name = (name[: stop.start()] if stop else name).strip(" ,.")
    last = bisect_right(starts, title.start() + len(name) - 1) - 1
    bare = lead.end() == lead.start() + 1
    behind = text[title.start() + len(name) :]
    if (
        not name
        or (name.endswith(("'s", "'")) and re.match(r"\s+[a-z]", behind))  # an author, whose novels follow
        or name in people.actors | people.crew | people.characters
        or (bare and not _reads_as_work(match, name, behind))
    ):
        return
    yield Found("basedOn", name, EntityType.WORK, match.first, last)


def _reads_as_work(match: Match, name: str, behind: str) -> bool:
    """Whether a bare name is a work's: it is adapted or retold, has an article, or an author follows."""
    trigger = {item.value.lower() for item in match.sentence.items[match.first : match.last + 1]}
    if trigger & {"adaptation", "retelling", "reimagining", "dramatization", "dramatisation"}:
        return not country_of(name)
    return name.startswith(("The ", "A ", "An ")) or bool(_AUTHOR_FOLLOWS.match(behind))


_AUTHOR_FOLLOWS = re.compile(r"['\"*_]?\s*(?:\([^)]*\)\s*)?(?:,\s+(?:a|the)\s|by\s+[A-Z])")
