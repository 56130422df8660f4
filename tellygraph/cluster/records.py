"""Records of a cluster's files, as drafts: a line of JSON lines, or a row of a table."""

from __future__ import annotations

from ..reviews.records import Refusal
from ..reviews.sources.inputs import Draft, Limits
from ..reviews.sources.jsonl import read_line


def line_draft(limits: Limits, value: object, name: str) -> Draft | Refusal | None:
    """Return the draft of a line, given as bytes; None for a blank line."""
    if not isinstance(value, bytes):
        raise TypeError(f"a line is bytes, not {type(value).__name__}")
    return read_line(value, name, limits)
