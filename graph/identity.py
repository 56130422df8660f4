"""Who is whom: a review's "Nick" is the series' one known "Nick Nelson".

Characters are scoped to their series. A name is resolved by what all of the series' reviews name (never by what was
resolved before), so that the answer is a function of those names alone, in whatever order the reviews arrive. Where two
people could be meant, both stay apart.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from ..ontology.iris import Iris, slug
from ..ontology.terms import PROV, RDF, SCHEMA, STATUSES, TG
from ..reviews.records import Entity, EntityType, Fact

# A rank or form of address alone names nobody: "the Captain" is not Captain Flint because there is one of those.
_TITLES = frozenset({
    "agent", "aunt", "brother", "captain", "chief", "colonel", "commander", "constable", "count", "countess", "dad",
    "dame", "dci", "detective", "di", "doctor", "dr", "duchess", "duke", "emperor", "empress", "father", "general",
    "inspector", "judge", "king", "lady", "lieutenant", "lord", "madam", "major", "master", "miss", "mister", "mom",
    "mother", "mr", "mrs", "ms", "mum", "nurse", "officer", "president", "prince", "princess", "professor", "queen",
    "reverend", "sergeant", "sheriff", "sir", "sister", "teacher", "uncle",
})  # fmt: skip
_POSSESSIVE = re.compile(r"['’]s\b|s['’](?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Character:
    """What reviews say of one character of a series: the `names` it is called by, other forms, and who plays it."""

    iri: str
    names: frozenset[str]
    aliases: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """One of the names, always the same."""
        return min(self.names)


@dataclass(frozen=True, slots=True)
class Merge:
    """A character one review names in part, and the known one it is: `rule` is "name-part" or "known-alias".

    `merged_from`, `name` and `aliases` (sorted) are all that the review itself calls it, enough to undo the merge.
    """

    merged_from: str
    name: str
    merged_into: str
    known_name: str
    rule: str
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def tokens(name: str) -> tuple[str, ...]:
    """Return a name's words as they are compared: lower case, without accents and apostrophes.

    >>> tokens("Zoë O’Hara-Quill")
    ('zoe', 'ohara-quill')
    """
    return tuple(slug(word) for word in name.split())


@lru_cache(maxsize=8192)
def is_description(name: str) -> bool:
    """Whether a "name" is anchor and role ("Nick Nelson's mom") or a bare title, which only ever names itself.

    >>> is_description("Nick's mom"), is_description("the Doctor"), is_description("Nick")
    (True, True, False)
    """
    words = [word for word in tokens(name) if word != "the"]
    return _POSSESSIVE.search(name) is not None or all(word in _TITLES for word in words)


def is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether `part` is a proper run of whole words of `whole`."""
    size = len(part)
    return 0 < size < len(whole) and any(whole[i : i + size] == part for i in range(len(whole) - size + 1))


@lru_cache(maxsize=8192)
def _words(name: str) -> frozenset[str]:
    """What a name is found by: every name it is part of has these words, in every spelling that has the same IRI."""
    return frozenset(slug(name).split("-"))


def _all_words(characters: Iterable[Character]) -> set[str]:
    return {word for c in characters for name in c.names | c.aliases for word in _words(name)}


class Series:
    """The characters of one series as all its reviews together name them, found by any word of their names."""

    def __init__(self, characters: Iterable[Character] = ()) -> None:
        self._known: dict[str, Character] = {}
        self._by_word: dict[str, set[str]] = {}
        self._found: dict[str, dict[tuple[str, str], tuple[Character, str] | None]] = {}  # what was asked, by a word
        for character in characters:
            self.put(character.iri, character)

    def put(self, iri: str, character: Character | None) -> None:
        """Know this of a character, or (None) nothing, in place of what was known."""
        before = self._known.pop(iri, None)
        if before is not None:
            for word in _all_words([before]):
                self._by_word[word].discard(iri)
                self._found.pop(word, None)
        if character is not None and not all(map(is_description, character.names)):
            self._known[iri] = character
            for word in _all_words([character]):
                self._by_word.setdefault(word, set()).add(iri)
                self._found.pop(word, None)

    def near(self, characters: Iterable[Character]) -> set[tuple[str, str]]:
        """Return the IRIs and names that share a word with `characters`: `find` of others does not depend on these."""
        near = {iri for word in _all_words(characters) for iri in self._by_word.get(word, ())}
        return {(iri, name) for iri in near for name in self._known[iri].names}

    def find(self, iri: str, name: str) -> tuple[Character, str] | None:
        """Return the one other character that `name` stands for, and the rule that says so; else None."""
        asked = self._found.setdefault(min(_words(name)), {})
        if (iri, name) not in asked:
            asked[iri, name] = self._find(iri, name)
        return asked[iri, name]

    def _find(self, iri: str, name: str) -> tuple[Character, str] | None:
        words = tokens(name)
        if not words or is_description(name):
            return None
        candidates = [c for c in self._having(name) if c.iri != iri]
        whole = {self._fullest(c) for c in candidates if any(is_part(words, tokens(n)) for n in c.names)}
        by_alias = {c for c in candidates if any(tokens(a) == words for a in c.aliases)}
        found = whole | by_alias
        if len(found) != 1:
            return None
        (known,) = found
        return None if known.iri == iri else (known, "name-part" if known in whole else "known-alias")

    def _having(self, name: str) -> list[Character]:
        return [self._known[iri] for iri in self._by_word.get(min(_words(name)), ())]

    def _fullest(self, character: Character) -> Character:
        """ "Ruth Calder" is "DCI Ruth Calder" where that is the only name it is part of."""
        words = tokens(character.name)
        longer = [
            other
            for other in self._having(character.name)
            if other.iri != character.iri and any(is_part(words, tokens(n)) for n in other.names)
        ]
        return self._fullest(longer[0]) if len(longer) == 1 else character


def own_characters(facts: Iterable[Fact]) -> dict[str, dict[str, Character]]:
    """Return the characters a review's facts name, by series IRI and IRI; only those scoped to a series.

    What `Cast` reads back from the review's quads is the same, so what is not asserted (see `quads`) is left out here.
    """
    names, aliases, actors = (
        defaultdict[str, set[str]](set),
        defaultdict[str, set[str]](set),
        defaultdict[str, set[str]](set),
    )
    series_of = defaultdict[str, set[str]](set)
    for fact in facts:
        asserted = fact.status is None or STATUSES[fact.status].asserted
        if fact.relation == "plays" and asserted and fact.object.iri and fact.subject.iri:
            actors[fact.object.iri].add(fact.subject.iri)
        for entity in (fact.subject, fact.object):
            if entity.type is EntityType.CHARACTER and entity.iri is not None:
                names[entity.iri].add(entity.name)
                aliases[entity.iri].update(entity.aliases)
                if fact.show is not None and fact.show.iri:
                    series_of[entity.iri].add(fact.show.iri)
                if fact.relation == "character" and asserted and fact.subject.iri:
                    series_of[entity.iri].add(fact.subject.iri)
    own: dict[str, dict[str, Character]] = {}
    for iri, shows in series_of.items():
        for show in shows:
            if is_scoped(iri, show):
                own.setdefault(show, {})[iri] = Character(
                    iri, frozenset(names[iri]), frozenset(aliases[iri]), frozenset(actors[iri])
                )
    return own


def is_scoped(character: str, series: str) -> bool:
    """Whether a character's IRI is below its series'; others may be named in passing."""
    return character.startswith(f"{series}/")


def joined(one: Character, other: Character) -> Character:
    """Return what two reviews together say of a character."""
    return Character(one.iri, one.names | other.names, one.aliases | other.aliases, one.actors | other.actors)


def together(reviews: Iterable[Mapping[str, Character]]) -> dict[str, Character]:
    """Return what all reviews of a series together say of each of its characters, by IRI."""
    everyone: dict[str, Character] = {}
    for characters in reviews:
        for iri, character in characters.items():
            everyone[iri] = joined(everyone[iri], character) if iri in everyone else character
    return everyone


def merges(own: Mapping[str, Character], series: Series) -> tuple[Merge, ...]:
    """Return the merges of a review's characters of one series into those the series knows, sorted.

    A character is kept apart where the review itself tells the two apart (it names both, or gives two of its own
    characters the same one), where other actors play them, or where the review spells its name in two ways.
    """
    found: list[Merge] = []
    for iri in sorted(own):
        mine = own[iri]
        match = series.find(iri, mine.name) if len(mine.names) == 1 else None
        if match is None:
            continue
        whole, rule = match
        recast = mine.actors and whole.actors and not mine.actors & whole.actors
        if whole.iri not in own and not recast:
            found.append(Merge(iri, mine.name, whole.iri, whole.name, rule, tuple(sorted(mine.aliases))))
    targets = [merge.merged_into for merge in found]
    return tuple(merge for merge in found if targets.count(merge.merged_into) == 1)


def resolved(facts: Iterable[Fact], found: Iterable[Merge]) -> tuple[Fact, ...]:
    """Return the facts with merged characters in place of the partly named ones, whose names become aliases."""
    by_iri = {merge.merged_from: merge for merge in found}
    if not by_iri:
        return tuple(facts)

    def whole(entity: Entity) -> Entity:
        merge = by_iri.get(entity.iri or "")
        if merge is None:
            return entity
        return replace(entity, name=merge.known_name, iri=merge.merged_into, aliases=called(merge, entity.aliases))

    return tuple(replace(fact, subject=whole(fact.subject), object=whole(fact.object)) for fact in facts)


def called(merge: Merge, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases of the known character where it stands for one with `aliases`: the review's words for it."""
    return tuple(sorted({*aliases, merge.name} - {merge.known_name}))


def merge_quads(review: str, found: Iterable[Merge], iris: Iris) -> list[Quad]:
    """Return the record of a review's merges, in the identity graph: sorted, one `tg:Merge` each."""
    graph = NamedNode(iris.identity_graph)
    quads = []
    for merge in found:
        node = NamedNode(iris.part(review, f"merge-{hashlib.sha256(merge.merged_from.encode()).hexdigest()[:32]}"))
        quads += [
            Quad(node, RDF.type, TG.Merge, graph),
            Quad(node, SCHEMA.name, Literal(merge.name), graph),
            Quad(node, TG.mergedFrom, NamedNode(merge.merged_from), graph),
            Quad(node, TG.mergedInto, NamedNode(merge.merged_into), graph),
            Quad(node, TG.mergeRule, Literal(merge.rule), graph),
            Quad(node, PROV.wasQuotedFrom, NamedNode(review), graph),
            *(Quad(node, SCHEMA.alternateName, Literal(alias), graph) for alias in merge.aliases),
        ]
    return sorted(quads, key=str)
