"""Spark: the only door to pyspark. Distributes what `work` does, and knows nothing of reviews.

All that Spark itself says (its log, the JVM's) goes into a file.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import InputError, WorkerError
from ..graph.manifest import Part
from . import work
from .whole import received, sent
from .work import Job, PartRead, Record, Unfit

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

Header: TypeAlias = "Callable[[Sequence[str]], Mapping[str, str]]"
"""Which columns of a table are wanted, and by which names."""

_OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # A reader multiplies on one thread; as many as there are cores would only be in each other's way.
    **{f"spark.executorEnv.{name}": "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")},
}
_PYTHON_ERROR = re.compile(r"^(?!org\.|java\.|pyspark\.)(?:\w+\.)*\w+(?:Error|Exception): .+$", re.MULTILINE)
_GLOB = re.compile(r"([\\\[\]{}*?])")


@dataclass(frozen=True, slots=True)
class File:
    """A file as Spark is asked for it (`path`), and as it calls it (`address`)."""

    path: str
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file that one task reads: where it begins, how many records it has, a digest of what they hold."""

    address: str
    start: int
    records: int
    digest: int


@contextmanager
def cluster(master: str, log: Path, options: Mapping[str, str]) -> Iterator[Cluster]:
    """Start Spark on `master` and stop it when the block ends; `log` is the file for what it says.

    Raises InputError where pyspark or Java is missing, or Spark cannot be started so.
    """
    session = _session(master, log, options)
    try:
        yield Cluster(session, log)
    finally:
        with _silenced(log):
            session.stop()


def _session(master: str, log: Path, options: Mapping[str, str]) -> SparkSession:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what pyspark supports of pandas, which is not used
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError('reading on Spark needs PySpark: pip install "tellygraph[spark]"') from error
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise InputError("Spark needs Java 17 or newer, and there is no `java` here: install Debian's"
                         " default-jre-headless, or set JAVA_HOME")  # fmt: skip
    from py4j.protocol import Py4JError

    builder = SparkSession.builder.master(master).appName("tellygraph")
    # The same Python as here, at the same place on all machines, unless somebody says which.
    os.environ.setdefault("PYSPARK_PYTHON", options.get("spark.pyspark.python", sys.executable))
    for name, value in {**_OPTIONS, **options}.items():
        builder = builder.config(name, value)
    try:
        with _silenced(log), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        ended = getattr(error, "getCondition", lambda: None)() == "JAVA_GATEWAY_EXITED"
        reason = _last_said(log) if ended else _reason(error)
        raise InputError(f"Spark cannot be started on {master}: {reason}; more is said in {log}") from error


@contextmanager
def _silenced(log: Path) -> Iterator[None]:
    """Let whatever is started in the block, the JVM above all, say what it says into a file."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    kept = [os.dup(number) for number in (1, 2)]
    with log.open("ab") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
    try:
        yield
    finally:
        for number, old in zip((1, 2), kept, strict=True):
            os.dup2(old, number)
            os.close(old)


class Cluster:
    """What a running Spark does for us."""

    def __init__(self, session: SparkSession, log: Path) -> None:
        self._session, self._log = session, log

    @property
    def parallelism(self) -> int:
        """How many tasks run at a time, about."""
        return self._session.sparkContext.defaultParallelism

    def files(self, path: str) -> list[File]:
        """Return the files at a path: one, all of a folder and its folders, or those of a pattern.

        They are sorted; hidden ones are left out. Raises InputError where there is nothing.
        """
        found = self._session.read.format("binaryFile").option("recursiveFileLookup", "true")
        with self._told(InputError, f"{path} cannot be read by Spark"):
            rows = found.load(path).select("path", "_metadata.file_path").collect()
        return [File(*row) for row in sorted(rows)]

    def table(self, files: Sequence[str], header: Header | None) -> Table:
        """Return the records of files: lines of text or, with a `header`, rows of Parquet, by its names."""
        with self._told(InputError, "the reviews cannot be read by Spark"):
            return Table(self._session, [_GLOB.sub(r"\\\1", file) for file in files], header)

    def blocks(self, table: Table) -> list[Block]:
        """Count and digest what the files hold, a pass over all of them."""
        with self._told(InputError, "the reviews cannot be read by Spark"):
            return table.blocks()

    def read(
        self, job: Job, tables: Sequence[Table], first: Mapping[tuple[str, int], work.Order], todo: frozenset[int]
    ) -> None:
        """Read the reviews of the parts `todo`; `first` is where the first record of each block stands."""
        records = self._session.sparkContext.union([table.records() for table in tables])
        senders = records.getNumPartitions()
        shared = self._session.sparkContext.broadcast((job, first, todo))

        def place(sender: int, rows: Iterable[Any]) -> Iterator[tuple[int, object]]:
            job, first, todo = shared.value
            return sent(sender, work.placed(job, todo, _records(rows, first)), todo)

        def read(number: int, items: Iterable[tuple[int, Any]]) -> Iterator[PartRead | Unfit]:
            job, _, todo = shared.value
            if number in todo:
                yield work.unfit(job) or work.read_part(job, number, received((item for _, item in items), senders))

        placed = records.mapPartitionsWithIndex(place).partitionBy(job.partitions, int)
        self._done(placed.mapPartitionsWithIndex(read))

    def write(self, job: Job, todo: frozenset[int]) -> None:
        """Write the quads of the parts `todo`; all parts are read."""
        context = self._session.sparkContext
        parts, groups = job.partitions, min(job.partitions, 2 * self.parallelism)
        shared = context.broadcast((job, todo))

        def name(number: int, _: object) -> Iterator[tuple[int, object]]:
            found = work.named(shared.value[0], number)
            return sent(number, ((work.part_of(entry[0], groups), entry) for entry in found), range(groups))

        def recognise(group: int, found: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, object]]:
            return sent(group, work.recognised(received((entry for _, entry in found), parts)), shared.value[1])

        def write(number: int, found: Iterable[tuple[int, Any]]) -> Iterator[Part | Unfit]:
            job, todo = shared.value
            if number in todo:
                yield work.unfit(job) or work.write_part(job, number, received((entry for _, entry in found), groups))

        names = context.parallelize(range(parts), parts).mapPartitionsWithIndex(name).partitionBy(groups, int)
        merges = names.mapPartitionsWithIndex(recognise).partitionBy(parts, int)
        self._done(merges.mapPartitionsWithIndex(write))

    def _done(self, results: RDD[Any]) -> None:
        with self._told(WorkerError, "Spark could not finish"):
            for result in results.collect():
                if isinstance(result, Unfit):
                    raise InputError(f"the machine {result.host} {result.reason}")

    @contextmanager
    def _told(self, kind: type[InputError | WorkerError], what: str) -> Iterator[None]:
        from py4j.protocol import Py4JError, Py4JNetworkError
        from pyspark.errors import PySparkException

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except (Py4JNetworkError, ConnectionError) as error:
            raise WorkerError(f"Spark has gone; run the command again to go on; more is said in {self._log}") from error
        except (PySparkException, Py4JError) as error:
            raise kind(f"{what}: {_reason(error)}; more is said in {self._log}") from error


class Table:
    """The records of files, as a DataFrame of their file, their block and what they hold."""

    def __init__(self, session: SparkSession, files: Sequence[str], header: Header | None) -> None:
        from pyspark.sql import functions as f

        if header is not None:
            found = session.read.parquet(*files)
            kinds = dict(found.dtypes)
            cells = [
                f.col(f"`{column}`").cast("date" if kinds[column].startswith("timestamp") else kinds[column]).alias(key)
                for key, column in header(found.columns).items()
            ]
            value = f.struct(*cells)
            digest = f.xxhash64(f.to_json(value))
        else:
            found = session.read.text(list(files), lineSep="\n")
            value = f.col("value").cast("binary")  # whatever bytes they are: the reader of lines says what is wrong
            digest = f.xxhash64("value")
        self._frame: DataFrame = found.select(
            f.col("_metadata.file_path").alias("path"), f.col("_metadata.file_block_start").alias("start"),
            value.alias("value"), digest.cast("decimal(38,0)").alias("digest"),
        )  # fmt: skip

    def blocks(self) -> list[Block]:
        """Count and digest the records of each block."""
        from pyspark.sql import functions as f

        counted = self._frame.groupBy("path", "start").agg(f.count("*").alias("records"), f.sum("digest").alias("sum"))
        return [Block(row.path, row.start, row.records, int(row["sum"])) for row in counted.collect()]

    def records(self) -> RDD[Any]:
        """Return the file, the block and the content of each record, in the order of the block."""
        return self._frame.select("path", "start", "value").rdd


def _records(rows: Iterable[Any], first: Mapping[tuple[str, int], work.Order]) -> Iterator[Record]:
    """Yield the records of rows, which come block by block and in order."""
    counts: dict[tuple[str, int], int] = {}
    for path, start, value in rows:
        file, number = first[path, start]
        number += counts.get((path, start), 0)
        counts[path, start] = counts.get((path, start), 0) + 1
        if isinstance(value, bytes | bytearray):
            yield (file, number), f"{shown(path)}, line {number}", bytes(value)
        else:
            yield (file, number), f"{shown(path)}, row {number}", value.asDict(recursive=True)


def shown(address: str) -> str:
    """Return a file's address as people know it: a path, where it is a file of this machine's."""
    from urllib.parse import unquote

    return unquote(address.removeprefix("file://").removeprefix("file:")) if address.startswith("file:") else address


def _reason(error: Exception) -> str:
    """Return what pyspark, Python in an executor, or a JVM says went wrong, in short."""
    text = str(error)
    lines = _PYTHON_ERROR.findall(text) or [line.strip() for line in text.splitlines() if line.strip()]
    said = next((line for line in lines if not line.startswith("An error occurred while calling")), "no reason given")
    return re.sub(r"^(: )?([a-z]+\.)+\w+: |^\[[A-Z_.]+\] | ?SQLSTATE: \w+$", "", said)[:300].rstrip(". ")


def _last_said(log: Path) -> str:
    """Return the last error that a JVM has told in its log, for one that has ended."""
    text = log.read_text(encoding="utf-8", errors="replace")
    said = re.findall(r'^(?:Exception in thread "[^"]*"|Caused by:) [\w.$]+: (.+)$', text, re.MULTILINE)
    return said[-1][:300].rstrip(". ") if said else "the JVM has ended"
