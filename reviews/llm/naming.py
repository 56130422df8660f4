"""One name for one person: the names that checked drafts use, brought to their fullest form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..drafts import Draft
from ..people import People
from ..records import EntityType


def people_of(drafts: Iterable[Draft]) -> People:
    """Return the people of a review as drafts name them, so that "Harrow" may stand for Nell Harrow."""
    characters, actors, crew, others = set[str](), set[str](), set[str](), set[str]()
    for draft in drafts:
        if draft.subject is not None:
            (actors if draft.relation == "plays" else characters).add(draft.subject)
        if draft.object_type is EntityType.CHARACTER:
            characters.add(draft.object)
        elif draft.object_type is EntityType.PERSON:
            (actors if draft.relation == "actor" else crew).add(draft.object)
        elif not draft.object_type.is_literal:
            others.add(draft.object)
    people = People(frozenset(characters | actors | crew | others))
    people.characters, people.actors, people.crew = characters, actors, crew
    people.others = others - characters - actors - crew
    people.settle()
    return people


def in_full(draft: Draft, people: People) -> Draft:
    """Return a draft with its people's names as full as other drafts have them."""
    subject_type = EntityType.PERSON if draft.relation == "plays" else EntityType.CHARACTER
    subject = None if draft.subject is None else _full(draft.subject, subject_type, people)
    object_ = _full(draft.object, draft.object_type, people)
    return replace(draft, subject=subject, object=object_)


def _full(name: str, type_: EntityType, people: People) -> str:
    known = {EntityType.PERSON: people.actors | people.crew, EntityType.CHARACTER: people.characters}.get(type_)
    return name if known is None else people.fullest(name, known, type_) or name
