"""What a model's reading took, counted: requests, tokens, money, and what was not believed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Usage:
    """Counts that grow while a reader reads.

    `requests` went to the server, retries among them; `cached` answers were on disk. `uncounted` answers came without
    their number of tokens. `kept` facts passed every check, `dropped` ones are counted by the reason (see `checking`).
    """

    price_in: float = 0.0
    price_out: float = 0.0
    requests: int = 0
    retries: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    uncounted: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def cost(self) -> float:
        """What the counted tokens cost, by the prices for a million of them."""
        return (self.tokens_in * self.price_in + self.tokens_out * self.price_out) / 1_000_000

    def count_tokens(self, tokens_in: int | None, tokens_out: int | None) -> None:
        """Count an answer's tokens; None where the server does not say."""
        self.uncounted += tokens_in is None or tokens_out is None
        self.tokens_in += tokens_in or 0
        self.tokens_out += tokens_out or 0

    def sentences(self) -> list[str]:
        """Say it, in one sentence or two."""
        parts = [
            _counted(self.requests, "request", "requests"),
            f"{self.cached:,} cached",
            _counted(self.retries, "retry", "retries"),
            f"{self.tokens_in:,} tokens in",
            f"{self.tokens_out:,} out",
        ]
        if self.price_in or self.price_out:
            parts.append(f"cost {self.cost:.4f}")
        if self.uncounted:
            parts.append(f"{_counted(self.uncounted, 'answer', 'answers')} without a count of tokens")
        said = [f"llm: {', '.join(parts)}."]
        total = self.kept + self.dropped.total()
        if self.dropped:
            reasons = ", ".join(f"{n:,} {reason}" for reason, n in sorted(self.dropped.items(), key=_most_first))
            said.append(f"llm: {self.dropped.total():,} of {_counted(total, 'fact', 'facts')} not believed: {reasons}.")
        return said


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
