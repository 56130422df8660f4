"""Readings shown with the words of their facts marked: as a page, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .reviews.records import Reading

if TYPE_CHECKING:
    from .reviews.reader import Reader


class ShownReading(Reading):
    """A reading that a notebook shows as its review with every fact's words marked; equal to the plain reading."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from .visualize import marked_part

        return marked_part(self, rules=rule_meanings())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reading):
            return NotImplemented
        return (self.review, self.facts) == (other.review, other.facts)

    __hash__ = Reading.__hash__


def page_of(readings: Iterable[Reading], reader: Reader | None = None) -> str:
    """Return the page that shows readings, and what the rules of their reader look for. Raises InputError."""
    from .visualize import marked_page

    return marked_page(readings, rules=rule_meanings(reader))


def rule_meanings(reader: Reader | None = None) -> Mapping[str, str]:
    """Return what each rule looks for, by its id: ours, and the user's own that `reader` goes by."""
    from .reviews.reader import RuleReader
    from .reviews.rules import RULE_FILES, rules

    own = reader.rulebook.own if isinstance(reader, RuleReader) else ()
    return {rule.id: rule.about for group in RULE_FILES for rule in rules(group)} | {
        rule.id: rule.about for rule in own
    }
