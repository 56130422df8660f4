"""The command `score`."""

from __future__ import annotations

import click

from .. import console
from .shared import MIN_CONFIDENCE


@click.command()
@click.argument("gold", metavar="GOLD_DIR")
@click.option("--reviews", metavar="DIR", help="Where the reviews are, if not beside the gold.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="Tables for people, or one JSON object.")  # fmt: skip
@click.option("--errors", is_flag=True, help="Also list what was missed and what was said falsely, in its sentence.")
@MIN_CONFIDENCE
def score(gold: str, reviews: str | None, style: str, errors: bool, min_confidence: float) -> None:
    """Measure the reader by reviews whose facts are marked by hand.

    GOLD_DIR is a folder of NAME.json beside NAME.txt, .md or .html.
    """
    from ..reviews.score_tables import aligned, as_json, error_lines, summary, tables
    from ..scoring import score as scored

    with console.progress("Reading…"):
        found = scored(gold, reviews=reviews, min_confidence=min_confidence)
    if style == "json":
        console.text(as_json(found, errors=errors))
        return
    console.lines([summary(found)])
    for table in tables(found):
        console.lines(["", *map(console.printable_line, aligned(table))])
    if errors and found.errors:
        console.lines(["", "Errors", *map(console.printable_line, error_lines(found.errors))])
