"""The manifest of a graph in parts: what was read, and which files hold the quads, with counts and hashes.

A folder of parts is N-Quads in several files, each reviews' graphs whole and distinct quads, sorted within a review,
compressed with gzip; `manifest.json` beside them is written last, so a folder that has one is complete.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ..errors import InputError
from ..files import written

MANIFEST = "manifest.json"
"""The name of the file."""

FORMAT = "tellygraph-parts/1"
"""What a manifest says it is; the number grows when its meaning changes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the folder: `reviews` and `quads` in it, `bytes` and `sha256` of the file as it lies there."""

    file: str
    reviews: int
    quads: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that was read: its address, its `records` (lines or rows), and a digest of what they hold."""

    path: str
    records: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a folder of parts.

    `tellygraph` is the version that wrote it, `reader` the fingerprint of who read (the same one reads the same facts),
    `base` the IRI under which its things have their addresses. `refused` counts the inputs that were not read: they
    are the lines of the file `refusals`, one JSON object each with `source` and `reason`.
    """

    tellygraph: str
    reader: str
    base: str
    inputs: tuple[InputFile, ...]
    parts: tuple[Part, ...]
    refused: int = 0
    refusals: str = "refused.jsonl"

    @property
    def reviews(self) -> int:
        """How many reviews there are in all parts."""
        return sum(part.reviews for part in self.parts)

    @property
    def quads(self) -> int:
        """How many quads there are in all parts; no quad is in two of them."""
        return sum(part.quads for part in self.parts)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder, whole or not at all. Raises ExportError."""
    with written(str(folder / MANIFEST)) as file:
        text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, ensure_ascii=False)
        file.write(f"{text}\n".encode())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder of parts. Raises InputError where there is none, or it is not one of ours."""
    path = folder / MANIFEST
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{folder} has no {MANIFEST}: it is no folder of parts, or one that is not finished; finish it with the"
            " command that began it"
        ) from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{path} is not a manifest of parts: {error}") from error
    if not isinstance(record, dict) or record.pop("format", None) != FORMAT:
        raise InputError(f"{path} is not a manifest of the kind {FORMAT}: write the parts again with this version")
    try:
        inputs = tuple(InputFile(**entry) for entry in record.pop("inputs"))
        parts = tuple(_part(entry) for entry in record.pop("parts"))
        return Manifest(**record, inputs=inputs, parts=parts)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} is damaged ({error}): write the parts again") from error


def _part(entry: dict[str, object]) -> Part:
    part = Part(**entry)  # type: ignore[arg-type]  # looked at below
    if Path(part.file).name != part.file:
        raise ValueError(f"{part.file!r} is not the name of a file beside it")
    return part


def check_part(folder: Path, part: Part) -> None:
    """Read a part through; raise InputError unless it is byte for byte what the manifest says. About 1 GB a second."""
    path = folder / part.file
    try:
        if path.stat().st_size != part.bytes or sha256_of(path) != part.sha256:
            raise InputError(f"{path} is not what {MANIFEST} says (its size or hash differs): copy or write it again")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


@contextmanager
def opened_part(folder: Path, part: Part) -> Iterator[BinaryIO]:
    """Open a part and give its N-Quads, uncompressed, as a binary stream. Raises InputError if it is not there."""
    path = folder / part.file
    try:
        with gzip.open(path, "rb") as stream:
            yield cast("BinaryIO", stream)
    except (EOFError, gzip.BadGzipFile, FileNotFoundError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
