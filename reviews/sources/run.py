"""Paths in, reviews out: opens each input with its format, and looks at ids, limits and what the user said."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from ...errors import ReviewError
from ...ontology.iris import Iris
from ...settings import int_setting
from ..records import Refusal, Review
from .decode import check_text, has_control
from .fields import check_field
from .inputs import Draft, Found, Input, Limits, Notice, Position
from .packing import unpacked
from .record import check_columns
from .standard_input import FORMATS, input_format, read_standard_input
from .walk import format_of, inputs, why_not
from .web import Web, WebLimits
from .web.addresses import without_secrets
from .web.reading import read_page

SUFFIXES: tuple[str, ...] = tuple(suffix for kind in FORMATS for suffix in kind.suffixes)

_LONGEST_ID = 1_000


def read_paths(
    paths: Sequence[str],
    *,
    show: str | None = None,
    season: int | None = None,
    stdin: BinaryIO | None = None,
    iris: Iris | None = None,
    position: Position | None = None,
    columns: Mapping[str, str] | None = None,
    allow_local: bool = False,
    follow: bool = False,
    stdin_format: str | None = None,
) -> Iterator[Review | Refusal | Notice]:
    """Yield the reviews of files, folders and `-`, in order, with a Refusal where one cannot be read.

    `show` and `season` are the user's word and go before what a source says; another `show` also sets aside the
    season the source gave. Nothing is raised for a bad input: the others are still read. One file, or one line of
    JSON lines, is held in memory at a time. `position` is moved on before each review. `columns` is what JSON lines and
    tables call our keys, where not as we do: {"text": "body"}. `allow_local` lets URLs be of the local network;
    `follow` reads the pages that feeds have only summaries of. `stdin_format` is what standard input is (a key of
    `INPUT_FORMATS`), where its beginning should not decide.

    Raises SettingError if a limit's setting is wrong, InputError for columns of keys that are not ours and a format
    that is none, before anything is read.
    """
    check_columns(columns or {})
    limits = Limits(int_setting("max_review_chars"), int_setting("max_file_bytes"))
    given = Given(limits, iris or Iris.default(), show, season)
    web = Web(WebLimits.from_settings(allow_local=allow_local))
    ways = Input("", "", None, columns or {}, follow=follow, format=input_format(stdin_format))
    return _Run(given, position or Position(), ways, web).read(paths, stdin or io.BytesIO())


def new_review(
    text: str,
    *,
    id: str,  # noqa: A002 - what it is called everywhere else
    show: str | None = None,
    season: int | None = None,
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    url: str | None = None,
    licence: str | None = None,
    iris: Iris | None = None,
) -> Review:
    """Return a review made in Python, with the same checks as a line of JSON lines.

    Raises ReviewError for a text, id or value that a file could not have either; SettingError if a limit is wrong.

    >>> new_review("Nell is Sam's sister.", id="saltmarsh-1", show="Saltmarsh").iri
    'https://w3id.org/tellygraph/id/review/saltmarsh-1'
    """
    given: dict[str, object] = {
        "show": show, "season": season, "title": title, "author": author, "publisher": publisher, "date": date,
        "url": url, "licence": licence,
    }  # fmt: skip
    try:
        check_text(text, Limits(int_setting("max_review_chars"), int_setting("max_file_bytes")))
        iri = review_iri(id, iris or Iris.default())
        checked = {key: check_field(key, value) for key, value in given.items()}
    except (ReviewError, ValueError) as error:
        raise ReviewError(f"the review {id!r} cannot be used: {error}") from error
    return Review(iri, id, text, **checked)  # type: ignore[arg-type]  # checked by `fields`


class _Run:
    """One run over paths: remembers which ids it has seen, and where."""

    def __init__(self, given: Given, position: Position, ways: Input, web: Web) -> None:
        self._given, self._position, self._ways, self._web = given, position, ways, web
        self._seen: dict[bytes, bytes] = {}  # IRI -> review and source, by digests: all that is kept of a review

    def read(self, paths: Sequence[str], stdin: BinaryIO) -> Iterator[Review | Refusal | Notice]:
        ways = self._ways
        try:
            for item in inputs(paths, FORMATS):
                if isinstance(item, Input):
                    yield from self._input(
                        replace(item, columns=ways.columns, follow=ways.follow, format=ways.format), stdin
                    )
                else:
                    yield item
        finally:
            self._web.close()

    def _input(self, source: Input, stdin: BinaryIO) -> Iterator[Review | Refusal | Notice]:
        for found in self._found(source, stdin):
            if isinstance(found, Draft):
                yield from self._followed(found) if found.summary_of else (self._review(found),)
            else:
                yield found

    def _found(self, source: Input, stdin: BinaryIO) -> Iterator[Found]:
        limits = self._given.limits
        try:
            yield from (
                _open_and_read(source, stdin, limits, self._position)
                if source.url is None
                else read_page(source, self._web, FORMATS, limits)
            )
        except ReviewError as error:
            yield Refusal(source.shown, str(error))
        except OSError as error:
            yield Refusal(source.shown, why_not(error))

    def _followed(self, summary: Draft) -> Iterator[Review | Refusal | Notice]:
        """Read the page of which a feed has the summary; what the page does not say of itself the feed says."""
        url = summary.summary_of or ""
        for found in self._found(Input(f"{summary.source}, {without_secrets(url)}", url, None, url=url), io.BytesIO()):
            if isinstance(found, Draft):
                yield self._review(replace(found, fields={**summary.fields, **found.fields}))
            else:
                yield found

    def _review(self, draft: Draft) -> Review | Refusal | Notice:
        review = self._given.review(draft)
        if isinstance(review, Refusal):
            return review
        key, digest = _digest(review.iri), _digest(repr(review))
        earlier = self._seen.get(key)
        if earlier is None:
            self._seen[key] = digest + draft.source.encode()
            return review
        before = earlier[len(digest) :].decode()
        if earlier.startswith(digest) and not draft.record:
            return Notice(draft.source, f"it is the same review as {before} and was read once")
        return Refusal(draft.source, given_before(draft.id, before))


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for all drafts of a run: limits, and the user's own word on the show and season."""

    limits: Limits
    iris: Iris
    show: str | None = None
    season: int | None = None

    def review(self, draft: Draft) -> Review | Refusal:
        """Return the review of a draft, or why it cannot be one. Whether its id was given before is not looked at."""
        try:
            check_text(draft.text, self.limits)
            iri = review_iri(draft.id, self.iris)
        except ReviewError as error:
            return Refusal(draft.source, str(error))
        fields = dict(draft.fields)
        if self.show is not None:
            if fields.get("show") != self.show:
                fields.pop("season", None)
            fields["show"] = self.show
        if self.season is not None:
            fields["season"] = self.season
        return Review(iri, draft.id, draft.text, **fields, people=draft.people)  # type: ignore[arg-type]  # see `fields`


def given_before(review_id: str, before: str) -> str:
    """Say that the source `before` has given an id already."""
    return f"the id {review_id!r} was given before, by {before}; give each review an id of its own"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _open_and_read(source: Input, stdin: BinaryIO, limits: Limits, position: Position) -> Iterator[Found]:
    if source.path is None:
        yield from read_standard_input(stdin, source, limits, source.format)
        return
    found = format_of(source.path.name, FORMATS)
    assert found is not None  # noqa: S101 - `inputs` passes over other names
    kind, packing = found
    with source.path.open("rb") as file, unpacked(file, limits, packing) if kind.packed else file as stream:
        before = position.done
        for draft in kind.read(stream, source, limits):
            at = draft.at if isinstance(draft, Draft) else None
            position.done = before + (file.tell() if at is None else at)
            yield draft


def bytes_of(paths: Sequence[str]) -> int | None:
    """Return how many bytes `read_paths` will read; None where standard input or a URL is among the paths."""
    total = 0
    for item in inputs(paths, FORMATS):
        if isinstance(item, Input):
            if item.path is None:
                return None
            with contextlib.suppress(OSError):
                total += item.path.stat().st_size
    return total


def review_iri(review_id: str, iris: Iris) -> str:
    """Return the IRI of an id a user gave. Raises ReviewError for an id that cannot name a review's graph."""
    if not review_id.strip(" /"):
        raise ReviewError("its id is empty; give it one")
    if len(review_id) > _LONGEST_ID or has_control(review_id):
        raise ReviewError(f"its id must be one line of at most {_LONGEST_ID:,} characters")
    iri = iris.review(review_id)
    if iri.startswith(iris.base) and not iri.startswith(iris.base + "review/"):
        raise ReviewError(f"its id {review_id!r} is the address of something else in the graph; give it another")
    return iri
