"""`import tellygraph` is cheap, and names what it has."""

from __future__ import annotations

import subprocess
import sys

import pytest

import tellygraph

HEAVY = {"spacy", "pyshacl", "rdflib", "networkx", "igraph", "pyvis", "SPARQLWrapper", "trafilatura", "rich", "pandas", "polars", "numpy"}  # fmt: skip


def modules_after(program: str) -> set[str]:
    program += "; import sys; print(' '.join(m.partition('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_it_imports_nothing_heavy_nor_even_the_engine() -> None:
    assert modules_after("import tellygraph") & (HEAVY | {"pyoxigraph", "click"}) == set()


@pytest.mark.parametrize(
    "program",
    [
        "import tellygraph.cli",
        "from tellygraph import *",
        "import tellygraph; tellygraph.open_graph(':memory:').info()",
    ],
)
def test_what_is_not_needed_is_not_loaded(program: str) -> None:
    assert modules_after(program) & HEAVY == set()


def test_every_name_is_there_and_an_unknown_one_is_an_error() -> None:
    assert dir(tellygraph) == tellygraph.__all__
    assert all(getattr(tellygraph, name) is not None for name in tellygraph.__all__)
    with pytest.raises(AttributeError, match="'tellygraph' has no attribute 'raed'"):
        tellygraph.raed  # noqa: B018


def test_python_m_runs_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "tellygraph", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("tellygraph ")
