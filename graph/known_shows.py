"""Which series share a title, by what all reviews in a store say, and which of them a bare title stands for in each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Quad

from ..ontology.iris import Iris
from ..ontology.terms import TG
from .cast_index import CastIndex, Item, subject_of
from .decisions import Decisions
from .identity import Move, Show, move_of
from .store.protocol import Store

Titled = Mapping[tuple[str, str], Show]
"""What is said of series, by plain title and series (their IRIs); one without a mark is its own title."""

Moves = Mapping[str, Move]
"""The series that a review's bare titles stand for, by their IRIs."""

# So many titles are kept in memory at most.
_MOST_TITLES = 1_000


class ShowIndex(CastIndex):
    """What each review itself says of the series it names, beside what it calls their characters.

    Under a title there is what all reviews say of the series with a mark ("Saltmarsh (2005)"), not of the others.
    """

    node = "shows"
    calls, knows = TG.callsShow, TG.knowsShow


def items_of_shows(shows: Titled) -> set[Item]:
    """Return what is said of series, each bit as one text."""
    bits = set[tuple[str, ...]]()
    for (title, series), show in shows.items():
        bits.update((title, series, "named", name) for name in show.names or ("",))
        bits.update((title, series, "year", str(year)) for year in show.years)
        bits.update((title, series, "country", country) for country in show.countries)
        bits.update((title, series, "actor", actor) for actor in show.actors)
        bits.update((title, series, "written", str(year)) for year in (show.written,) if year is not None)
    return {json.dumps(bit, ensure_ascii=False, separators=(",", ":")) for bit in bits}


def shows_of_items(items: Iterable[Item]) -> dict[tuple[str, str], Show]:
    """Return the series that items tell of."""
    told: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for item in items:
        title, series, what, *value = json.loads(item)
        told[title, series][what].update(value)
    return {
        key: Show(
            frozenset(map(int, bits["year"])), frozenset(bits["country"]), frozenset(bits["actor"]),
            min(map(int, bits["written"]), default=None), frozenset(bits["named"] - {""}),
        )
        for key, bits in told.items()
    }  # fmt: skip


def moves_by(own: Titled, known: Mapping[str, Mapping[str, Show]], decisions: Decisions) -> dict[str, Move]:
    """Return whom a review's bare titles stand for, where `known` are the shows of each title.

    A person's decision about the title comes first. Shows that were decided to be one are one.
    """
    found = {}
    for title, series in own:
        candidates = known.get(title)
        if title != series or not candidates or decisions.final(title) != title:
            continue
        shows, first = grouped(candidates, decisions)
        move = move_of(own[title, title], shows, ruled_out(title, own, decisions))
        if move is not None and move.series != title:
            found[title] = replace(move, series=first[move.series])
    return found


def grouped(candidates: Mapping[str, Show], decisions: Decisions) -> tuple[dict[str, Show], dict[str, str]]:
    """Return shows by what they are by decisions, and the first of those that are one, by the same."""
    shows, first = dict[str, Show](), dict[str, str]()
    for iri, show in sorted(candidates.items()):
        final = decisions.final(iri)
        first.setdefault(final, iri)
        known = shows.get(final, Show())
        shows[final] = Show(
            known.years | show.years, known.countries | show.countries, known.actors | show.actors,
            names=known.names or show.names,
        )  # fmt: skip
    return shows, first


def ruled_out(title: str, own: Titled, decisions: Decisions) -> set[str]:
    """Return the shows that a review's bare title never is: it names them besides, or somebody decided so."""
    apart = {iri for pair in decisions.decided.different if title in pair for iri in pair if iri != title}
    return apart | {decisions.final(series) for of, series in own if of == title != series}


class KnownShows:
    """The shows of the titles asked for: what a store's reviews say of them, and reviews that are `put` here.

    What a bare title stands for is a function of what all reviews say in their own words and of the decisions, never
    of the order in which reviews came. One `put` after the other, then `outdated` and `index`, whose quads must go into
    the store in one transaction with the reviews, then `stored`. Work for a review grows with the shows of its titles
    and the actors they are said to have; where these change, with the reviews that say the title alone.
    """

    def __init__(self, store: Store, iris: Iris, decisions: Decisions) -> None:
        self._index, self._decisions = ShowIndex(store, iris), decisions
        self._titles: dict[str, _Title] = {}
        self._own: dict[str, set[Item]] = {}  # what reviews say that were put since the store was last written
        self._was: dict[str, set[Item]] = {}  # what they say in the store

    def put(self, review: str, shows: Titled, *, is_stored: bool) -> Titled:
        """Note what a review says of the series it names in place of what it said, and return that."""
        if review not in self._was:
            self._was[review] = self._index.of_reviews([review]).get(review, set()) if is_stored else set()
        before = self._own.get(review, self._was[review])
        after = items_of_shows(shows)
        self._own[review] = after
        gone = marked(before - after)
        gone -= {item for other, items in self._own.items() if gone and other != review for item in gone & items}
        gone -= self._index.still_said(gone, without=review) if gone else set()
        come = marked(after - before)
        for title in {subject_of(item) for item in before | after}:
            known = self._title(title)
            known.items -= {item for item in gone if subject_of(item) == title}
            known.items |= {item for item in come if subject_of(item) == title}
        return shows_of_items(before)

    def moves(self, review: str) -> dict[str, Move]:
        """Return whom the bare titles of a review that was put stand for, by all that is known now."""
        return self._moves(self._own.get(review, set()))

    def look_at(self, titles: Iterable[str]) -> None:
        """Work out anew whom the store's reviews mean by these titles, other decisions having been made about them."""
        for title in titles:
            self._title(title).is_doubtful = True

    def outdated(self) -> list[str]:
        """Return the reviews in the store whose bare titles may stand for another show by what is known now, sorted."""
        saying = {item for title, known in self._titles.items() for item in known.concerned(title)}
        return sorted(self._index.saying(saying) - self._own.keys()) if saying else []

    def moves_of_stored(self, reviews: Iterable[str]) -> dict[str, dict[str, Move]]:
        """Return whom the bare titles of reviews in the store stand for, those that were put as they were put."""
        wanted = sorted(reviews)
        stored = self._index.of_reviews([review for review in wanted if review not in self._own])
        return {review: self._moves(self._own.get(review, stored.get(review, set()))) for review in wanted}

    def index(self) -> tuple[set[Quad], set[Quad]]:
        """Return the quads of the index that are to go out of the store and into it."""
        removed, added = set[Quad](), set[Quad]()
        for review, items in self._own.items():
            removed |= self._index.said(review, self._was[review] - items)
            added |= self._index.said(review, items - self._was[review])
        for title, known in self._titles.items():
            removed |= self._index.known(title, known.stored - known.items)
            removed |= self._index.unsettled(title, known.unsettled)
            added |= self._index.known(title, known.items - known.stored)
        return removed, added

    def unsettled(self) -> set[Quad]:
        """Return the quads that say what to make good where reviews go in ahead of what they change in others."""
        concerned = [title for title, known in self._titles.items() if known.concerned(title)]
        return {quad for title in concerned for quad in self._index.unsettled(title, [title])}

    def stored(self) -> None:
        """Note that all that was put is in the store now, with the index, and that reviews were told anew."""
        self._own.clear()
        self._was.clear()
        if len(self._titles) > _MOST_TITLES:
            self._titles.clear()
        for known in self._titles.values():
            known.settle()

    def _moves(self, items: set[Item]) -> dict[str, Move]:
        own = shows_of_items(items)
        return moves_by(own, {title: self._title(title).shows() for title, _ in own}, self._decisions)

    def _title(self, title: str) -> _Title:
        if title not in self._titles:
            self._titles[title] = _Title(*self._index.of_series(title))
        return self._titles[title]


class _Title:
    """The shows of one title: what is said of them, here and in the store."""

    def __init__(self, items: set[Item], unsettled: set[str]) -> None:
        self.stored, self.items, self.unsettled = frozenset(items), items, unsettled
        self.is_doubtful = bool(unsettled)

    def shows(self) -> dict[str, Show]:
        return {series: show for (_, series), show in shows_of_items(self.items).items()} if self.items else {}

    def concerned(self, title: str) -> Iterator[Item]:
        """What reviews say whose bare title may stand for another show by what has changed here."""
        changed = [json.loads(item) for item in self.stored ^ self.items]
        if self.is_doubtful or any(what != "actor" for _, _, what, *_ in changed):
            yield from items_of_shows({(title, title): Show()})
        elif changed:
            actors = frozenset(actor for *_, actor in changed)
            yield from items_of_shows({(title, title): Show(actors=actors)}) - items_of_shows({(title, title): Show()})

    def settle(self) -> None:
        self.stored, self.unsettled, self.is_doubtful = frozenset(self.items), set(), False


def marked(items: Iterable[Item]) -> set[Item]:
    """Return those of the items that are about series with a mark."""
    return {item for item in items if subject_of(item) != json.loads(item)[1]}
