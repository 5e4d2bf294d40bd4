"""Dates as days, by the proleptic Gregorian calendar."""

import re
from collections.abc import Iterable
from datetime import date

DAY_FIRST, MONTH_FIRST = "day first", "month first"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = rf"(?i:(?:{'|'.join(MONTHS)})[a-z]{{0,6}})"
TIME = r"(?:[T ]\s?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
DATE = re.compile(
    r"(?:(?P<year>\d{4})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<then>\d{4})"
    rf"|(?P<of>\d{{1,2}})[ -](?P<named>{NAMED})\.?,?[ -](?P<in>\d{{4}})"
    rf"|(?P<name>{NAMED})\.? (?P<on>\d{{1,2}}),? (?P<at>\d{{4}})"
    rf"|(?P<of_short>\d{{1,2}})-(?P<named_short>{NAMED})-(?P<in_short>\d{{2}})"  # as Excel and Oracle write it
    r"|(?P<months_year>\d{4})[-/](?P<number>0[1-9]|1[0-2])"
    rf"|(?P<alone>{NAMED})\.?[ -](?P<its_year>\d{{4}})"
    r"|(?P<chinese>\d{4})年(?P<its_month>\d{1,2})月(?:(?P<its_day>\d{1,2})[日号號])?" + ")" + TIME,
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

    A month alone, as in 2020-01, stands for its first day, and a year of two digits for one from 1969 to 2068 (POSIX).

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
    elif found["chinese"]:
        parts = found["chinese"], found["its_month"], found["its_day"] or "1"
    elif found["months_year"]:
        parts = found["months_year"], found["number"], "1"
    elif found["alone"]:
        parts = found["its_year"], _month(found["alone"]), "1"
    elif found["named_short"]:
        parts = _century(found["in_short"]), _month(found["named_short"]), found["of_short"]
    else:
        parts = found["in"] or found["at"], _month(found["named"] or found["name"]), found["of"] or found["on"]
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


def _month(name: str) -> str:
    """The number of a month by the first letters of its name."""
    return str(MONTHS.index(name[:3].lower()) + 1)


def _century(year: str) -> str:
    """A year of two digits, as POSIX reads it."""
    return ("19" if int(year) >= 69 else "20") + year


def _zone(text: str | None) -> int:
    """Minutes east of Greenwich."""
    if text is None or text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return -minutes if text[0] == "-" else minutes
