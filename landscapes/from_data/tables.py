"""A table that someone brings, as CSV: read with bounded memory, and every row that cannot be used is named."""

import csv
import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from landscapes.from_data.data_sets import DataSet

OWN = "Your table"
MOST_BYTES = 2_000_000
MOST_COLUMNS = 200
LARGEST = 1e5  # of a number: what lies farther out belongs in larger units
NAMED = 5  # bad rows whose cell is repeated
SHOWN = 40  # characters of a name or a cell that are repeated
LOOK = 50  # rows by which a column is judged to hold numbers


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a name for each column; its cells are read only when two of the columns are asked for."""

    text: str
    delimiter: str
    columns: tuple[str, ...]
    headed: bool  # whether the first row holds the names
    numeric: tuple[str, ...]  # columns that hold a number in most of the first rows


def read_table(content: bytes) -> Table:
    """The columns of a CSV file, separated by comma, semicolon or tab; a semicolon allows decimal commas.

    >>> read_table(b"height;weight\\n1,75;70\\n1,62;55").numeric
    ('height', 'weight')

    Raises:
        ValueError: a sentence that says why the file is of no use.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"The file has {len(content):,} bytes; at most {MOST_BYTES:,} are read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"Row {row} is not in UTF-8: save the file as CSV in UTF-8 and try again.") from error
    if not text.strip():
        raise ValueError("The file is empty.")
    if "\x00" in text:
        raise ValueError("The file is not text: a table is needed as CSV, such as a spreadsheet exports.")
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    if first.count(delimiter) >= MOST_COLUMNS:
        raise ValueError(f"The table has {first.count(delimiter) + 1:,} columns; at most {MOST_COLUMNS} are read.")
    rows = _rows(text, delimiter)
    _, head = next(rows, (0, []))
    if not head:
        raise ValueError("The file is empty.")
    headed = any(number(cell, delimiter) is None for cell in head)
    names = [plain_name(cell) or f"column {i}" for i, cell in enumerate(head, 1)]
    if not headed:
        names = [f"column {i}" for i in range(1, len(head) + 1)]
    columns = tuple(name if name not in names[:i] else f"{name} ({i + 1})" for i, name in enumerate(names))
    sample = [row for _, (_, row) in zip(range(LOOK), rows, strict=False)] + ([] if headed else [head])
    if not sample:
        raise ValueError("The table has a row of names and nothing below it.")
    hits = [sum(i < len(row) and number(row[i], delimiter) is not None for row in sample) for i in range(len(columns))]
    numeric = tuple(name for name, count in zip(columns, hits, strict=True) if 2 * count > len(sample))
    if len(numeric) < 2:
        found = f"only “{numeric[0]}” does" if numeric else "none does"
        raise ValueError(f"Two columns with numbers are needed, and of {len(columns)} columns {found}.")
    return Table(text=text, delimiter=delimiter, columns=columns, headed=headed, numeric=numeric)


def points(table: Table, x: str, y: str, name: str = OWN) -> tuple[DataSet, str]:
    """Two columns as data, and a sentence that names every row left out, "" where none is.

    Raises:
        ValueError: fewer than two rows can be used.
    """
    across, up = (table.columns.index(name) for name in (x, y))
    good = array("d")
    bad: list[int] = []
    reasons: list[str] = []
    rows = _rows(table.text, table.delimiter)
    if table.headed:
        next(rows)
    for line, row in rows:
        cells = [row[i].strip() if i < len(row) else "" for i in (across, up)]
        pair = [number(cell, table.delimiter) for cell in cells]
        if pair[0] is not None and pair[1] is not None:
            good.extend((pair[0], pair[1]))
            continue
        bad.append(line)
        if len(reasons) < NAMED:
            wrong = cells[pair.index(None)]
            shown = wrong if len(wrong) <= SHOWN else wrong[: SHOWN - 1] + "…"
            reasons.append(f"row {line} has {f'“{shown}”' if wrong else 'nothing'} as {(x, y)[pair.index(None)]}")
    if len(good) < 4:
        few = f"A line needs two rows with numbers or more, and {len(good) // 2} can be used."
        raise ValueError(f"{few} {_left_out(bad, reasons)}".strip())
    return own_data(good[::2], good[1::2], (x, y), name), _left_out(bad, reasons)


def own_data(x: Sequence[float], y: Sequence[float], labels: tuple[str, str], name: str = OWN) -> DataSet:
    """Somebody's own points as data.

    Raises:
        ValueError: a number beyond ±1e5.
    """
    inputs, target = np.array([x], dtype=float), np.array(y, dtype=float)
    if not (np.abs(np.array([inputs[0], target])) <= LARGEST).all():
        raise ValueError(f"a table needs numbers within ±{LARGEST:,.0f}")
    words = plain_name(labels[0]) or "x", plain_name(labels[1]) or "y"
    return DataSet(name=plain_name(name) or OWN, inputs=inputs, target=target, labels=words, about="Your own data.")


def plain_name(text: str) -> str:
    """A name that is short and means nothing to a figure's markup or a link.

    >>> plain_name(" <b>size</b>, m")
    'b size /b , m'
    """
    kept = "".join(" " if c in "<>&~" or not c.isprintable() else c for c in text)
    return " ".join(kept.split())[:SHOWN]


def number(cell: str, delimiter: str) -> float | None:
    """A number within ±1e5; None for everything else."""
    text = cell.strip()
    if delimiter == ";":
        text = text.replace(",", ".")
    try:
        value = float(text) if len(text) <= SHOWN and "_" not in text else float("nan")
    except ValueError:
        return None
    return value if abs(value) <= LARGEST else None


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line on which each ends, counted from 1; blank ones are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(f"Row {reader.line_num} is not CSV: {error}.") from error
        if any(cell.strip() for cell in row):
            yield reader.line_num, row


def _left_out(bad: list[int], reasons: list[str]) -> str:
    """Which rows were left out and why: every one of them by number, the first with what stands there."""
    if not bad:
        return ""
    spans: list[list[int]] = []
    for line in bad:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    listed = ", ".join(f"{low}" if low == high else f"{low}–{high}" for low, high in spans)
    rows = f"{len(bad):,} rows were" if len(bad) > 1 else "1 row was"
    return f"{rows} left out, for there is no number within ±100,000: {'; '.join(reasons)}. Left out: {listed}."
