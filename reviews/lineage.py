"""What the show is to other shows: spin-off, remake, sequel, prequel, from the rules of `rules/lineage.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .adaptation import bare_title
from .drafts import Draft, in_speech, is_plain_statement
from .items import Sentence
from .lexicon import lexicon
from .people import People, is_network
from .records import EntityType
from .rules import Match, matches
from .text import Role


def read_lineage(sentences: Sequence[Sentence], people: People, show: str | None) -> Iterator[Draft]:
    """Yield relations of the show to other shows, in order of the sentences. `show` is the review's own."""
    for sentence in sentences:
        if sentence.role is Role.CAPTION or show is None:
            continue
        for match in matches("lineage", sentence):
            first, last = match.extent
            if in_speech(sentence, first, last) or not is_plain_statement(sentence, first, last) or _is_aside(match):
                continue
            named = _namesake(match, show) or _title(match, people, show)
            if named is not None:
                title, end = named
                start = sentence.items[first].start
                relation = match.rule.option("relation") or ""
                yield Draft(
                    relation, None, title, EntityType.SERIES, start, max(end, sentence.items[last].end),
                    match.rule.confidence, match.rule.id,
                )  # fmt: skip


def _namesake(match: Match, show: str) -> tuple[str, int] | None:
    """Return the show of the same title that a year tells apart: "a remake of the 1991 series", "Saltmarsh (1991)"."""
    year_at = match.item("year")
    if year_at is None:
        return None
    year = match.sentence.items[year_at]
    return f"{show} ({year.value})", year.end


def _title(match: Match, people: People, show: str) -> tuple[str, int] | None:
    """Return the other show's title and where it ends."""
    at = match.item("other")
    if at is None:
        return None
    item = match.sentence.items[at]
    if item.tag == "SHOW" or item.value == show:
        return None
    if item.tag == "TITLE":
        return item.value, item.end
    known = people.characters | people.actors | people.crew | people.others
    if is_network(item.value) or item.value in known:
        return None
    title, end = bare_title(match, at) if at == match.last else (item.value, item.end)
    return (title, end) if title != show else None


def _is_aside(match: Match) -> bool:
    """Whether it is a joke ("basically a sequel to"), or the show is what the other came from ("has spawned")."""
    items = match.sentence.items
    words = [item.value.lower() for item in items[max(0, match.first - 6) : match.last + 1]]
    return bool(lexicon().words("likened").intersection(words))
