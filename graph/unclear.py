"""Names that could be several known characters: kept apart, and told to whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..ontology.iris import Iris
from .cast_index import CastIndex, characters_of, is_name, subject_of
from .decisions import decisions_in
from .identity import Series
from .store.protocol import Store


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that reviews (their IRIs, sorted) give a character that could be any of several; `names` are theirs."""

    name: str
    iri: str
    reviews: tuple[str, ...]
    candidates: tuple[str, ...]
    names: tuple[str, ...]

    def __str__(self) -> str:
        first, *others = self.reviews
        more = f" (and {len(others):,} more)" if others else ""
        return f"{self.name} in {first}{more} could be {' or '.join(self.names)}"


def unclear_names(store: Store, iris: Iris) -> Iterator[Unclear]:
    """Yield the names of which it is unclear whom they stand for, by series and IRI.

    Worked out when asked, from what all reviews call their characters, so that it is never out of date. Costs the
    names of one series after the other; nothing is told of a graph whose names were never written down (`settle`).
    """
    index, decided = CastIndex(store, iris), decisions_in(store, iris).decided
    for series in index.series():
        items, _ = index.of_series(series)
        known = Series(characters_of(items).values(), decided)
        for one in sorted(known, key=lambda character: character.iri):
            found = [other for candidate in known.find(one.iri) if (other := known.get(candidate.iri)) is not None]
            if len(found) > 1:
                named = {item for item in items if is_name(item) and subject_of(item) == one.iri}
                names = tuple(other.name for other in found)
                yield Unclear(one.name, one.iri, tuple(sorted(index.saying(named))), tuple(c.iri for c in found), names)
