"""What the `oxigraph` program tells of its plans: how many rows each step yields."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servers import oxigraph_program


def rows_seen(folder: Path, sparql: str, scratch: Path) -> int:
    """How many rows all steps of a query's plan yield together, over the graph in a folder that nobody has open."""
    explained = scratch / "plan.json"
    command = [oxigraph_program(), "query", "--location", str(folder), "--query", sparql, "--results-format", "csv"]
    subprocess.run(
        [*command, "--explain-file", str(explained), "--stats", "--union-default-graph"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return sum(step.get("number of results") or 0 for step in _steps(json.loads(explained.read_text())["plan"]))


def _steps(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for below in step.get("children", ()):
        yield from _steps(below)
