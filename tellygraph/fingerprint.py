"""What a review's facts come from, as one hash: the same fingerprint means that reading again finds the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from functools import cache
from pathlib import Path

from . import ontology, reviews
from .graph import quads
from .ontology.iris import Iris
from .reading import Remark
from .reviews.reader import CHARACTERS_AT_ONCE, REVIEWS_AT_ONCE, Reader, Versioned
from .reviews.records import Review

Known = Callable[[Iterable[str]], Mapping[str, str]]

_CODE = frozenset({".py", ".toml", ".txt", ".ttl"})


class Fingerprints:
    """Makes the fingerprints of one run: of what `reader` finds, without facts of less than `min_confidence`."""

    def __init__(self, reader: Reader, iris: Iris, min_confidence: float = 0.0) -> None:
        self._before = ""
        version = reader.version if isinstance(reader, Versioned) else None
        if version is not None:
            self._before = json.dumps([code_digest(), iris.base, reader.name, version, min_confidence + 0.0])

    def of(self, review: Review) -> str | None:
        """Return "sha256:" and 64 hexadecimal digits; None for a reader that does not say which version it is.

        All that may change the facts goes in: the text and all that is given about the review, the reader and its
        version, this program's code, the base IRI and the least confidence.
        """
        if not self._before:
            return None
        return f"sha256:{hashlib.sha256(f'{self._before}{json.dumps(astuple(review))}'.encode()).hexdigest()}"


def changed_among(
    found: Iterable[Review | Remark], prints: Fingerprints, known: Known, unchanged: Callable[[Review], None]
) -> Iterator[Review | Remark]:
    """Pass on what a source yields without the reviews that need not be read again; `unchanged` is called with those.

    `known` returns the fingerprints that a graph has of reviews, given by IRI; it is asked once a batch, of as many
    reviews as a reader takes at once. What `found` raises is raised after them.
    """
    read: set[int] = set()  # hashes of IRIs that come in this run: given again, a review is read again

    def sifted(batch: list[Review]) -> Iterator[Review]:
        had = known(review.iri for review in batch)
        for review in batch:
            again = hash(review.iri) in read
            if not again and review.iri in had and had[review.iri] == prints.of(review):
                unchanged(review)
            else:
                read.add(hash(review.iri))
                yield review

    batch: list[Review] = []
    characters = 0
    try:
        for item in found:
            if not isinstance(item, Review):
                yield item
                continue
            batch.append(item)
            characters += len(item.text)
            if len(batch) == REVIEWS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
                full, batch, characters = batch, [], 0
                yield from sifted(full)
    except Exception:
        yield from sifted(batch)
        raise
    yield from sifted(batch)


@cache
def code_digest() -> str:
    """Return a hash of the code that reads and writes facts, rules and terms included. Takes about 10 ms, once."""
    digest = hashlib.sha256()
    rooms = [Path(room.__file__ or "").parent for room in (ontology, reviews)]
    files = [path for room in rooms for path in sorted(room.rglob("*")) if path.suffix in _CODE]
    for path in [*files, Path(quads.__file__)]:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
