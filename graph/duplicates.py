"""Things that go by two addresses and may be one: what speaks for it, best first, for a person to decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import QuerySolutions

from ..ontology.iris import Iris
from ..ontology.terms import RDF, SCHEMA, TG
from .decisions import decisions_in
from .identity import is_description, is_part
from .identity.names import are_near, near_keys, parsed
from .identity.shows import mark_of
from .restating import above
from .store.protocol import Store

_BRACKETS = re.compile(r" \([^()]*\)$")

# A name or an actor that more have than this tells nothing of two of them.
_MOST_ALIKE = 30

_CLASSES = (SCHEMA.Person, TG.Character, SCHEMA.TVSeries, SCHEMA.Organization, SCHEMA.CreativeWork)
_NAMES = """
SELECT DISTINCT ?class ?thing ?name WHERE {{
  VALUES ?class {{ {classes} }} GRAPH ?g {{ ?thing {type} ?class ; {called} ?name }}
}}"""
_PLAYED = "SELECT DISTINCT ?actor ?character WHERE {{ GRAPH ?g {{ ?actor {plays} ?character }} }}"
_RELATED = """
SELECT DISTINCT ?one ?kind ?other WHERE {{
  GRAPH ?g {{ ?claim {kind} ?kind ; {subject} ?one ; {object} ?other }}
}}"""

_WEIGHTS = {"their names are at most one edit apart": 0.5, "one name is part of the other": 0.3,
            "the same actor plays both": 0.4, "they are alike related to the same character": 0.2}  # fmt: skip
_LETTERS, _PART, _ACTOR, _RELATIVE = _WEIGHTS
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """Two things (IRIs and names) that may be one: `score` from 0.5 to 1, and the `reasons` for it, strongest first."""

    one: str
    other: str
    one_name: str
    other_name: str
    score: float
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What may be, why, and the commands that decide it."""
        pair = f'"{self.one_name}" and "{self.other_name}"'
        said = f"<{self.one}> <{self.other}>"
        return (
            f"{self.score:.1f}  {pair} may be one: {'; '.join(self.reasons)}"
            f" (`tellygraph same {said}` or `tellygraph different {said}`)"
        )


def likely_duplicates(store: Store, iris: Iris) -> list[LikelyDuplicate]:
    """Return pairs of things of one class (characters: of one series) that may be one, best first, then by IRI.

    Pairs that somebody decided to be different are left out. Reads all names, parts and relations; the time grows with
    their number, as names are compared only with those that share all letters but one, or an actor.
    """
    names, kinds = _named(store)
    reasons: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in _spelt_alike(names, kinds, iris):
        reasons[one, other].add(_LETTERS)
    for one, other in _played_alike(store, iris):
        if one in names and other in names and not _described(names[one] | names[other]):
            reasons[one, other].add(_ACTOR)
    related = _relations(store)
    apart = {frozenset(pair) for pair in decisions_in(store, iris).decided.different}
    found = []
    for (one, other), why in reasons.items():
        if related[one] & related[other]:
            why.add(_RELATIVE)
        if any(is_part(*pair) or is_part(*pair[::-1]) for pair in _words(names[one], names[other])):
            why.add(_PART)
        score = min(1.0, round(sum(_WEIGHTS[reason] for reason in why), 1))
        told_apart = _marked_apart if kinds[one] != SCHEMA.Person.value else _namesakes
        if score >= _LEAST and frozenset((one, other)) not in apart and not told_apart(names[one], names[other]):
            listed = tuple(reason for reason in _WEIGHTS if reason in why)
            found.append(LikelyDuplicate(one, other, min(names[one]), min(names[other]), score, listed))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def _marked_apart(one: set[str], other: set[str]) -> bool:
    """Whether both are titles that a year or country tells apart: "Saltmarsh (2001)", "Saltmarsh (2015)"."""
    return any(map(mark_of, one)) and any(map(mark_of, other))


def _namesakes(one: set[str], other: set[str]) -> bool:
    """Whether people have one name, of whom one at least is told apart by what stands in brackets behind it.

    Whose it is, is told by sources, or is unclear.
    """
    plain = [{_BRACKETS.sub("", name) for name in names} for names in (one, other)]
    return bool(plain[0] & plain[1])


def _named(store: Store) -> tuple[dict[str, set[str]], dict[str, str]]:
    names: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    classes = " ".join(map(str, _CLASSES))
    for kind, thing, name in _rows(store, _NAMES.format(classes=classes, type=RDF.type, called=SCHEMA.name)):
        names[thing.value].add(name.value)
        kinds[thing.value] = min(kinds.get(thing.value, kind.value), kind.value)
    return names, kinds


def _spelt_alike(names: dict[str, set[str]], kinds: dict[str, str], iris: Iris) -> Iterator[tuple[str, str]]:
    blocks: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for thing, called in names.items():
        for name in called:
            for key in near_keys(parsed(name).core):
                blocks[kinds[thing], above(thing, iris) or "", key].add((thing, name))
    for block in blocks.values():
        if len(block) <= _MOST_ALIKE:
            for (one, name), (other, another) in combinations(sorted(block), 2):
                if one != other and are_near(parsed(name).core, parsed(another).core):
                    yield one, other


def _played_alike(store: Store, iris: Iris) -> Iterator[tuple[str, str]]:
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for actor, character in _rows(store, _PLAYED.format(plays=TG.plays)):
        parts[actor.value, above(character.value, iris) or ""].add(character.value)
    for (_, series), characters in parts.items():
        if series and len(characters) <= _MOST_ALIKE:
            yield from combinations(sorted(characters), 2)


def _relations(store: Store) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    terms = {"kind": TG.kind, "subject": RDF.subject, "object": RDF.object}
    for one, kind, other in _rows(store, _RELATED.format(**terms)):
        found[one.value].add((kind.value, other.value))
        found[other.value].add((f"^{kind.value}", one.value))
    return found


def _described(names: Iterable[str]) -> bool:
    return any(map(is_description, names))


def _words(one: Iterable[str], other: Iterable[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(parsed(mine).words, parsed(others).words) for mine in one for others in other]


def _rows(store: Store, sparql: str) -> QuerySolutions:
    answer = store.query(sparql)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 - they are SELECT queries
    return answer
