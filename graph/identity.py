"""Who is whom: a review's "Nick" is the series' one known "Nick Nelson".

Characters are scoped to their series. A name is resolved by what the series' reviews name (never by what was resolved
before), so that the answer is a function of those names alone. Where two people could be meant, both stay apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from ..ontology.iris import Iris, slug
from ..ontology.terms import PROV, RDF, SCHEMA, TG
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
    """A character one review names in part, and the known one it is: `rule` is "name-part" or "known-alias"."""

    merged_from: str
    name: str
    merged_into: str
    known_name: str
    rule: str


@lru_cache(maxsize=8192)
def tokens(name: str) -> tuple[str, ...]:
    """Return a name's words as they are compared: lower case, without accents and apostrophes.

    >>> tokens("Zoë O’Hara-Quill")
    ('zoe', 'ohara-quill')
    """
    return tuple(slug(word) for word in name.split())


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


class Series:
    """The characters of one series as its reviews name them, found by any word of their names."""

    def __init__(self, characters: Iterable[Character]) -> None:
        self._known = {c.iri: c for c in characters if not all(map(is_description, c.names))}
        self._by_word: dict[str, set[str]] = {}
        for known in self._known.values():
            for name in known.names | known.aliases:
                for word in tokens(name):
                    self._by_word.setdefault(word, set()).add(known.iri)

    def find(self, iri: str, name: str) -> tuple[Character, str] | None:
        """Return the one other character that `name` stands for, and the rule that says so; else None."""
        words = tokens(name)
        if not words or is_description(name):
            return None
        candidates = [self._known[c] for c in sorted(self._by_word.get(words[0], ())) if c != iri]
        whole = {self._fullest(c) for c in candidates if any(is_part(words, tokens(n)) for n in c.names)}
        by_alias = {c for c in candidates if any(tokens(a) == words for a in c.aliases)}
        found = whole | by_alias
        if len(found) != 1:
            return None
        (known,) = found
        return None if known.iri == iri else (known, "name-part" if known in whole else "known-alias")

    def _fullest(self, character: Character) -> Character:
        """ "Ruth Calder" is "DCI Ruth Calder" where that is the only name it is part of."""
        words = tokens(character.name)
        if not words:
            return character
        longer = [
            other
            for other in (self._known[iri] for iri in self._by_word.get(words[0], ()))
            if other.iri != character.iri and any(is_part(words, tokens(n)) for n in other.names)
        ]
        return self._fullest(longer[0]) if len(longer) == 1 else character


def own_characters(facts: Iterable[Fact]) -> dict[str, dict[str, Character]]:
    """Return the characters a review's facts name, by series IRI and IRI; only those scoped to a series."""
    own: dict[str, dict[str, Character]] = {}
    for fact in facts:
        for entity in (fact.subject, fact.object):
            if entity.type is not EntityType.CHARACTER or entity.iri is None or fact.show is None or not fact.show.iri:
                continue
            if not entity.iri.startswith(f"{fact.show.iri}/"):
                continue
            named = Character(entity.iri, frozenset({entity.name}), frozenset(entity.aliases), frozenset(_actors(fact)))
            series = own.setdefault(fact.show.iri, {})
            series[entity.iri] = joined(series[entity.iri], named) if entity.iri in series else named
    return own


def _actors(fact: Fact) -> Iterator[str]:
    if fact.relation == "plays" and fact.subject.iri is not None:
        yield fact.subject.iri


def joined(one: Character, other: Character) -> Character:
    """Return what two reviews together say of a character."""
    return Character(one.iri, one.names | other.names, one.aliases | other.aliases, one.actors | other.actors)


def merges(own: Mapping[str, Character], known: Iterable[Character]) -> list[Merge]:
    """Return the merges of a review's characters of one series into those other reviews know, sorted.

    A character is kept apart where the review itself tells the two apart (it names both, or gives two of its own
    characters the same one), or where other actors play them.
    """
    series = Series(_together(own, known))
    found: list[Merge] = []
    for iri in sorted(own):
        mine = own[iri]
        match = series.find(iri, mine.name)
        if match is None:
            continue
        whole, rule = match
        recast = mine.actors and whole.actors and not mine.actors & whole.actors
        if whole.iri not in own and not recast:
            found.append(Merge(iri, mine.name, whole.iri, whole.name, rule))
    targets = [merge.merged_into for merge in found]
    return [merge for merge in found if targets.count(merge.merged_into) == 1]


def _together(own: Mapping[str, Character], known: Iterable[Character]) -> list[Character]:
    everyone = dict(own)
    for character in known:
        mine = everyone.get(character.iri)
        everyone[character.iri] = character if mine is None else joined(mine, character)
    return list(everyone.values())


def resolved(facts: Iterable[Fact], found: Iterable[Merge]) -> tuple[Fact, ...]:
    """Return the facts with merged characters in place of the partly named ones, whose names become aliases."""
    by_iri = {merge.merged_from: merge for merge in found}
    if not by_iri:
        return tuple(facts)

    def whole(entity: Entity) -> Entity:
        merge = by_iri.get(entity.iri or "")
        if merge is None:
            return entity
        aliases = {*entity.aliases, entity.name} - {merge.known_name}
        return replace(entity, name=merge.known_name, iri=merge.merged_into, aliases=tuple(sorted(aliases)))

    return tuple(replace(fact, subject=whole(fact.subject), object=whole(fact.object)) for fact in facts)


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
        ]
    return sorted(quads, key=str)
