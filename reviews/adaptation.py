"""What the show is taken from and whose work that is: what the rules of `rules/adaptation.toml` state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .drafts import Draft, in_speech, is_plain_statement
from .items import Sentence
from .lexicon import lexicon
from .name_forms import is_full_person_name
from .people import People, actor_name, is_network
from .records import EntityType
from .rules import Match, matches
from .text import Role


def read_adaptation(sentences: Sequence[Sentence], people: People) -> Iterator[Draft]:
    """Yield source works and their authors, in order of the sentences; authors are told to `people` as crew."""
    for sentence in sentences:
        if sentence.role is Role.CAPTION:
            continue
        for match in matches("adaptation", sentence):
            first, last = match.extent
            if not is_plain_statement(sentence, first, last) or in_speech(sentence, first, last):
                continue
            if not _of_another_show(match):
                yield from _stated(match, people)


def _stated(match: Match, people: People) -> Iterator[Draft]:
    items, rule = match.sentence.items, match.rule
    first, last = match.extent
    start, end = items[first].start, items[last].end
    author_at, source_at, bare_at = match.item("author"), match.item("source"), match.item("bare")
    author = None if author_at is None else _author(items[author_at].value, people)
    if author_at is not None and author is None:
        return
    if source_at is not None:
        if items[source_at].tag != "TITLE" or _is_a_show(match, source_at):
            return
        yield Draft("basedOn", None, items[source_at].value, EntityType.WORK, start, end, rule.confidence, rule.id)
    elif bare_at is not None:
        if items[bare_at].tag == "SHOW":
            return
        title, end = bare_title(match, bare_at)
        yield Draft("basedOn", None, title, EntityType.WORK, start, end, rule.confidence - 0.05, rule.id)
    if author is not None:
        people.crew.add(author)
        for relation in ("author", *(rule.option("also") or "").split()):
            yield Draft(relation, None, author, EntityType.PERSON, start, end, rule.confidence, rule.id)


def _author(surface: str, people: People) -> str | None:
    if is_network(surface) or surface in people.characters:
        return None
    if is_full_person_name(surface):
        return actor_name(surface, people)
    return surface if surface in people.crew else people.real_name(surface)


def _is_a_show(match: Match, source_at: int) -> bool:
    """Whether the source is called a series itself: then the show is a remake, no adaptation."""
    words = {item.value.lower() for item in match.sentence.items[match.first : source_at]}
    return bool(words & lexicon().words("format_of_show")) and not any(
        item.tag == "WORK" for item in match.sentence.items[match.first : source_at]
    )


def _of_another_show(match: Match) -> bool:
    """Whether the words stand right behind another title: "*Glasswing*, based on Edith Rowan's novel"."""
    items = match.sentence.items
    at = match.first - 1
    while at >= 0 and items[at].value.lower() in (",", "which", "is", "was", "(", "itself", "loosely"):
        at -= 1
    return at >= 0 and items[at].tag == "TITLE" and not any(i.tag == "SHOW" for i in items[:at])


_TITLE_GOES_ON = re.compile(r"(?:\s+(?:of|at|the|in|and|on|for|from|to|a|an))*\s+[A-Z][\w'-]*")


def bare_title(match: Match, at: int) -> tuple[str, int]:
    """Return a source's title that no mark sets off, and where it ends: capitals with small words between."""
    sentence = match.sentence
    items, text, base = sentence.items, sentence.text, sentence.offset
    first = at - 1 if items[at - 1].value == "The" else at
    start, end = items[first].start - base, items[at].end - base
    while more := _TITLE_GOES_ON.match(text, end):
        end = more.end()
    return text[start:end], base + end
