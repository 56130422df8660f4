"""The words the rules speak of, from `lexicon.toml`, `genres.toml`, `roles.toml` and `bonds.toml` of `rules/`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from ..ontology.terms import KINDS


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A relation noun: "Y is the `word` of X" states that Y is `kind` of X; where `flip`, that X is `kind` of Y.

    `gender` is what the word shows, `status` what it says of the relationship ("ex-boss": former). A `job` is an office
    too: without an owner it relates nobody.
    """

    word: str
    kind: str
    gender: str | None
    plural: bool
    flip: bool
    job: bool = False
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of the rules. Keys and words are as the text has them, with plain quotes.

    `compound_genres` has the words that stand before (`modifier`) and at the end (`head`) of one.
    `crafts` and `deeds` give for a word in small letters the relation it states, or "nothing".
    """

    roles: Mapping[str, RoleNoun]
    bonds: Mapping[str, str]
    genres: Mapping[str, str]
    crafts: Mapping[str, str]
    deeds: Mapping[str, str]
    compound_genres: Mapping[str, tuple[str, ...]]
    vocabulary: Mapping[str, frozenset[str]]

    def words(self, name: str) -> frozenset[str]:
        """Return the word list `name`. Raises KeyError if there is none."""
        return self.vocabulary[name]


UNDECIDED_PARTNER = "partner?"


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("rules", name).read_text(encoding="utf-8"))


def _joined(nouns: dict[str, Any], simple: Sequence[RoleNoun]) -> Iterator[RoleNoun]:
    """Yield the nouns made of another and what stands before or after it: "ex-wife", "stepmother", "brother-in-law"."""
    for place in ("prefix", "suffix"):
        for entry in nouns[place]:
            for noun in simple:
                kind = entry["kinds"].get(noun.kind)
                if kind is None:
                    continue
                for part in entry["words"]:
                    word = part + noun.word if place == "prefix" else noun.word + part
                    yield replace(noun, word=word, kind=kind, status=entry.get("status"))


@cache
def lexicon() -> Lexicon:
    """Return the lexicon. Raises ValueError if it names a kind that is not ours: a mistake in the file."""
    data, kinds, nouns = _table("lexicon.toml"), _table("genres.toml"), _table("roles.toml")
    roles: dict[str, RoleNoun] = {}
    for entry in nouns["role"]:
        if entry["kind"] not in KINDS and entry["kind"] != UNDECIDED_PARTNER:
            raise ValueError(f"roles.toml: {entry['kind']!r} is not a relationship kind")
        for plural, key in ((False, "words"), (True, "plural")):
            for word in entry.get(key, ()):
                gender, flip, job = entry.get("gender"), entry.get("flip", False), entry.get("job", False)
                roles[word] = RoleNoun(word, entry["kind"], gender, plural, flip, job)
    for noun in [*_joined(nouns, list(roles.values()))]:
        roles.setdefault(noun.word, noun)
    bonds = {word: entry["kind"] for entry in _table("bonds.toml")["bond"] for word in entry["words"]}
    genres = {word: name for name, words in kinds["genre"].items() for word in words}
    crafts, deeds = (
        {word.lower(): name for name, words in data[table].items() for word in words} for table in ("craft", "deed")
    )
    vocabulary = {name: frozenset(words) for name, words in data["vocabulary"].items()}
    compounds = {name: tuple(words) for name, words in kinds["compound_genre"].items()}
    return Lexicon(roles, bonds, genres, crafts, deeds, compounds, vocabulary)


@cache
def given_names() -> Mapping[str, str]:
    """Return given names that are nearly always a woman's ("f") or a man's ("m"), from `given_names.toml`."""
    table = _table("given_names.toml")
    return {name: gender for gender, key in (("f", "female"), ("m", "male")) for name in table[key].split()}
