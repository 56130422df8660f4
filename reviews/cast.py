"""The cast: which rule matches give an actor and a part, and with them who is who in the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..ontology.terms import KINDS
from .items import Item, Sentence
from .lexicon import lexicon
from .names import is_full_person_name, name_form
from .people import People, actor_name, address_gender, could_be_actor, is_network
from .rules import Match, Rule, matches
from .text import Role


@dataclass(frozen=True, slots=True)
class Casting:
    """An actor and a part: `character` is a name as written, or None for an unnamed part, which `match` describes.

    `first`/`last` number the items that state it, in the whole sentence.
    """

    rule: Rule
    match: Match
    actor: str
    character: str | None
    first: int
    last: int


@dataclass(slots=True)
class SentenceCast:
    """What the cast rules found in one sentence, and the items (brackets) they understood."""

    sentence: Sentence
    castings: list[Casting] = field(default_factory=list)
    understood: set[int] = field(default_factory=set)


_AWARDS = ("Best ", "Outstanding ")
_BARE_SURNAME_RULES = frozenset(("P24",))
_READ_IN_CAPTIONS = frozenset(("P1", "P11", "P13"))


def read_cast(sentences: Sequence[Sentence], people: People) -> list[SentenceCast]:
    """Read the cast of a review, in order of the sentences, and tell `people` who is an actor and who a character.

    Two rounds: rules that need to know an actor ("Quill's Nell") wait for those that introduce one.
    """
    found = [(s, [m for m in matches("cast", s) if s.role is not Role.HEADLINE]) for s in sentences]
    for sentence, candidates in found:
        if candidates:
            _accept(sentence, candidates, people, introducing=True)
    result = []
    for sentence, candidates in found:
        accepted = _accept(sentence, candidates, people, introducing=False) if candidates else SentenceCast(sentence)
        result.append(accepted)
    return result


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


KIND_GROUP = {name: kind.group for name, kind in KINDS.items()}


def _accept(sentence: Sentence, candidates: Iterable[Match], people: People, *, introducing: bool) -> SentenceCast:
    accepted = SentenceCast(sentence)
    cast_actors: set[int] = set()
    for match in candidates:
        rule = match.rule
        waits = rule.id in _BARE_SURNAME_RULES or rule.options.get("known_actor")
        if introducing and waits:
            continue
        if sentence.role is Role.CAPTION and rule.id not in _READ_IN_CAPTIONS:
            continue
        brackets = set(match.brackets)
        if brackets & accepted.understood:
            continue
        castings = list(_castings(match, people))
        if not castings or any(match.item(slot) in cast_actors for slot in ("actor", "actor2")):
            continue
        accepted.castings += castings
        cast_actors.update(i for slot in ("actor", "actor2") for i in match.items(slot))
        for bracket in brackets:
            accepted.understood.update(_bracket(sentence.items, bracket))
        for casting in castings:
            people.actors.add(casting.actor)
            if casting.character is not None:
                people.characters.add(casting.character)
                people.note_gender(casting.character, address_gender(casting.character))
    return accepted


def _bracket(items: Sequence[Item], opening: int) -> Iterator[int]:
    """The indexes of a bracket's items, both ends included."""
    for i in range(opening, len(items)):
        yield i
        if items[i].value == ")":
            return


def _castings(match: Match, people: People) -> Iterator[Casting]:
    """Yield what a match states, all or nothing, if its names can be what the rule takes them for."""
    items = match.sentence.items
    pairs: list[tuple[str, str | None]] = []
    for character_slot, actor_slot in (("character", "actor"), ("character2", "actor2")):
        actor_at = match.item(actor_slot)
        if actor_at is None:
            continue
        actor = items[actor_at]
        character_at = match.item(character_slot)
        if not _may_act(match.rule, actor, people):
            return
        if character_at is None:
            if not (match.item("role") is not None or match.item("part") is not None):
                return
            pairs.append((actor_name(actor.value, people), None))
        else:
            character = items[character_at]
            if not _may_be_played(match, character_at, character, actor, people):
                return
            pairs.append((actor_name(actor.value, people), character.value))
    if not pairs or _is_filmography(match) or _of_other_show(match):
        return
    surname = match.item("surname")
    if surname is not None:
        if is_full_person_name(items[surname].value):
            return
        for _, name in pairs:
            if name is not None:
                people.given[name] = f"{name} {items[surname].value}"
    first, last = _span(match)
    for actor_surface, character_surface in pairs:
        yield Casting(match.rule, match, actor_surface, character_surface, first, last)


def _may_act(rule: Rule, actor: Item, people: People) -> bool:
    if actor.tag != "NAME" or is_network(actor.value) or not could_be_actor(actor.value, people):
        return False
    full = is_full_person_name(actor.value)
    if rule.id in _BARE_SURNAME_RULES:
        return not full
    if rule.id in ("P1", "P20", "P21"):
        return full
    if rule.options.get("known_actor"):
        return actor_name(actor.value, people) in people.actors
    return True if not rule.options.get("full_actor") else full


def _may_be_played(match: Match, at: int, character: Item, actor: Item, people: People) -> bool:
    surface = character.value
    items = match.sentence.items
    if surface == actor.value or is_network(surface) or surface in people.others or surface.startswith(_AWARDS):
        return False
    if any(item.value in ("known", "titled", "released") for item in items[match.first : match.last]):
        return False
    if character.tag == "SHOW":  # a title character: only a bracket with a full name tells it from the show
        return len(surface.split()) <= 2 and bool(list(match.brackets)) and is_full_person_name(actor.value)
    known_as_actor = surface in people.actors or (
        surface not in people.characters and not is_full_person_name(surface) and people.is_actor(surface)
    )
    if known_as_actor and surface not in people.characters:
        return False
    if match.rule.options.get("full_character"):
        source_words = [i.value.lower() for i in items[max(0, match.first - 3) : match.first]]
        if not (is_full_person_name(surface) or name_form(surface).honorific) or {"on", "from", "of", "by"} & set(
            source_words
        ):
            return False
    after = items[at + 1].value if at + 1 < len(items) else ""
    if not list(match.brackets) and after in ("'s", "'") and at == match.last:
        return False  # "as Nell's mother": the part is another's
    return not (
        match.rule.options.get("known_actor") and any(i.tag in ("ROLE", "ROLES") for i in items[match.first : at])
    )


def _is_filmography(match: Match) -> bool:
    """Whether the bracket stands in a list of actors and holds their earlier titles: "stars A (X), B (Y)"."""
    if not list(match.brackets):
        return False
    at = match.item("character")
    if at is None or not is_full_person_name(match.sentence.items[at].value):
        return False
    items = match.sentence.items
    depth = 0
    for i in range(at - 1, -1, -1):
        value, tag = items[i].value, items[i].tag
        if value == ")":
            depth += 1
        elif value == "(":
            depth -= 1
        elif depth == 0 and tag not in ("NAME", "CC", ",", "DT") and not tag.startswith(("JJ", "RB", "NN")):
            return value.lower() in lexicon().words("cast_list")
        elif depth == 0 and value.lower() in lexicon().words("cast_list"):
            return True
    return False


def _of_other_show(match: Match) -> bool:
    """Whether the bracket says that the part belongs to another show: `({A} in {title})`."""
    items = match.sentence.items
    for bracket in match.brackets:
        inside = [items[i] for i in _bracket(items, bracket)]
        for here, following in pairwise(inside):
            if here.value.lower() in ("in", "from") and following.tag == "TITLE":
                return True
    return False


def _span(match: Match) -> tuple[int, int]:
    """The items that state the fact: from the first slot to the last, with the closing bracket."""
    items = match.sentence.items
    slots = [i for group in match.found.re.groupindex for i in match.items(group)]
    first, last = min(slots), max(slots)
    for i in range(last + 1, match.last + 1):
        if items[i].value == ")":
            last = i
    return first, last
