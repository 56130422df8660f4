"""The examples in the rooms' docstrings are run: pytest collects those of `tellygraph/` itself, not through its links."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("graph", "ontology", "queries", "reviews", "visualize")
WITH_EXAMPLES = sorted(
    ".".join(("tellygraph", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_are_as_shown(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried > 0
    assert failed == 0


def test_examples_are_found() -> None:
    assert len(WITH_EXAMPLES) > 10
