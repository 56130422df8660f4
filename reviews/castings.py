"""What a match of a cast rule states: actors and parts, if the names can be what the rule takes them for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .casting_checks import (
    has_part,
    may_be_played,
    named,
    opens_next,
    span,
)
from .casting_elsewhere import is_elsewhere, is_filmography, of_other_show, only_imagined
from .drafts import season_said
from .genders import PRONOUN_GENDER, suggested_gender
from .items import Item
from .lexicon import lexicon
from .name_forms import is_full_person_name, name_form
from .people import People, actor_name, could_be_actor, is_network
from .rules import Match
from .spotlight import Spotlight, is_governed


@dataclass(frozen=True, slots=True)
class Casting:
    """An actor and a part: `character` is a name as written, or None for an unnamed part, which `match` describes.

    `first`/`last` number the items that state it, in the whole sentence. With `relation` "actor" there is no part.
    """

    match: Match
    actor: str
    character: str | None
    first: int
    last: int
    status: str | None = None
    season: int | None = None

    @property
    def relation(self) -> str:
        """The relation of the fact: "plays", or "actor" where the part is not said."""
        return self.match.rule.option("relation", "plays") or "plays"


_PAIRS = (("character", "actor"), ("character2", "actor2"), ("character3", "actor3"))


def castings(match: Match, people: People, spotlight: Spotlight) -> list[Casting]:
    """Return what a match states, all or nothing."""
    if match.rule.options.get("relation") == "actor":
        return list(_listed(match, people))
    if match.rule.options.get("line"):
        return list(_from_line(match, people))
    options, pairs = match.rule.options, _pairs(match, people)
    if pairs is None:
        return []
    found: list[Casting] = []
    first, last = span(match)
    for actor_at, character_at, slot in pairs:
        actor = _actor(match, actor_at, people, spotlight, unknown=slot != "actor")
        if actor is None:
            return []
        character = None
        if character_at is not None:
            surface = match.sentence.items[character_at].value
            if options.get("reversed") and not (people.is_character_here(surface) or name_form(surface).honorific):
                return []
            if options.get("solid") and actor not in people.actors and not people.is_solid(surface):
                return []
            if not may_be_played(match, character_at, actor, people):
                return []
            character = match.sentence.items[character_at].value
        elif options.get("title"):
            character = people.title_character()
        elif options.get("topic"):
            character = spotlight.character_before(
                match.sentence, match.first, _pronoun_gender(match) or suggested_gender(actor)
            )
        if character is None and (options.get("topic") or not has_part(match, people)):
            return []
        found.append(_casting(match, actor, character, slot, first, last))
    if is_filmography(match, people) or of_other_show(match):
        return []
    if not list(match.brackets) and only_imagined(match):
        return []
    return found if _share_surname(match, found, people) else []


def _casting(match: Match, actor: str, character: str | None, slot: str, first: int, last: int) -> Casting:
    status = "former" if slot == "former" else None
    recast = slot == "actor" and match.item("former") is not None  # a season said is the other's
    season = None if recast else season_said(match.sentence, first, last)
    return Casting(match, actor, character, first, last, status, season)


def _pairs(match: Match, people: People) -> list[tuple[int, int | None, str]] | None:
    """Pair the names of actors and parts by position; None where their numbers do not fit."""
    options = match.rule.options
    actors, characters = named(match, "actor"), named(match, "character")
    if options.get("several"):
        if characters and opens_next(match, characters[-1], people):
            characters.pop()  # "A as B and C as D"
        if len(actors) == 1 and len(characters) == 2 and _is_another_actor(match, characters[1], people):
            return None  # "A as B, and C, who ...": the list is none
        if len(actors) == 1 and len(characters) > 1 and not list(match.brackets):
            return [(actors[0], c, "actor") for c in characters]
        if len(actors) < 2 or len(characters) < len(actors):
            return None
        return [(a, c, "actor") for a, c in zip(actors, characters[-len(actors) :], strict=True)]
    if options.get("one_part"):
        found = [(at, slot) for slot in ("actor", "former", "young") for at in named(match, slot)]
        return [(at, characters[0], slot) for at, slot in found] if characters else None
    pairs: list[tuple[int, int | None, str]] = []
    for character_slot, actor_slot in _PAIRS:
        parts, players = named(match, character_slot), named(match, actor_slot) or actors
        if not parts and character_slot != "character":
            continue
        if len(players) != 1 and len(players) != len(parts):
            return None
        if len(players) == 1:
            pairs += [(players[0], c, "actor") for c in (parts or (None,))]
        else:
            pairs += [(a, c, "actor") for a, c in zip(players, parts, strict=True)]
    return pairs or None


def _actor(match: Match, at: int, people: People, spotlight: Spotlight, *, unknown: bool = False) -> str | None:
    """Return the full name of the actor at an item, or None where it cannot be one.

    One of two actors of a part may be `unknown` to the rest of the review.
    """
    items, options = match.sentence.items, match.rule.options
    item = items[at]
    if item.tag in ("PRP", "PRP$"):
        return spotlight.actor_at(match.sentence, at, set(named(match, "character")))
    if item.tag != "NAME" or is_network(item.value) or not could_be_actor(item.value, people):
        return None
    if at and items[at - 1].value == "The":
        return None  # "(The Long Dig)"
    full = is_full_person_name(item.value)
    name = actor_name(item.value, people)
    if options.get("surname_actor"):
        return None if full else name
    if options.get("full_actor") and not full:
        return name if people.likely_actor(name) and not list(match.brackets) else None
    if options.get("known_actor"):
        return name if name in people.actors else None
    if options.get("swapped"):
        return name if _is_swapped(match, item, people) else None
    if options.get("likely_actor") and not unknown and not people.likely_actor(name):
        return None
    if options.get("subject") and is_governed(match.sentence.items, at):
        return None
    if options.get("far") and name not in people.actors and _says_what_happens(match, at):
        return None
    return name


def _pronoun_gender(match: Match) -> str | None:
    """The gender that a pronoun of the match shows: "plays him", "she is played by"."""
    words = (item.value.lower() for item in match.sentence.items[match.first : match.last + 1])
    return next((PRONOUN_GENDER[word] for word in words if word in PRONOUN_GENDER), None)


def _is_another_actor(match: Match, at: int, people: People) -> bool:
    surface = match.sentence.items[at].value
    return (
        is_full_person_name(surface) and people.likely_actor(surface) and not people.is_character_here(surface)
    ) and match.item("actor") is not None


def _says_what_happens(match: Match, at: int) -> bool:
    """Whether a verb of the plot may stand between an unknown name and `as`: "Otto Lang works as Father Dunn"."""
    character_at = match.item("character") or at
    between = match.sentence.items[at + 1 : character_at]
    words = lexicon().words("acting_verb")
    told = any(i.tag.startswith(("VB", "MD")) and i.value.lower() not in words for i in between)
    return told and not any(item.value.lower() in ("role", "part") for item in between)


def _is_swapped(match: Match, left: Item, people: People) -> bool:
    """Whether the text uses the name in a bracket as a character's and the one before it as an actor's."""
    at = match.item("character")
    if at is None:
        return False
    right = match.sentence.items[at].value
    before = match.sentence.items[match.first : at]
    inside = {i.value.lower() for i in before} & {"as", "playing"}
    if is_full_person_name(left.value) and before[-1].value == ",":  # "A (the cook, C)", "A (B's aunt, C)"
        inside |= {i.value for i in before if i.tag in ("DT", "ROLE", "POS")}
    if people.is_character_here(left.value) or (
        not inside and (people.is_actor(right) or people.real_name(right) is not None)
    ):
        return False
    brackets = [i for i, item in enumerate(match.sentence.items[:-2]) if item.value == "("]
    inside_rows = [match.sentence.items[i + 1 : i + 3] for i in brackets]
    rows = sum((a.tag == "NAME" and b.value == ")") or a.value == "the" for a, b in inside_rows)
    known = actor_name(left.value, people) in people.actors or rows > 1
    if rows > 1 and not is_full_person_name(right) and people.is_solid(right):
        return True
    return bool(inside) or ((known or is_full_person_name(right)) and people.is_character_here(right))


def _listed(match: Match, people: People) -> Iterator[Casting]:
    """Yield the actors of a list without parts, each stated by what stands up to it."""
    items = match.sentence.items
    if of_other_show(match) or is_elsewhere(match) or _is_star_of(items, match.first):
        return
    for at in named(match, "person"):
        item = items[at]
        if item.tag != "NAME" or is_network(item.value) or not could_be_actor(item.value, people):
            continue
        if at and items[at - 1].value.lower() in ("'s", "'", "the"):
            continue  # "Quill's Nell Harrow": a part; "the West End"
        name = actor_name(item.value, people)
        if is_full_person_name(item.value) and not people.is_character_here(item.value) and name not in people.behind:
            season = season_said(match.sentence, match.first, match.last)
            yield Casting(match, name, None, match.first, max(at, match.first), None, season)


def _is_star_of(items: Sequence[Item], at: int) -> bool:
    """Whether a match begins with what somebody is: "pop star", "rugby star"."""
    here, before = items[at], items[at - 1] if at else None
    return here.value.lower() == "star" and before is not None and before.tag in ("NN", "HYPH", "ROLE")


def _from_line(match: Match, people: People) -> Iterator[Casting]:
    """Yield the pair of a cast line: which name is whose, the text shows, else the sign between them."""
    items = match.sentence.items
    left, right = match.item("left"), match.item("right")
    if left is None or right is None:
        return
    one, other = items[left].value, items[right].value
    colon = items[left + 1].value == ":"
    full = is_full_person_name(one) and lexicon().words("credit_word").isdisjoint(one.split())
    known = full or people.is_character_here(one) or people.is_solid(one)
    actor, character = (other, one) if colon else (one, other)
    if people.is_character_here(actor) and not people.is_character_here(character):
        actor, character = character, actor
    if colon and character == one and not known:
        return  # "Cinematography: Mina Thorne"
    if is_full_person_name(actor) and character not in people.actors and not is_network(character):
        yield Casting(match, actor_name(actor, people), character, left, right)


def _share_surname(match: Match, found: Sequence[Casting], people: People) -> bool:
    """Give the characters the surname that stands after their brackets; False if it is no surname."""
    at = match.item("surname")
    if at is None:
        return True
    surname = match.sentence.items[at].value
    if is_full_person_name(surname):
        return False
    for casting in found:
        if casting.character is not None:
            people.given[casting.character] = f"{casting.character} {surname}"
    return True
