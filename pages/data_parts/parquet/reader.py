"""The columns of a Parquet file as numbers, days since a date or two classes; text in it is read as that of a CSV."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from landscapes import Array
from landscapes.from_data.reading import (
    FIRST_ROW,
    PREVIEW,
    Column,
    Dialect,
    Gap,
    Reading,
    day_name,
    kind_of,
    marks_of,
    read_column,
    shortened,
    told_apart,
)
from pages.data_parts.parquet.bounds import MOST_WIDTH, broken, check_size
from words import message

EPOCH = 719_162  # days from 1 January of the year 1 to that of 1970
LAST_DAY = 3_652_059  # days from the same to the end of the year 9999
DAY = 86_400 * 10**6  # microseconds
MOST_LETTERS = 8_000_000  # of all text in a file, each row by itself
Missing = Sequence[str]


def read_parquet(
    content: bytes,
    *,
    decimal: str | None = None,
    thousands: str | None = None,
    dates: str | None = None,
    missing: Missing = (),
) -> Reading:
    """A table from the bytes of a Parquet file, its rows counted from 1; the other arguments are those of `read_table`.

    Raises:
        ValueError: a sentence that says why the file is of no use.
    """
    check_size(content)
    try:
        table, others = _table(content)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise broken() from error
    if not table.num_rows or not table.num_columns:
        raise ValueError(message("The table has no rows."))
    names = told_apart([*table.column_names, *others])
    texts = {name: _text(column) for name, column in zip(names, table.columns, strict=False) if _is_text(column.type)}
    if sum(sum(map(len, cells)) for cells in texts.values()) > MOST_LETTERS:
        raise ValueError(message("The text in the table has more than {most} letters.", most=f"{MOST_LETTERS:,}"))
    kinds = {name: kind_of(cells) for name, cells in texts.items()}
    shown = marks_of([(kinds[name], cells) for name, cells in texts.items()], decimal, thousands, dates)
    rows = range(1, table.num_rows + 1)
    columns, firsts = [], []
    for name, column in zip(names, table.columns, strict=False):
        if name in texts:
            columns.append(read_column(name, kinds[name], texts[name], rows, shown, missing))
            firsts.append(texts[name][:PREVIEW])
        else:
            columns.append(_column(name, column, _numbers(missing)))
            firsts.append(_cells(column.slice(0, PREVIEW)))
    for name in names[table.num_columns :]:
        columns.append(Column(name=name, kind="text", values=np.full(table.num_rows, np.nan)))
        firsts.append(["…"] * min(PREVIEW, table.num_rows))
    gone = dict.fromkeys(gap.cell for column in columns for gap in column.gaps if gap.why == "missing" and gap.cell)
    return Reading(
        dialect=Dialect(
            encoding="utf-8",
            delimiter="",
            quote="",
            comment="",
            header=FIRST_ROW,
            decimal=shown.decimal,
            thousands=shown.thousands,
            dates=shown.dates,
            missing=tuple(gone),
            form="parquet",
        ),
        columns=tuple(columns),
        lines=np.array(rows, dtype=np.intp),
        bad_rows=(),
        comments=(),
        questions=shown.questions,
        first=tuple(tuple(map(shortened, row)) for row in zip(*firsts, strict=True)),
    )


def _table(content: bytes) -> tuple[pa.Table, list[str]]:
    """The columns that may be numbers or text, and the names of the others, such as lists.

    Text comes as codes, so that one long word in every row takes no room.
    """
    source = pa.BufferReader(content)
    schema = pq.ParquetFile(source).schema_arrow
    wanted = [field.name for field in schema if _is_read(field.type)]
    if len(set(schema.names)) < len(schema.names):
        raise ValueError("two columns have the same name")
    words = [name for name in wanted if _is_text(schema.field(name).type)]
    table = pq.ParquetFile(source, read_dictionary=words).read(columns=wanted, use_threads=False)
    table.validate(full=True)
    return table, [name for name in schema.names if name not in wanted]


def _is_text(kind: pa.DataType) -> bool:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner))


def _is_read(kind: pa.DataType) -> bool:
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
    is_day = pa.types.is_date(kind) or pa.types.is_timestamp(kind)
    is_decimal = pa.types.is_decimal(kind) and kind.byte_width <= MOST_WIDTH
    return bool(is_number or is_day or is_decimal or pa.types.is_null(kind) or _is_text(kind))


def _text(column: pa.ChunkedArray) -> list[str]:
    """The cells of a column of text without blanks around them; a missing one is empty."""
    cells: list[str] = []
    for chunk in column.chunks:
        codes = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        words = [" ".join((word or "").split("\n")).strip() for word in codes.dictionary.to_pylist()]
        cells += [words[code] if code is not None else "" for code in codes.indices.to_pylist()]
    return cells


def _numbers(marks: Missing) -> list[float]:
    """The marks of missing numbers that are numbers."""
    found = []
    for mark in marks:
        try:
            found.append(float(mark.replace("−", "-").replace(",", ".")))
        except ValueError:
            continue
    return found


def _column(name: str, column: pa.ChunkedArray, gone: Sequence[float]) -> Column:
    """A column of numbers, days or truth values; what is missing or not finite stands among the gaps."""
    if pa.types.is_null(column.type):
        return Column(name=name, kind="empty", values=np.full(len(column), np.nan))
    if pa.types.is_boolean(column.type):
        values = _floats(column.cast(pa.int8()))
        whole = np.unique(values[np.isfinite(values)]).size == 2
        gaps = tuple(Gap(int(at) + 1, "", "missing") for at in np.flatnonzero(np.isnan(values)) if whole)
        kind, names = ("classes", ("false", "true")) if whole else ("text", ())
        return Column(name=name, kind=kind, values=values, gaps=gaps, names=names)
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return _days(name, column)
    values = _floats(column)
    away = np.isnan(values) | np.isin(values, list(gone))
    lost = np.isinf(values)
    gaps = [Gap(int(at) + 1, _cell(float(values[at])), "missing") for at in np.flatnonzero(away)]
    gaps += [Gap(int(at) + 1, _cell(float(values[at])), "large") for at in np.flatnonzero(lost)]
    return Column(name=name, kind="number", values=np.where(away | lost, np.nan, values), gaps=tuple(sorted(gaps)))


def _days(name: str, column: pa.ChunkedArray) -> Column:
    if pa.types.is_timestamp(column.type):
        days = _floats(column.cast(pa.timestamp("us"), safe=False).cast(pa.int64())) / DAY
    else:
        days = _floats(column.cast(pa.date32(), safe=False).cast(pa.int32()))
    days = days + EPOCH
    far = (days < 0) | (days >= LAST_DAY)
    gaps = [Gap(int(at) + 1, "", "missing") for at in np.flatnonzero(np.isnan(days))]
    gaps += [Gap(int(at) + 1, *_cells(column.slice(int(at), 1)), "date") for at in np.flatnonzero(far)]
    days[far] = np.nan
    first = np.floor(np.nanmin(days)) if np.isfinite(days).any() else 0.0
    return Column(name=name, kind="date", values=days - first, gaps=tuple(sorted(gaps)), since=day_name(float(first)))


def _floats(column: pa.ChunkedArray) -> Array:
    """The numbers of a column, nan where there is none."""
    values: Array = np.array(column.cast(pa.float64(), safe=False).to_numpy(), dtype=float)
    return values


def _cells(column: pa.ChunkedArray) -> list[str]:
    """The values of a column as they stand in the file; Arrow has a name for days beyond the calendar too."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.string())
    return [_cell(value) for value in column.to_pylist()]


def _cell(value: object) -> str:
    """A value as it stands in the file, in words."""
    missing = value is None or value != value
    return "" if missing else str(value)
