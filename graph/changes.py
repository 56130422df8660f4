"""Reviews going into and out of a store: adding is replacing, removing is exact, one review is one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from pyoxigraph import NamedNode, Quad

from ..errors import InputError
from ..ontology.iris import Iris
from ..reviews.records import Reading, Review
from .cast import Cast, Rewriting
from .decisions import Decisions, decisions_in
from .identity import Merge, merge_quads, own_characters
from .listing import has_review, near_names
from .namesakes import Namesakes, Said, said_by
from .recast import index_anew
from .renaming import query_about, renamed, statements
from .retelling import Retelling
from .review_record import as_it_was_put, construct, recorded
from .store.protocol import Change, Store
from .telling import Words

# New reviews wait for one another this long at most: together they go in three times as fast, and a killed program
# has lost no more than this. Measured in docs/decisions/graph-batches.md.
_BATCH_SECONDS = 1.0

# So many new quads or more go in by the store's fast way, apart from what changes in earlier reviews.
_APART_FROM = 5_000

# What so many quads leave behind is put in order, if they are a good part of the store: questions about everything are
# then answered two or three times as fast. Measured in docs/decisions/graph-compacted.md.
_COMPACT_FROM = 1_000_000
_COMPACT_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Addition:
    """A review that is in the store now: what that changed, whether it was there before, who was recognised.

    `elsewhere` is what changed in other reviews, whose names mean somebody else by what is known now; reviews that
    went in together have it on the last of them.
    """

    review: Review
    change: Change
    replaced: bool
    merges: tuple[Merge, ...]
    elsewhere: Change = field(default_factory=Change)


def add_reading(store: Store, reading: Reading, iris: Iris) -> Change:
    """Put a review's facts in, in place of what it said before: one transaction. The same reading again adds 0.

    Characters named in part become the one known character they can only be (see `graph.identity`), in this review
    and in the others of its series: the change counts both.
    """
    adder = _Adder(store, iris)
    (addition,) = adder.add(reading) + adder.flush()
    return addition.change + addition.elsewhere


def add_readings(store: Store, readings: Iterable[Reading], iris: Iris) -> Change:
    """Put many reviews in, fast, and return what all of them changed together; see `adding`."""
    return sum((addition.change + addition.elsewhere for addition in adding(store, readings, iris)), Change())


def adding(store: Store, readings: Iterable[Reading], iris: Iris) -> Iterator[Addition]:
    """Put reviews in and yield each, in order, once it is in the store. Nothing happens unless you iterate.

    In whatever order reviews come, they come to the same graph. A killed program leaves each review wholly in or
    wholly out. Neighbouring reviews that are new to the store wait for one another, for at most about a second, and go
    in together; if `readings` fails, what waits is still put in. Killed between the new reviews and what they change
    in earlier ones, those are put right when a review of their series is next added or removed.
    """
    adder = _Adder(store, iris)
    try:
        for reading in readings:
            yield from adder.add(reading)
        yield from adder.flush()
        if adder.stored_quads >= _COMPACT_FROM and adder.stored_quads >= _COMPACT_SHARE * len(store):
            store.compact()
    finally:
        adder.flush()


@dataclass(slots=True)
class _Waiting:
    """A review that is not in the store yet, as it is to go in."""

    reading: Reading
    words: Words
    merges: tuple[Merge, ...]
    quads: list[Quad]


class _Adder:
    """The state of one `adding`."""

    def __init__(self, store: Store, iris: Iris) -> None:
        self._store, self._iris = store, iris
        self._decisions = decisions_in(store, iris)
        self._cast = open_cast(store, iris, self._decisions)
        self._namesakes = Namesakes(store, iris, self._decisions)
        self._waiting: list[_Waiting] = []
        self._waiting_quads = 0
        self._since = 0.0
        self.stored_quads = 0

    def add(self, reading: Reading) -> list[Addition]:
        """Take a review and return those that are in the store since."""
        iri = reading.review.iri
        done = self.flush() if any(new.reading.review.iri == iri for new in self._waiting) else []
        replacing = has_review(self._store, iri)
        if replacing:
            done += self.flush()
        words = Words(reading, self._decisions, self._iris)
        before = self._namesakes.put(iri, said_by(words.own, self._iris), is_stored=replacing)
        try:
            words.tell(self._namesakes.moves(iri))
            was = self._cast.put(iri, own_characters(words.facts), is_stored=replacing)
        except BaseException:
            self._namesakes.put(iri, before, is_stored=replacing)
            raise
        try:
            retelling = self._retell() if replacing else None
            found = self._cast.merges(iri)
            quads = words.quads(found)
        except BaseException:
            self._namesakes.put(iri, before, is_stored=replacing)
            self._cast.put(iri, was, is_stored=replacing)
            raise
        if retelling is not None:
            return [*done, self._replace(reading.review, found, set(quads), retelling)]
        self._since = self._since if self._waiting else time.monotonic()
        self._waiting.append(_Waiting(reading, words, found, quads))
        self._waiting_quads += len(quads)
        if self._waiting_quads >= self._store.batch_quads or time.monotonic() - self._since > _BATCH_SECONDS:
            done += self.flush()
        return done

    def flush(self) -> list[Addition]:
        """Put in what waits, and what that changes elsewhere, and return it. What fails to go in is not tried again."""
        waiting, self._waiting, self._waiting_quads = self._waiting, [], 0
        if not waiting:
            return []
        told_anew, retelling = self._tell_anew(waiting), self._retell()
        for new in waiting:
            found = self._cast.merges(new.reading.review.iri)
            if found != new.merges or new in told_anew:
                new.merges, new.quads = found, new.words.quads(found)
        quads = [quad for new in waiting for quad in new.quads]
        removed, added, gone, come = _elsewhere(self._store, self._cast, self._namesakes, retelling, self._iris)
        if (removed or added) and len(quads) >= _APART_FROM:
            unsettled = self._cast.unsettled() | self._namesakes.unsettled()
            self._store.apply(add=[*quads, *(come | unsettled)])
            self._store.apply(remove=removed | gone | unsettled, add=added)
        else:
            self._store.apply(remove=removed | gone, add=[*quads, *come, *added])
        self._stored()
        self.stored_quads += len(quads)
        done = [Addition(new.reading.review, Change(len(new.quads)), False, new.merges) for new in waiting]
        done[-1] = replace(done[-1], elsewhere=Change(len(added), len(removed)))
        return done

    def _tell_anew(self, waiting: list[_Waiting]) -> list[_Waiting]:
        """Tell those again whose bare titles stand for other shows since, and return them."""
        moves = {new.reading.review.iri: self._namesakes.moves(new.reading.review.iri) for new in waiting}
        changed = [new for new in waiting if moves[new.reading.review.iri] != new.words.moves]
        for new in changed:
            iri = new.reading.review.iri
            new.words.tell(moves[iri])
            self._cast.put(iri, own_characters(new.words.facts), is_stored=False)
        return changed

    def _retell(self) -> Retelling:
        return _retold(self._store, self._cast, self._namesakes, self._decisions, self._iris)

    def _stored(self) -> None:
        self._cast.stored()
        self._namesakes.stored()

    def _replace(self, review: Review, found: tuple[Merge, ...], new: set[Quad], retelling: Retelling) -> Addition:
        old = {*self._store.quads(NamedNode(review.iri)), *recorded(self._store, review.iri, self._iris)}
        removed, added, gone, come = _elsewhere(self._store, self._cast, self._namesakes, retelling, self._iris)
        if old != new or removed or added or gone or come:
            self._store.apply(remove=(old - new) | removed | gone, add=(new - old) | added | come)
        self._stored()
        change = Change(len(new - old), len(old - new))
        return Addition(review, change, True, found, Change(len(added), len(removed)))


def remove_review(store: Store, review: str, iris: Iris) -> Change:
    """Take out what a review, given by IRI or id, says and the merges made for it: exactly that, in one transaction.

    Where a name in another review of its series means somebody else without it, that review is rewritten: the change
    counts that too. Raises InputError with near names if it is not there.
    """
    iri = iris.review(review)
    graph = NamedNode(iri)
    if iri in iris.other_graphs or not has_review(store, iri):
        raise InputError(f"there is no review {review!r} in the graph: {near_names(store, review, iris)}")
    old, record = set(store.quads(graph)), set(recorded(store, iri, iris))
    decisions = decisions_in(store, iris)
    cast, namesakes = open_cast(store, iris, decisions), Namesakes(store, iris, decisions)
    namesakes.put(iri, Said(), is_stored=True)
    cast.put(iri, {}, is_stored=True)
    retelling = _retold(store, cast, namesakes, decisions, iris)
    removed, added, gone, come = _elsewhere(store, cast, namesakes, retelling, iris)
    store.apply(clear=[graph], remove=record | removed | gone, add=added | come)
    return Change(len(added), len(old) + len(record) + len(removed))


def settle(store: Store, iris: Iris) -> Change:
    """Work out anew who is whom in the whole graph, where reviews came in another way than by `adding`.

    Costs reading the whole graph; one transaction a series. Killed in between, the next review that is added or removed
    goes on with it.
    """
    changes = Change()
    series, titles, people = index_anew(store, iris)
    decisions = decisions_in(store, iris)
    cast, namesakes = Cast(store, iris, decisions.decided), Namesakes(store, iris, decisions)
    looks = [
        *(partial(namesakes.shows.look_at, [title]) for title in titles),
        *(partial(namesakes.people.look_at, [name]) for name in people),
        *(partial(cast.look_at, name) for name in series),
    ]
    for look_at in looks:
        look_at()
        retelling = _retold(store, cast, namesakes, decisions, iris)
        removed, added, gone, come = _elsewhere(store, cast, namesakes, retelling, iris)
        store.apply(remove=removed | gone, add=added | come)
        cast.stored()
        namesakes.stored()
        changes += Change(len(added), len(removed))
    return changes


def _retold(store: Store, cast: Cast, namesakes: Namesakes, decisions: Decisions, iris: Iris) -> Retelling:
    """Tell the reviews anew whose titles and names stand for others by what was put; who is whom goes by them, too."""
    retelling = Retelling(store, cast, iris)
    retelling.put(namesakes.outdated(), namesakes, decisions)
    return retelling


def _elsewhere(
    store: Store, cast: Cast, namesakes: Namesakes, retelling: Retelling, iris: Iris
) -> tuple[set[Quad], set[Quad], set[Quad], set[Quad]]:
    """What what was put changes in other reviews, out and in, and in the index, out and in."""
    rewriting = cast.rewriting()
    removed, added = rewritten(store, rewriting, iris)
    told_out, told_in = retelling.quads()
    (gone, come), (names_gone, names_come) = cast.index(), namesakes.index()
    return removed | told_out, added | told_in, gone | names_gone, come | names_come


def open_cast(store: Store, iris: Iris, decisions: Decisions) -> Cast:
    """Return who is known in a store by these decisions; where that was never written down, `settle` comes first."""
    cast = Cast(store, iris, decisions.decided)
    if not cast.is_unwritten:
        return cast
    settle(store, iris)
    return Cast(store, iris, decisions.decided)


def rewritten(store: Store, changed: Rewriting, iris: Iris) -> tuple[set[Quad], set[Quad]]:
    """Return what goes out of and into reviews in the store, and the record of merges, so that their merges change."""
    removed, added = set[Quad](), set[Quad]()
    for review, (before, after) in changed.items():
        triples = list(construct(store, query_about(review, before, after)))
        if not triples:  # another program took the review away
            continue
        with as_it_was_put(store, review):
            old, new = renamed(review, statements(triples), before, after, iris)
        old_record, new_record = (set(merge_quads(review, merges, iris)) for merges in (before, after))
        removed |= old | (old_record - new_record)
        added |= new | (new_record - old_record)
    return removed, added
