"""What is done on the machines of a cluster: records to reviews, reviews to readings, readings to quads.

Plain functions over plain data, which know nothing of who distributes them. A part is done when its mark, a small JSON
file, is there; it is written last, and everything is written under another name first, so that a killed process leaves
a part done or not begun.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import socket
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

from ..files import written
from ..fingerprint import Fingerprints
from ..graph.cast import Characters, merges_of_series
from ..graph.identity import Merge, merge_quads, own_characters, resolved
from ..graph.manifest import Part, sha256_of
from ..graph.quads import distinct_quads_of
from ..ontology.iris import Iris
from ..reviews.reader import Reader
from ..reviews.records import Refusal, Review
from ..reviews.sources.inputs import Draft
from ..reviews.sources.run import Given, given_before
from ..reviews.sureness import without_unsure
from .code import code_digest
from .lines import reading_line, reading_of
from .plan import PLAN, WORK

Order: TypeAlias = "tuple[int, int]"
"""Where a record stands: the number of its file, and of the record in it."""

Record: TypeAlias = "tuple[Order, str, object]"
"""Where a record stands, what messages call it, and what it holds: a line's bytes, or a row as a mapping."""

Item: TypeAlias = "tuple[Order, str, Review | Refusal]"
"""Where a review stands, what messages call it, and the review; or why there is none."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every machine must know: the folder of parts, what is read how, and what it will check of itself.

    `recipe` makes the reader, `draft` takes a record to a draft; both are pickled. `plan` is the hash of the folder's
    plan, `code` that of this program.
    """

    folder: str
    partitions: int
    recipe: Callable[[], Reader]
    draft: Callable[[object, str], Draft | Refusal | None]
    given: Given
    iris: Iris
    min_confidence: float
    plan: str
    code: str


@dataclass(frozen=True, slots=True)
class PartRead:
    """What reading the reviews of one part came to."""

    reviews: int
    facts: int
    left_out: int
    refused: int


@dataclass(frozen=True, slots=True)
class Unfit:
    """A machine that cannot take part: its name, and what must be put right."""

    host: str
    reason: str


def unfit(job: Job) -> Unfit | None:
    """Say why this machine cannot take part, if it cannot: other code, or another folder under the same name."""
    if code_digest() != job.code:
        return Unfit(socket.gethostname(), "has another version of Tellygraph: install the same one on all machines")
    try:
        seen = sha256_of(Path(job.folder) / PLAN)
    except OSError:
        seen = ""
    if seen != job.plan:
        return Unfit(
            socket.gethostname(),
            f"does not see {job.folder} as it is here: give a folder that all machines share under this path",
        )
    return None


# ---- records to reviews -------------------------------------------------------------------------------------------


def placed(job: Job, todo: frozenset[int], records: Iterable[Record]) -> Iterator[tuple[int, Item]]:
    """Yield the reviews of records, and the refusals, each with the number of its part; only of the parts `todo`.

    A review's part is told by its IRI: one that is given twice comes to one part.
    """
    for order, name, value in records:
        draft = job.draft(value, name)
        if draft is None:
            continue
        found = job.given.review(draft) if isinstance(draft, Draft) else draft
        part = part_of(found.iri if isinstance(found, Review) else found.source, job.partitions)
        if part in todo:
            yield part, (order, name, found)


def part_of(name: str, partitions: int) -> int:
    """Return the number of the part that something named so belongs to, the same everywhere."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % partitions


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items in order, with a refusal in place of a review whose IRI came before."""
    first: dict[str, str] = {}
    for order, name, found in sorted(items, key=lambda item: item[0]):
        if isinstance(found, Review):
            if found.iri in first:
                yield order, name, Refusal(name, given_before(found.id, first[found.iri]))
                continue
            first[found.iri] = name
        yield order, name, found


# ---- reviews to readings ------------------------------------------------------------------------------------------


def read_part(job: Job, number: int, items: Iterable[Item]) -> PartRead:
    """Read the reviews of a part and keep their readings and what was refused, in the folder of what is under way."""
    found = list(_once(items))
    reviews = [review for _, _, review in found if isinstance(review, Review)]
    reader = _reader(job.recipe)
    prints = Fingerprints(reader, job.iris, job.min_confidence)
    facts = left_out = 0
    with _compressed(_path(job.folder, number, "readings")) as out:
        for review, reading in zip(reviews, reader.read(reviews), strict=True):
            kept, unsure = without_unsure(replace(reading, fingerprint=prints.of(review)), job.min_confidence)
            facts, left_out = facts + len(kept.facts), left_out + unsure
            out.write(f"{reading_line(kept)}\n".encode())
    refused = [(order, refusal) for order, _, refusal in found if isinstance(refusal, Refusal)]
    with _compressed(_path(job.folder, number, "refused")) as out:
        for order, refusal in refused:
            out.write(f"{json.dumps([order, refusal.source, refusal.reason], ensure_ascii=False)}\n".encode())
    done = PartRead(len(reviews), facts, left_out, len(refused))
    _mark(read_mark(job.folder, number), asdict(done))
    return done


@lru_cache(maxsize=1)
def _reader(recipe: Callable[[], Reader]) -> Reader:
    """One reader a process: loading it takes half a second."""
    return recipe()


def read_mark(folder: str, number: int) -> Path:
    """Return the path of the mark that a part's reviews are read."""
    return Path(folder) / WORK / f"read-{number:05}.json"


def part_read(folder: str, number: int) -> PartRead | None:
    """Return what reading a part came to, if that is done."""
    record = _marked(read_mark(folder, number))
    return None if record is None else PartRead(**record)


def refusals(folder: str, number: int) -> Iterator[tuple[Order, Refusal]]:
    """Yield what was refused of a part that is read, with where it stood."""
    for line in _lines(_path(folder, number, "refused")):
        (file, record), source, reason = json.loads(line)
        yield (file, record), Refusal(source, reason)


# ---- readings to quads --------------------------------------------------------------------------------------------

Named: TypeAlias = "tuple[str, int, str, Characters]"
"""A series, the number of a part, one of its reviews, and the characters of the series that it names."""

Recognised: TypeAlias = "tuple[str, str, tuple[Merge, ...]]"
"""A review, a series, and who of the series' characters in it is whom."""


def named(job: Job, number: int) -> Iterator[Named]:
    """Yield what the reviews of a part name, by series."""
    for line in _lines(_path(job.folder, number, "readings")):
        reading = reading_of(line)
        for series, characters in own_characters(reading.facts).items():
            yield series, number, reading.review.iri, characters


def recognised(found: Iterable[Named]) -> Iterator[tuple[int, Recognised]]:
    """Yield who is whom in reviews, each with the number of its part, by all that is named of the same series."""
    said: dict[str, dict[str, Characters]] = defaultdict(dict)
    part: dict[str, int] = {}
    for series, number, review, characters in found:
        said[series][review], part[review] = characters, number
    for series, reviews in said.items():
        for review, merges in merges_of_series(reviews).items():
            if merges:
                yield part[review], (review, series, merges)


def write_part(job: Job, number: int, found: Iterable[Recognised]) -> Part:
    """Write the quads of a part, resolved by what was found about its reviews and series."""
    merges: dict[str, list[Merge]] = defaultdict(list)
    for review, _, here in sorted(found, key=lambda entry: entry[:2]):
        merges[review] += here
    path = Path(job.folder) / f"part-{number:05}.nq.gz"
    reviews = quads = 0
    with _compressed(path) as out:
        for line in _lines(_path(job.folder, number, "readings")):
            text, count = _quads(line, merges, job.iris)
            out.write(text.encode())
            reviews, quads = reviews + 1, quads + count
    part = Part(path.name, reviews, quads, path.stat().st_size, sha256_of(path))
    _mark(written_mark(job.folder, number), asdict(part))
    return part


def _quads(line: str, merges: Mapping[str, Sequence[Merge]], iris: Iris) -> tuple[str, int]:
    """Return the N-Quads of a reading, and how many there are."""
    reading = reading_of(line)
    review, found = reading.review, merges.get(reading.review.iri, ())
    facts = resolved(reading.facts, found)
    quads = sorted(distinct_quads_of(review, facts, iris, reading.fingerprint), key=str)
    quads += merge_quads(review.iri, found, iris)
    return "".join(f"{quad} .\n" for quad in quads), len(quads)


def written_mark(folder: str, number: int) -> Path:
    """Return the path of the mark that a part's quads are written."""
    return Path(folder) / WORK / f"part-{number:05}.json"


def part_written(folder: str, number: int) -> Part | None:
    """Return a part whose quads are written and lie there; None where that is not done."""
    record = _marked(written_mark(folder, number))
    if record is None:
        return None
    part = Part(**record)
    path = Path(folder) / part.file
    return part if path.exists() and path.stat().st_size == part.bytes else None


# ---- files --------------------------------------------------------------------------------------------------------


def _path(folder: str, number: int, what: str) -> Path:
    return Path(folder) / WORK / f"{what}-{number:05}.jsonl.gz"


@contextmanager
def _compressed(path: Path) -> Iterator[BinaryIO]:
    """Open a file that is there, whole and on the disk, when the block ends; the same content gives the same bytes."""
    with written(str(path)) as file:
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as out:
            yield cast("BinaryIO", out)
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from file


def _mark(path: Path, record: Mapping[str, object]) -> None:
    with written(str(path)) as file:
        file.write(json.dumps(record).encode())


def _marked(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    assert isinstance(record, dict)  # noqa: S101 - nobody else writes it
    return record
