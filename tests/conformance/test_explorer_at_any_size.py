"""What the explorer asks about one thing looks at does not grow with the graph around it. Counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from benchmarks import synthetic
from plans import rows_seen
from tellygraph.graph import add_readings, open_store
from tellygraph.ontology import Iris
from tellygraph.queries.heard import heard_of
from tellygraph.queries.rows import Queryable
from tellygraph.queries.statements import about, of_claims, of_reviews, of_show
from tellygraph.web.chains import chain

_SHOWS, _TIMES, _REVIEWS_PER_SHOW = 8, 4, 4
_IRIS = Iris.default()
_SHOW = _IRIS.series(synthetic.show(3))
_CAST = [_IRIS.character(synthetic.character(3 * synthetic.CHARACTERS_PER_SHOW + at), _SHOW) for at in range(12)]

Asks = Callable[[Queryable], object]


class _Asked:
    """A store that keeps the questions it is asked."""

    def __init__(self, store: Queryable) -> None:
        self._store, self.questions = store, list[str]()

    def query(self, sparql: str, /) -> object:
        self.questions.append(sparql)
        return self._store.query(sparql)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two graphs with the same show, the second with many more shows beside it."""
    folders = (tmp_path_factory.mktemp("small") / "g", tmp_path_factory.mktemp("large") / "g")
    for folder, shows in zip(folders, (_SHOWS, _SHOWS * _TIMES), strict=True):
        with open_store(str(folder)) as store:
            made = synthetic.readings(shows * _REVIEWS_PER_SHOW, shows=shows, iris=_IRIS)
            add_readings(store, made, _IRIS)
    return folders


def of_claims_of_show(store: Queryable) -> object:
    return of_claims(store, [statement.claim for statement in of_show(store, _SHOW)])


@pytest.mark.parametrize(
    "asks",
    [
        pytest.param(partial(of_show, show=_SHOW), id="show"),
        pytest.param(partial(about, things=_CAST[:1]), id="thing"),
        pytest.param(partial(about, things=_CAST), id="things"),
        pytest.param(of_claims_of_show, id="claims"),
        pytest.param(partial(of_reviews, reviews=[_IRIS.review("synthetic-3")]), id="review"),
        pytest.param(partial(heard_of, things=_CAST), id="heard"),
        pytest.param(partial(chain, start=_CAST[2], goal=_CAST[3], until=None), id="chain"),
        pytest.param(partial(chain, start=_CAST[2], goal=_CAST[3], until=1), id="guarded chain"),
        pytest.param(partial(chain, start=_CAST[2], goal=_SHOW, until=None), id="chain to the show"),
    ],
)
def test_what_is_asked_about_a_thing_is_answered_from_what_is_said_of_it(
    asks: Asks, graphs: tuple[Path, Path], tmp_path: Path
) -> None:
    counts = []
    for folder in graphs:
        with open_store(str(folder), read_only=True) as store:
            asked = _Asked(store)
            assert asks(asked)
        counts.append(sum(rows_seen(folder, sparql, tmp_path) for sparql in asked.questions))
    small, large = counts
    assert large <= 1.1 * small + 50
