"""He or she: what a review shows of its people's genders, and what a given name suggests where it shows nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .clauses import SUBJECTS, subject_token
from .items import Item, Sentence
from .lexicon import given_names
from .name_forms import name_form
from .people import People, address_gender
from .records import EntityType

PRONOUN_GENDER: Mapping[str, str] = {
    "his": "m",
    "he": "m",
    "him": "m",
    "himself": "m",
    "her": "f",
    "she": "f",
    "herself": "f",
}

_OUTVOTES = 3  # so many places outvote what a given name suggests


def learn_genders(sentences: Iterable[Sentence], people: People) -> None:
    """Tell `people` whom the review calls he or she: the subject of a pronoun's clause, or of the sentence before.

    Only what all such places agree on is kept.
    """
    for surface in sorted(people.names):
        person = people.resolve(surface)
        if person is not None and person.type is EntityType.CHARACTER:
            people.note_gender(person.name, address_gender(surface))
    votes: dict[str, list[str]] = {}
    before: Sentence | None = None
    for sentence in sentences:
        for told, shown in _told_names(sentence, people):
            people.note_gender(told, shown)
        for i, item in enumerate(sentence.items):
            gender = PRONOUN_GENDER.get(item.value.lower())
            if gender is None or item.tag not in ("PRP", "PRP$"):
                continue
            name = _owner_of(sentence, item, people)
            if name is None and i == 0 and before is not None and before.block == sentence.block:
                name = _named_subject(before, people)
            if name is not None:
                votes.setdefault(name, []).append(gender)
        if sentence.items[0].value.lower() not in ("he", "she") or _named_subject(sentence, people) is not None:
            before = sentence
    for name, genders in votes.items():
        if len(set(genders)) == 1 and (len(genders) >= _OUTVOTES or suggested_gender(name) in (None, genders[0])):
            people.note_gender(name, genders[0])


def suggested_gender(name: str) -> str | None:
    """Return the gender that the given name of a full name suggests, or None."""
    words = name_form(name).words
    return given_names().get(words[0]) if words else None


def _told_names(sentence: Sentence, people: People) -> Iterator[tuple[str, str]]:
    """Yield whom a sentence gives a name to, with the gender its pronoun shows: "Her name is Bea"."""
    items = sentence.items
    for i in range(len(items) - 3):
        gender = PRONOUN_GENDER.get(items[i].value.lower())
        if gender is not None and items[i + 1].value == "name" and items[i + 2].value in ("is", "'s", "was"):
            name = _character(items[i + 3], people)
            if name is not None:
                yield name, gender


def _named_subject(sentence: Sentence, people: People) -> str | None:
    if sentence.features.isdisjoint(("NAME", "SHOW")):
        return None
    token = subject_token(sentence.doc[sentence.root])
    item = None if token is None else sentence.item_of(token.i)
    return None if item is None else _character(item, people)


def _owner_of(sentence: Sentence, pronoun: Item, people: People) -> str | None:
    """The character that is the subject of the clause a pronoun stands in, where it stands before the pronoun."""
    if sentence.features.isdisjoint(("NAME", "SHOW")):
        return None
    word = sentence.doc[pronoun.first]
    if word.tag_ == "PRP" and (word.dep_ not in SUBJECTS or word.head.dep_ in ("relcl", "acl")):
        return None  # in "Otto kills her" she is not Otto, nor in "Otto, the friend she has"
    token = subject_token(word)
    if token is None or token.i >= pronoun.first:
        return None
    item = sentence.item_of(token.i)
    return None if item is None else _character(item, people)


def _character(item: Item, people: People) -> str | None:
    if item.tag not in ("NAME", "SHOW") or (item.tag == "SHOW" and item.value not in people.characters):
        return None
    person = people.resolve(item.value)
    return person.name if person is not None and person.type is EntityType.CHARACTER else None
