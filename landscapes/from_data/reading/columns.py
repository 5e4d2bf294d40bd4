"""The cells of a table as columns of numbers, days since a date, or two classes."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscapes.from_data.reading.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    day,
    day_name,
    in_both_orders,
    looks_dated,
    orders,
)
from landscapes.from_data.reading.numerals import (
    MARKS,
    MISSING,
    SIMPLE,
    Numeral,
    are_numbers,
    marks,
    numeral,
    numeral_reader,
    numeral_values,
    plain_numbers,
)
from landscapes.from_data.reading.record import Choice, Column, Gap, Question, shortened
from words import message

Cells = Sequence[str]
LOOK = 2000  # cells of a column by which its kind is judged


class Marks(NamedTuple):
    """How numbers and dates are written in a table."""

    decimal: str
    thousands: str
    dates: str
    questions: tuple[Question, ...]


def marks_of(
    columns: Sequence[tuple[str, Cells]], decimal: str | None, thousands: str | None, dates: str | None
) -> Marks:
    """The marks that columns of known kinds show together, or those that are given."""
    numbers = [cells for kind, cells in columns if kind == "number"]
    shown = marks("\n".join("\n".join(cells) for cells in numbers), decimal)
    questions = []
    if decimal is None and thousands in MARKS:
        decimal = "." if thousands == "," else ","
    if decimal is None and thousands == "" and len(shown.certain) != 1 and shown.either:
        decimal = "," if "," in shown.either else "."
    if decimal is None:
        decimal = next(iter(sorted(shown.certain, reverse=True)), ".")
        if len(shown.certain) == 2 or (not shown.certain and shown.either):
            questions.append(_about_decimal(numbers, shown.either if not shown.certain else ""))
    if thousands is None:
        thousands = next((group for group in shown.groups if group != decimal), "")
    days = list(dict.fromkeys(cell for kind, cells in columns if kind == "date" for cell in cells))
    found = orders(days)
    either = next((cell for cell in days if in_both_orders(cell)), "")
    if dates is None:
        dates = DAY_FIRST if DAY_FIRST in found else MONTH_FIRST if found else ""
        if len(found) == 2 or (not found and either):
            dates = DAY_FIRST
            questions.append(_about_dates(either or next(cell for cell in days if orders([cell]))))
    return Marks(decimal, thousands, dates, tuple(questions))


def read_column(name: str, kind: str, cells: Cells, lines: Sequence[int], shown: Marks, missing: Cells) -> Column:
    """One column of a known kind."""
    if kind == "number":
        return _numbers(name, cells, lines, shown, missing)
    if kind == "date":
        return _days(name, cells, lines, shown, missing)
    gone = [cell.casefold() in MISSING or cell in missing for cell in cells]
    there = sorted({cell for cell, away in zip(cells, gone, strict=True) if not away})
    written = {cell: cell for cell in there}
    if len(there) != 2:  # yes, Yes and no are two
        first: dict[str, str] = {}
        written = {cell: first.setdefault(cell.casefold(), cell) for cell in there}
        there = sorted(first.values())
    if kind == "empty" or len(there) != 2:
        return Column(name=name, kind=kind, values=np.full(len(cells), math.nan))
    place = {cell: there.index(name) for cell, name in written.items()}
    values = np.array([math.nan if away else place[cell] for cell, away in zip(cells, gone, strict=True)])
    gaps = tuple(Gap(at, cell, "missing") for at, cell, away in zip(lines, cells, gone, strict=True) if away)
    return Column(name=name, kind="classes", values=values, gaps=gaps, names=tuple(map(shortened, there)))


def kind_of(cells: Cells) -> str:
    """What most cells that are not missing are: number, date or text; empty where all are missing.

    Of many cells it is judged by some, evenly taken, unless all of those are missing.
    """
    if len(cells) > 2 * LOOK:
        kind = kind_of(cells[:: len(cells) // LOOK])
        if kind != "empty":
            return kind
    numbers = are_numbers(cells)
    if numbers == len(cells):
        return "number"
    there = [cell for cell in cells if cell.casefold() not in MISSING]
    if not there:
        return "empty"
    if 2 * numbers > len(there):
        return "number"
    return "date" if 2 * sum(map(looks_dated, there)) > len(there) else "text"


def _numbers(name: str, cells: Cells, lines: Sequence[int], shown: Marks, missing: Cells) -> Column:
    gone = numeral_values(missing, shown.decimal, shown.thousands)
    plain = plain_numbers(cells, shown.decimal)
    if plain is not None:
        away = np.isnan(plain) | np.isin(plain, gone)
        unit, why, read = "", dict.fromkeys(np.flatnonzero(away).tolist(), "missing"), plain.tolist()
    else:
        form, simple = numeral_reader(shown.decimal, shown.thousands), SIMPLE[shown.decimal]
        worth = {}
        for cell in set(cells):
            quick = float(cell.replace(",", ".")) if simple.fullmatch(cell) else math.inf
            number = Numeral(quick) if math.isfinite(quick) else numeral(cell, form)
            worth[cell] = _worth(cell, number, gone, missing)
        units = Counter(worth[cell].unit for cell in cells)
        unit = next((u for u, _ in units.most_common() if u), "")
        why = {at: found for at, cell in enumerate(cells) if (found := worth[cell].why or _strange(worth[cell], unit))}
        read = [worth[cell].value for cell in cells]
    values = np.array(read)
    values[list(why)] = math.nan
    gaps = tuple(Gap(int(lines[at]), shortened(cells[at]), found) for at, found in why.items())
    return Column(name=name, kind="number", values=values, gaps=gaps, unit=unit)


def _worth(cell: str, found: Numeral, gone: Sequence[float], missing: Cells) -> Numeral:
    if cell.casefold() in MISSING or cell in missing:
        return Numeral(math.nan, why="missing")
    return Numeral(math.nan, why="missing") if found.value in gone else found


def _strange(found: Numeral, unit: str) -> str:
    """Whether a number has another unit than its column, or none where the others are per cent."""
    other = found.unit != unit and (found.unit or (unit == "%" and found.value != 0))
    return "unit" if other else ""


def _days(name: str, cells: Cells, lines: Sequence[int], shown: Marks, missing: Cells) -> Column:
    each = {cell: day(cell, shown.dates) for cell in set(cells)}
    days = [each[cell] for cell in cells]
    gaps = tuple(
        Gap(int(at), shortened(cell), "missing" if cell.casefold() in MISSING or cell in missing else "date")
        for at, cell, found in zip(lines, cells, days, strict=True)
        if found is None
    )
    first = math.floor(min((found for found in days if found is not None), default=0.0))
    values = np.array([math.nan if found is None else found - first for found in days])
    return Column(name=name, kind="date", values=values, gaps=gaps, since=day_name(first))


def _about_decimal(columns: Sequence[Cells], either: str) -> Question:
    """Which mark is the decimal mark, and what a cell is worth with each."""
    if not either:
        return Question(
            "decimal",
            message("Some numbers have a decimal point, others a decimal comma. Those that do not fit are left out."),
            (Choice(",", message("decimal comma")), Choice(".", message("decimal point"))),
        )
    worth = {mark: numeral(either, numeral_reader(mark, other)).value for mark, other in (MARKS, MARKS[::-1])}
    choices = (
        Choice(mark, message("{cell} is {worth}", cell=shortened(either), worth=_written(worth[mark])))
        for mark in (",", ".")
    )
    return Question(
        "decimal",
        message("The mark in “{cell}” may be a decimal mark or one of thousands.", cell=shortened(either)),
        tuple(choices),
    )


def _written(value: float) -> str:
    """A number in our own marks."""
    return f"{value:.10g}".replace("-", "−")


def _about_dates(cell: str) -> Question:
    readings = {order: day(cell, order) for order in (DAY_FIRST, MONTH_FIRST)}
    choices = (
        Choice(order, message("{cell} is {day}", cell=cell, day="—" if found is None else day_name(found)))
        for order, found in readings.items()
    )
    return Question(
        "dates", message("Dates such as “{cell}” may have the day or the month first.", cell=cell), tuple(choices)
    )
