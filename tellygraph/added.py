"""What adding reviews did: step by step, and counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .reading import Remark
from .reviews.records import Refusal, Review

State: TypeAlias = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class ReviewAdded:
    """What adding one review did: `state` against what the graph held before, and how many facts it states.

    `left_out` counts its facts that were not sure enough. A review that came unchanged was not `read` again; its facts
    are not counted.
    """

    review: Review
    state: State
    facts: int
    left_out: int = 0
    read: bool = True


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did, counted: reviews by what became of them, their facts, `left_out` ones, and what was not read.

    `not_read` counts those of the `unchanged` reviews that were not read again, since nothing has changed that their
    facts come from: they are not among `facts`.
    `refused` are inputs that could not be read, with the reason; `passed_over` counts files of other kinds and hidden
    ones met in folders; `remarks` are all sentences said on the way, in order.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    not_read: int = 0
    facts: int = 0
    left_out: int = 0
    passed_over: int = 0
    refused: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def reviews(self) -> int:
        """How many reviews were read."""
        return self.added + self.replaced + self.unchanged - self.not_read

    @classmethod
    def of(cls, steps: Iterable[ReviewAdded | Remark]) -> Added:
        """Count steps, to their end."""
        counts = {"added": 0, "replaced": 0, "unchanged": 0}
        facts, left_out, remarks = 0, 0, []
        for step in steps:
            if isinstance(step, ReviewAdded):
                counts[step.state] += 1
                facts += step.facts
                left_out += step.left_out
            else:
                remarks.append(step)
        refused = tuple(remark for remark in remarks if isinstance(remark, Refusal))
        passed_over = sum(remark.passed_over for remark in remarks if not isinstance(remark, Refusal))
        return cls(
            **counts, facts=facts, left_out=left_out, passed_over=passed_over, refused=refused, remarks=tuple(remarks)
        )
