"""Numbers as people write them: which marks a table has in them, and what a cell is worth under these marks."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from landscapes.landscape import Array

MARKS = (".", ",")  # each may be the decimal mark, and the other then one of thousands
SPACES = " \u00a0\u2007\u2009\u202f"
GROUPS = {" ": f"[{SPACES}]", "'": "['’]", ".": r"\.", ",": ","}  # marks of thousands, as they are found
GROUP_MARKS = {" ": SPACES, "'": "'’", ".": ".", ",": ","}
MINUS = "−–﹣－-"
SIGNS = r"+−–﹣－\-"  # within the brackets of a pattern
CURRENCIES = ("$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF", "JPY")
MONEY = "|".join(map(re.escape, CURRENCIES))
BEFORE = rf"(?:(?P<bracket>\()?\s*(?P<sign>[{SIGNS}])?\s*(?P<left>{MONEY})?\s*(?P<inner>[{SIGNS}])?\s*)"
POWER_OF_TEN = rf"(?:[eE]|[dD](?=[{SIGNS}]))"  # Fortran writes 1.5D+02
INDIAN = r"[1-9]\d?(?:,\d{2})+,\d{3}"  # 12,34,567: thousands, then pairs
AFTER = rf"(?:{POWER_OF_TEN}(?P<exponent>[{SIGNS}]?\d+))?\s*(?P<right>%|{MONEY})?\s*\)?"
MISSING = frozenset(
    {"", "?", "-", "--", "---", "–", "—", "−", ".", "..", "...", "…", "*", "na", "n/a", "n.a.", "#n/a", "#na", "nan"}
    | {"-nan", "null", "none", "nil", "missing", "\\n", "<na>", "nat"}
    | {"#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"}  # of a spreadsheet
)


def _line(body: str) -> "re.Pattern[str]":
    """Finds cells of one form among cells that are joined by line breaks."""
    around = rf"(?:[({SPACES}{SIGNS}]|{MONEY})*"
    behind = rf"(?:[{SPACES})%]|{MONEY})*"
    return re.compile(rf"^(?=[^\n]*\d){around}{body}{behind}$", re.MULTILINE | re.ASCII)


POWER = rf"(?:{POWER_OF_TEN}[{SIGNS}]?\d+)"
LOOSE = _line(rf"(?:\d{{1,3}}(?:[.,'’{SPACES}]\d{{3}})+|{INDIAN}|\d+)?(?:[.,]\d*)?(?<=[\d.,]){POWER}?")


def _certain(mark: str, other: str) -> "re.Pattern[str]":
    """Cells in which the mark can be no mark of thousands, or the other no decimal mark."""
    m, o = re.escape(mark), re.escape(other)
    in_pairs = rf"|{INDIAN}(?:{m}\d*)?" if other == "," else ""
    return _line(
        rf"(?:(?:0\d*|\d{{4,}}|){m}\d+{POWER}?|\d+{m}(?:\d{{0,2}}|\d{{4,}}){POWER}?|\d+{m}\d+{POWER}"
        rf"|[1-9]\d{{0,2}}(?:[{o}'’{SPACES}]\d{{3}})+{m}\d*{POWER}?|[1-9]\d{{0,2}}(?:{o}\d{{3}}){{2,}}"
        rf"{in_pairs})"
    )


CERTAIN = {mark: _certain(mark, other) for mark, other in (MARKS, MARKS[::-1])}
EITHER = {mark: _line(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}") for mark in MARKS}
GROUPED = {
    group: _line(rf"(?:[1-9]\d{{0,2}}(?:{found}\d{{3}})+{f'|{INDIAN}' if group == ',' else ''})(?:[.,]\d*)?")
    for group, found in GROUPS.items()
}
PLAIN = re.compile(r"[-+0-9.eE\n]*")
WHOLE = re.compile(r"[-+0-9\n]*")
SIMPLE = {mark: re.compile(rf"[-+]?\d+(?:{re.escape(mark)}\d*)?", re.ASCII) for mark in MARKS}
ALL_SIMPLE = re.compile(r"(?:(?:[-+]?\d++(?:[.,]\d*+)?+)?+\n)*+", re.ASCII)  # or empty


class Marks(NamedTuple):
    """What the cells show of their marks."""

    certain: frozenset[str]  # marks that are the decimal mark beyond doubt
    either: str  # a cell that is a number with either decimal mark, and not the same; "" where there is none
    groups: tuple[str, ...]  # marks that stand where one of thousands would, most frequent first


def are_numbers(cells: Sequence[str]) -> int:
    """How many cells look like numbers, whatever their marks."""
    text = "\n".join(cells)
    return len(cells) - cells.count("") if ALL_SIMPLE.fullmatch(f"{text}\n") else len(LOOSE.findall(text))


def looks_numeric(cell: str) -> bool:
    """Whether a cell looks like a number, whatever its marks."""
    return bool(cell) and LOOSE.fullmatch(cell) is not None


def marks(text: str, decimal: str | None = None) -> Marks:
    """What the cells of numbers, each in a line of its own, show together.

    Only what matters is looked for: no cell is ambiguous where one is certain, and no decimal mark groups thousands.

    Args:
        decimal: the mark, if it is given.
    """
    if WHOLE.fullmatch(text):
        return Marks(frozenset(), "", ())
    certain = frozenset(mark for mark in MARKS if _may_be_certain(mark, text) and CERTAIN[mark].search(text))
    either = ""
    if len(certain) != 1:
        either = next((found[0] for mark in MARKS if mark in text and (found := EITHER[mark].search(text))), "")
    known = {decimal} if decimal else certain if len(certain) == 1 else set()
    there = [group for group in GROUPS if group not in known and any(c in text for c in GROUP_MARKS[group])]
    counts = {group: len(GROUPED[group].findall(text)) for group in there}
    return Marks(certain, either, tuple(sorted((g for g in there if counts[g]), key=lambda g: -counts[g])))


def _may_be_certain(mark: str, text: str) -> bool:
    """Whether the pattern of a certain mark can be in a text: the mark is there, or the other one groups thousands."""
    other = MARKS[mark == MARKS[0]]
    return mark in text or re.search(rf"{re.escape(other)}\d{{2,3}}{re.escape(other)}", text, re.ASCII) is not None


class Numeral(NamedTuple):
    """What a cell is worth."""

    value: float  # nan where it is no number
    unit: str = ""
    why: str = ""  # one of REASONS where it is no number


def numeral_reader(decimal: str, thousands: str) -> "re.Pattern[str]":
    """The form of a number under these marks."""
    d = re.escape(decimal)
    grouped = rf"[1-9]\d{{0,2}}(?:{GROUPS[thousands]}\d{{3}})+|" if thousands else ""
    grouped += f"{INDIAN}|" if thousands == "," else ""
    return re.compile(rf"{BEFORE}(?P<whole>{grouped}\d+|)(?:{d}(?P<part>\d*))?{AFTER}", re.ASCII)


def numeral(cell: str, form: "re.Pattern[str]") -> Numeral:
    """A cell as a number; with % it is in hundredths, in brackets it is negative, as bookkeepers write.

    >>> form = numeral_reader(",", ".")
    >>> numeral("−1.234,5 €", form).value, numeral("12,5 %", form).value, numeral("1.5", form).why
    (-1234.5, 0.125, 'marks')
    """
    found = form.fullmatch(cell)
    if found is None or not (found["whole"] or found["part"]) or bool(found["bracket"]) != cell.endswith(")"):
        return Numeral(math.nan, why="marks" if looks_numeric(cell) else _why_not(cell))
    signs = [sign for sign in (found["sign"], found["inner"]) if sign]
    units = [unit for unit in (found["left"], found["right"]) if unit]
    if len(signs) + bool(found["bracket"]) > 1 or len(set(units)) > 1:
        return Numeral(math.nan, why="text")
    negative = bool(found["bracket"]) or (bool(signs) and signs[0] in MINUS)
    power = int(re.sub("[−–﹣－]", "-", found["exponent"] or "0")) if len(found["exponent"] or "") < 9 else 10**9
    unit = units[0] if units else ""
    digits = "".join(c for c in found["whole"] if c.isdigit())
    value = float(f"{digits or 0}.{found['part'] or 0}e{power - 2 if unit == '%' else power}")
    if not math.isfinite(value):
        return Numeral(math.nan, why="large")
    return Numeral(-value if negative else value, unit)


def numeral_values(marks: Sequence[str], decimal: str, thousands: str) -> list[float]:
    """The numbers among some marks, under the marks of a table and under our own."""
    forms = numeral_reader(decimal, thousands), numeral_reader(".", "")
    worth = {numeral(mark, form).value for mark in marks for form in forms}
    return [value for value in worth if math.isfinite(value)]


def plain_numbers(cells: Sequence[str], decimal: str) -> Array | None:
    """All cells at once where they are nothing but digits, signs and the decimal mark; None where they are not.

    A cell without anything is nan.
    """
    text = "\n".join(cells)
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    if not PLAIN.fullmatch(text):
        return None
    texts = text.split("\n")
    blank = not all(texts)
    try:
        values = np.array([float(cell) if cell else math.nan for cell in texts] if blank else list(map(float, texts)))
    except ValueError:
        return None
    return None if np.isinf(values).any() else values


def _why_not(cell: str) -> str:
    bare = cell.strip(f"+{MINUS} ").casefold()
    return "large" if bare in ("inf", "infinity", "∞") else "text"
