"""Who made the show: what the rules of `rules/credits.toml` state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .drafts import Draft, in_speech, is_plain_statement, season_said
from .items import Sentence
from .lexicon import lexicon
from .names import is_full_person_name
from .people import People, actor_name, is_network
from .records import EntityType
from .rules import Match, matches
from .text import Role

_OF_SEASON_BY_DEFAULT = frozenset(("director",))
# What speaks of another work: its crew is not this show's.


def read_credits(sentences: Sequence[Sentence], people: People) -> Iterator[Draft]:
    """Yield crew and source facts in order of the sentences; names found here are told to `people`."""
    for sentence in sentences:
        if sentence.role is Role.CAPTION:
            continue
        for match in matches("credits", sentence):
            yield from _stated(match, people)


def _stated(match: Match, people: People) -> Iterator[Draft]:
    sentence, rule = match.sentence, match.rule
    if sentence.role is Role.HEADLINE and rule.id not in ("K3", "K8", "K15", "K16"):
        return
    first, last = match.extent
    if not is_plain_statement(sentence, first, last) or in_speech(sentence, first, last):
        return
    if _of_another_title(match, first, last):
        return
    season = season_said(sentence, first, last)
    if match.item("author") is not None:
        yield from _source(match, people, first, last)
        return
    listed = match.items("person")
    for at, name in _people_named(match, people):
        # Of a list that ends the words, each name is stated by what stands up to it.
        end = sentence.items[at if listed and listed[-1] >= last else last].end
        for relation in (rule.option("relation") or "").split():
            people.crew.add(name) if relation != "actor" else people.actors.add(name)
            yield Draft(
                relation, None, name, EntityType.PERSON, sentence.items[first].start, end,
                rule.confidence, rule.id, season=season if relation != "creator" else None,
                default_season=relation in _OF_SEASON_BY_DEFAULT,
            )  # fmt: skip


def _people_named(match: Match, people: People) -> Iterator[tuple[int, str]]:
    """Yield the real people in the {person} slot: the number of the item, and the full name."""
    items = match.sentence.items
    for i in match.items("person"):
        item = items[i]
        if item.tag != "NAME" or is_network(item.value):
            continue
        if is_full_person_name(item.value):
            yield i, actor_name(item.value, people)
            continue
        if match.rule.options.get("full_name"):
            continue
        person = people.resolve(item.value)
        if person is not None and person.type is EntityType.PERSON:
            yield i, person.name


def _of_another_title(match: Match, first: int, last: int) -> bool:
    """Whether the words are tied to another title: "directed by A in *Glasswing*", "*Glasswing* creator A"."""
    items = match.sentence.items
    if match.rule.id in ("K15",):
        return False
    before = items[first - 1] if first else None
    after = items[last + 1 : last + 3]
    if before is not None and (before.tag == "TITLE" or before.value.lower() in lexicon().words("elsewhere")):
        return True
    if before is not None and before.value in ('"', "'", "*", "_") and first > 1 and items[first - 2].tag == "TITLE":
        return True
    return len(after) == 2 and after[0].value in ("of", "on") and after[1].tag == "TITLE"


def _source(match: Match, people: People, first: int, last: int) -> Iterator[Draft]:
    items = match.sentence.items
    author_at, source_at = match.item("author"), match.item("source")
    if author_at is None:
        return
    author = items[author_at].value
    bare_at = match.item("bare")
    if not is_full_person_name(author) and author not in people.crew:
        return
    name = actor_name(author, people)
    people.crew.add(name)
    start, end = items[first].start, items[last].end
    if source_at is not None and items[source_at].tag == "TITLE":
        yield Draft(
            "basedOn", None, items[source_at].value, EntityType.WORK, start, end, match.rule.confidence, match.rule.id
        )
    if bare_at is not None:
        title, end = _bare_title(match, bare_at)
        yield Draft("basedOn", None, title, EntityType.WORK, start, end, match.rule.confidence - 0.05, match.rule.id)
    yield Draft("author", None, name, EntityType.PERSON, start, end, match.rule.confidence, match.rule.id)


_TITLE_GOES_ON = re.compile(r"(?:\s+(?:of|at|the|in|and|on|for|from|to|a|an))*\s+[A-Z][\w'-]*")


def _bare_title(match: Match, at: int) -> tuple[str, int]:
    """Return a source's title that no mark sets off, and where it ends: capitals with small words between."""
    sentence = match.sentence
    items, text, base = sentence.items, sentence.doc.text, sentence.offset
    first = at - 1 if items[at - 1].value == "The" else at
    start, end = items[first].start - base, items[at].end - base
    while more := _TITLE_GOES_ON.match(text, end):
        end = more.end()
    return text[start:end], base + end
