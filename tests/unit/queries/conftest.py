"""Small graphs to ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samples import IRIS, SAMPLE
from tellygraph.graph import Store, open_store, quads_of


@pytest.fixture(scope="session")
def sample_graph() -> Iterator[Store]:
    """The three sample reviews in memory; tests that share it change nothing in it."""
    with open_store(":memory:") as store:
        for review, facts in SAMPLE.items():
            store.extend(quads_of(review, facts, IRIS))
        yield store


@pytest.fixture
def graph() -> Iterator[Store]:
    """An empty graph in memory."""
    with open_store(":memory:") as store:
        yield store
