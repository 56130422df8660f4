"""Who is known in a series by what all reviews in a store call its characters, and who is whom by that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pyoxigraph import Quad

from ..ontology.iris import Iris
from .cast_index import CastIndex, Item, characters_of, is_name, items_of, series_of, subject_of
from .identity import Character, Decided, Merge, Series, merges, together
from .merge_records import merges_in
from .store.protocol import Store

Characters = Mapping[str, Character]
Rewriting = dict[str, tuple[tuple[Merge, ...], tuple[Merge, ...]]]
"""The merges that reviews in a store have, and those they should have."""

# So many series are kept in memory at most.
_MOST_SERIES = 1_000


class Cast:
    """The characters of the series asked for: what a store's reviews call them, and reviews that are `put` here.

    `merges` is a function of what all reviews of a series name, so that the order in which they came does not matter.
    Work for a review grows with the characters of its series, not with its reviews nor with other series; reviews
    in which a name comes to mean somebody else are read and rewritten, and no others. One `put` after the other, then
    `rewriting` and `index`, whose quads must go into the store in one transaction with the reviews, then `stored`.
    """

    def __init__(self, store: Store, iris: Iris, decided: Decided | None = None) -> None:
        self._store, self._iris, self._decided = store, iris, decided
        self._index = CastIndex(store, iris)
        self._casts: dict[str, _SeriesCast] = {}
        self._changed: set[str] = set()  # the series that were put to use since then
        self._own: dict[str, set[Item]] = {}  # what reviews say that were put since the store was last written
        self._was: dict[str, set[Item]] = {}  # what they say in the store
        self._new_index = not self._index.is_there()

    @property
    def is_unwritten(self) -> bool:
        """Whether the store has reviews, but what they call their characters was never written down."""
        return self._new_index and self._index.is_needed()

    def put(self, review: str, own: Mapping[str, Characters], *, is_stored: bool) -> dict[str, dict[str, Character]]:
        """Note what a review names, by series, in place of what it named, and return that."""
        if not is_stored:
            self._was.setdefault(review, set())
        return _by_series(self._put({review: own})[review])

    def put_stored(self, own: Mapping[str, Mapping[str, Characters]]) -> None:
        """Note what many reviews in the store name now, by review and series: in the time of one each."""
        self._put(own)

    def _put(self, own: Mapping[str, Mapping[str, Characters]]) -> dict[str, set[Item]]:
        """Note what reviews name, and return what they named."""
        new = [review for review in own if review not in self._was]
        stored = self._index.of_reviews(new)
        self._was.update((review, stored.get(review, set())) for review in new)
        earlier = {review: self._own.get(review, self._was[review]) for review in own}
        before = set[Item]().union(*earlier.values())
        for review, named in own.items():
            self._own[review] = {i for characters in named.values() for c in characters.values() for i in items_of(c)}
        after = set[Item]().union(*(self._own[review] for review in own))
        gone = {item for review in own for item in earlier[review] - self._own[review]}
        gone -= {item for items in self._own.values() if gone for item in gone & items}
        gone -= self._still_said(gone) if gone else set()
        changes: dict[str, tuple[set[Item], set[Item]]] = defaultdict(lambda: (set(), set()))
        for items, place in ((gone, 0), (after - before, 1)):
            for item in items:
                changes[series_of(subject_of(item))][place].add(item)
        for series in sorted({series_of(subject_of(item)) for item in before | after}):
            self._series(series).change(*changes[series])
        return earlier

    def _still_said(self, items: set[Item]) -> set[Item]:
        """Which of these a review in the store says that was not put here."""
        was = [review for review, said in self._was.items() if said]
        if len(was) < 2:  # it ends at the first other one
            return self._index.still_said(items, without=(was or list(self._own))[0])
        return {item for item, reviews in self._index.sayers(items).items() if not reviews <= self._own.keys()}

    def merges(self, review: str) -> tuple[Merge, ...]:
        """Return who in a review that was put is whom, by all that is known now."""
        own = _by_series(self._own.get(review, ()))
        return tuple(merge for name in sorted(own) for merge in merges(own[name], self._series(name).known))

    def reconsider(self, characters: Mapping[str, frozenset[str]]) -> None:
        """Work out anew whom these are, and those that depend on them: people decided otherwise.

        By character they are the names that it was or is known by through decisions.
        """
        for iri, names in sorted(characters.items()):
            self._series(series_of(iri)).touch(iri, names)

    def look_at(self, series: str) -> None:
        """Work out anew whom the store says to be unsettled in a series."""
        self._series(series)

    def rewriting(self) -> Rewriting:
        """Return the merges of reviews in the store that should be others, by what is known now."""
        found: Rewriting = {}
        for name, cast in self._in_use():
            if not cast.touched:
                continue
            reviews = self._index.saying(filter(is_name, cast.items_of(cast.touched))) - self._own.keys()
            own = {review: _by_series(items)[name] for review, items in self._index.of_reviews(reviews).items()}
            for review, before in merges_in(self._store, self._iris, own, series=name).items():
                after = merges(own[review], cast.known)
                if before != after:
                    earlier = found.get(review, ((), ()))
                    found[review] = (earlier[0] + before, earlier[1] + after)
        return found

    def index(self) -> tuple[set[Quad], set[Quad]]:
        """Return the quads of the index that are to go out of the store and into it."""
        removed, added = set[Quad](), {self._index.version()} if self._new_index else set[Quad]()
        for review, items in self._own.items():
            removed |= self._index.said(review, self._was[review] - items)
            added |= self._index.said(review, items - self._was[review])
        for name, cast in self._in_use():
            removed |= self._index.known(name, cast.gone) | self._index.unsettled(name, cast.unsettled)
            added |= self._index.known(name, cast.come)
        return removed, added

    def unsettled(self) -> set[Quad]:
        """Return the quads that say what to make good where reviews go in ahead of what they change in others."""
        return {q for name, cast in self._in_use() for q in self._index.unsettled(name, cast.touched)}

    def stored(self) -> None:
        """Note that all that was put is in the store now, with the index, and that reviews were rewritten."""
        self._own.clear()
        self._was.clear()
        self._new_index = False
        for _, cast in self._in_use():
            cast.stored()
        self._changed.clear()
        if len(self._casts) > _MOST_SERIES:
            self._casts.clear()

    def _in_use(self) -> list[tuple[str, _SeriesCast]]:
        return [(name, self._casts[name]) for name in sorted(self._changed)]

    def _series(self, name: str) -> _SeriesCast:
        if name not in self._casts:
            items, unsettled = self._index.of_series(name)
            self._casts[name] = _SeriesCast(items, unsettled, self._decided)
        self._changed.add(name)
        return self._casts[name]


def _by_series(items: Iterable[Item]) -> dict[str, dict[str, Character]]:
    found: dict[str, dict[str, Character]] = defaultdict(dict)
    for iri, character in characters_of(items).items():
        found[series_of(iri)][iri] = character
    return found


def merges_of_series(reviews: Mapping[str, Characters]) -> dict[str, tuple[Merge, ...]]:
    """Return the merges of each review of one series, by what `own_characters` says of all reviews there are of it.

    The same that a store comes to that the reviews are added to, one by one, in any order.
    """
    known = Series(together(reviews.values()).values())
    return {review: merges(own, known) for review, own in reviews.items()}


class _SeriesCast:
    """The characters of one series: what is said of them, here and in the store, and whom that makes them."""

    def __init__(self, items: set[Item], unsettled: set[str], decided: Decided | None) -> None:
        self._items, self.unsettled = items, unsettled
        self.gone, self.come = set[Item](), set[Item]()  # since the store was last written
        self._by_character: dict[str, set[Item]] = defaultdict(set)
        for item in items:
            self._by_character[subject_of(item)].add(item)
        self.known = Series(characters_of(items).values(), decided)
        self.touched = set(unsettled)

    def change(self, gone: set[Item], come: set[Item]) -> None:
        """Take items out and in, and note the characters that are others by that."""
        come = come - self._items
        if not gone and not come:
            return
        iris = {subject_of(item) for item in gone | come}
        for item in gone:
            self._by_character[subject_of(item)].discard(item)
        for item in come:
            self._by_character[subject_of(item)].add(item)
        self._items -= gone
        self._items |= come
        self.gone, self.come = (self.gone | gone - self.come) - come, (self.come | come - self.gone) - gone
        now = characters_of(item for iri in iris for item in self._by_character[iri])
        versions = [self.known.get(iri) for iri in iris] + list(now.values())
        touched = self.known.touched(version for version in versions if version is not None) | iris
        before = {iri: self._meaning(iri) for iri in touched}
        self.known.put((iri, now.get(iri)) for iri in iris)
        self.touched |= {iri for iri, meant in before.items() if self._meaning(iri) != meant}

    def touch(self, iri: str, names: frozenset[str]) -> None:
        """Note that this one may be another, by these names as well, and those that depend on it."""
        known = self.known.get(iri)
        if known is not None:
            self.touched |= self.known.touched([replace(known, names=known.names | names)])

    def items_of(self, iris: Iterable[str]) -> set[Item]:
        """Return all that is said of characters."""
        return {item for iri in iris for item in self._by_character.get(iri, ())}

    def stored(self) -> None:
        """Note that the store is up to date."""
        self.gone, self.come, self.unsettled, self.touched = set(), set(), set(), set()

    def _meaning(self, iri: str) -> tuple[object, ...]:
        """All that a review's merges of a character depend on beside the review's own words."""
        found = self.known.find(iri)
        whole = [(c, c.name, c.actors, c.gender) for c in (self.known.get(one.iri) for one in found) if c is not None]
        return found, [meaning[1:] for meaning in whole]
