"""Who the people of a show are, from a page's JSON-LD: identifiers, birth dates, what they do. Nothing is followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from ...ontology.iris import is_absolute
from ..records import Person
from .decode import has_control
from .fields import iso_date
from .jsonld import Node, listed, resolved, text_of, the_review, types_of

_CREDITS = {
    "actor": "actor", "actors": "actor", "director": "director", "directors": "director", "creator": "creator",
    "producer": "producer", "musicBy": "composer", "author": "writer",
}  # fmt: skip
_SHOWS = ("itemReviewed", "partOfSeries", "partOfTVSeries", "partOfSeason", "containsSeason", "season", "episode")
_ROLES = frozenset({"PerformanceRole", "Role"})
_IDS = ("@id", "sameAs", "url")

_MOST_PEOPLE = 500
_MOST_IDS = 20
_LONGEST = 300


def review_people(scripts: Sequence[str]) -> tuple[Person, ...]:
    """Return the people whom the page's one `Review` lists for its show and of whom it says who they are, sorted.

    An identifier of people with two names tells nothing and is left out.
    """
    review, known = the_review(scripts)
    found = list(islice(_listed(review, known), _MOST_PEOPLE)) if review is not None else []
    names: dict[str, set[str]] = defaultdict(set)
    for person in found:
        for address in person.ids:
            names[address].add(person.name)
    own = [replace(p, ids=tuple(a for a in p.ids if len(names[a]) == 1)) for p in found]
    once: dict[tuple[object, ...], Person] = {}
    for person in own:
        if person.ids or person.born:
            key = (person.name, person.ids, person.born)
            once[key] = _together(once[key], person) if key in once else person
    return tuple(sorted(once.values(), key=repr))


def _together(one: Person, other: Person) -> Person:
    def both(what: str) -> tuple[str, ...]:
        return tuple(sorted({*getattr(one, what), *getattr(other, what)}))

    return replace(one, jobs=both("jobs"), characters=both("characters"), credits=both("credits"))


def _listed(review: Node, known: Mapping[str, Node]) -> Iterator[Person]:
    """Yield the people of a review's show, its seasons and episodes."""
    waiting, seen = [review], {id(review)}
    while waiting:
        item = waiting.pop(0)
        yield from _credited(item, known) if item is not review else ()
        parts = [resolved(value, known) for key in _SHOWS for value in listed(item.get(key))]
        for part in parts:
            if part is not None and id(part) not in seen:
                seen.add(id(part))
                waiting.append(part)


def _credited(part: Node, known: Mapping[str, Node]) -> Iterator[Person]:
    for key, relation in _CREDITS.items():
        for value in listed(part.get(key)):
            node = resolved(value, known)
            if node is None:
                continue
            characters = tuple(_characters(node, known))
            is_role = bool(types_of(node) & _ROLES)
            for who in listed(node.get(key)) if is_role else [node]:
                person = resolved(who, known)
                if person is not None and types_of(person) <= {"Person"} and (name := _line(person.get("name"))):
                    yield _person(person, name, characters, relation)


def _characters(role: Node, known: Mapping[str, Node]) -> Iterator[str]:
    for key in ("characterName", "character"):
        for value in listed(role.get(key)):
            node = resolved(value, known)
            name = _line(node.get("name") if node is not None else value)
            if name:
                yield name


def _person(node: Node, name: str, characters: tuple[str, ...], relation: str) -> Person:
    ids = {address for key in _IDS for value in listed(node.get(key)) if (address := _identifier(value))}
    jobs = {job for value in listed(node.get("jobTitle")) if (job := _line(value))}
    try:
        born = iso_date(text_of(node.get("birthDate")) or "") or None
    except ValueError:
        born = None
    some = tuple(sorted(ids)[:_MOST_IDS])
    return Person(name, some, born, tuple(sorted(jobs)), tuple(sorted(set(characters))), (relation,))


def _identifier(value: object) -> str | None:
    """Return an address that can tell one person from another; that of a whole site cannot."""
    text = _line(value)
    if text is None or not is_absolute(text):
        return None
    parts = urlsplit(text)
    return text if parts.path.strip("/") or parts.query or parts.fragment else None


def _line(value: object) -> str | None:
    text = text_of(value)
    return text if text and len(text) <= _LONGEST and not has_control(text) else None
