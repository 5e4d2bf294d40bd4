"""The data in a table that someone brings: its columns as inputs and target, and what becomes of every other row."""

from collections.abc import Sequence

import numpy as np

from landscapes.from_data.data_sets import DataSet
from landscapes.from_data.labels import label
from landscapes.from_data.reading import Column, Reading, plain_name
from landscapes.landscape import Array
from words import Message, listed_later, mark, message, message_n

OWN = mark("Your table")
NUMBERS = ("number", "date")  # kinds of column that may be inputs


def points(reading: Reading, inputs: Sequence[str], target: str, name: str = OWN) -> DataSet:
    """Columns of numbers as inputs and target, in the rows where all of them are numbers.

    >>> from landscapes import read_table
    >>> points(read_table(b"height;weight\\n1,75;70\\n1,62;55"), ["height"], "weight").target.tolist()
    [70.0, 55.0]

    Raises:
        ValueError: a question is open, a column is of text, or fewer than two rows are left.
    """
    return _data(reading, inputs, target, NUMBERS, name)


def classes(reading: Reading, inputs: Sequence[str], target: str, name: str = OWN) -> DataSet:
    """The same with a target of two values: the smaller number, or the first name in the alphabet, is class 0.

    Raises:
        ValueError: as of `points`, or the target has not exactly two values.
    """
    data = _data(reading, inputs, target, (*NUMBERS, "classes"), name)
    values = np.unique(data.target)
    if values.size != 2:
        raise ValueError(
            message(
                "A classifier needs a target of two classes, and “{name}” has {count} different values.",
                name=data.labels[-1],
                count=f"{values.size:,}",
            )
        )
    column = reading.column(target)
    ends = column.names or tuple(f"{value:g}" for value in values)
    *inputs, kind = (each.in_link() for each in data.labels)
    named = kind if ends == ("0", "1") else f"{kind}, 1 = {ends[1]}"
    return own_data(np.vstack([data.inputs, data.target == values[1]]), [*inputs, named], name)


def left_out(reading: Reading, columns: Sequence[str]) -> list[Message]:
    """What is left out where these columns are used: each reason with the lines of the file and the first such cell."""
    sentences = []
    rows: dict[str, list[int]] = {}
    for row in reading.bad_rows:
        rows.setdefault(str(row.reason), []).append(row.line)
    for reason, lines in rows.items():
        sentences.append(
            message_n(
                "{count} line is left out, for {reason}: {lines}.",
                "{count} lines are left out, for {reason}: {lines}.",
                len(lines),
                lines=spans(lines),
                reason=reason,
            )
        )
    for name in columns:
        gaps: dict[str, list[int]] = {}
        first: dict[str, str] = {}
        for gap in reading.column(name).gaps:
            gaps.setdefault(gap.why, []).append(gap.line)
            first.setdefault(gap.why, gap.cell)
        sentences += [_gaps(why, name, first[why], lines) for why, lines in gaps.items()]
    return sentences


def own_data(numbers: Array, labels: Sequence[str], name: str = OWN) -> DataSet:
    """Somebody's own numbers as data: rows of inputs, and the target in the last row.

    Raises:
        ValueError: a number that is not finite.
    """
    table = np.asarray(numbers, dtype=float)
    if not np.isfinite(table).all():
        raise ValueError(message("a table needs finite numbers"))
    usual = ("x", "y") if len(table) == 2 else ("x₁", "x₂", "y")
    return DataSet(
        name=plain_name(name) or OWN,
        inputs=table[:-1],
        target=table[-1],
        labels=tuple(label(plain_name(text) or other) for text, other in zip(labels, usual, strict=True)),
        about=mark("Your own data."),
    )


def spans(lines: Sequence[int]) -> Message:
    """Numbers in ascending order, in a row as one span.

    >>> str(spans([3, 4, 5, 9]))
    '3–5, 9'
    """
    ends: list[list[int]] = []
    for line in lines:
        if ends and line == ends[-1][1] + 1:
            ends[-1][1] = line
        else:
            ends.append([line, line])
    return listed_later(f"{low}" if low == high else f"{low}–{high}" for low, high in ends)


def _data(reading: Reading, inputs: Sequence[str], target: str, targets: Sequence[str], name: str) -> DataSet:
    """The columns in the rows where all of them have a value; the target is of one of some kinds."""
    if reading.questions:
        raise ValueError(reading.questions[0].sentence)
    columns = [reading.column(column) for column in (*inputs, target)]
    for column in columns:
        if column.kind not in (targets if column is columns[-1] else NUMBERS):
            raise ValueError(message("The column “{name}” has no numbers.", name=column.name))
    values = np.array([column.values for column in columns])
    whole = values[:, np.isfinite(values).all(axis=0)]
    if whole.shape[1] < 2:
        count = whole.shape[1]
        raise ValueError(
            message("Two rows with numbers in every chosen column are needed, and there are {count}.", count=count)
        )
    return own_data(whole, [_label(column) for column in columns], name)


def _label(column: Column) -> str:
    """The name of a column with what its numbers count."""
    return f"{column.name}, days since {column.since}"[:40] if column.since else column.name


def _gaps(why: str, name: str, cell: str, lines: list[int]) -> Message:
    """Which lines are left out for one reason, and what stands in the first of them."""
    count, where = len(lines), spans(lines)
    if why == "missing":
        return message_n(
            "{count} line is left out, for “{name}” is missing: {lines}.",
            "{count} lines are left out, for “{name}” is missing: {lines}.",
            count,
            lines=where,
            name=name,
        )
    if why == "marks":
        return message_n(
            "{count} line is left out, for marks in “{name}” do not fit the others, such as in “{cell}”: {lines}.",
            "{count} lines are left out, for marks in “{name}” do not fit the others, such as in “{cell}”: {lines}.",
            count,
            lines=where,
            name=name,
            cell=cell,
        )
    if why == "large":
        return message_n(
            "{count} line is left out, for “{name}” is not finite, such as “{cell}”: {lines}.",
            "{count} lines are left out, for “{name}” is not finite, such as “{cell}”: {lines}.",
            count,
            lines=where,
            name=name,
            cell=cell,
        )
    if why == "unit":
        return message_n(
            "{count} line is left out, for “{name}” has not the unit of the others, such as “{cell}”: {lines}.",
            "{count} lines are left out, for “{name}” has not the unit of the others, such as “{cell}”: {lines}.",
            count,
            lines=where,
            name=name,
            cell=cell,
        )
    if why == "date":
        return message_n(
            "{count} line is left out, for “{name}” is no date, such as “{cell}”: {lines}.",
            "{count} lines are left out, for “{name}” is no date, such as “{cell}”: {lines}.",
            count,
            lines=where,
            name=name,
            cell=cell,
        )
    return message_n(
        "{count} line is left out, for “{name}” is no number, such as “{cell}”: {lines}.",
        "{count} lines are left out, for “{name}” is no number, such as “{cell}”: {lines}.",
        count,
        lines=where,
        name=name,
        cell=cell,
    )
