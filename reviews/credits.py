"""Who made the show: what the rules of `rules/credits.toml` and `rules/crafts.toml` state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .crafts import relations_of
from .drafts import Draft, in_speech, season_said
from .items import Item, Sentence
from .lexicon import lexicon
from .name_forms import is_full_person_name, name_form
from .people import People, actor_name, is_network
from .records import EntityType
from .rows import is_company
from .rules import Match, matches
from .text import Role

_OF_SEASON_BY_DEFAULT = frozenset(("director",))
_GROUPS = ("credits", "crafts")
_CIVIL = ("Mr", "Mrs", "Ms", "Miss", "Mx")
_HANDED = ("incoming", "outgoing")
_CAN_BE_HANDED_OVER = frozenset(("director", "showrunner", "writer", "composer", "cinematographer"))
_READ_IN_HEADLINES = frozenset(("K1", "K2", "K3", "K8"))


def read_credits(sentences: Sequence[Sentence], people: People, season: int | None = None) -> Iterator[Draft]:
    """Yield crew and source facts; names found here are told to `people`. `season` is the season under review.

    Two rounds: a surname ("Voss's scripts") may stand before or behind the words that tell who it belongs to.
    """
    found = [match for sentence in sentences for match in _matches(sentence)]
    for match in found:
        if _relations(match):
            people.crew.update(name for _, name in _people_named(match, people) if is_full_person_name(name))
    handed_over = {
        (m.sentence.number, m.item("outgoing")) for m in found if m.item("incoming") is not None and _relations(m)
    }
    directors = {n for m in found if "director" in _relations(m) for _, n in _people_named(m, people)}
    posts: dict[str, set[str]] = {}
    for match in found:
        for _, name in _people_named(match, people):
            posts.setdefault(name, set()).update(_relations(match))
    stated = {(sentence, "director", at) for sentence, at in handed_over if at is not None}
    for match in found:
        if match.item("incoming") is not None:
            yield from _handover(match, people, season, posts)
        else:
            yield from (d for d in _stated(match, people, stated) if not _directs(d, directors))


def _is_plain(sentence: Sentence, first: int, last: int) -> bool:
    """Whether crew is named outright. A "no" farther off denies something else: "Is it good? No, and creator A ..."."""
    near = [item.value.lower() for item in sentence.items[max(0, first - 3) : last + 1]]
    return not any(word in lexicon().words("hedge") and word not in ("nearly", "almost") for word in near) and not any(
        word in lexicon().words("negation") for word in near[min(1, first) :]
    )


def _directs(draft: Draft, directors: set[str]) -> bool:
    """Whether a director is said to have shot something, which makes them no cinematographer."""
    return draft.relation == "cinematographer" and draft.rule in ("K1", "K5", "K20") and draft.object in directors


def _matches(sentence: Sentence) -> Iterator[Match]:
    """Yield the matches of a sentence that state something of this show."""
    if sentence.role is Role.CAPTION:
        return
    for match in (match for group in _GROUPS for match in matches(group, sentence)):
        if sentence.role is Role.HEADLINE and match.rule.id not in _READ_IN_HEADLINES:
            continue
        first, last = match.extent
        if not _is_plain(sentence, first, last) or in_speech(sentence, first, last):
            continue
        if not _of_another_work(match, first, last) and not _names_the_one_before(match):
            yield match


@dataclass(frozen=True, slots=True)
class _Said:
    """What a match says in all: the relations, the season it names, and the items it spans."""

    relations: tuple[str, ...]
    season: int | None
    first: int
    last: int


def _said(match: Match) -> _Said:
    first, last = match.extent
    named = match.item("season")
    season = season_said(match.sentence, first, last) if named is None else int(match.sentence.items[named].value)
    return _Said(tuple(_relations(match)), season, first, last)


def _relations(match: Match) -> list[str]:
    relations = (match.rule.option("relation") or "").split()
    for slot in ("craft", "deed", "deed2"):
        said = match.items(slot)
        if said:
            relations += relations_of(match.sentence.items, said[0], said[-1])
    return relations


def _stated(match: Match, people: People, stated: set[tuple[int, str, int]]) -> Iterator[Draft]:
    """Yield what a match states, unless a match before it stated it of the same name: that one knew the season."""
    items, rule, said = match.sentence.items, match.rule, _said(match)
    listed = match.items("person2") or match.items("person")
    for at, name in _people_named(match, people):
        # Of a list that ends the words, each name is stated by what stands up to it.
        end = items[at if at in listed and listed[-1] >= said.last else said.last].end
        for relation in said.relations:
            key = (match.sentence.number, relation, at)
            if key in stated or (relation == "cinematographer" and _is_shooting(match)):
                continue
            stated.add(key)
            people.crew.add(name) if relation != "actor" else people.actors.add(name)
            yield Draft(
                relation, None, name, EntityType.PERSON, items[said.first].start, end, rule.confidence, rule.id,
                season=said.season if relation != "creator" else None,
                default_season=relation in _OF_SEASON_BY_DEFAULT,
            )  # fmt: skip


def _handover(match: Match, people: People, season: int | None, posts: Mapping[str, set[str]]) -> Iterator[Draft]:
    """Yield who takes over in this season, and who had the post before: in the first season, if this is the second.

    `posts` are what the rest of the review says that people are: it tells the post where these words do not.
    """
    items, rule, said = match.sentence.items, match.rule, _said(match)
    named = {slot: _person(match, at, people) for slot in _HANDED if (at := match.item(slot)) is not None}
    relations = said.relations or sorted(
        _CAN_BE_HANDED_OVER.intersection(
            *[posts.get(name or "", set()) or _CAN_BE_HANDED_OVER for name in named.values()]
        )
        if any(posts.get(name or "") for name in named.values())
        else ()
    )
    words = {item.value.lower() for item in items}
    before = season if words & lexicon().words("within_season") else 1 if season == 2 else None
    for slot, of_season in (("incoming", said.season or season), ("outgoing", before)):
        name = named.get(slot)
        for relation in relations if name is not None else ():
            people.crew.add(name or "")
            yield Draft(
                relation, None, name or "", EntityType.PERSON, items[said.first].start, items[said.last].end,
                rule.confidence, rule.id, season=of_season,
            )  # fmt: skip


def _people_named(match: Match, people: People) -> Iterator[tuple[int, str]]:
    """Yield the real people in the {person} and {person2} slots: the number of the item, and the full name."""
    for slot in ("person", "person2"):
        yield from _people_in(match, match.items(slot), people)


def _people_in(match: Match, listed: Sequence[int], people: People) -> Iterator[tuple[int, str]]:
    items = match.sentence.items
    closed = False
    for i in listed:
        closed = closed or items[i].value == "and"
        if items[i].tag != "NAME":
            continue
        if (i > listed[0] and _has_a_part_of_its_own(match, i)) or (closed and items[i - 1].value == ","):
            return  # "scripts by A and B, C finds ...", "by A, with B directing"
        name = _person(match, i, people)
        if name is not None and not _is_anothers(match, i):
            yield i, name


def _is_anothers(match: Match, at: int) -> bool:
    """Whether a name that ends the words only says whose somebody is: "directed by Voss's brother Hal"."""
    items = match.sentence.items
    return (
        at == match.last and at + 1 < len(items) and items[at + 1].value in ("'s", "'") and items[at - 1].value == "by"
    )


def _has_a_part_of_its_own(match: Match, at: int) -> bool:
    """Whether another verb takes a later name of the list: "by A, with B directing"."""
    items = match.sentence.items
    after = items[at + 1].value if at + 1 < len(items) else ""
    return items[at - 1].value == "with" and (after.endswith("ing") or after in ("in", "at", "behind", "as"))


def _person(match: Match, at: int, people: People) -> str | None:
    """Return the full name of the real person at item `at`; None for characters, networks and unknown surnames."""
    surface = _with_shared_surname(match.sentence.items, at)
    if is_network(surface) or is_company(surface) or _is_character(surface, people):
        return None
    if is_full_person_name(surface):
        return actor_name(surface, people)
    if match.rule.options.get("full_name"):
        return None
    form = name_form(surface)
    if form.honorific in _CIVIL and len(form.words) == 1:  # "Ms. Voss", as some papers have it
        return people.real_name(form.words[0])
    person = people.resolve(surface)
    if person is not None and person.type is EntityType.PERSON:
        return person.name
    if match.rule.options.get("mononym") and " " not in surface:
        return surface
    return None if match.rule.options.get("known_name") else people.real_name(surface)


def _with_shared_surname(items: Sequence[Item], at: int) -> str:
    """Return the name at item `at`, with the surname of its kin behind: "sisters Ida and Ada Roe"."""
    name = items[at].value
    if at == 0 or at + 2 >= len(items) or " " in name or items[at - 1].value.lower() not in lexicon().words("kin"):
        return name
    other = items[at + 2].value
    if items[at + 1].value not in ("and", "&") or items[at + 2].tag != "NAME" or not is_full_person_name(other):
        return name
    return f"{name} {other.split()[-1]}"


def _names_the_one_before(match: Match) -> bool:
    """Whether a craft is said of the name in front: "A is the writer, B the director" makes no writer of B."""
    items, at = match.sentence.items, match.item("craft")
    if match.rule.id != "K2" or at is None or not any(i.value == "," for i in items[at : match.last]):
        return False
    before = [item.value.lower() for item in items[max(0, at - 3) : at]]
    return bool({"is", "are", "was", "were"} & set(before)) and before[-1] in ("the", "its", "is", "are")


def _is_character(surface: str, people: People) -> bool:
    if surface in people.characters:
        return True
    person = people.resolve(surface)
    return person is not None and person.type is EntityType.CHARACTER and person.name in people.characters


def _of_another_work(match: Match, first: int, last: int) -> bool:
    """Whether the words are tied to something else: "*Glasswing* creator A", "directed by A in *Glasswing*"."""
    items = match.sentence.items
    if match.rule.id == "K3" and any(items[i].tag == "WORK" for i in range(first, last + 1)):
        return True
    before = items[first - 1] if first else None
    after = items[last + 1 : last + 3]
    if first > 1 and items[first - 2].tag == "SHOW" and items[first - 1].value.lower() == "also":
        return False
    if before is not None and (before.tag == "TITLE" or before.value.lower() in lexicon().words("elsewhere")):
        return True
    if before is not None and before.value in ('"', "'", "*", "_") and first > 1 and items[first - 2].tag == "TITLE":
        return True
    if match.items("deed") and _made_by_hand(match, first):
        return True
    return len(after) == 2 and after[0].value in ("of", "on") and after[1].tag == "TITLE"


def _made_by_hand(match: Match, first: int) -> bool:
    """Whether what is written or composed is a book, a song or a letter."""
    items = match.sentence.items
    at = first - 1
    while at >= 0 and (
        items[at].value.lower() in (",", "which", "that", "was", "is") or items[at].tag.startswith("RB")
    ):
        at -= 1
    return at >= 0 and (items[at].tag == "WORK" or items[at].value.lower() in lexicon().words("other_work"))


def _is_shooting(match: Match) -> bool:
    """Whether somebody is shot, not filmed: "Otto is shot by Nell Harrow"."""
    items = match.sentence.items
    at = match.first - 1
    if "shot" not in {items[i].value.lower() for i in match.items("deed")}:
        return False
    while at >= 0 and (items[at].tag.startswith("RB") or items[at].value in (",", "was", "is", "are", "were")):
        at -= 1
    return at >= 0 and (
        items[at].tag in ("NAME", "PRP", "ROLE", "WP")
        or items[at].value.lower() in ("gets", "get", "got", "being", "been")
    )
