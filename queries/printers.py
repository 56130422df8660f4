"""Answers in the forms people and programs take: one visible table of printers, from which all choices come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple
from pyoxigraph import serialize as _serialize

from ..errors import ParameterError
from .results import to_format, to_json
from .rows import Rows
from .tables import markdown_table, plain_table, terminal_table, triple_rows
from .values import prefixes

Result = Rows | bool | tuple[Triple, ...]

ROWS, TRUTH, TRIPLES = "rows", "yes or no", "triples"
_KINDS = {Rows: ROWS, bool: TRUTH, tuple: TRIPLES}
_SHAPES: Mapping[str, str] = {
    ROWS: "the rows of a SELECT query",
    TRUTH: "the yes or no of an ASK query",
    TRIPLES: "the triples of a CONSTRUCT or DESCRIBE query",
}


@dataclass(frozen=True, slots=True)
class Printer:
    """One form of answers: `takes` says of which kinds; `render` gets the answer and a terminal's width or None."""

    name: str
    media_type: str
    help: str
    takes: tuple[str, ...]
    render: Callable[[Result, int | None], str]


def _table(result: Result, width: int | None) -> str:
    if isinstance(result, bool):
        return f"{_yes(result)}\n"
    rows = result if isinstance(result, Rows) else triple_rows(result)
    return plain_table(rows) if width is None else terminal_table(rows, width)


def _markdown(result: Result, _: int | None) -> str:
    if isinstance(result, bool):
        return f"{_yes(result)}\n"
    return markdown_table(result if isinstance(result, Rows) else triple_rows(result))


def _yes(result: bool) -> str:
    return "yes" if result else "no"


def _json(result: Result, _: int | None) -> str:
    assert not isinstance(result, tuple)  # noqa: S101 - `printed` has checked what the printer takes
    return to_json(result) + "\n"


def _results(form: QueryResultsFormat) -> Callable[[Result, int | None], str]:
    def render(result: Result, _: int | None) -> str:
        assert not isinstance(result, tuple)  # noqa: S101 - `printed` has checked what the printer takes
        text = to_format(result, form)
        return text if text.endswith("\n") else text + "\n"

    return render


def _graph(form: RdfFormat) -> Callable[[Result, int | None], str]:
    def render(result: Result, _: int | None) -> str:
        assert isinstance(result, tuple)  # noqa: S101 - `printed` has checked what the printer takes
        used = prefixes() if form in (RdfFormat.TURTLE, RdfFormat.JSON_LD) else None
        data = _serialize(result, format=form, prefixes=used)
        assert data is not None  # noqa: S101 - bytes are returned where no file is given
        text = data.decode()
        return text if text.endswith("\n") else text + "\n"

    return render


_ANSWERS = (ROWS, TRUTH)
_ALL = (ROWS, TRUTH, TRIPLES)
_CSV, _TSV, _XML = (_results(form) for form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV, QueryResultsFormat.XML))

PRINTERS: Mapping[str, Printer] = MappingProxyType({
    p.name: p
    for p in (
        Printer("table", "text/plain", "columns for people", _ALL, _table),
        Printer("markdown", "text/markdown", "a Markdown table, names as links", _ALL, _markdown),
        Printer("csv", "text/csv", "SPARQL results in CSV", _ANSWERS, _CSV),
        Printer("tsv", "text/tab-separated-values", "SPARQL results in TSV", _ANSWERS, _TSV),
        Printer("json", "application/sparql-results+json", "SPARQL results in JSON", _ANSWERS, _json),
        Printer("xml", "application/sparql-results+xml", "SPARQL results in XML", _ANSWERS, _XML),
        Printer("turtle", "text/turtle", "triples in Turtle", (TRIPLES,), _graph(RdfFormat.TURTLE)),
        Printer("ntriples", "application/n-triples", "triples in N-Triples", (TRIPLES,), _graph(RdfFormat.N_TRIPLES)),
        Printer("jsonld", "application/ld+json", "triples in JSON-LD", (TRIPLES,), _graph(RdfFormat.JSON_LD)),
    )
})  # fmt: skip
"""Every printer by name; choices come from here."""


def default_printer(result: Result) -> str:
    """Return the name of the printer for people: a table, or Turtle for triples."""
    return "turtle" if isinstance(result, tuple) else "table"


def printed(result: Result, name: str | None = None, *, width: int | None = None) -> str:
    """Return an answer as text, ending with a newline. `name` is one of `PRINTERS`; None is `default_printer`.

    `width` is the terminal's width where one will show it: tables then wrap and use bold. Without it (a pipe, a file)
    they are plain text at full width, uncut. Only tables and Markdown show a `Rows`' note.

    Raises ParameterError if there is no such printer, or it does not take such an answer.
    """
    chosen = PRINTERS.get(default_printer(result) if name is None else name)
    if chosen is None:
        raise ParameterError(f"there is no format {name!r}; there are: {', '.join(PRINTERS)}")
    kind = next(k for t, k in _KINDS.items() if isinstance(result, t))
    if kind not in chosen.takes:
        fit = ", ".join(p.name for p in PRINTERS.values() if kind in p.takes)
        raise ParameterError(f"the format {chosen.name!r} cannot hold {_SHAPES[kind]}; choose one of: {fit}")
    return chosen.render(result, width)
