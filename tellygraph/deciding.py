"""Who is whom, as people decide it: the part of `KnowledgeGraph` for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .choices import Choices, Decided
from .graph.decisions import Decision
from .graph.duplicates import LikelyDuplicate, likely_duplicates
from .graph.unclear import Unclear, unclear_names, unclear_people, unclear_shows
from .ontology import Iris

if TYPE_CHECKING:
    from .graph import Store


class Deciding:
    """What people decide about the things of a graph, and what there is to decide."""

    _store: Store
    _iris: Iris

    def merge(
        self, one: str, other: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False
    ) -> Decided:
        """Decide that `one` is `other` (names or IRIs of two things of one class): it goes by that address from now on.

        Reviews say so whether they come, go or come back; `undo` takes it back without a trace. One transaction.
        `who` decides: the setting, else who is logged in. With `dry_run` nothing changes, and the answer says what
        would. Raises InputError where the two cannot be one, or an earlier decision says otherwise.
        """
        return Choices(self._store, self._iris).merge(one, other, who, why, dry_run=dry_run)

    def same(
        self, one: str, other: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False
    ) -> Decided:
        """Decide that two are one, as `merge`, and the fuller name stays; or keep `owl:sameAs` to an IRI on the web."""
        return Choices(self._store, self._iris).same(one, other, who, why, dry_run=dry_run)

    def different(
        self, one: str, other: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False
    ) -> Decided:
        """Decide that two are never one, also where a rule took one for the other. Else as `merge`."""
        return Choices(self._store, self._iris).different(one, other, who, why, dry_run=dry_run)

    def split(self, thing: str, *, who: str | None = None, why: str | None = None, dry_run: bool = False) -> Decided:
        """Decide that all that was taken for a thing stands apart from it. Else as `merge`."""
        return Choices(self._store, self._iris).split(thing, who, why, dry_run=dry_run)

    def undo(self, number: int | None = None, *, dry_run: bool = False) -> Decided:
        """Take a decision back, the last one where no number is given: the graph is as if it had never been made.

        Raises InputError if there is no such decision, or one that came later needs it.
        """
        return Choices(self._store, self._iris).undo(number, dry_run=dry_run)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that hold, in order."""
        return Choices(self._store, self._iris).made()

    def unclear(self) -> Iterator[Unclear]:
        """Yield the names that could be several known shows, people or characters and were kept apart, in order."""
        yield from unclear_shows(self._store, self._iris)
        yield from unclear_people(self._store, self._iris)
        yield from unclear_names(self._store, self._iris)

    def likely_duplicates(self) -> list[LikelyDuplicate]:
        """Return pairs of things that may be one, with what speaks for it, best first; see `same`, `different`."""
        return likely_duplicates(self._store, self._iris)
