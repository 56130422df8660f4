"""The command `score`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from .. import console
from .shared import MIN_CONFIDENCE, Names, chosen_reader, reader_options, say_usage


def _relations() -> Sequence[str]:
    from ..ontology.terms import RELATIONS

    return tuple(RELATIONS)


@click.command()
@click.argument("gold", metavar="GOLD_DIR")
@click.option("--reviews", metavar="DIR", help="Where the reviews are, if not beside the gold.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="Tables for people, or one JSON object.")  # fmt: skip
@click.option("--errors", is_flag=True, help="Also list what was missed and what was said falsely, in its sentence.")
@click.option("--relation", "relations", type=Names(_relations), metavar="NAME", multiple=True,
              help="List the errors of this relation only; may be given again.")  # fmt: skip
@MIN_CONFIDENCE
@reader_options
def score(
    gold: str, reviews: str | None, style: str, errors: bool, relations: tuple[str, ...], min_confidence: float
) -> None:
    """Measure a reader by reviews whose facts are marked by hand.

    GOLD_DIR is a folder of NAME.json beside NAME.txt, .md or .html.
    """
    from ..reviews.score_tables import aligned, as_json, error_lines, summary, tables
    from ..scoring import score as scored

    chosen = chosen_reader()
    with console.progress("Reading…"):
        found = scored(gold, reviews=reviews, reader=chosen, min_confidence=min_confidence)
    say_usage(chosen)
    listed = [error for error in found.errors if error.relation in relations or not relations] if errors else None
    if style == "json":
        console.text(as_json(found, listed))
        return
    console.lines([summary(found)])
    for table in tables(found):
        console.lines(["", *map(console.printable_line, aligned(table))])
    if listed:
        console.lines(["", "Errors", *map(console.printable_line, error_lines(listed))])
