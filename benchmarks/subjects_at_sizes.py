"""Questions with a named subject, on disk, in graphs of several sizes: what it costs when only the rest grows."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from tellygraph.graph import Store, add_readings, open_store
from tellygraph.ontology import Iris
from tellygraph.queries import ask, catalogue
from tellygraph.queries.catalogue import Value, bound

from .measure import Contender, Tell, side_by_side, silent
from .subjects import asked_about
from .synthetic import FACTS_PER_REVIEW, readings
from .tables import Promise, Table, count, ratio, seconds

_ANSWERED_WITHIN_S = 0.05
_NAME, _IRI = "by name", "by IRI"


def measure(sizes: Sequence[int], *, rounds: int, patience: float, tell: Tell = silent) -> Table:
    """Build a graph of so many reviews for each size, smallest first, ask all of them, and return the table."""
    with tempfile.TemporaryDirectory() as folder:
        places = []
        for reviews in sizes:
            tell(f"adding {reviews:,} reviews")
            places.append(Path(folder, str(reviews)))
            with open_store(str(places[-1])) as store:
                add_readings(store, readings(reviews, iris=Iris.default()), Iris.default())
        return asked(places, sizes, rounds=rounds, patience=patience, tell=tell)


def asked(places: Sequence[Path], sizes: Sequence[int], *, rounds: int, patience: float, tell: Tell = silent) -> Table:
    """Ask the graphs in `places`, of so many synthetic reviews each, and return the table."""
    stores = [open_store(str(place), read_only=True) for place in places]
    try:
        rows, slowest, steepest = [], (0.0, ""), (-math.inf, "")
        for question in catalogue().values():
            for names in asked_about(question):
                label = " ".join((question.name, *(f"{key}={value}" for key, value in names.items())))
                tell(label)
                took = [_took(store, question.name, names, rounds, patience) for store in stores]
                exponent = math.log(took[-1][1] / took[0][1]) / math.log(sizes[-1] / sizes[0])
                rows.append(
                    (label, count(took[-1][2]), *(seconds(t[1]) for t in took), seconds(took[-1][0]), ratio(exponent))
                )
                slowest = max(slowest, (took[-1][0], label))
                steepest = max(steepest, (exponent, label))
    finally:
        for store in stores:
            store.close()
    facts = [f"{reviews * FACTS_PER_REVIEW:,} facts" for reviews in sizes]
    note = (
        f"Graphs of {', '.join(f'{n:,}' for n in sizes)} synthetic reviews, ten of each show, on disk, opened for "
        "reading. Processor seconds, best of several; what is asked about is the same in all of them. The exponent is "
        f"that of the first graph to the last, by IRI; the steepest is {ratio(steepest[0])} (`{steepest[1]}`)."
    )
    promise = f"a question with a named subject is answered (`{slowest[1]}` being the slowest)"
    return Table(
        "questions-sizes",
        "Questions with a named subject, as the graph grows",
        ("", "answers", *(f"{f}, by IRI" for f in facts), f"{facts[-1]}, by name", "exponent"),
        tuple(rows),
        ("pyoxigraph",),
        (note,),
        (Promise(promise, _ANSWERED_WITHIN_S, slowest[0], "s"),),
    )


def _took(store: Store, name: str, names: Mapping[str, str], rounds: int, patience: float) -> tuple[float, float, int]:
    """Seconds by name and by IRI, and the number of answers."""
    terms = bound(store, catalogue()[name], names)
    timings = side_by_side(
        [Contender(way, partial(_all, store, name, given)) for way, given in ((_NAME, names), (_IRI, terms))],
        rounds=rounds,
        patience=patience,
    )
    return timings[_NAME].cpu, timings[_IRI].cpu, len(ask(store, name, terms))


def _all(store: Store, name: str, given: Mapping[str, Value], _: object) -> object:
    return list(ask(store, name, given))
