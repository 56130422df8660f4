"""`Rows`: the answers to a SELECT query, from whichever store, in one immutable table of RDF terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Protocol, final, overload

from pyoxigraph import NamedNode, QueryBoolean, QuerySolution, QuerySolutions, Triple

from ..errors import QueryError, StoreError, TellygraphError
from .values import PythonValue, Term, python_value, shorten, text_of, visible

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Row = tuple[Term | None, ...]
_HTML_ROWS = 200


class Queryable(Protocol):
    """Whatever answers SPARQL as `tellygraph.graph.Store` does: QuerySolutions, QueryBoolean or triples."""

    def query(self, sparql: str, /) -> object:
        """Answer a query; the default graph is the union of the named graphs."""


@final
class Rows(Sequence[Row]):
    """The answers to a question: `variables` and, in the answer's order, rows of RDF terms (None where unbound).

    Immutable and read as often as you like: `rows[0]`, `len(rows)`, `for row in rows`, `if rows`. `note` is a
    sentence that explains the answer, or None. `labels` says which column holds the name for a column of IRIs;
    tables for people show the name in its place.
    """

    __slots__ = ("_rows", "_solutions", "labels", "note", "variables")

    variables: tuple[str, ...]
    note: str | None
    labels: Mapping[str, str]
    _rows: tuple[Row, ...] | None
    _solutions: tuple[QuerySolution, ...] | None

    def __init__(
        self,
        variables: Iterable[str],
        rows: Iterable[Sequence[Term | None]] = (),
        *,
        note: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Raises ValueError if a row has not as many terms as there are variables."""
        names = tuple(variables)
        terms = tuple(tuple(row) for row in rows)
        if any(len(row) != len(names) for row in terms):
            raise ValueError(f"every row must have {len(names)} terms: {', '.join(names)}")
        self._set(variables=names, _rows=terms, _solutions=None, note=note, labels=dict(labels or {}))

    @classmethod
    def of(cls, solutions: QuerySolutions, *, named: bool = False) -> Rows:
        """Take a store's answer. All of it is fetched now; terms are made when they are first looked at.

        With `named`, `labels` is filled in by our questions' habit: `show` is named by `showName`, `review` by
        `reviewTitle`, `claim` by its `quote`.

        Raises StoreError where the store cannot go on reading.
        """
        variables = [v.value for v in solutions.variables]
        rows = cls(variables, labels=_labels(variables) if named else None)
        try:
            rows._set(_solutions=tuple(solutions), _rows=None)
        except OSError as error:
            raise StoreError(f"the graph could not be read to the end of the answer: {error}") from error
        return rows

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Rows do not change: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"Rows do not change: {name!r} cannot be deleted")

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (self.variables, self._terms(), self.note, dict(self.labels))

    def _terms(self) -> tuple[Row, ...]:
        rows, solutions = self._rows, self._solutions
        if rows is None:
            rows = tuple(map(tuple, solutions or ()))
            self._set(_rows=rows)
            self._set(_solutions=None)
        return rows

    def __len__(self) -> int:
        held = self._solutions
        return len(held) if held is not None else len(self._terms())

    def __iter__(self) -> Iterator[Row]:
        return iter(self._terms())

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Row | Rows:
        if isinstance(at, slice):
            return self.replaced(self._terms()[at])
        return self._terms()[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return NotImplemented
        return self.variables == other.variables and self._terms() == other._terms()

    def __hash__(self) -> int:
        return hash((self.variables, self._terms()))

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.variables)}>"

    def replaced(self, rows: Iterable[Sequence[Term | None]], *, note: str | None = None) -> Rows:
        """Return a table with the same variables and labels and other rows; `note` replaces the note if given."""
        return Rows(self.variables, rows, note=self.note if note is None else note, labels=self.labels)

    def column(self, variable: str) -> tuple[Term | None, ...]:
        """Return one column's terms. Raises KeyError naming the variables if there is no such column."""
        if variable not in self.variables:
            raise KeyError(f"no column {variable!r}; there are: {', '.join(self.variables)}")
        at = self.variables.index(variable)
        return tuple(row[at] for row in self._terms())

    def python(self) -> list[dict[str, PythonValue]]:
        """Return each row as a dict of plain Python values (see `python_value`), None where unbound."""
        return [dict(zip(self.variables, map(python_value, row), strict=True)) for row in self._terms()]

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas DataFrame, decimals as floats. Raises TellygraphError where pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise _missing("pandas") from error
        return pd.DataFrame(self._columns())

    def to_polars(self) -> pl.DataFrame:
        """Return a Polars DataFrame, decimals as floats; a column of several types becomes text.

        Raises TellygraphError where Polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise _missing("polars") from error
        return pl.DataFrame({name: _one_type(values) for name, values in self._columns().items()})

    def _columns(self) -> dict[str, list[PythonValue]]:
        columns: dict[str, list[PythonValue]] = {name: [] for name in self.variables}
        lists = list(columns.values())
        for row in self._terms():
            for values, term in zip(lists, row, strict=True):
                value = python_value(term)
                values.append(float(value) if isinstance(value, Decimal) else value)
        return columns

    def shown(self) -> list[str]:
        """Return the columns a table for people shows: all but those whose name stands in another column."""
        return [v for v in self.variables if self.labels.get(v) not in self.variables]

    def _repr_html_(self) -> str:
        """Return the table for a notebook: names link to their IRIs, everything is escaped, 200 rows at most."""
        links = {name: iri for iri, name in self.labels.items() if iri in self.variables}
        at = {v: i for i, v in enumerate(self.variables)}
        shown = self.shown()
        parts = ["<table><thead><tr>", *(f"<th>{escape(v)}</th>" for v in shown), "</tr></thead><tbody>"]
        for row in self._terms()[:_HTML_ROWS]:
            cells = (_html_cell(row[at[v]], row[at[links.get(v, v)]]) for v in shown)
            parts += ["<tr>", *cells, "</tr>"]
        parts.append("</tbody></table>")
        if len(self) > _HTML_ROWS:
            parts.append(f"<p>{len(self) - _HTML_ROWS} more rows</p>")
        if self.note or not self:
            parts.append(f"<p>{escape(visible(self.note or 'No rows.'))}</p>")
        return "".join(parts)


def _labels(variables: Sequence[str]) -> dict[str, str]:
    return {
        v: name
        for v in variables
        for name in (f"{v}Name", f"{v}Title", "quote" if v == "claim" else "")
        if name in variables
    }


def _restored(variables: tuple[str, ...], rows: tuple[Row, ...], note: str | None, labels: Mapping[str, str]) -> Rows:
    return Rows(variables, rows, note=note, labels=labels)


def _html_cell(term: Term | None, link: Term | None) -> str:
    text = escape(visible(shorten(term.value) if isinstance(term, NamedNode) else text_of(term)))
    if text and isinstance(link, NamedNode) and link.value.startswith(("http://", "https://")):
        return f'<td><a href="{escape(link.value)}">{text}</a></td>'
    return f"<td>{text}</td>"


def _one_type(values: list[PythonValue]) -> list[Any]:
    types = {type(v) for v in values if v is not None}
    if len(types) < 2:
        return values
    if types == {int, float}:
        return [None if v is None else float(str(v)) for v in values]
    return [None if v is None else str(v) for v in values]


def _missing(library: str) -> TellygraphError:
    return TellygraphError(
        f"to_{library}() needs {library}, which is not installed: python -m pip install 'tellygraph[{library}]'"
    )


def query(store: Queryable, sparql: str) -> Rows | bool | tuple[Triple, ...]:
    """Answer any SPARQL query: SELECT as Rows, ASK as bool, CONSTRUCT and DESCRIBE as distinct sorted triples.

    Raises QueryError if the text does not parse or is an update, StoreError if the store cannot be read.
    """
    try:
        answer = store.query(sparql)
        if isinstance(answer, QuerySolutions):
            return Rows.of(answer)
        if isinstance(answer, QueryBoolean | bool):
            return bool(answer)
        if not isinstance(answer, Iterable):
            raise TypeError(f"a store answered with {type(answer).__name__}")
        return tuple(sorted(set(answer), key=str))
    except SyntaxError as error:
        raise QueryError(f"the query does not parse: {' '.join(str(error).split())}") from error
    except OSError as error:
        raise StoreError(f"the graph could not be read to the end of the answer: {error}") from error


def select(store: Queryable, sparql: str, *, named: bool = False) -> Rows:
    """Answer a SELECT query; see `Rows.of` for `named`. Raises QueryError if it is another form."""
    answer = store.query(sparql)
    if not isinstance(answer, QuerySolutions):
        raise QueryError("a SELECT query is wanted here, not ASK, CONSTRUCT or DESCRIBE")
    return Rows.of(answer, named=named)
