"""Whether the names a cast rule matched can be an actor and a part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .countries import country_of, is_region
from .items import Item
from .lexicon import given_names, lexicon
from .name_forms import is_full_person_name, name_form
from .people import People, actor_name, is_network
from .rules import Match

_AWARDS = ("Best ", "Outstanding ")


def named(match: Match, slot: str) -> list[int]:
    """The items that a slot captured and that name somebody or stand for a name, without those in brackets."""
    depth = 0
    found = []
    for i in match.items(slot):
        item = match.sentence.items[i]
        depth += (item.value == "(") - (item.value == ")")
        if not depth and item.tag in ("NAME", "SHOW", "PRP", "PRP$"):
            found.append(i)
    return found


def opens_next(match: Match, at: int, people: People) -> bool:
    """Whether the name at an item begins a statement of its own: "..., C as D", "... and C (D)", "... and C weeps"."""
    items = match.sentence.items
    if at != match.last or at + 1 >= len(items):
        return False
    if items[at + 1].value.lower() in ("as", "(", "plays", "is"):
        return True
    surface = items[at].value
    return _is_finite(items, at + 1) and is_full_person_name(surface) and people.likely_actor(surface)


def may_be_played(match: Match, at: int, actor: str, people: People) -> bool:
    """Whether the name at an item can be a part of `actor`'s."""
    items, options = match.sentence.items, match.rule.options
    character = items[at]
    surface = character.value
    if surface == actor or is_network(surface) or surface in people.others or surface.startswith(_AWARDS):
        return False
    bracketed = bool(list(match.brackets))
    after = items[at + 1] if at + 1 < len(items) else None
    if character.tag == "SHOW":  # a title character: a bracket or a verb of playing tells it from the show
        sure = bracketed or match.rule.id in ("P13", "P11", "P14", "P9")
        return sure and people.title_character() is not None and not (after is not None and after.value == "'s")
    if surface in people.behind and bracketed:
        return False  # "director Ada Roe (Glasswing)"
    known_as_actor = surface in people.actors or (
        surface not in people.characters and not is_full_person_name(surface) and people.is_actor(surface)
    )
    if known_as_actor and surface not in people.characters:
        return False
    if options.get("owner") and not _may_be_owned(match, at, people):
        return False
    if bracketed and after is not None and after.value in ("(", "'s", "'"):
        return True
    comes_first = at < (match.item("actor") or 0)
    return comes_first or not _belongs_elsewhere(match, at)


def _belongs_elsewhere(match: Match, at: int) -> bool:
    """Whether the name at an item is not the part, but stands next to it: another's owner, or the next in a row."""
    items = match.sentence.items
    before = items[at - 1].value.lower() if at else ""
    after = items[at + 1].value.lower() if at + 1 < len(items) else ""
    if after in ("'s", "'") and at == match.last:
        return True  # "as Nell's mother": the part is another's
    listed = len(named(match, "character") + named(match, "character2")) > 1
    if before in ("and", "&", "plus") and not listed and not (at > 1 and items[at - 2].tag.startswith("JJ")):
        return True  # "as the vicar and Joan Petty as Franca"
    if before == "," and after in ("as", "(", "plays"):
        return True
    told = any(i.tag.startswith("VB") for i in items[(match.item("actor") or match.first) + 1 : at])
    if match.rule.options.get("far") and told and before != "," and _is_finite(items, at + 1):
        return True  # "watches the road as Nell leaves"
    if " of " in items[at].value and items[at].value.split()[0] in lexicon().words("rank"):
        return True  # "takes over as Mayor of Fenwick": an office
    if match.rule.id == "P13" and after in ("at", "off", "against"):
        return True  # "plays Nell at chess"
    if match.rule.options.get("fronted"):
        actor_at = match.item("actor")
        return actor_at is not None and actor_at + 1 < len(items) and items[actor_at + 1].value in ("as", "(")
    return False


def _is_finite(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].tag in ("VBZ", "VBD", "MD", "VBP")


def _may_be_owned(match: Match, at: int, people: People) -> bool:
    """Whether a name after `{actor}'s` can be a part: no relative, no work, nobody's mere place or thing."""
    items, words = match.sentence.items, lexicon()
    actor_at = match.item("actor") or match.first
    between = items[actor_at + 1 : at]
    if any(
        i.tag in ("ROLES", "GENRE", "WORK", "NET", "TITLE") or i.value.lower() in words.words("format")
        or (i.tag == "ROLE" and not words.roles[i.value].job)
        for i in between
    ):  # fmt: skip
        return False
    form = name_form(items[at].value)
    if form.honorific and words.words("family_address") & set(form.honorific.split()):
        return items[actor_at].tag == "NAME" and _is_about_acting(match, people)
    before = {i.value.lower() for i in items[max(0, match.first - 4) : match.first]}
    after = {i.value.lower() for i in items[at + 1 : at + 12]}
    if before & words.words("taken_from") or "original" in after:
        return False
    if items[actor_at].tag == "PRP$":
        if items[at].value in given_names():
            return True
        acts = _is_finite(items, at + 1) or (at + 2 < len(items) and items[at + 1].tag == "RB")
        return acts or form.honorific is not None or people.is_character_here(items[at].value)
    if match.rule.options.get("known_actor"):
        return True
    if at + 1 < len(items) and items[at + 1].tag in ("NN", "JJ", "HYPH"):
        return False  # "Otto Lang's London flat"
    ends = at + 1 < len(items) and items[at + 1].value in (",", ".", "and")
    if is_full_person_name(items[at].value) and form.honorific is None:  # "Glasswing's Tess Marlowe": an actor, maybe
        follower = items[at + 1].value if at + 1 < len(items) else ""
        acts = (_is_finite(items, at + 1) and follower not in ("stars", "plays")) or follower == ","
        part = match.item("part")
        if part is not None and items[part].value.lower() not in words.words("craft_noun"):
            acts = acts or follower in (";", ".", ":", "and", "–", "—")
        return acts or people.is_character_here(items[at].value)
    named = form.honorific is not None or (ends and not _is_land(items[at]))
    return (
        named
        or people.is_character_here(items[at].value)
        or _is_finite(items, at + 1)
        or (at + 1 < len(items) and items[at + 1].tag == "NNS")
    )  # a verb to the eye: "blusters"


def _is_about_acting(match: Match, people: People) -> bool:
    """Whether a sentence speaks of the cast, or its actor is known: "hires A as a maid" tells the plot."""
    actor_at = match.item("actor")
    known = actor_at is not None and actor_name(match.sentence.items[actor_at].value, people) in people.actors
    several = sum(item.value.lower() == "as" for item in match.sentence.items) > 1
    return known or several or not lexicon().words("casting_cue").isdisjoint(match.sentence.features)


def _is_land(item: Item) -> bool:
    return country_of(item.value) is not None or is_region(item.value)


def has_part(match: Match, people: People) -> bool:
    """Whether a match names a part: a relative, or for rules of prose a noun for a person."""
    items = match.sentence.items
    if match.rule.options.get("cued") and not _is_about_acting(match, people):
        return False
    if match.item("role") is not None:
        return True
    at = match.item("part")
    if at is None or match.rule.options.get("title"):
        return False
    if not match.rule.options.get("person_part"):
        return not _is_crew(match, at)
    owned = items[match.first + 1].value in ("'s", "'")
    if owned and match.first and items[match.first - 1].value.lower() in lexicon().words("taken_from"):
        return False
    following = items[at + 1] if at + 1 < len(items) else None
    if following is not None and (following.tag in ("NN", "NNS", "NAME", "HYPH") or following.value == "'s"):
        return False
    return items[at].value.lower() in lexicon().words("occupation")


def _is_crew(match: Match, at: int) -> bool:
    """Whether a noun with a name in a bracket stands for the crew: "written by a nurse (...)"."""
    items, words = match.sentence.items, lexicon()
    before = [i.value.lower() for i in items[max(0, match.first - 6) : match.first]]
    inside = items[match.first : at]
    owned = any(
        follower.tag == "POS" and owner.value.lower() in words.words("somebody") for owner, follower in pairwise(inside)
    )  # "the boy's mother": whose, only the story tells
    return (
        owned
        or _is_told_of(items, match.first)
        or (items[at].value.lower() in words.words("craft_noun") and items[at - 1].tag not in ("NN", "HYPH"))
        or (before[-1:] == ["by"] and not words.words("behind_by").isdisjoint(before))
    )


def _is_told_of(items: Sequence[Item], at: int) -> bool:
    """Whether a noun phrase is the object of a relative clause: "the boy who brings the trolley (...)"."""
    return at > 1 and _is_finite(items, at - 1) and items[at - 2].value.lower() in ("who", "that", "which")


def span(match: Match) -> tuple[int, int]:
    """The items that state the fact: from the first slot to the last, with the closing bracket."""
    items = match.sentence.items
    groups = match.found.re.groupindex
    slots = [i for group in groups if not group.startswith("found") for i in match.items(group.partition("__")[0])]
    first, last = min(slots), max(slots)
    for here, following in pairwise(range(last, match.last + 1)):
        if items[following].value == ")" and here < following:
            last = following
    return first, last
