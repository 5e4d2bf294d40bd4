"""Dates as days, by the proleptic Gregorian calendar."""

import re
from collections.abc import Iterable
from datetime import date

DAY_FIRST, MONTH_FIRST = "day first", "month first"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIME = r"(?:[T ]\s?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
DATE = re.compile(
    r"(?:(?P<year>\d{4})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<then>\d{4})"
    r"|(?P<of>\d{1,2})[ -](?P<named>[A-Za-z]{3,9})\.?,?[ -](?P<in>\d{4})"
    r"|(?P<name>[A-Za-z]{3,9})\.? (?P<on>\d{1,2}),? (?P<at>\d{4})" + ")" + TIME,
    re.ASCII,
)


def looks_dated(cell: str) -> bool:
    """Whether a cell has the form of a date."""
    return DATE.fullmatch(cell) is not None


def orders(cells: Iterable[str]) -> set[str]:
    """Which orders of day and month the cells show: none where every date is one in both."""
    shown = set()
    for cell in cells:
        found = DATE.fullmatch(cell)
        if found and found["one"]:
            if found["mark"] == "." or int(found["one"]) > 12:
                shown.add(DAY_FIRST)
            elif int(found["two"]) > 12:
                shown.add(MONTH_FIRST)
    return shown


def in_both_orders(cell: str) -> bool:
    """Whether a cell is one date with the day first and another with the month first."""
    found = DATE.fullmatch(cell)
    return bool(found and found["one"] and found["mark"] != "." and found["one"] != found["two"]) and not orders([cell])


def day(cell: str, order: str) -> float | None:
    """The days since 1 January of the year 1, with the time as a fraction; None where the cell is no date.

    >>> day("1.2.0001", "day first"), day("2/1/0001 12:00", "month first")
    (31.0, 31.5)
    """
    found = DATE.fullmatch(cell)
    if found is None:
        return None
    if found["year"]:
        parts = found["year"], found["month"], found["day"]
    elif found["one"]:
        month_first = order == MONTH_FIRST and found["mark"] != "."
        parts = found["then"], *((found["one"], found["two"]) if month_first else (found["two"], found["one"]))
    else:
        named = (found["named"] or found["name"])[:3].lower()
        month = str(MONTHS.index(named) + 1) if named in MONTHS else "0"
        parts = found["in"] or found["at"], month, found["of"] or found["on"]
    try:
        whole = date(*map(int, parts)).toordinal() - 1
    except ValueError:
        return None
    if found["hour"] is None:
        return float(whole)
    hour, minute, second = int(found["hour"]), int(found["minute"]), float(found["second"] or 0)
    if hour > 23 or minute > 59 or second >= 60:
        return None
    return whole + ((hour * 60 + minute - _zone(found["zone"])) * 60 + second) / 86400


def day_name(days: float) -> str:
    """The date of so many days.

    >>> day_name(31.5)
    '0001-02-01'
    """
    return date.fromordinal(int(days // 1) + 1).isoformat()


def _zone(text: str | None) -> int:
    """Minutes east of Greenwich."""
    if text is None or text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return -minutes if text[0] == "-" else minutes
