"""Parquet: one review a row, read batch by batch. The only door to pyarrow, which is an extra."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from ...errors import ReviewError
from ..records import Refusal
from .decode import read_bytes
from .inputs import Draft, Format, Found, Input, Limits, Notice
from .record import draft_of, passed_over, placed, season_of

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 64
MAGIC = b"PAR1"


def _read(stream: BinaryIO, source: Input, limits: Limits) -> Iterator[Found]:
    pyarrow, parquet = _libraries()
    whole = stream if stream.seekable() else io.BytesIO(read_bytes(stream, limits))
    size = whole.seek(0, io.SEEK_END)
    whole.seek(0)
    number = 0
    try:
        file = parquet.ParquetFile(whole)
        schema = file.schema_arrow
        places, others = placed(schema.names, source.columns)
        for key, place in places.items():
            _check_type(pyarrow.types, key, schema.field(place))
        if others:
            yield Notice(source.shown, passed_over(others))
        rows = file.metadata.num_rows
        if not rows:
            raise ReviewError("it is empty: there is not one row in it")
        wanted = sorted({schema.names[place] for place in places.values()})
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=wanted, use_threads=False):
            cells = {key: _as_read(pyarrow, batch.column(schema.names[place])) for key, place in places.items()}
            for row in range(batch.num_rows):
                number += 1
                name = f"{source.shown}, row {number}"
                try:
                    record = {key: column[row].as_py() for key, column in cells.items()}
                    yield row_draft(record, name, at=size * number // rows)
                except ReviewError as error:
                    yield Refusal(name, str(error))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).split("\n")[0][:200]
        after = f"after its row {number:,} it cannot be read" if number else "it is not Parquet that can be read"
        raise ReviewError(f"{after} ({said})") from error


def _libraries() -> tuple[Any, Any]:
    # Imported here: it takes 0.3 s, and few need it.
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ReviewError("reading Parquet needs pyarrow: pip install 'tellygraph[parquet]'") from error
    return pyarrow, pyarrow.parquet


def _check_type(types: ModuleType, key: str, field: pa.Field) -> None:
    """Raise ReviewError for a column that no review's value can be in."""
    kind = field.type.value_type if types.is_dictionary(field.type) else field.type
    text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)
    if types.is_nested(kind):
        raise ReviewError(
            f"its column {field.name!r} is nested ({kind}); make it one value a row, or name another column"
        )
    if text or (key in ("id", "season") and types.is_integer(kind)):
        return
    if key == "date" and (types.is_date(kind) or types.is_timestamp(kind)):
        return
    wanted = {"id": "text or whole numbers", "season": "whole numbers", "date": "dates or text"}.get(key, "text")
    raise ReviewError(f"its column {field.name!r} holds {kind}; a review's {key!r} must be {wanted}")


def _as_read(pyarrow: Any, column: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return a column whose cells Python can hold: moments as their day (in UTC, as Parquet keeps them)."""
    return column.cast(pyarrow.date32(), safe=False) if pyarrow.types.is_timestamp(column.type) else column


def row_draft(record: Mapping[str, object], name: str, at: int | None = None) -> Draft:
    """Return the draft of a row, by our keys. Raises ReviewError saying which value is missing or wrong."""
    values: dict[str, object] = dict(record)
    if isinstance(values["id"], int):
        values["id"] = str(values["id"])
    if "season" in values:
        values["season"] = season_of(values["season"])
    if values.get("date") is not None:
        values["date"] = str(values["date"])
    draft = draft_of(values, name)
    return Draft(draft.source, draft.id, draft.text, draft.fields, record=True, at=at)


PARQUET = Format("Parquet", (".parquet",), _read, packed=False)
