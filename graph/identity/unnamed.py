"""The unnamed, such as "Nick's mom": one with "Nick Nelson's mother", and with Sarah where a review says she is it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from .characters import Character, agree, conflict
from .index import NameIndex
from .kinship import Role, role_of
from .names import Words, parsed, rank, tokens

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Described:
    character: Character
    owner: str
    role: Role

    @property
    def depth(self) -> int:
        deeper = role_of(self.owner)
        return 1 if deeper is None else 1 + _Described(self.character, *deeper).depth


class Unnamed:
    """The characters of a series that go by whose and what they are; worked out when asked, anew after `forget`."""

    def __init__(
        self,
        known: Mapping[str, Character],
        described: Collection[str],
        named: NameIndex,
        root: Callable[[str], str],
        are_apart: Callable[[Character, Character], bool],
    ) -> None:
        self._known, self._described, self._named = known, described, named
        self._root, self._are_apart = root, are_apart
        self._found: dict[str, tuple[str, ...]] | None = None
        self._by_words: dict[Words, list[str]] = defaultdict(list)
        self._of: dict[_Key, str] = {}  # who somebody's mother ... is
        self._genders: dict[str, set[str]] = defaultdict(set)  # of those somebody ends at

    def forget(self) -> None:
        """Work it out again when asked next: something is known otherwise."""
        self._found = None

    def find(self, iri: str) -> tuple[str, ...]:
        """Return whom a described character could be: nobody else, the one, or several; sorted."""
        if self._found is None:
            self._found, self._of = {}, {}
            self._work_out(self._found)
        return self._found.get(iri, ())

    def _work_out(self, found: dict[str, tuple[str, ...]]) -> None:
        described = [
            _Described(self._known[iri], *owned)
            for iri in self._described
            if (owned := role_of(self._known[iri].name)) is not None
        ]
        self._by_words = defaultdict(list)
        for iri in self._described:
            for words in set(map(tokens, self._known[iri].names)):
                self._by_words[words].append(iri)
        relatives = self._relatives() if described else {}
        for depth in sorted({one.depth for one in described}):
            groups: dict[_Key, list[_Described]] = defaultdict(list)
            for one in described:
                if one.depth == depth and (owner := self._owner(one.owner)) is not None:
                    groups[one.role.word, owner].append(one)
            for (role, owner), members in groups.items():
                found |= self._joined(owner, members, relatives)
                ends = {self._root(one.character.iri) for one in members}
                if len(ends) == 1:
                    self._of[role, owner] = ends.pop()

    def _joined(
        self, owner: str, members: list[_Described], relatives: Mapping[_Key, set[str]]
    ) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        named = {one.character.iri: self._candidates(one, owner, relatives) for one in members}
        fullest = max((one.character for one in members), key=lambda c: (*rank(c.name), c.iri))
        for one in members:
            mine = named[one.character.iri]
            with_fullest = one.character is not fullest and len(named[fullest.iri]) != 1
            if len(mine) != 1 and with_fullest and not self._differ(one.character, fullest):
                found[one.character.iri] = (fullest.iri,)
            else:
                found[one.character.iri] = mine
        return found

    def _candidates(self, one: _Described, owner: str, relatives: Mapping[_Key, set[str]]) -> tuple[str, ...]:
        """Return the named who are this to the owner: a mother is one, a brother only with the same actor."""
        if one.role.kind is None:
            return ()
        direction = f"{one.role.kind} of" if one.role.flip else one.role.kind
        candidates = []
        for iri in sorted(relatives.get((direction, owner), ())):
            other = self._known[iri]
            if iri == owner or self._differ(one.character, other) or not self._is_such(one.role, other):
                continue
            if one.role.only_one or agree(one.character, other):
                candidates.append(iri)
        return tuple(candidates)

    def _is_such(self, role: Role, other: Character) -> bool:
        shown = self._genders[other.iri] | ({other.gender} - {None})
        return role.gender in shown if role.kind == "parent" else not shown or role.gender in (None, *shown)

    def _differ(self, one: Character, other: Character) -> bool:
        return self._are_apart(one, other) or conflict(one, other)

    def _relatives(self) -> dict[_Key, set[str]]:
        """Return who is whose spouse, parent ..., and the other way, where the rules end for both."""
        found: dict[_Key, set[str]] = defaultdict(set)
        self._genders = defaultdict(set)
        for character in self._known.values():
            if character.genders and not character.is_described:
                self._genders[self._root(character.iri)] |= character.genders
            for kind, of in character.kin:
                if of in self._known:
                    one, other = self._root(character.iri), self._root(of)
                    found[kind, other].add(one)
                    found[f"{kind} of", one].add(other)
        return found

    def _owner(self, name: str) -> str | None:
        """Return who is meant by a name in front of "'s", if it is one."""
        words = tokens(name)
        owned = role_of(name)
        if owned is not None:
            owner = self._owner(owned[0])
            return None if owner is None else self._of.get((owned[1].word, owner))
        same = list(self._named.whole[words])
        same += self._by_words.get(words, ())
        if not same:
            name_ = parsed(name)
            same = [*self._named.runs[words], *self._named.aliases[words], *self._named.without[name_.words]]
        ends = {self._root(iri) for iri in same}
        return ends.pop() if len(ends) == 1 else None
