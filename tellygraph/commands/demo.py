"""The command `demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import console
from .shared import say

if TYPE_CHECKING:
    from ..added import ReviewAdded
    from ..reading import Remark


@click.command()
@click.option("--into", metavar="FOLDER", default="demo", show_default=True, help="Where to write what it makes.")
def demo(into: str) -> None:
    """Read the example reviews, ask three questions, draw the picture, write linked data."""
    from ..added import ReviewAdded
    from ..demo import lines, run

    def hear(step: ReviewAdded | Remark) -> None:
        if isinstance(step, ReviewAdded):
            progress.show(f"Read {step.review.id}")
        else:
            say(step, progress)

    with console.progress("Reading the example reviews…") as progress:
        done = run(Path(into), hear)
    console.lines(lines(done))
