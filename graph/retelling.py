"""Reviews in a store told anew: by other decisions, or because a title or a name stands for another by now."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from ..ontology.iris import Iris
from .cast import Cast
from .cast_index import portions
from .decisions import Decisions
from .identity import merge_quads
from .identity.people import IDENTIFIED
from .known_shows import Moves
from .namesakes import Namesakes
from .own_words import Told, merged, told
from .recast import own_of_quads
from .renaming import Statement
from .restating import above
from .review_record import as_it_was_put, own_statements, recorded
from .store.protocol import Store

# So many statements of reviews are kept while they are told.
_KEPT_QUADS = 100_000


class InReview:
    """Who somebody is in one review (a `Resolver`): by decisions, and by the shows and people that its names stand for.

    `final` goes by the decisions about a thing as the review itself calls it, moves it with its series, and goes by the
    decisions about what it is there. A person whom the review's source identifies is not decided by the name.
    """

    def __init__(self, decisions: Decisions, moves: Moves, iris: Iris) -> None:
        self._decisions, self._moves, self._iris = decisions, moves, iris

    def final(self, iri: str) -> str:
        """Return the address that a thing of the review goes by."""
        moved = self._moved(iri)
        return self._decisions.final(iri if moved is None else moved[0])

    def known_name(self, iri: str) -> str | None:
        """Return the name of what others go by, where decisions give it one or it was told by the mark of its title."""
        name = self._decisions.known_name(iri)
        for title, move in self._moves.items() if name is None else ():
            series = self._decisions.final(move.series)
            if iri == series:
                return move.name
            if iri.startswith(f"{series}/"):
                name = self._decisions.known_name(title + iri[len(series) :])
        return name

    def rule(self, iri: str) -> str:
        """Return why a thing goes by another address: the rule, or the last decision."""
        moved = self._moved(iri)
        if moved is None:
            return self._decisions.rule(iri)
        return moved[1] if self._decisions.final(moved[0]) == moved[0] else self._decisions.rule(moved[0])

    def _moved(self, iri: str) -> tuple[str, str] | None:
        told = self._moves.get(iri)
        if told is None or told.rule != IDENTIFIED:
            iri = self._decisions.final(iri)
        whole = above(iri, self._iris) or iri
        move = self._moves.get(whole)
        return None if move is None else (move.series + iri[len(whole) :], move.rule)


class Retelling:
    """Reviews of a store that are told anew, and are put into `cast` as they will be.

    About a hundred thousand statements are kept in memory; reviews beyond that are read once more, one by one.
    """

    def __init__(self, store: Store, cast: Cast, iris: Iris) -> None:
        self._store, self._cast, self._iris = store, cast, iris
        self._resolvers: dict[str, InReview] = {}
        self._kept: dict[str, tuple[set[Quad], Told]] = {}
        self._quads = 0

    def put(self, reviews: Iterable[str], namesakes: Namesakes, decisions: Decisions) -> None:
        """Tell reviews as `namesakes` and `decisions` have them. Raises StoreError if somebody changed them by hand."""
        characters = {}
        for some in portions(sorted(reviews)):
            read = {review: self._read(review) for review in some}
            with as_it_was_put(self._store, ", ".join(some)):
                moves = namesakes.moves_of_stored({review: own for review, (_, own) in read.items()})
            for review, (before, own) in read.items():
                self._resolvers[review] = InReview(decisions, moves[review], self._iris)
                now, graph = self._tell(review, own), NamedNode(review)
                characters[review] = own_of_quads((Quad(s, p, o, graph) for s, p, o in now.statements), ())
                if self._quads < _KEPT_QUADS:
                    self._quads += len(before)
                    self._kept[review] = before, now
        self._cast.put_stored(characters)

    def quads(self) -> tuple[set[Quad], set[Quad]]:
        """Return what goes out of the store and what comes in, once all is known that is to be known."""
        removed, added = set[Quad](), set[Quad]()
        for review in self._resolvers:
            before, now = self._kept[review] if review in self._kept else self._again(review)
            graph, found = NamedNode(review), self._cast.merges(review)
            after = {Quad(s, p, o, graph) for s, p, o in merged(review, now.statements, found, self._iris)}
            after |= now.record | set(merge_quads(review, found, self._iris))
            removed |= before - after
            added |= after - before
        return removed, added

    def _again(self, review: str) -> tuple[set[Quad], Told]:
        before, own = self._read(review)
        return before, self._tell(review, own)

    def _read(self, review: str) -> tuple[set[Quad], set[Statement]]:
        """A review as it is in the store, its record included, and in its own words."""
        graph, record = set(self._store.quads(NamedNode(review))), set(recorded(self._store, review, self._iris))
        return graph | record, own_statements(self._store, review, graph, record, self._iris)

    def _tell(self, review: str, own: set[Statement]) -> Told:
        with as_it_was_put(self._store, review):
            return told(review, own, self._resolvers[review], self._iris)
