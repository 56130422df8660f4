"""What a question with a named subject looks at does not grow with the graph around the subject.

Counted, not timed: the `oxigraph` program tells how many rows each step of its plan yields.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import plans
from benchmarks.subjects import SHOWS_NEEDED, asked_about
from benchmarks.synthetic import readings
from tellygraph.graph import add_readings, open_store
from tellygraph.ontology import Iris
from tellygraph.queries import Question, catalogue
from tellygraph.queries.bind import bind
from tellygraph.queries.catalogue import bound

_REVIEWS_PER_SHOW = 4
_TIMES = 4

_ASKED = [(question, names) for question in catalogue().values() for names in asked_about(question)]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two graphs of the same shows, the second with many more beside them."""
    folders = (tmp_path_factory.mktemp("small") / "g", tmp_path_factory.mktemp("large") / "g")
    for folder, shows in zip(folders, (SHOWS_NEEDED, SHOWS_NEEDED * _TIMES), strict=True):
        with open_store(str(folder)) as store:
            iris = Iris.default()
            add_readings(store, readings(shows * _REVIEWS_PER_SHOW, shows=shows, iris=iris), iris)
    return folders


def rows_seen(folder: Path, question: Question, names: Mapping[str, str], scratch: Path) -> int:
    """How many rows all steps of the plan yield together."""
    with open_store(str(folder), read_only=True) as store:
        text = bind(question.sparql, bound(store, question, names))
    return plans.rows_seen(folder, text, scratch)


@pytest.mark.parametrize(("question", "names"), _ASKED, ids=[f"{q.name} {' '.join(n)}" for q, n in _ASKED])
def test_a_subject_is_answered_from_what_is_said_of_it(
    question: Question, names: Mapping[str, str], graphs: tuple[Path, Path], tmp_path: Path
) -> None:
    small, large = (rows_seen(folder, question, names, tmp_path) for folder in graphs)
    assert small > 0
    assert large <= 1.1 * small + 50


def test_enough_questions_are_counted() -> None:
    assert len({question.name for question, _ in _ASKED}) >= 25
