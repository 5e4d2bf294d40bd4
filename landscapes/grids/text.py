"""A grid or a path from text: a matrix of losses with or without its axes, or rows of x, y and loss."""

import re
from collections.abc import Iterator
from io import BytesIO

import numpy as np

from landscapes.grids.record import FINEST, MOST_NODES, LossGrid, TrainingPath, loss_grid, names_in, training_path
from landscapes.landscape import Array
from words import message

MOST_ROWS = 255**2 + 1  # of x, y and loss: a grid of 255 × 255, and a row of names
SEPARATORS = (b"\t", b";", b",")  # the first that occurs separates the cells; without any, blanks do
NOTHING = (b"", b"nan", b"null", b"na", b"none", b"-nan")
NUMBER = re.compile(rb"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?")
BESIDE = ("off_plane", "path_loss", "path_validation_loss", "steps")
PLAIN = re.compile(rb"[-+.0-9eE ]+")
SHOWN = 20  # characters of a cell that is no number
Row = list[bytes]


def read_text(content: bytes) -> LossGrid | TrainingPath:
    """Three columns of x, y and loss; a matrix whose first row is x and first column y; or a matrix of losses alone.

    Two columns, or a table with the columns x and y and no loss, are a path; off_plane, path_loss,
    path_validation_loss and steps may stand beside. Cells between semicolons or tabs may have decimal commas. Lines
    that begin with # are left out.

    Raises:
        ValueError: a sentence that says what is wrong, in which line.
    """
    if b"\0" in content:
        raise ValueError(
            message("The file is none of those that are read: NPZ, NPY, CSV, the JSON of LossLandscape, HDF5.")
        )
    if content.count(b"\n") > MOST_ROWS or content.count(b"\r") > MOST_ROWS:
        raise ValueError(message("The file has more than {most} lines.", most=f"{MOST_ROWS:,}"))
    lines = _lines(content)
    first = next(lines, None)
    if first is None:
        raise ValueError(message("The file has no rows."))
    separator = next((s for s in SEPARATORS if s in first[1]), None)
    comma = separator in (b";", b"\t")
    number, head = first[0], _cells(*first, separator)
    named = [cell.lower().decode("ascii", "replace") for cell in head]
    if {"x", "y"} <= set(names_in(named, ("x", "y")).values()):
        return _table(named, lines, separator, comma)
    width = len(head)
    corner = not _is_number(head[0], comma) or not head[0]
    rows = _matrix([] if corner else [_row(head, number, comma)], lines, width, separator, comma)
    if corner:
        rows = np.concatenate([_row([b"nan", *head[1:]], number, comma)[None], rows])
    while rows.shape[1] > 1 and np.isnan(rows[:, -1]).all():  # every line ends with a separator
        rows = rows[:, :-1]
    if corner or _has_axes(rows):
        return loss_grid({"x": rows[0, 1:], "y": rows[1:, 0], "loss": rows[1:, 1:]})
    if rows.shape[1] == 3:
        return _from_rows(rows.T)
    if rows.shape[1] == 2:
        return training_path({"path": rows.T})
    return loss_grid({"loss": rows})


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and text of every line that is not empty or a comment."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(BytesIO(text.replace(b"\r", b"\n") if b"\n" not in text else text), 1):
        stripped = line.strip(b" \r\n")
        if stripped and not stripped.startswith(b"#"):
            yield number, stripped


def _cells(number: int, line: bytes, separator: bytes | None) -> Row:
    """The cells of a line, which are counted before they are cut apart."""
    blanks = b" " if separator is None else separator
    if line.count(blanks) + (line.count(b"\t") if separator is None else 0) > 4 * MOST_NODES:
        raise ValueError(message("Line {line} has more than {most} cells.", line=number, most=MOST_NODES + 1))
    return [cell.strip(b' \t"') for cell in line.split(separator)]


def _is_number(cell: bytes, comma: bool) -> bool:
    text = (cell.replace(b",", b".") if comma else cell).lower()
    return text in NOTHING or NUMBER.fullmatch(text) is not None


def _row(cells: Row, number: int, comma: bool) -> Array:
    if not comma and PLAIN.fullmatch(b" ".join(cells)):
        try:
            return np.array(list(map(float, cells)))
        except ValueError:
            pass  # the loop below finds which cell it is
    values = np.empty(len(cells))
    for at, cell in enumerate(cells):
        text = (cell.replace(b",", b".") if comma else cell).lower()
        if text in NOTHING:
            values[at] = np.nan
        elif NUMBER.fullmatch(text):
            values[at] = float(text)
        else:
            raise ValueError(
                message(
                    "Line {line}: “{cell}” is no number.", line=number, cell=cell[:SHOWN].decode("ascii", "replace")
                )
            )
    return values


def _matrix(
    before: list[Array],
    lines: Iterator[tuple[int, bytes]],
    width: int,
    separator: bytes | None,
    comma: bool,
    kept: list[int] | None = None,
) -> Array:
    """All rows, each of the same width, or those columns of them that are wanted."""
    if width > MOST_NODES + 1:
        raise ValueError(message("A line has more than {most} cells.", most=MOST_NODES + 1))
    columns = list(range(width)) if kept is None else kept
    most = MOST_ROWS if len(columns) <= 7 else MOST_NODES + 1
    block, used = np.empty((64, len(columns))), len(before)
    if before:
        block[0] = before[0]
    for number, line in lines:
        cells = _cells(number, line, separator)
        if len(cells) != width:
            raise ValueError(
                message(
                    "Line {line} has {count} cells, and the first {width}.", line=number, count=len(cells), width=width
                )
            )
        if used == most:
            raise ValueError(message("The file has more than {most} lines.", most=f"{most:,}"))
        if used == len(block):
            block = np.concatenate([block, np.empty((min(used, most - used), len(columns)))])
        block[used] = _row([cells[at] for at in columns], number, comma)
        used += 1
    return block[:used]


def _has_axes(rows: Array) -> bool:
    """Whether a matrix has its axes in the first row and column, with nothing in the corner."""
    steps = [np.diff(axis) for axis in (rows[0, 1:], rows[1:, 0])]
    return bool(np.isnan(rows[0, 0]) and all(((each > 0).all() or (each < 0).all()) and each.size for each in steps))


def _nodes(column: Array) -> tuple[Array, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """The different numbers of a column, ascending, and which of them each is; those that rounding parts are one."""
    values, place = np.unique(column, return_inverse=True)
    apart = np.append(True, np.diff(values) > FINEST * (values[-1] - values[0]))
    return values[apart], (np.cumsum(apart) - 1)[place]


def _from_rows(columns: Array) -> LossGrid:
    (x, column), (y, row) = (_nodes(each) for each in columns[:2])
    if max(x.size, y.size) > MOST_NODES or np.unique(row * x.size + column).size < columns.shape[1]:
        raise ValueError(
            message(
                "The rows of x, y and loss name {x} × {y} nodes, more than {most} along an axis or one of them twice.",
                x=x.size,
                y=y.size,
                most=MOST_NODES,
            )
        )
    loss = np.full((y.size, x.size), np.nan)
    loss[row, column] = columns[2]
    return loss_grid({"x": x, "y": y, "loss": loss})


def _table(
    names: list[str], lines: Iterator[tuple[int, bytes]], separator: bytes | None, comma: bool
) -> LossGrid | TrainingPath:
    if len(set(names)) < len(names) or len(names) > 16:
        raise ValueError(message("The file has two columns of the same name, or more than 16."))
    ours = names_in(names, ("x", "y", "loss", *BESIDE))
    kept = [at for at, name in enumerate(names) if name in ours]
    rows = _matrix([], lines, len(names), separator, comma, kept)
    if not rows.size:
        raise ValueError(message("The file has no rows."))
    columns = dict(zip((ours[names[at]] for at in kept), rows.T, strict=True))
    if "loss" in columns:
        return _from_rows(np.array([columns["x"], columns["y"], columns["loss"]]))
    return training_path({"path": np.array([columns["x"], columns["y"]]), **columns})
