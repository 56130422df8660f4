"""A run on a cluster, step by step: what is given, what is done already, what is left, and the manifest at the end."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from ..errors import InputError, WorkerError
from ..files import written
from ..graph.manifest import MANIFEST, Manifest, read_manifest, sha256_of, write_manifest
from ..ontology.iris import Iris
from ..reviews.reader import Reader
from ..reviews.records import Refusal
from ..reviews.sources.inputs import Limits
from ..reviews.sources.run import Given
from ..reviews.workers import Copyable
from ..settings import int_setting
from .alone import LOCK, alone
from .code import code_digest
from .inputs import first_records, found_files, inputs_of, tables_of
from .plan import PLAN, WORK, Plan, difference, keep_plan, kept_plan
from .records import Drafts
from .spark import cluster
from .work import Job, Order, part_read, part_written, refusals

LOG, REFUSED, RULES = "spark.log", "refused.jsonl", "rules.toml"
_REVIEWS_PER_PART = 2_000  # a minute or two of reading: what a killed program has to do again
_FEW_REVIEWS = 50  # fewer are not worth a part of their own
_TICK_SECONDS = 0.5
EMPTY = "it is empty: there is nothing in it"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: of so many `parts` so many are `read` and `written`; `reviews` read, of `records` given."""

    parts: int
    read: int
    written: int
    reviews: int
    records: int


@dataclass(frozen=True, slots=True)
class ClusterReading:
    """What a run came to: the manifest of the folder, and facts by count.

    Of its parts an earlier run had `read_before` and `written_before` so many, which were not done again.

    `left_out` facts were not sure enough, `passed_over` files of folders are of other kinds. Facts are counted by the
    run that finishes the parts; a later one, which has nothing to do, counts none.
    """

    folder: str
    manifest: Manifest
    read_before: int
    written_before: int
    facts: int
    left_out: int
    passed_over: int


def read_on_spark(
    paths: Sequence[str],
    parts: str | os.PathLike[str],
    reader: Reader,
    *,
    master: str = "local[*]",
    partitions: int | None = None,
    show: str | None = None,
    season: int | None = None,
    min_confidence: float = 0.0,
    columns: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    hear: Callable[[Progress], None] | None = None,
) -> ClusterReading:
    """Read reviews on Spark into a folder of N-Quads parts with a manifest, to be loaded into a graph.

    `paths` are whatever Spark can read: files, folders and patterns of JSON lines (.jsonl, also .gz, .bz2, .zst) and
    Parquet, by path or address (hdfs:, s3a:). All machines must see the folder `parts` under the same path. Together
    the parts are, quad for quad, what a new graph holds that the same reviews are added to. Run again, it does what is
    left to do; where nothing is, it says so. `columns` is what the files call our keys, where not as we do
    ({"text": "body"}), `options` are Spark's own.

    Raises InputError, before anything is read, for what cannot be read, a reader that cannot be had elsewhere, or a
    folder that holds the parts of something else (an input that has changed since) or that another program is writing
    parts into; WorkerError if Spark fails.
    """
    folder = _folder(Path(parts))
    limits = Limits(int_setting("max_review_chars"), int_setting("max_file_bytes"))
    given = Given(limits, Iris.default(), show, season)
    drafts = Drafts(limits, tuple(sorted((columns or {}).items())))
    if not isinstance(reader, Copyable):
        raise InputError(f"the reader {reader.name!r} cannot read on a cluster: read with the rules")
    with alone(folder), cluster(master, folder / LOG, options or {}) as spark:
        files, passed_over = found_files(spark, paths)
        tables = tables_of(spark, files, drafts)
        blocks = [block for table in tables for block in spark.blocks(table)]
        told = repr((given, min_confidence, drafts.columns))
        plan = Plan(version("tellygraph"), _fingerprint(reader), told, 0, inputs_of(files, blocks))
        plan = _agreed(folder, plan, partitions, spark.parallelism)
        done = _finished(folder)
        if done is not None:
            return ClusterReading(str(folder), done, len(done.parts), len(done.parts), 0, 0, passed_over)
        (folder / WORK).mkdir(exist_ok=True)
        job = Job(
            str(folder), plan.partitions, _recipe(reader, folder), drafts.of, given, given.iris,
            min_confidence, sha256_of(folder / PLAN), code_digest(),
        )  # fmt: skip
        before = plan.partitions - len(_todo(job, part_read)), plan.partitions - len(_todo(job, part_written))
        with _ticking(job, sum(file.records for file in plan.inputs), hear):
            if left := _todo(job, part_read):
                spark.read(job, tables, first_records(files, blocks), left)
            if left := _todo(job, part_written):
                spark.write(job, left)
    return _finish(job, plan, before, passed_over)


def _folder(parts: Path) -> Path:
    """Make the folder of parts, or look at the one there is. Raises InputError."""
    folder = parts.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / PLAN).exists() and any(path.name not in (LOCK, LOG) for path in folder.iterdir()):
            raise InputError(f"{parts} holds something else than parts: give a new folder for them")
    except OSError as error:
        raise InputError(f"{parts} cannot be the folder of the parts: {error.strerror or error}") from error
    return folder


def _recipe(reader: Copyable, folder: Path) -> Callable[[], Reader]:
    """Return what makes the reader on another machine; a user's own rules go there through the folder of parts."""
    recipe = reader.recipe
    if isinstance(recipe, partial) and recipe.keywords.get("rules") is not None:
        here = folder / WORK / RULES
        shutil.copyfile(recipe.keywords["rules"], here)
        recipe = partial(recipe.func, *recipe.args, **{**recipe.keywords, "rules": str(here)})
    return recipe


def _fingerprint(reader: Copyable) -> str:
    """Return what tells whether another run reads the same: the reader, what it was made with, the code."""
    made = {"name": reader.name, "code": code_digest()}
    if isinstance(reader.recipe, partial):
        made |= {key: repr(value) for key, value in reader.recipe.keywords.items() if key != "rules"}
        if (rules := reader.recipe.keywords.get("rules")) is not None:
            made["rules"] = sha256_of(rules)
    return f"{reader.name} {hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()}"


def _agreed(folder: Path, plan: Plan, partitions: int | None, parallelism: int) -> Plan:
    """Return the plan with its number of parts, kept in the folder. Raises InputError if that has another one."""
    kept = kept_plan(folder)
    if partitions is None:
        records = sum(file.records for file in plan.inputs)
        wanted = max(-(-records // _REVIEWS_PER_PART), min(2 * parallelism, -(-records // _FEW_REVIEWS)), 1)
        partitions = wanted if kept is None else kept.partitions
    plan = replace(plan, partitions=partitions)
    if kept is None:
        keep_plan(folder, plan)
    elif other := difference(kept, plan):
        raise InputError(
            f"{folder} holds the parts of another run: {other}; give another folder for the parts, or remove this one"
        )
    return plan


def _finished(folder: Path) -> Manifest | None:
    """Return the manifest of a folder whose parts are all written, and lie there."""
    if not (folder / MANIFEST).exists():
        return None
    manifest = read_manifest(folder)
    for part in manifest.parts:
        path = folder / part.file
        if not path.exists() or path.stat().st_size != part.bytes:
            (folder / MANIFEST).unlink()
            return None
    return manifest


def _todo(job: Job, done: Callable[[str, int], object | None]) -> frozenset[int]:
    return frozenset(number for number in range(job.partitions) if done(job.folder, number) is None)


@contextmanager
def _ticking(job: Job, records: int, hear: Callable[[Progress], None] | None) -> Iterator[None]:
    """Tell how far the marks of the parts are, now and then, while the block runs."""
    if hear is None:
        yield
        return
    over = threading.Event()
    read: dict[int, int] = {}
    complete: set[int] = set()

    def tell() -> None:
        while True:
            for number in range(job.partitions):
                if number not in read and (found := part_read(job.folder, number)):
                    read[number] = found.reviews
                if number in read and number not in complete and part_written(job.folder, number):
                    complete.add(number)
            hear(Progress(job.partitions, len(read), len(complete), sum(read.values()), records))
            if over.wait(_TICK_SECONDS):
                return

    ticker = threading.Thread(target=tell, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
        ticker.join()


def _finish(job: Job, plan: Plan, before: tuple[int, int], passed_over: int) -> ClusterReading:
    """Write what was refused and the manifest, and take away what was only needed on the way."""
    folder = Path(job.folder)
    read = [found for number in range(job.partitions) if (found := part_read(job.folder, number))]
    parts = tuple(part for number in range(job.partitions) if (part := part_written(job.folder, number)))
    if len(parts) != job.partitions or len(read) != job.partitions:
        raise WorkerError(f"parts of {folder} have gone while others were written: run the command again")
    with written(str(folder / REFUSED)) as file:
        numbers = range(job.partitions)
        refused = sorted((entry for n in numbers for entry in refusals(job.folder, n)), key=_order)
        empty = [((0, 0), Refusal(file.path, EMPTY)) for file in plan.inputs if not file.records]
        for _, refusal in (*empty, *refused):
            line = json.dumps({"source": refusal.source, "reason": refusal.reason}, ensure_ascii=False)
            file.write(f"{line}\n".encode())
    manifest = Manifest(
        plan.tellygraph, plan.reader, job.iris.base, plan.inputs, parts, len(empty) + len(refused), REFUSED
    )
    write_manifest(folder, manifest)
    shutil.rmtree(folder / WORK, ignore_errors=True)
    for leftover in folder.glob(".part-*"):  # of processes that were killed
        leftover.unlink(missing_ok=True)
    facts, left_out = sum(part.facts for part in read), sum(part.left_out for part in read)
    return ClusterReading(str(folder), manifest, *before, facts, left_out, passed_over)


def _order(entry: tuple[Order, Refusal]) -> Order:
    return entry[0]
