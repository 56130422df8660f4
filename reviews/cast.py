"""The cast: which rule matches give an actor and a part, and with them who is who in the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..ontology.terms import KINDS
from .cast_lines import is_cast_line, join_cast_lines
from .castings import Casting, castings
from .items import Item, Sentence
from .lexicon import lexicon
from .people import People, actor_name, address_gender
from .rules import Match, matches
from .simpler import simplified
from .spotlight import Spotlight
from .text import Role


@dataclass(slots=True)
class SentenceCast:
    """What the cast rules found in one sentence, and the items (brackets) they understood."""

    sentence: Sentence
    castings: list[Casting] = field(default_factory=list)
    understood: set[int] = field(default_factory=set)


_READ_IN_CAPTIONS = frozenset(("P1", "P5", "P10", "P11", "P13", "P14", "P20r", "P26c"))
_LATE_OPTIONS = frozenset(("surname_actor", "known_actor", "likely_actor", "person_part", "line", "topic"))
KIND_GROUP = {name: kind.group for name, kind in KINDS.items()}


def read_cast(sentences: Sequence[Sentence], people: People) -> list[SentenceCast]:
    """Read the cast of a review, in order of the sentences, and tell `people` who is an actor and who a character.

    Two rounds: rules that need to know an actor ("Quill's Nell") wait for those that introduce one.
    """
    found = [(s, _candidates(s)) for s in join_cast_lines(sentences)]
    empty = Spotlight(people)
    for sentence, candidates in found:
        _accept(sentence, [m for m in candidates if not _waits(m)], people, empty)
    spotlight = Spotlight(people)
    result = []
    for sentence, candidates in found:
        result.append(_accept(sentence, candidates, people, spotlight))
        _read_again(result[-1], people, spotlight)
        if sentence.role is Role.BODY:
            spotlight.note(sentence)
    return result


def _read_again(entry: SentenceCast, people: People, spotlight: Spotlight) -> None:
    """Add who else is cast once a sentence is read without what describes its names."""
    names = [item for item in entry.sentence.items if item.tag == "NAME"]
    cast = {casting.actor for casting in entry.castings}
    waiting = {n for item in names if people.likely_actor(n := actor_name(item.value, people))} - cast
    if not waiting or len(names) < 2 or entry.sentence.role is not Role.BODY:
        return
    simpler = simplified(entry.sentence)
    if simpler is None:
        return
    again = _accept(simpler, matches("cast", simpler), people, spotlight)
    entry.castings += [c for c in again.castings if c.actor in waiting and c.relation == "plays"]


def _candidates(sentence: Sentence) -> list[Match]:
    if sentence.role is Role.HEADLINE:
        return []
    found = [*matches("brackets", sentence), *matches("cast", sentence)]
    if sentence.role is Role.CAPTION:
        return [m for m in found if m.rule.id in _READ_IN_CAPTIONS]
    return [m for m in found if not m.rule.options.get("line") or is_cast_line(sentence)]


def _waits(match: Match) -> bool:
    """Whether a match can only be judged when the review's actors are known."""
    at = match.item("actor")
    stands_for_a_name = at is not None and match.sentence.items[at].tag in ("PRP", "PRP$")
    return stands_for_a_name or not _LATE_OPTIONS.isdisjoint(match.rule.options)


def note_title_character(sentences: Iterable[Sentence], people: People) -> None:
    """Tell `people` of a character named like the show: what has a sister or a husband is no show (T32)."""
    words = lexicon()
    for sentence in sentences:
        items = sentence.items
        for i, item in enumerate(items):
            if item.tag != "SHOW" or i + 1 >= len(items) or items[i + 1].value not in ("'s", "'"):
                continue
            for follower in items[i + 2 : i + 6]:
                if follower.tag == "ROLE" and KIND_GROUP.get(words.roles[follower.value].kind) in (
                    "family",
                    "romance",
                ):
                    people.characters.add(item.value)
                if not follower.tag.startswith(("JJ", "NN", "HYPH", ",", "RB")):
                    break


def _accept(sentence: Sentence, candidates: Iterable[Match], people: People, spotlight: Spotlight) -> SentenceCast:
    """Keep what the matches state, first come first served: an actor or a bracket is read once in a sentence."""
    accepted = SentenceCast(sentence)
    used: set[int] = set()
    for match in candidates:
        brackets = set(match.brackets)
        if brackets & accepted.understood and match.rule.options.get("relation") != "actor":
            continue
        stated = castings(match, people, spotlight)
        actors = set() if not stated or stated[0].relation == "actor" else _actor_items(match)
        if not stated or actors & used or _is_cut_off(match, people):
            continue
        accepted.castings += stated
        used |= actors
        for bracket in brackets if actors else ():
            accepted.understood.update(_bracket(sentence.items, bracket))
        for casting in stated:
            people.actors.add(casting.actor)
            if casting.character is not None:
                people.characters.add(casting.character)
                people.note_gender(casting.character, address_gender(casting.character))
    played = {c.actor for c in accepted.castings if c.relation == "plays"}
    accepted.castings = [c for c in accepted.castings if c.relation == "plays" or c.actor not in played]
    return accepted


def _actor_items(match: Match) -> set[int]:
    slots = ("actor", "actor2", "actor3", "former", "young", "left", "beside")
    return {i for slot in slots for i in match.items(slot) if match.sentence.items[i].tag == "NAME"}


def _is_cut_off(match: Match, people: People) -> bool:
    """Whether a match reaches to the end of a text that breaks off: its last name may be half a name."""
    return people.cut_off_at is not None and match.sentence.items[match.last].end >= people.cut_off_at


def _bracket(items: Sequence[Item], opening: int) -> Iterator[int]:
    """The indexes of a bracket's items, both ends included."""
    for i in range(opening, len(items)):
        yield i
        if items[i].value == ")":
            return
