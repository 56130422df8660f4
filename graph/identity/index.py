"""The names of one series' characters, found by what they have in common: the blocking that keeps matching linear."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from .characters import Character
from .names import Name, Words, are_spellings, parsed, runs, spelling_keys, tokens

Key = TypeVar("Key", bound=Hashable)

_FEW = 8


class Lookup(Generic[Key]):
    """Which characters have a key; most keys have one or two, so that a set for each would be a waste."""

    def __init__(self) -> None:
        self._found: dict[Key, tuple[str, ...] | set[str]] = {}

    def __getitem__(self, key: Key) -> Iterable[str]:
        return self._found.get(key, ())

    def add(self, key: Key, iri: str) -> None:
        """Note that a character has a key."""
        found = self._found.get(key, ())
        if iri in found:
            return
        if isinstance(found, set):
            found.add(iri)
        else:
            self._found[key] = (*found, iri) if len(found) < _FEW else {*found, iri}

    def discard(self, key: Key, iri: str) -> None:
        """Note that it no longer has it."""
        left = set(self[key]) - {iri}
        if left:
            self._found[key] = left if len(left) > _FEW else tuple(sorted(left))
        else:
            self._found.pop(key, None)


class NameIndex:
    """Characters by their names and parts of names. What `put` took in, `drop` takes out again."""

    def __init__(self) -> None:
        self.whole = Lookup[Words]()  # all words of a name
        self.runs = Lookup[Words]()  # some of its words, in a row
        self.without = Lookup[Words]()  # the words without titles and nicknames, whole or a run
        self.aliases = Lookup[Words]()
        self.titled = Lookup[Words]()  # the core of a name with a title
        self._spellings = Lookup[str]()
        self._cores: dict[str, Words] = {}
        self.comparisons = 0

    def put(self, character: Character) -> None:
        """Take in a character that has a name."""
        for lookup, key in self._keys(character):
            lookup.add(key, character.iri)
        core = parsed(character.name).core
        self._cores[character.iri] = core
        for letters in spelling_keys(core):
            self._spellings.add(letters, character.iri)

    def drop(self, character: Character) -> None:
        """Take it out."""
        for lookup, key in self._keys(character):
            lookup.discard(key, character.iri)
        for letters in spelling_keys(self._cores.pop(character.iri)):
            self._spellings.discard(letters, character.iri)

    def spellings(self, character: Character) -> frozenset[str]:
        """Return the other characters whose name is the same in another spelling; vetoes do not count here."""
        core = parsed(character.name).core
        near = {iri for letters in spelling_keys(core) for iri in self._spellings[letters]} - {character.iri}
        self.comparisons += len(near)
        return frozenset(iri for iri in near if are_spellings(core, self._cores[iri]))

    def neighbours(self, character: Character) -> set[str]:
        """Return all that could be this character, or that this character could be, by names alone."""
        found = set(self.spellings(character))
        for name in map(parsed, character.names):
            found.update(self.runs[name.words], self.without[name.words], self.aliases[name.words])
            found.update(self.titled[name.core], self.without[name.core] if name.titles else ())
            for part in (*runs(name.words), name.core, *runs(name.core)):
                found.update(self.whole[part], self.titled[part])
        for form in alias_forms(character):
            found.update(self.whole[form])
        return found - {character.iri}

    def _keys(self, character: Character) -> Iterator[tuple[Lookup[Words], Words]]:
        for name in map(parsed, character.names):
            yield self.whole, name.words
            yield from ((self.runs, run) for run in runs(name.words))
            yield self.without, name.core
            yield from ((self.without, run) for run in runs(name.core))
            if name.titles:
                yield self.titled, name.core
        yield from ((self.aliases, form) for form in alias_forms(character))


def alias_forms(character: Character) -> set[Words]:
    """Return the other forms of a character's name: aliases, and a one-word alias in place of the given name.

    "Nicholas Nelson", also "Nick", is "Nick Nelson".
    """
    forms = {tokens(alias) for alias in character.aliases}
    nicknames = {form[0] for form in forms if len(form) == 1}
    for name in map(parsed, character.names):
        if len(name.core) > 1:
            given = {nick for nick in (*nicknames, *name.nicknames) if not _is_title(nick) and nick not in name.core}
            forms |= {(nick, *name.core[1:]) for nick in given}
    return forms


def _is_title(word: str) -> bool:
    return not set(parsed(word).words) - set(parsed(word).titles)


def is_titled_form(name: Name, other: Name) -> bool:
    """Whether a name with a title could be the other: "Detective Calder" is "DCI Ruth Calder" or "DCI Calder".

    >>> of = parsed("DCI Ruth Calder"), parsed("Sergeant Calder"), parsed("Dr Calder")
    >>> [is_titled_form(parsed("Detective Calder"), other) for other in of]
    [True, True, False]
    """
    if not name.is_addressed:
        return False
    both_offices = name.offices and other.offices
    if both_offices and not name.offices & other.offices:
        return False
    if name.core == other.core:
        return not other.titles or name.titles == other.titles or bool(both_offices)
    if name.offices or set(name.titles) & {"sir", "dame", "lady", "lord"}:
        return name.core in runs(other.core)
    return len(name.core) < len(other.core) and other.core[-len(name.core) :] == name.core
