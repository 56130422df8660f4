"""The files that a cluster reads: which there are, what kind each is, and where in them each record stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from ..errors import InputError
from ..graph.manifest import InputFile
from .records import Drafts
from .spark import Block, Cluster, File, Table, shown
from .work import Order

LINES, ROWS = (".jsonl", ".ndjson"), (".parquet",)
"""Suffixes of the files that are read, as lines of JSON and as rows."""

COMPRESSED = (".gz", ".bz2", ".zst")
"""Suffixes that files of lines may have behind their own."""


def found_files(spark: Cluster, paths: Sequence[str]) -> tuple[list[File], int]:
    """Return the files to read, in the order of `paths`, each once, and how many others were passed over.

    Raises InputError where a path holds nothing that can be read.
    """
    files: dict[str, File] = {}
    passed_over = 0
    for path in paths:
        every = spark.files(path)
        readable = [file for file in every if is_rows(file) or _is_lines(file)]
        if not readable:
            kinds = ", ".join((*LINES, *ROWS))
            raise InputError(f"{path} holds no file of a kind that is read on Spark ({kinds}, and compressed lines)")
        passed_over += len(every) - len(readable)
        files |= {file.address: file for file in readable if file.address not in files}
    return list(files.values()), passed_over


def is_rows(file: File) -> bool:
    """Whether a file is a table, not lines of text."""
    return file.path.lower().endswith(ROWS)


def _is_lines(file: File) -> bool:
    name = file.path.lower()
    packing = next((suffix for suffix in COMPRESSED if name.endswith(suffix)), "")
    return name.removesuffix(packing).endswith(LINES)


def tables_of(spark: Cluster, files: Sequence[File], drafts: Drafts) -> list[Table]:
    """Return the records of files: neighbours of one kind are one table. Raises InputError for lacking columns."""
    return [
        spark.table([file.path for file in some], drafts.header if rows else None)
        for rows, some in groupby(files, is_rows)
    ]


def inputs_of(files: Iterable[File], blocks: Iterable[Block]) -> tuple[InputFile, ...]:
    """Return what the files hold, however they were cut into blocks."""
    records, digests = defaultdict[str, int](int), defaultdict[str, int](int)
    for block in blocks:
        records[block.address] += block.records
        digests[block.address] += block.digest
    return tuple(
        InputFile(shown(file.address), records[file.address], f"{digests[file.address] & (1 << 128) - 1:032x}")
        for file in files
    )


def first_records(files: Iterable[File], blocks: Iterable[Block]) -> dict[tuple[str, int], Order]:
    """Return where the first record of each block stands: the number of its file, and of the record in it, from 1."""
    number = {file.address: at for at, file in enumerate(files)}
    first: dict[tuple[str, int], Order] = {}
    begun = defaultdict[str, int](lambda: 1)
    for block in sorted(blocks, key=lambda block: (block.address, block.start)):
        first[block.address, block.start] = number[block.address], begun[block.address]
        begun[block.address] += block.records
    return first
