"""`tellygraph add --engine spark`: its options, and what it says."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from .. import console
from .shared import chosen_reader, end, named_graph, note, say_left_out

if TYPE_CHECKING:
    from ..cluster import ClusterReading, Progress

_OPTIONS = ("master", "parts", "partitions", "spark_conf")


def engine_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say where it reads; `reads_on_spark` tells what they say."""
    for option in (
        click.option("--spark-conf", metavar="NAME=VALUE", multiple=True, expose_value=False, callback=note,
                     help="An option of Spark's own; may be given again."),
        click.option("--partitions", type=click.IntRange(1, 99_999), metavar="N", expose_value=False, callback=note,
                     help="Into how many parts; with Spark.  [else one for 2,000 reviews]"),
        click.option("--parts", metavar="DIR", expose_value=False, callback=note,
                     help="Where Spark writes its parts, a folder all machines share.  [else tellygraph-parts]"),
        click.option("--master", metavar="URL", expose_value=False, callback=note,
                     help="The Spark to read on: spark://HOST:PORT, yarn, k8s://...  [else local[*]]"),
        click.option("--engine", type=click.Choice(["here", "spark"]), default="here", show_default=True,
                     expose_value=False, callback=note, help="Read here, or on Spark into parts (docs/scale.md)."),
    ):  # fmt: skip
        command = option(command)
    return command


def reads_on_spark(*, force: bool) -> bool:
    """Whether the running command is to read on Spark. Raises UsageError where its options do not go together."""
    meta = click.get_current_context().meta
    if meta["tellygraph.engine"] == "spark":
        if meta["tellygraph.workers"] != 1:
            raise click.UsageError("--workers is for reading here: Spark says itself how many tasks run at a time")
        if force:
            raise click.UsageError("--force is for reading here: on Spark, remove the parts to read reviews again")
        for option, what in (("follow", "web pages"), ("allow_local", "web pages"), ("input_format", "standard input")):
            if meta[f"tellygraph.{option}"]:
                raise click.UsageError(f"--{option.replace('_', '-')} is for reading here: Spark reads no {what}")
        return True
    for option in _OPTIONS:
        if meta[f"tellygraph.{option}"] not in (None, ()):
            raise click.UsageError(f"--{option.replace('_', '-')} is for --engine spark: give that, too")
    return False


def add_on_spark(paths: Sequence[str], min_confidence: float) -> None:
    """Read on Spark into a folder of parts, and say what was done and what to do next."""
    from ..cluster import read_on_spark
    from ..reviews.sources import columns_of

    if "-" in paths:
        raise click.UsageError("Spark cannot read standard input: put the reviews where its machines can read them")
    meta = click.get_current_context().meta
    master, parts = meta["tellygraph.master"] or "local[*]", meta["tellygraph.parts"] or "tellygraph-parts"
    with console.progress(f"Starting Spark on {master}…") as progress:

        def hear(step: Progress) -> None:
            progress.show(_how_far(step))

        done = read_on_spark(
            paths, parts, chosen_reader(), master=master, partitions=meta["tellygraph.partitions"],
            show=meta["tellygraph.show"], season=meta["tellygraph.season"], min_confidence=min_confidence,
            columns=columns_of(meta["tellygraph.columns"]), options=dict(map(_option, meta["tellygraph.spark_conf"])),
            hear=hear if progress.shown else None,
        )  # fmt: skip
    _tell(done, parts)
    say_left_out(done.left_out, min_confidence)
    end(done.manifest.reviews, done.manifest.refused)


def _option(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--spark-conf is given as NAME=VALUE, such as spark.executor.memory=4g, not {given!r}")
    return name, value


def _how_far(step: Progress) -> str:
    if step.read < step.parts:
        return f"Reading… {step.reviews:,} of {step.records:,} records, {step.read:,} of {step.parts:,} parts"
    return f"Writing… {step.written:,} of {step.parts:,} parts"


def _tell(done: ClusterReading, parts: str) -> None:
    manifest = done.manifest
    if done.passed_over:
        console.say(f"Note: {console.plural(done.passed_over, 'file')} of other kinds passed over")
    if done.read_before:
        of = console.plural(len(manifest.parts), "part")
        console.say(f"Note: of {of} {done.read_before:,} were read and {done.written_before:,} written before")
    facts = f", {console.plural(done.facts, 'fact')}" if done.facts else ""
    said = f"{console.plural(manifest.reviews, 'review')}{facts}: {console.plural(manifest.quads, 'statement')}"
    click.echo(console.printable(f"{said} in {console.plural(len(manifest.parts), 'part')} in {parts}"))
    if manifest.refused:
        console.say(f"What was refused, and why: {parts}/{manifest.refusals}")
    console.say(f"Next: {shlex.join(['tellygraph', 'load', parts, '--graph', named_graph()])}")
