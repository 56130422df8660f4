"""Records of a cluster's files, as drafts: a line of JSON lines, or a row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import InputError, ReviewError
from ..reviews.records import Refusal
from ..reviews.sources.inputs import Draft, Limits
from ..reviews.sources.jsonl import read_line
from ..reviews.sources.parquet import row_draft
from ..reviews.sources.record import placed


@dataclass(frozen=True, slots=True)
class Drafts:
    """Makes drafts; `columns` are pairs of our keys and what the user calls them, as `--column` gives them."""

    limits: Limits
    columns: tuple[tuple[str, str], ...] = ()

    def of(self, value: object, name: str) -> Draft | Refusal | None:
        """Return the draft of a line, given as bytes, or of a row, by our keys; None for a blank line."""
        if isinstance(value, bytes):
            return read_line(value, name, self.limits, dict(self.columns))
        if not isinstance(value, Mapping):
            raise TypeError(f"a record is bytes or a mapping, not {type(value).__name__}")
        try:
            return row_draft(value, name)
        except ReviewError as error:
            return Refusal(name, str(error))

    def header(self, columns: Sequence[str]) -> dict[str, str]:
        """Return which of a table's columns each of our keys is. Raises InputError where one that must be is not."""
        try:
            places, _ = placed(columns, dict(self.columns))
        except ReviewError as error:
            raise InputError(f"the Parquet that was given cannot be read: {error}") from error
        return {key: columns[place] for key, place in sorted(places.items())}
