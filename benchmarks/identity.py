"""Finding who is whom: 1,000 to 100,000 people with ten names each, in series of a hundred and all in one."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tellygraph.graph.identity import Character, Series
from tellygraph.ontology import Iris

from .measure import Tell
from .synthetic import word
from .tables import Promise, Table, count, ratio, seconds

NAMES_EACH = 10
_IN_A_SERIES = 100
_IRIS = Iris("https://w3id.org/tellygraph/id/")
_FIRST, _LAST = 211, 5_003
_SPREAD, _WORDS = 104_729, 1_000_003  # words that differ in more than a letter, as names do


@dataclass(frozen=True, slots=True)
class Size:
    """How many people there are."""

    people: tuple[int, ...]


QUICK = Size((100, 1_000))
FULL = Size((1_000, 10_000, 100_000))


def names_of_people(people: int, series: str = "All", first: int = 0) -> Iterator[Character]:
    """Yield the characters of a series under all names reviews give them: ten each, fewer where two share one."""
    scope = _IRIS.series(series)
    seen = set[str]()
    for number in range(first, first + people):
        for name in _names(number):
            iri = _IRIS.character(name, scope)
            if iri not in seen:
                seen.add(iri)
                yield Character(iri, frozenset({name}))


def _names(number: int) -> tuple[str, ...]:
    given, last = word(number * 7 % _FIRST + 40, 3), word(number % _LAST * _SPREAD % _WORDS, 4)
    middle = word(number * _SPREAD % _WORDS, 4)
    whole = f"{given} {middle} {last}"
    misspelt = f"{given} {middle} {last[:2]}{last[2] * 2}{last[3:]}"
    return (
        whole, f"{given} {last}", given, last, f"{given} {middle}", f"DCI {given} {middle} {last}", f"Detective {last}",
        misspelt, f"{whole}'s mother", f"{given} '{middle}' {last}",
    )  # fmt: skip


def measure(size: Size, tell: Tell) -> list[Table]:
    """Return the table: processor time to take the names in and find whom each could be."""
    rows, spent = [], []
    for people in size.people:
        tell(f"{people:,} people in series of {_IN_A_SERIES}")
        apart = [
            list(names_of_people(_IN_A_SERIES, f"S{at}", at * _IN_A_SERIES)) for at in range(people // _IN_A_SERIES)
        ]
        in_series, names, compared = _resolved(apart)
        del apart
        tell(f"{people:,} people in one series")
        in_one, _, compared_in_one = _resolved([list(names_of_people(people))])
        spent.append((in_series, in_one))
        rows.append(
            (count(people), count(names), seconds(in_series), count(compared), seconds(in_one), count(compared_in_one))
        )
    (first, first_in_one), (last, last_in_one) = spent[0], spent[-1]
    growth = math.log(size.people[-1] / size.people[0])
    exponents = math.log(last / first) / growth, math.log(last_in_one / first_in_one) / growth
    rows.append(("growth exponent", "", ratio(exponents[0]), "", ratio(exponents[1]), ""))
    return [
        Table(
            "identity",
            "Who is whom",
            ("people", "names", "series of 100", "compared", "one series", "compared"),
            tuple(rows),
            ("rapidfuzz",),
            ("Processor seconds for taking in all names and finding whom each is; pairs compared letter by letter.",),
            (Promise("the time for names grows as their number, in series of 100 (exponent)", 1.1, exponents[0]),),
        )
    ]


def _resolved(casts: Sequence[Sequence[Character]]) -> tuple[float, int, int]:
    start = time.process_time()
    compared = 0
    for characters in casts:
        series = Series(characters)
        for character in characters:
            series.find(character.iri)
        compared += series.comparisons
    return time.process_time() - start, sum(map(len, casts)), compared
