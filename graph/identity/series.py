"""The characters of one series as all its reviews together name them, and whom each of them could be.

The rules that lead from a name to another always lead to one that says more (`names.rank`), so that they never go in
circles; where all of them end at one character, the name stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from .characters import Character, conflict
from .index import NameIndex, alias_forms, is_titled_form
from .names import parsed, rank
from .unnamed import Unnamed

RULES = ("name-part", "known-alias", "nickname", "title", "spelling", "role")
"""Why a name stands for a character; where two reasons hold, the first is recorded."""

MOST_CANDIDATES = 8
"""So many are listed for a name at most; with more, not even an actor decides."""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Somebody a name could stand for, and the rule that says so."""

    iri: str
    rule: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided: the pairs of `different` are kept apart.

    Characters are given by the IRIs that they have by decisions.
    """

    different: frozenset[tuple[str, str]] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By character, the names of those that it is by decision in all reviews: they are found by these as well."""


_Rank = tuple[int, int, int, str]


class Series:
    """The characters of one series, found by any part of their names; `put` keeps what is known up to date."""

    def __init__(self, characters: Iterable[Character] = (), decided: Decided | None = None) -> None:
        self._known: dict[str, Character] = {}
        self._named = NameIndex()
        self._described: set[str] = set()
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._unnamed = Unnamed(self._known, self._described, self._named, self._root, self._are_apart)
        self._decide(decided or Decided())
        for character in characters:
            self._take(character)

    @property
    def comparisons(self) -> int:
        """How many pairs of names were compared letter by letter so far."""
        return self._named.comparisons

    def __iter__(self) -> Iterator[Character]:
        return iter(self._known.values())

    def get(self, iri: str) -> Character | None:
        """Return what is known of a character."""
        return self._known.get(iri)

    def put(self, characters: Iterable[tuple[str, Character | None]]) -> None:
        """Know this of characters, or (None) nothing, in place of what was known."""
        changes = dict(characters)
        versions = [v for iri, now in changes.items() for v in (self._known.get(iri), now) if v is not None]
        for iri in self.touched(versions):
            self._found.pop(iri, None)
        for iri, now in changes.items():
            before = self._known.pop(iri, None)
            self._described.discard(iri)
            if before is not None and not before.is_described:
                self._named.drop(self._by_all_names(before))
            if now is not None:
                self._take(now)
        self._unnamed.forget()

    def touched(self, versions: Iterable[Character]) -> set[str]:
        """Return the characters for whom `find` may answer otherwise when these come or go, or came or went."""
        found = set(self._described)
        open_: list[Character] = []

        def touch(iris: Iterable[str]) -> None:
            for iri in iris:
                if iri in self._known and iri not in found:
                    found.add(iri)
                    open_.append(self._known[iri])

        for version in map(self._by_all_names, versions):
            touch((version.iri, *self._different.get(version.iri, ())))
            if not version.is_described:
                touch(self._named.neighbours(version))
                touch(n for iri in self._named.spellings(version) for n in self._named.spellings(self._known[iri]))
        while open_:
            one = open_.pop()
            limit = self._rank(one.iri)
            touch(self._different.get(one.iri, ()))
            touch(iri for iri in self._named.neighbours(one) if self._rank(iri) < limit)
        return found

    def find(self, iri: str) -> tuple[Candidate, ...]:
        """Return whom a character could be: nobody else, the one, or several; sorted."""
        known = self._known.get(iri)
        if known is None:
            return ()
        if known.is_described:
            return tuple(Candidate(other, "role") for other in self._unnamed.find(iri))
        found = self._ends(known)
        partners = (self._known[other] for other in self._different.get(iri, ()) if other in self._known)
        if len(found) == 1 and any(_iris(self._ends(other)) == _iris(found) for other in partners):
            return ()
        return found

    def _ends(self, one: Character) -> tuple[Candidate, ...]:
        """Return where the rules end; here two that were told apart can still end at the same."""
        if one.iri not in self._found:
            self._found[one.iri] = self._work_out(one)
        return self._found[one.iri]

    def _work_out(self, one: Character) -> tuple[Candidate, ...]:
        roots: dict[str, str] = {}
        for iri, rule in sorted(self._up(one).items()):
            root = self._root(iri)
            if (root, one.iri) in self._apart:
                continue
            roots[root] = min(rule, roots.get(root, rule), key=RULES.index)
            if len(roots) > MOST_CANDIDATES:
                break
        return tuple(Candidate(*root) for root in sorted(roots.items()))

    def _root(self, iri: str) -> str:
        """Whom the rules end at, if at one."""
        known = self._known[iri]
        found = self.find(iri) if known.is_described else self._ends(known)
        return found[0].iri if len(found) == 1 else iri

    def _up(self, one: Character) -> dict[str, str]:
        """Return the characters whose names say more and of which this is one form, with the rule."""
        found: dict[str, str] = {}
        at = self._rank(one.iri)

        def say(iris: Iterable[str], rule: str) -> None:
            for iri in iris:
                if iri in found or self._rank(iri) <= at:
                    continue
                if not self._are_apart(one, self._known[iri]):
                    found[iri] = rule

        names = [parsed(name) for name in one.names]
        for name in names:
            say(self._named.runs[name.words], "name-part")
        for name in names:
            say(self._named.aliases[name.words], "known-alias")
        say((iri for form in alias_forms(one) for iri in self._named.whole[form]), "known-alias")
        for name in names:
            if not name.titles:
                say((i for i in self._named.without[name.words] if not self._is_core_of(name.words, i)), "nickname")
            elif name.is_addressed:
                say((i for i in self._named.without[name.core] if self._is_titled(one, i)), "title")
        say(self._spelt(one), "spelling")
        return found

    def _is_core_of(self, words: tuple[str, ...], iri: str) -> bool:
        return all(parsed(name).words == words for name in self._known[iri].names)

    def _is_titled(self, one: Character, iri: str) -> bool:
        """Whether a titled name is this one's, and not as well that of a man where another has it for a woman."""
        other = self._known[iri]
        if one.iri in other.beside or iri in one.beside or conflict(one, other):
            return False
        if not any(is_titled_form(parsed(name), parsed(n)) for name in one.names for n in other.names):
            return False
        if one.gender is None or other.gender == one.gender:
            return True
        core = parsed(one.name).core
        return all(self._known[i].gender in (None, one.gender) for i in self._named.titled[core] if i != iri)

    def _spelt(self, one: Character) -> frozenset[str]:
        """Return the other spellings of a name, if all of them are spellings of one another and none are two people."""
        near = self._named.spellings(one)
        if not near:
            return near
        group = near | {one.iri}
        members = [self._known[iri] for iri in group]
        if any(self._named.spellings(member) | {member.iri} != group for member in members if member is not one):
            return frozenset()
        if any(
            a.iri in b.beside or b.iri in a.beside or conflict(a, b) or self._are_apart(a, b)
            for a, b in combinations(members, 2)
        ):
            return frozenset()
        return near

    def _are_apart(self, one: Character, other: Character) -> bool:
        return (one.iri, other.iri) in self._apart or bool(one.gender and other.gender and one.gender != other.gender)

    def _take(self, character: Character) -> None:
        self._known[character.iri] = character
        if character.is_described:
            self._described.add(character.iri)
        else:
            self._named.put(self._by_all_names(character))

    # What people decided

    def _decide(self, decided: Decided) -> None:
        self._apart = {pair for one, other in decided.different for pair in ((one, other), (other, one))}
        self._names = decided.names
        self._different: dict[str, set[str]] = {}
        for one, other in self._apart:
            self._different.setdefault(one, set()).add(other)

    def _by_all_names(self, character: Character) -> Character:
        names = self._names.get(character.iri)
        return replace(character, names=character.names | names) if names else character

    def _rank(self, iri: str) -> _Rank:
        """How much the names of a character say."""
        return (*rank(self._known[iri].name), iri)


def _iris(candidates: Iterable[Candidate]) -> list[str]:
    return [candidate.iri for candidate in candidates]
