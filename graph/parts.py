"""N-Quads files that are to go into a store: found, held to their manifest, looked through on the way in.

Only what every store keeps as it is may go in: quads of named graphs, without blank nodes or triples as terms. Literals
that are not in canonical form are counted; stores write them in that form.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from ..errors import InputError
from ..reviews.sources.packing import zstd
from .canonical import is_canonical
from .manifest import MANIFEST, Part, read_manifest
from .store.protocol import has_blank_node

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SUFFIXES = (".nq", ".nq.gz", ".nq.zst")
_BLOCK_BYTES = 1 << 20

_IRI = rb'<[A-Za-z][^<>"{}|^`\\\x00-\x20]*+>'
_LINES = re.compile(
    rb"(?:" + _IRI + rb" " + _IRI + rb" "
    rb"(?:" + _IRI + rb'|"(?:[^"\\\r\n]++|\\[^\r\n])*+"(?:@[A-Za-z0-9-]++|\^\^' + _IRI + rb")?+)"
    rb" " + _IRI + rb" \.\n)*+"
)  # fmt: skip
_TYPED = re.compile(rb'"([^"\\\n]*+)"\^\^<([^>\n]*+)>')


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file of N-Quads; `said` is what a manifest says of it, if there is one."""

    path: Path
    said: Part | None = None


def part_files(paths: Iterable[str | os.PathLike[str]]) -> list[PartFile]:
    """Return the files to load, in order: those named, and of folders those of the manifest, else all N-Quads by name.

    Raises InputError for what is not there, is of another kind, or is given twice.
    """
    found = [part for path in paths for part in _parts_at(Path(path))]
    seen = set[Path]()
    for part in found:
        real = part.path.resolve()
        if real in seen:
            raise InputError(f"{part.path} is given twice: name it once")
        seen.add(real)
    return found


def _parts_at(path: Path) -> list[PartFile]:
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"there is no file {path}: name N-Quads files, or folders of them")
        if not path.name.endswith(_SUFFIXES):
            raise InputError(f"{path} is not of a kind that is loaded: {', '.join(_SUFFIXES)}")
        return [PartFile(path)]
    if (path / MANIFEST).exists():
        return [PartFile(path / part.file, part) for part in read_manifest(path).parts]
    found = sorted(file for file in path.iterdir() if file.name.endswith(_SUFFIXES))
    if not found:
        raise InputError(f"{path} holds no N-Quads ({', '.join(_SUFFIXES)}) and no {MANIFEST}")
    return [PartFile(file) for file in found]


class Parts(io.RawIOBase):
    """The quads of all files as one stream of N-Quads that fails where a file is not what it must be.

    Each file is read once, its hash taken and its lines looked at on the way: what reads the stream to its end has
    read nothing else than what may go in; what is told of an error before must keep nothing. Raises InputError.
    """

    def __init__(self, files: Sequence[PartFile]) -> None:
        self._files = files
        self._blocks: Iterator[bytes] = chain.from_iterable(map(self._blocks_of, files))
        self._rest = memoryview(b"")
        self._begun: list[int] = []  # the lines before each file
        self._lines = 0
        self.quads = 0
        """How many quads have been read; one that is given twice counts twice."""
        self.not_canonical = 0
        """How many literals of them are not in canonical form."""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` with what comes next; 0 at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        room = memoryview(buffer).cast("B")
        size = min(len(room), len(self._rest))
        room[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def buffered(self) -> BinaryIO:
        """Return the stream for readers that take little at a time."""
        return cast("BinaryIO", io.BufferedReader(self, _BLOCK_BYTES))

    def check(self) -> None:
        """Read the stream to its end, for those who may not read what they cannot keep. Raises InputError."""
        for _ in self._blocks:
            pass

    def place(self, line: int) -> str:
        """Return the file and the line in it of a line of the stream, both from 1."""
        number = max(i for i, before in enumerate(self._begun) if before < line)
        return f"{self._files[number].path}, line {line - self._begun[number]:,}"

    def _blocks_of(self, file: PartFile) -> Iterator[bytes]:
        self._begun.append(self._lines)
        quads = self.quads
        with _opened(file.path) as (stream, digest):
            unfinished = b""
            while block := stream.read(_BLOCK_BYTES):
                whole, newline, after = block.rpartition(b"\n")
                if newline:
                    yield self._looked_at(unfinished + whole + newline)
                    unfinished = after
                else:
                    unfinished += block
            if unfinished:
                yield self._looked_at(unfinished + b"\n")
        said = file.said
        if said is not None and (digest.hexdigest(), self.quads - quads) != (said.sha256, said.quads):
            raise InputError(f"{file.path} is not what {MANIFEST} says (its hash differs): copy or write it again")

    def _looked_at(self, block: bytes) -> bytes:
        """Count what is in whole lines; raise InputError for what no store keeps as it is."""
        plain = _LINES.match(block)
        end = plain.end() if plain else 0
        self._lines += (lines := block.count(b"\n", 0, end))
        self.quads += lines
        if end < len(block):
            self._parse(block[end:])
        typed = _TYPED.findall(block)
        odd = {pair for pair in set(typed) if not _canonical(*pair)}
        if odd:
            self.not_canonical += sum(pair in odd for pair in typed)
        return block

    def _parse(self, block: bytes) -> None:
        """Look at lines that are not written as we write them."""
        for line in block.splitlines():
            self._lines += 1
            try:
                for quad in parse(line, RdfFormat.N_QUADS):
                    self.quads += 1
                    problem = _problem(quad)
                    if problem:
                        raise InputError(f"{self.place(self._lines)}: {problem}; what is loaded must be named graphs")
            except (SyntaxError, ValueError) as error:
                raise self.not_nquads(self._lines, str(error)) from error

    def not_nquads(self, line: int, message: str) -> InputError:
        """Return the error for a line that a parser refuses."""
        said = re.sub(r"^Parser error at line \d+ (?:between columns \d+ and|column) \d+: | \(line \d+\)$", "", message)
        return InputError(f"{self.place(line)} is not N-Quads: {said}")


def _problem(quad: Quad) -> str | None:
    if isinstance(quad.graph_name, DefaultGraph):
        return "a statement of no graph"
    if has_blank_node(quad) or not isinstance(quad.graph_name, NamedNode):
        return "a blank node, which cannot be told from another when it is loaded again"
    if not isinstance(quad.object, NamedNode | Literal):
        return "a statement about a statement"
    return None


@lru_cache(maxsize=1 << 17)
def _canonical(lexical: bytes, datatype: bytes) -> bool:
    return is_canonical(lexical.decode(errors="replace"), datatype.decode(errors="replace"))


class _Hashing(io.RawIOBase):
    """Passes a file on and takes its hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer`."""
        room = memoryview(buffer).cast("B")
        size = self._file.readinto(room)  # type: ignore[attr-defined]
        self._digest.update(room[:size])
        return cast("int", size)

    def hexdigest(self) -> str:
        """Return the hash of all that was read."""
        return self._digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, _Hashing]]:
    """Open a file, uncompressed, and what takes the hash of its bytes as they lie there."""
    broken: tuple[type[Exception], ...] = ()
    try:
        with path.open("rb", buffering=0) as file:
            hashing = _Hashing(cast("BinaryIO", file))
            buffered = io.BufferedReader(hashing, _BLOCK_BYTES)
            stream, broken = _unpacked(path.suffix, cast("BinaryIO", buffered))
            yield stream, hashing
    except broken as error:
        raise InputError(f"{path} cannot be unpacked ({error}): copy or write it again") from error
    except EOFError as error:
        raise InputError(f"{path} ends too early: copy or write it again") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _unpacked(suffix: str, packed: BinaryIO) -> tuple[BinaryIO, tuple[type[Exception], ...]]:
    """Return what is in a packed stream, and the errors that reading it raises where it is broken."""
    if suffix == ".gz":
        return cast("BinaryIO", gzip.GzipFile(fileobj=packed)), (gzip.BadGzipFile, zlib.error)
    if suffix == ".zst":
        opened, error = zstd()
        return opened(packed), (error,)
    return packed, ()
