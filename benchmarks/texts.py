"""The example reviews, repeated under other surnames until there are enough of them; the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tellygraph.ontology import Iris
from tellygraph.reviews import Review
from tellygraph.reviews.sources import read_paths

from .synthetic import word

EXAMPLES = Path(__file__).parent.parent / "examples" / "reviews"

# A full name beside a parenthesis, where critics put the other half of "character (actor)".
_FULL_NAME = re.compile(r"\(([A-Z]\w+) ([A-Z]\w+)\)|\b([A-Z]\w+) ([A-Z]\w+)(?= \()")


def examples() -> list[Review]:
    """Return the example reviews, in the order of their files."""
    return [found for found in read_paths([str(EXAMPLES)]) if isinstance(found, Review)]


def varied(reviews: Iterable[Review], number: int) -> list[Review]:
    """Return `number` reviews: those given, then again and again with other surnames in their place."""
    given = list(reviews)
    return [_again(given[at % len(given)], at // len(given)) for at in range(number)]


def _again(review: Review, copy: int) -> Review:
    if copy == 0:
        return review
    surnames = dict.fromkeys(m[2] or m[4] for m in _FULL_NAME.finditer(review.text))
    new = {name: word(at * 1009 + copy * 31, 3) for at, name in enumerate(surnames) if name not in (review.show or "")}
    text = review.text
    if new:
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, new))})\b")
        text = pattern.sub(lambda m: new[m[0]], text)
    id_ = f"{review.id}-{copy}"
    return replace(review, id=id_, iri=Iris.default().review(id_), text=text)
