"""Shows of one title and people of one name, together: whom the names in each review stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from ..ontology.iris import Iris
from .decisions import Decisions
from .identity import Named, people_of, shows_of
from .known_people import KnownPeople
from .known_shows import KnownShows, Moves, Titled
from .renaming import Statement
from .store.protocol import Store


@dataclass(frozen=True, slots=True)
class Said:
    """What a review itself says of the shows and the people it names."""

    shows: Titled = field(default_factory=dict)
    people: Named = field(default_factory=Named)


def said_by(quads: Iterable[Quad], iris: Iris) -> Said:
    """Return what a review says; `quads` are its own, in its own words."""
    own = list(quads)
    return Said(shows_of(own, iris), people_of(own, iris))


class Namesakes:
    """Both, used as each: one `put` after the other, `outdated` and `index`, then `stored`. See `KnownShows`."""

    def __init__(self, store: Store, iris: Iris, decisions: Decisions) -> None:
        self._iris = iris
        self.shows, self.people = KnownShows(store, iris, decisions), KnownPeople(store, iris, decisions)

    def put(self, review: str, said: Said, *, is_stored: bool) -> Said:
        """Note what a review says in place of what it said, and return that, to be put back if need be."""
        shows = self.shows.put(review, said.shows, is_stored=is_stored)
        return Said(shows, self.people.put(review, said.people, is_stored=is_stored))

    def moves(self, review: str) -> Moves:
        """Return whom the names in a review that was put stand for, by all that is known now."""
        return {**self.shows.moves(review), **self.people.moves(review)}

    def moves_of_stored(self, own: Mapping[str, set[Statement]]) -> dict[str, Moves]:
        """Return the same for reviews in the store, by their own words. Raises LookupError where one was changed."""
        shows = self.shows.moves_of_stored(own)
        return {
            review: {**shows[review], **self.people.moves_in(people_of(_quads(review, said), self._iris))}
            for review, said in own.items()
        }

    def outdated(self) -> set[str]:
        """Return the reviews in the store whose names may stand for another by what is known now."""
        return {*self.shows.outdated(), *self.people.outdated()}

    def index(self) -> tuple[set[Quad], set[Quad]]:
        """Return the quads of the index that are to go out of the store and into it."""
        (gone, come), (people_gone, people_come) = self.shows.index(), self.people.index()
        return gone | people_gone, come | people_come

    def unsettled(self) -> set[Quad]:
        """Return the quads that say what to make good where reviews go in ahead of what they change in others."""
        return self.shows.unsettled() | self.people.unsettled()

    def stored(self) -> None:
        """Note that all that was put is in the store now, with the index, and that reviews were told anew."""
        self.shows.stored()
        self.people.stored()


def _quads(review: str, said: Iterable[Statement]) -> Iterable[Quad]:
    graph = NamedNode(review)
    return (Quad(s, p, o, graph) for s, p, o in said)
