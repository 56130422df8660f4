"""JSON-LD: a document with one schema.org `Review`, whose text is its `reviewBody`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ...errors import ReviewError
from .decode import read_whole
from .inputs import Draft, Format, Found, Input, Limits, Notice
from .jsonld import review_body, review_fields
from .jsonld_people import review_people


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    document = read_whole(stream, limits)
    text = review_body([document])
    fields, said = review_fields([document])
    for message in said:
        yield Notice(source.shown, message)
    if text is None:
        raise ReviewError("it holds no schema.org Review with a reviewBody, or more than one")
    yield Draft(source.shown, source.id, text, fields, people=review_people([document]))


JSONLD = Format("JSON-LD", (".jsonld",), _read)
