"""A corpus of made-up reviews in prose with the facts they state: seeded, streamed, byte for byte the same.

    python -m benchmarks.corpus 1000 -o reviews.jsonl --gold facts.jsonl

Every show is a small world: a cast of ten with its families, loves and quarrels, and the people who made it. Each
review tells a part of that, in sentences drawn from `corpus_sentences.py` by its own number alone, so that the first
hundred reviews of any corpus of as many shows are the same. Characters are named in full first, by their first names
later; some of what is said is colour, some a trap. How well a reader reads it says little about how well it reads
critics: the sentences are few, and we wrote both.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .corpus_names import Person, channel, person, surname, title
from .corpus_sentences import COLOUR, DENIALS, DID, KINDS, MAKERS, OPENERS, ORDINALS, PLAYS, TRAPS, WORDS

SIZES = (100, 1_000, 10_000, 100_000)
REVIEWS_PER_SHOW = 10

_CAST = 10
_TIES = (
    ("spouse", 0, 1), ("parent", 0, 2), ("parent", 1, 3), ("sibling", 2, 3), ("sibling", 4, 5), ("dating", 6, 2),
    ("boss", 7, 4), ("friend", 8, 3), ("rival", 9, 0), ("mentor", 7, 6), ("colleague", 5, 8), ("ex-spouse", 4, 9),
    ("friend", 1, 5), ("rival", 6, 8), ("killer", 9, 7),
)  # fmt: skip
_FAMILIES = ((0, 1, 2, 3), (4, 5))


@dataclass(frozen=True, slots=True)
class Known:
    """A fact a review states: the words from `start` to `end` of its text. Names are in full."""

    relation: str
    subject: str
    object: str
    kind: str | None
    status: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Written:
    """One review: its `record` as a line of JSON lines has it, its show and season, and what it states."""

    record: dict[str, str | int]
    show: str
    season: int
    facts: tuple[Known, ...]
    characters: tuple[Person, ...]

    @property
    def text(self) -> str:
        """The review itself."""
        return str(self.record["text"])

    def gold(self) -> dict[str, object]:
        """The facts as gold documents have them, with the review's id."""
        facts = [
            {"relation": f.relation, "subject": f.subject, "object": f.object, "kind": f.kind, "season": None,
             "status": f.status, "evidence": self.text[f.start : f.end], "altSeasons": [self.season]}
            for f in self.facts
        ]  # fmt: skip
        return {"id": self.record["id"], "show": self.show, "season": self.season, "facts": facts}


def corpus(reviews: int, *, start: int = 0, shows: int | None = None, seed: int = 1) -> Iterator[Written]:
    """Yield `reviews` reviews of about one show for every ten, one at a time. Same numbers, same reviews.

    `start` leaves out those before that number. Raises ValueError for less than one show.
    """
    number_of_shows = max(1, reviews // REVIEWS_PER_SHOW) if shows is None else shows
    if number_of_shows < 1:
        raise ValueError("a corpus needs a show or more")
    for number in range(start, reviews):
        yield _Draft(number, number % number_of_shows, seed).written()


@dataclass(frozen=True, slots=True)
class World:
    """What is true of a show, whoever reviews it."""

    title: str
    cast: tuple[Person, ...]
    actors: tuple[str, ...]
    makers: dict[str, str]
    seasons: int

    @classmethod
    def of(cls, number: int) -> World:
        """Make up a show; neighbours share some actors."""
        families = {who: surname(number * 5 + at * 977) for at, family in enumerate(_FAMILIES) for who in family}
        # First names are unlike within a show: so are any ten numbers in a row.
        cast = tuple(person(number * 11 + who, families.get(who)) for who in range(_CAST))
        actors = tuple(person(100_000 + number * 7 + who).name for who in range(_CAST))
        makers = {
            relation: channel(number) if relation == "broadcaster" else person(172_000 + number // 2 * 5 + at).name
            for at, relation in enumerate(MAKERS)
        }
        return cls(title(number), cast, actors, makers, 1 + number % len(ORDINALS))


@dataclass(slots=True)
class _Draft:
    """A review while it is written."""

    number: int
    show: int
    seed: int
    text: str = ""
    facts: list[Known] = field(default_factory=list)
    met: dict[int, None] = field(default_factory=dict)

    def written(self) -> Written:
        world, dice = World.of(self.show), random.Random(f"{self.seed}:{self.number}")
        season = 1 + dice.randrange(world.seasons)
        self._open(world.title, season, dice)
        for parts in (
            [self._maker, self._plays, self._plays],
            [self._plays, self._tie, self._colour, self._tie],
            [self._tie, self._plays, self._tie, self._colour],
            [self._trap, self._tie, self._plays, self._tie],
            [self._maker, self._colour],
        )[: 3 + dice.randrange(3)]:
            self.text += "\n\n"
            dice.shuffle(parts)
            for say in parts:
                say(world, dice)
            self._colour(world, dice)
        about: dict[str, str | int] = {"show": world.title, "season": season} if self.number % 3 else {}
        year, month, day = 2004 + self.number % 20, 1 + self.number % 12, 1 + self.number % 28
        record: dict[str, str | int] = {
            "id": f"corpus-{self.seed}-{self.number}", "text": self.text, **about,
            "title": f"{world.title}, season {season}", "author": person(239_000 + self.number % 97).name,
            "publisher": "The Evening Lamp", "date": f"{year}-{month:02}-{day:02}",
        }  # fmt: skip
        characters = tuple(world.cast[who] for who in self.met)
        return Written(record, world.title, season, tuple(self.facts), characters)

    def _open(self, show: str, season: int, dice: random.Random) -> None:
        opener = _drawn(OPENERS, dice)
        facts = [("seasonNumber", show, str(season), None, None)] if "{season" in opener else []
        self._say(opener.format(show=show, season=season, season_word=ORDINALS[season - 1]), *facts)

    def _say(self, sentence: str, *facts: tuple[str, str, str, str | None, str | None]) -> None:
        if self.text and not self.text.endswith("\n"):
            self.text += " "
        start = len(self.text)
        self.text += sentence
        self.facts += (Known(*fact, start, len(self.text)) for fact in facts)

    def _name(self, world: World, who: int, dice: random.Random) -> str:
        """In full when first met, by the first name more often than not later."""
        known = who in self.met
        self.met[who] = None
        return world.cast[who].given if known and dice.random() < 0.7 else world.cast[who].name

    def _plays(self, world: World, dice: random.Random) -> None:
        said = {fact.object for fact in self.facts if fact.relation == "plays"}
        left = [who for who in range(_CAST) if world.cast[who].name not in said]
        who = left[dice.randrange(len(left))]
        actor, full = world.actors[who], world.cast[who].name
        self.met[who] = None  # beside the actor a character has both names
        sentence = _drawn(PLAYS, dice).format(actor=actor, a=full, did=_drawn(DID, dice))
        self._say(sentence, ("plays", actor, full, None, None))

    def _tie(self, world: World, dice: random.Random) -> None:
        said = {(fact.kind, fact.subject) for fact in self.facts}
        left = [(kind, a, b) for kind, a, b in _TIES if (kind, world.cast[a].name) not in said]
        kind, a, b = left[dice.randrange(len(left))]
        one, other = world.cast[a], world.cast[b]
        self._say(self._about(_drawn(KINDS[kind], dice), kind, world, a, b, dice),
                  ("relationship", one.name, other.name, kind, None))  # fmt: skip

    def _trap(self, world: World, dice: random.Random) -> None:
        tied = {frozenset((a, b)) for _, a, b in _TIES}
        pairs = [(a, b) for a in range(_CAST) for b in range(_CAST) if a != b and frozenset((a, b)) not in tied]
        a, b = pairs[dice.randrange(len(pairs))]
        said = _drawn((*TRAPS, *DENIALS), dice)
        denied = ("relationship", world.cast[a].name, world.cast[b].name, "sibling", "denied")
        self._say(self._about(said, "sibling", world, a, b, dice), *([denied] if said in DENIALS else []))

    def _about(self, sentence: str, kind: str, world: World, a: int, b: int, dice: random.Random) -> str:
        words_a, words_b = WORDS[kind]
        names = {"a": "", "b": ""}
        for key in sorted(names, key=lambda k: sentence.index("{" + k + "}")):  # in the order they are read
            names[key] = self._name(world, a if key == "a" else b, dice)
        return sentence.format(
            **names, did=_drawn(DID, dice), is_a=words_a[0 if world.cast[a].woman else 1],
            is_b=words_b[0 if world.cast[b].woman else 1],
        )  # fmt: skip

    def _maker(self, world: World, dice: random.Random) -> None:
        said = {fact.relation for fact in self.facts}
        left = [relation for relation in MAKERS if relation not in said]
        relation = left[dice.randrange(len(left))]
        maker = world.makers[relation]
        sentence = _drawn(MAKERS[relation], dice).format(show=world.title, maker=maker)
        self._say(sentence, (relation, world.title, maker, None, None))

    def _colour(self, _: World, dice: random.Random) -> None:
        self._say(_drawn(COLOUR, dice))


def _drawn(sentences: Sequence[str], dice: random.Random) -> str:
    return sentences[dice.randrange(len(sentences))]


def write(reviews: int, path: Path, gold: Path | None = None, *, seed: int = 1) -> None:
    """Write a corpus as JSON lines, and its facts beside it, a review at a time."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        facts = gold.open("w", encoding="utf-8", newline="\n") if gold else None
        try:
            for written in corpus(reviews, seed=seed):
                out.write(json.dumps(written.record, ensure_ascii=False) + "\n")
                if facts:
                    facts.write(json.dumps(written.gold(), ensure_ascii=False) + "\n")
        finally:
            if facts:
                facts.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus", description="Write a corpus of made-up reviews."
    )
    parser.add_argument("reviews", type=int, help="how many")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.jsonl", help="the reviews")
    parser.add_argument("--gold", type=Path, metavar="FILE.jsonl", help="what they state")
    parser.add_argument("--seed", type=int, default=1, help="another number, another corpus")
    given = parser.parse_args(arguments)
    write(given.reviews, given.output, given.gold, seed=given.seed)


if __name__ == "__main__":
    main()
