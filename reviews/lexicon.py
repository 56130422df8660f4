"""The words the rules speak of, read from `rules/lexicon.toml` once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..ontology.terms import KINDS


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A relation noun: "Y is the `word` of X" states that Y is `kind` of X; where `flip`, that X is `kind` of Y."""

    word: str
    kind: str
    gender: str | None
    plural: bool
    flip: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of the rules. Keys and words are as the text has them, with plain quotes."""

    roles: Mapping[str, RoleNoun]
    bonds: Mapping[str, str]
    genres: Mapping[str, str]
    vocabulary: Mapping[str, frozenset[str]]

    def words(self, name: str) -> frozenset[str]:
        """Return the word list `name`. Raises KeyError if there is none."""
        return self.vocabulary[name]


UNDECIDED_PARTNER = "partner?"


@cache
def lexicon() -> Lexicon:
    """Return the lexicon. Raises ValueError if it names a kind that is not ours: a mistake in the file."""
    data = tomllib.loads(files(__package__).joinpath("rules", "lexicon.toml").read_text(encoding="utf-8"))
    roles: dict[str, RoleNoun] = {}
    for entry in data["role"]:
        if entry["kind"] not in KINDS and entry["kind"] != UNDECIDED_PARTNER:
            raise ValueError(f"lexicon.toml: {entry['kind']!r} is not a relationship kind")
        for plural, key in ((False, "words"), (True, "plural")):
            for word in entry.get(key, ()):
                roles[word] = RoleNoun(word, entry["kind"], entry.get("gender"), plural, entry.get("flip", False))
    bonds = {word: entry["kind"] for entry in data["bond"] for word in entry["words"]}
    genres = {word: name for name, words in data["genre"].items() for word in words}
    vocabulary = {name: frozenset(words) for name, words in data["vocabulary"].items()}
    return Lexicon(roles, bonds, genres, vocabulary)
