"""Names that could be several known characters: kept apart, and told to whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..ontology.iris import Iris
from .cast_index import CastIndex, characters_of, is_name, subject_of
from .decisions import Decisions, decisions_in
from .identity import Series, Show, mark_of, possible
from .identity.people import people_apart, people_named
from .known_people import KnownPeople
from .known_shows import ShowIndex, grouped, items_of_shows, moves_by, ruled_out, shows_of_items
from .people_index import PeopleIndex
from .store.protocol import Store


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that reviews (their IRIs, sorted) give a character or a show that could be another, or any of several.

    `names` are those of the candidates; `remedy` is how a person can decide it, where that takes more than a name.
    """

    name: str
    iri: str
    reviews: tuple[str, ...]
    candidates: tuple[str, ...]
    names: tuple[str, ...]
    remedy: str | None = None

    def __str__(self) -> str:
        first, *others = self.reviews
        more = f" (and {len(others):,} more)" if others else ""
        remedy = f": {self.remedy}" if self.remedy else ""
        return f"{self.name} in {first}{more} could be {' or '.join(self.names)}{remedy}"


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


def unclear_shows(store: Store, iris: Iris) -> Iterator[Unclear]:
    """Yield the titles of which it is unclear which of several shows they stand for, by title and candidates.

    Worked out when asked, like `unclear_names`. Costs the reviews that give such a title alone.
    """
    index, decisions = ShowIndex(store, iris), decisions_in(store, iris)
    for title in index.series():
        if decisions.final(title) != title:
            continue
        candidates = {series: show for (_, series), show in shows_of_items(index.of_series(title)[0]).items()}
        found: dict[tuple[str, ...], list[str]] = {}
        alone = index.of_reviews(index.saying(items_of_shows({(title, title): Show()})))
        for review, items in sorted(alone.items()):
            own = shows_of_items(items)
            shows, _ = grouped(candidates, decisions)
            left = possible(own[title, title], shows, {title, *ruled_out(title, own, decisions)})
            if left and not moves_by(own, {title: candidates}, decisions):
                found.setdefault(tuple(left), []).append(review)
        for left_over, reviews in sorted(found.items()):
            yield _unclear_show(title, left_over, reviews, grouped(candidates, decisions)[0], decisions)


def unclear_people(store: Store, iris: Iris) -> Iterator[Unclear]:
    """Yield the names that several people have, with the reviews that do not say which, by name.

    Worked out when asked, like `unclear_names`. Costs the names of which sources say whose they are.
    """
    index, decisions = PeopleIndex(store, iris), decisions_in(store, iris)
    known, apart = KnownPeople(store, iris, decisions), decisions.decided.different
    for name in index.names():
        people = people_named(name, people_apart(known.cards([name]), iris), decisions.final)
        left = [one for one in people if not {(name, one.iri), (one.iri, name)} & apart]
        reviews = index.naming_as([name]) if len(people) > 1 and left else set()
        if reviews:
            plain = min(card.name for card in left[0].cards if card.iri == name)
            remedy = f"if all are, `tellygraph merge {name} {left[0].iri}`"
            candidates, names = (tuple(getattr(one, what) for one in left) for what in ("iri", "name"))
            yield Unclear(plain, name, tuple(sorted(reviews)), candidates, names, remedy)


def _unclear_show(
    title: str, candidates: tuple[str, ...], reviews: list[str], shows: dict[str, Show], decisions: Decisions
) -> Unclear:
    names = tuple(decisions.known_name(iri) or min(shows[iri].names) for iri in candidates)
    marks = sorted(name for show in shows.values() for name in show.names)
    plain = next(mark.title for mark in map(mark_of, marks) if mark is not None)
    remedy = (
        f"if all are, `tellygraph merge {title} {candidates[0]}`; else add them again with --show and its full title"
    )
    return Unclear(plain, title, tuple(reviews), candidates, names, remedy)
