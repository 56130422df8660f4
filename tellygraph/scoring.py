"""A reader's score on gold: joins `reviews.gold` to a reader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .reading import reader_of
from .reviews.gold import gold_documents
from .reviews.score import Score
from .reviews.score import score as _score

if TYPE_CHECKING:
    from .reviews.reader import Reader


def score(
    folder: str | os.PathLike[str],
    *,
    reviews: str | os.PathLike[str] | None = None,
    reader: Reader | str | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
) -> Score:
    """Return how well a reader (one, or its name; the rules where none is given) reads the gold documents of a folder.

    `reviews` is the folder of the reviews that the gold names as `source`, if they do not lie beside it. Facts of less
    than `min_confidence` are as if they were not said. More `workers` than one read in so many processes. Raises
    ReviewError for the first document that is not gold, or that the reader cannot read.
    """
    documents = gold_documents(Path(folder), reviews=None if reviews is None else Path(reviews))
    return _score(documents, reader_of(reader, workers), min_confidence=min_confidence)
