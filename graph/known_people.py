"""Who has which name, by what the sources of all reviews in a store say, and whom a name stands for in each review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Quad

from ..ontology.iris import Iris
from .cast_index import Item
from .decisions import Decisions
from .identity.people import MOST_NAMES, Card, Named, moves_of, people_apart
from .identity.shows import Move
from .people_index import PeopleIndex, card_of, item_of, keys_of
from .store.protocol import Store

# So many names and identifiers are kept in memory at most.
_MOST_KEYS = 10_000


class KnownPeople:
    """The people with the names asked for: what a store's reviews say of them, and reviews that are `put` here.

    Whom a name stands for is a function of what all reviews say in their own words and of the decisions, never of the
    order in which reviews came. Used as `KnownShows` is. A graph of whose people no source says who they are is asked
    once; else work for a review grows with the people who share its names, and where it tells somebody apart, with
    the reviews that name them.
    """

    def __init__(self, store: Store, iris: Iris, decisions: Decisions) -> None:
        self._store, self._iris, self._decisions = store, iris, decisions
        self._index = PeopleIndex(store, iris)
        self._keys: dict[str, _Key] = {}
        self._own: dict[str, Named] = {}  # what reviews say that were put since the store was last written
        self._was: dict[str, set[Item]] = {}  # what they say in the store
        self._doubtful: set[str] = set()  # names to work out anew whatever has changed
        self._put_right: set[str] = set()  # names of which `outdated` has told the reviews
        self._touched: set[str] = set()  # the keys that were changed
        self._in_use: bool | None = None

    def put(self, review: str, named: Named, *, is_stored: bool) -> Named:
        """Note whom a review names in place of whom it named, and return what was put before."""
        earlier = self._own.get(review)
        if review not in self._was:
            known = self._index.of_reviews([review]) if is_stored and self._is_used() else {}
            self._was[review] = known.get(review, set())
        before = self._was[review] if earlier is None else set(map(item_of, earlier.cards))
        after = set(map(item_of, named.cards))
        self._own[review] = named
        gone = before - after
        gone -= {item_of(card) for other, said in self._own.items() if gone and other != review for card in said.cards}
        gone -= self._index.still_said(gone, without=review) if gone else set()
        self._in_use = True if after else self._in_use
        self._change(gone, after - before)
        return Named(cards=frozenset(map(card_of, before))) if earlier is None else earlier

    def moves(self, review: str) -> dict[str, Move]:
        """Return whom the names in a review that was put stand for, by all that is known now."""
        return self.moves_in(self._own.get(review, Named()))

    def moves_in(self, named: Named) -> dict[str, Move]:
        """Return the same for what a review says. Raises LookupError where that was never put."""
        cards = self.cards({*named.names, *(card.iri for card in named.cards)}) if self._is_used() else set()
        if not cards:
            return {}
        apart = self._decisions.decided.different
        return moves_of(named, cards, self._iris, self._decisions.final, apart | {pair[::-1] for pair in apart})

    def look_at(self, names: Iterable[str]) -> None:
        """Work out anew whom the store's reviews mean by these names, given by what they alone stand for."""
        self._doubtful.update(names if self._is_used() else ())

    def outdated(self) -> list[str]:
        """Return the reviews in the store whose names may stand for another by what is known now, sorted."""
        changed = self._changed()
        if not changed:
            return []
        own = {card.own for card in self.cards(changed) | self.cards(changed, before=True) if card.iri in changed}
        if not self._doubtful <= changed:  # what was looked at for these had to be put right, too
            return self.outdated()
        self._put_right = changed
        return sorted(self._index.naming(changed | own) - self._own.keys())

    def index(self) -> tuple[set[Quad], set[Quad]]:
        """Return the quads of the index that are to go out of the store and into it."""
        removed, added = set[Quad](), set[Quad]()
        for review, named in self._own.items():
            items = set(map(item_of, named.cards))
            removed |= self._index.said(review, self._was[review] - items)
            added |= self._index.said(review, items - self._was[review])
        for name in sorted(self._touched):
            key = self._keys[name]
            removed |= self._index.known(name, key.stored - key.items)
            added |= self._index.known(name, key.items - key.stored)
        for name in self._put_right & self._keys.keys():
            removed |= self._index.unsettled(name, self._keys[name].unsettled)
        return removed, added

    def unsettled(self) -> set[Quad]:
        """Return the quads that say what to make good where reviews go in ahead of what they change in others."""
        return {quad for name in self._changed() for quad in self._index.unsettled(name, [name])}

    def stored(self) -> None:
        """Note that all that was put is in the store now, with the index, and that reviews were told anew."""
        self._own.clear()
        self._was.clear()
        for name in self._touched:
            self._keys[name].stored = frozenset(self._keys[name].items)
        for name in self._put_right & self._keys.keys():
            self._keys[name].unsettled = set()
        self._touched, self._doubtful, self._put_right = set(), self._doubtful - self._put_right, set()
        if len(self._keys) > _MOST_KEYS:
            self._keys.clear()
            self._doubtful.clear()

    def _is_used(self) -> bool:
        if self._in_use is None:
            self._in_use = self._index.is_used()
        return self._in_use

    def _change(self, gone: set[Item], come: set[Item]) -> None:
        keys = {item: keys_of(card_of(item)) for item in gone | come}
        touched = {key for found in keys.values() for key in found}
        self._load(touched)
        self._touched |= touched
        for item, found in keys.items():
            for key in found:
                (self._keys[key].items.discard if item in gone else self._keys[key].items.add)(item)

    def _load(self, keys: set[str]) -> None:
        new = keys - self._keys.keys()
        known = self._index.of_keys(new) if new and self._is_used() else {}
        for key in new:
            self._keys[key] = _Key(*known.get(key, (set(), set())))
            self._doubtful |= self._keys[key].unsettled

    def cards(self, names: Iterable[str], *, before: bool = False) -> set[Card]:
        """Return all cards of these names and of those that share an identifier with them, as stored or as put."""
        found, seen, open_ = set[Card](), set[str](), set(names)
        while open_:
            self._load(open_)
            seen |= open_
            here = {card for key in open_ for card in self._keys[key].cards(before=before)}
            ids = {key for card in here for key in keys_of(card)} - seen
            self._load(ids)
            seen |= ids
            found |= here
            open_ = set()
            for key in ids:
                others = self._keys[key].cards(before=before)
                found |= others
                sharing = {card.iri for card in others}
                open_ |= sharing - seen if len(sharing) <= MOST_NAMES else set()
        return found

    def _changed(self) -> set[str]:
        """The names that stand for others than they do in the store."""
        items = {item for name in self._touched for item in self._keys[name].stored ^ self._keys[name].items}
        names = {card_of(item).iri for item in items}
        for key in self._touched:
            was, now = ({card.iri for card in self._keys[key].cards(before=before)} for before in (True, False))
            if (len(was) > MOST_NAMES) != (len(now) > MOST_NAMES):  # it begins, or ceases, to tell who somebody is
                names |= was | now
        if not names | self._doubtful:
            return set()
        views = [self.cards(names, before=before) for before in (True, False)]
        before, after = (self._meanings(cards) for cards in views)
        return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} | self._doubtful

    def _meanings(self, cards: set[Card]) -> Mapping[str, object]:
        """What tells whom each name stands for; nothing for a name that is one person's and her address."""
        found: dict[str, tuple[set[tuple[str, str, str]], set[tuple[str, frozenset[str]]]]] = {}
        for card, someone in people_apart(cards, self._iris).items():
            said, people = found.setdefault(card.iri, (set(), set()))
            said.add((card.own, someone.iri, someone.name))
            people.add((someone.iri, someone.shows))
        return {
            name: (said, people if len(people) > 1 else ())
            for name, (said, people) in found.items()
            if any(own != name or iri != name for own, iri, _ in said)
        }


class _Key:
    """What is known under a name or an identifier: in the store, and with what was put."""

    def __init__(self, items: set[Item], unsettled: set[str]) -> None:
        self.stored, self.items, self.unsettled = frozenset(items), items, unsettled

    def cards(self, *, before: bool) -> set[Card]:
        return set(map(card_of, self.stored if before else self.items))
