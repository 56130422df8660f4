"""The tables of growth, and the exponents in them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tellygraph.queries import catalogue

from .growth_parts import ALL_UP_TO
from .tables import Promise, Table, count, ratio, seconds

_NONE = "–"
_LIBRARIES = ("pyoxigraph", "spacy", "networkx", "igraph")
NAMED_S = 0.05
_EXPORTS = (*(f"export {name}" for name in ("nquads", "turtle", "jsonld", "csv", "graphml")), "pyoxigraph dump nquads")


@dataclass(frozen=True, slots=True)
class Found:
    """What a part took: seconds and answers by step, the steps that were given up, and which of those failed."""

    seconds: Mapping[str, float]
    answers: Mapping[str, int | str | None]
    over: frozenset[str]
    failed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lines: Iterable[Mapping[str, object]]) -> Found:
        """Take the lines that a part printed."""
        took, answers, over = {}, {}, set()
        for line in lines:
            name = str(line["step"])
            took[name], answers[name] = float(str(line["seconds"])), line["answer"]
            if line["answer"] in ("over", "fails"):
                over.add(name)
        failed = frozenset(name for name in over if answers[name] == "fails")
        return cls(took, answers, frozenset(over), failed)  # type: ignore[arg-type]

    def size(self, name: str) -> float | None:
        """A step's answer as a number of bytes."""
        value = self.answers.get(name)
        return None if value is None else float(value)


All = Mapping[tuple[str, int], Found]


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the least-squares slope of log y over log x; None for fewer than two points.

    >>> exponent([(10, 3), (100, 30), (1000, 300)])
    1.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len(logs) < 2:
        return None
    mx, my = (math.fsum(values) / len(logs) for values in zip(*logs, strict=True))
    slope = math.fsum((x - mx) * (y - my) for x, y in logs) / math.fsum((x - mx) ** 2 for x, _ in logs)
    return round(slope, 6)


def growth_tables(sizes: Sequence[int], served: int, found: All, about: str) -> list[Table]:
    """Return the tables: times, memory and disk, questions, servers."""
    return [
        _times(sizes, found, about),
        _memory(sizes, found),
        _questions(sizes, found),
        _servers(served, found["servers", served]),
    ]


def _times(sizes: Sequence[int], found: All, about: str) -> Table:
    def whole(part: str, step: str) -> dict[int, float]:
        """What was given up is left out."""
        return {
            n: f.seconds[step] for (p, n), f in found.items() if p == part and step in f.seconds and step not in f.over
        }

    def per_review(part: str, step: str) -> dict[int, float]:
        return {n: took / n for n, took in whole(part, step).items()}

    more = whole("adding", "add one more")
    lines = {
        "read: a review": per_review("reading", "read"),
        "add to an empty graph: a review": per_review("adding", "add"),
        "bare pyoxigraph bulk_extend of its quads: a review": per_review("adding", "bare bulk_extend"),
        "add to the graph: one more review": more,
        "remove one": whole("adding", "remove one"),
        "ask about somebody by name: median question": _asked(sizes, found, median),
        "ask about somebody by name: slowest question": _asked(sizes, found, max),
        **{name: whole("exporting", name) for name in _EXPORTS},
        **{name: whole("drawing", name) for name in ("draw a show", "network of everything", "measure everything")},
    }  # fmt: skip
    rows = tuple((name, *_cells(sizes, values, seconds), _exponent(values)) for name, values in lines.items())
    slope = exponent(list(more.items()))
    text = "adding one more review grows with the graph"
    promises = () if slope is None else (Promise(text, 0.1, slope, "as exponent"),)
    note = (
        "Columns are sizes of the graph in reviews; times are processor seconds, of all threads. The exponent is that "
        "of the time over the size: at 0 it does not grow with the graph, at 1 it grows as the graph does. Reading is "
        "measured to 10,000 reviews; graphs are filled from the facts that the corpus is known to state. What answers "
        "or draws everything is measured "
        f"to {ALL_UP_TO:,}, and so are exports that need the whole graph in memory (turtle, jsonld, graphml); whoever "
        "has more draws a show, or what is around somebody."
    )
    return Table("growth", "Growth: time", _columns(sizes), rows, _LIBRARIES, (note, about), promises)


def _asked(sizes: Sequence[int], found: All, of: object) -> dict[int, float]:
    named = {name for name, question in catalogue().items() if question.required}
    values = {}
    for n in sizes:
        asked = found["asking", n].seconds
        values[n] = of([took for name, took in asked.items() if name in named])  # type: ignore[operator]
    return values


def _memory(sizes: Sequence[int], found: All) -> Table:
    lines: dict[str, dict[int, float]] = {
        f"memory: {part}": {n: f.size("peak") or 0.0 for (p, n), f in found.items() if p == part and f.size("peak")}
        for part in ("reading", "adding", "asking", "exporting", "drawing")
    }
    for name, step in (("disk: the graph", "disk"), ("disk: pyoxigraph bulk_extend of its quads", "bare disk")):
        lines[name] = {n: f.size(step) or 0.0 for (p, n), f in found.items() if p == "adding"}
    rows = tuple((name, *_cells(sizes, values, _megabytes), _exponent(values)) for name, values in lines.items())
    note = (
        "The most resident memory of each part, in a process of its own, with the libraries in it; asking, exporting "
        "and drawing everything is part of it up to the sizes of the table above."
    )
    return Table("growth-memory", "Growth: memory and disk", _columns(sizes), rows, _LIBRARIES, (note,))


def _questions(sizes: Sequence[int], found: All) -> Table:
    names = [name for name in found["asking", sizes[0]].seconds if not name.endswith(", bare") and name != "peak"]
    rows = []
    for name in names:
        values = {n: found["asking", n].seconds[name] for n in sizes if name in found["asking", n].seconds}
        over = {n for n in values if name in found["asking", n].over}
        cells = _cells(sizes, values, seconds)
        cells = [f"over {cell}" if n in over else cell for n, cell in zip(sizes, cells, strict=True)]
        largest = max(values)
        base = found["asking", largest].seconds.get(f"{name}, bare")
        compared = _NONE if not base or largest in over else ratio(values[largest] / base)
        rows.append((name, *cells, _exponent({n: v for n, v in values.items() if n not in over}), compared))
    largest = max(sizes)
    took = found["asking", largest].seconds
    slowest = max((took[name], name) for name in names if name in catalogue() and catalogue()[name].required)
    promise = Promise(
        f"at {largest:,} reviews a question about somebody (`{slowest[1]}` being the slowest) answers", NAMED_S,
        slowest[0], "s",
    )  # fmt: skip
    note = (
        "Processor seconds. Parameters are given by name, as people do. The last column is the ratio to the same "
        "SPARQL on bare pyoxigraph, on the same files, at the largest size."
    )
    columns = (*_columns(sizes), "to pyoxigraph")
    return Table("growth-questions", "Growth: questions", columns, tuple(rows), ("pyoxigraph",), (note,), (promise,))


def _servers(served: int, part: Found) -> Table:
    names = list(dict.fromkeys(name.partition(": ")[0] for name in part.seconds if ": " in name))
    ours, *others = names
    rows = []
    for step in [name.removeprefix(f"{ours}: ") for name in part.seconds if name.startswith(f"{ours}: ")]:
        took = part.seconds[f"{ours}: {step}"]
        cells = [step, seconds(took)]
        for name in others:
            theirs = part.seconds.get(f"{name}: {step}")
            if theirs is None:
                cells += [_NONE, _NONE]
            elif f"{name}: {step}" in part.over:
                cells += ["fails" if f"{name}: {step}" in part.failed else f"over {seconds(theirs)}", _NONE]
            else:
                cells += [seconds(theirs), ratio(theirs / took)]
        rows.append(tuple(cells))
    columns = ("", ours, *(cell for name in others for cell in (name, "ratio")))
    note = (
        f"The same {count(served)} reviews of the corpus, added and asked alike, each server on this machine, by the "
        "wall clock, in one run, one after the other. Ratios are to the embedded store. pyoxigraph and rdflib are "
        "given finished N-Quads and the SPARQL that a question comes to; rdflib answers from its memory."
    )
    return Table("growth-servers", "Growth: servers", columns, tuple(rows), ("pyoxigraph", "rdflib"), (note,))


def _columns(sizes: Sequence[int]) -> tuple[str, ...]:
    return ("", *map(count, sizes), "exponent")


def _cells(sizes: Sequence[int], values: Mapping[int, float], shown: object) -> list[str]:
    return [shown(values[n]) if n in values else _NONE for n in sizes]  # type: ignore[operator]


def _exponent(values: Mapping[int, float]) -> str:
    slope = exponent(list(values.items()))
    return _NONE if slope is None else f"{slope + 0.0:.2f}"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:,.0f} MB" if value >= 9.5e6 else f"{value / 1e6:.1f} MB"
