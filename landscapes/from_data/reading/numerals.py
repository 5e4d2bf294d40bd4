"""Numbers as people write them: which marks a table has in them, and what a cell is worth under these marks."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

MARKS = (".", ",")  # each may be the decimal mark, and the other then one of thousands
SPACES = " \u00a0\u2007\u2009\u202f"
GROUPS = {" ": f"[{SPACES}]", "'": "['’]", ".": r"\.", ",": ","}  # marks of thousands, as they are found
MINUS = "−–﹣－-"
SIGNS = r"+−–﹣－\-"  # within the brackets of a pattern
CURRENCIES = ("$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF", "JPY")
MONEY = "|".join(map(re.escape, CURRENCIES))
BEFORE = rf"(?:(?P<bracket>\()?\s*(?P<sign>[{SIGNS}])?\s*(?P<left>{MONEY})?\s*(?P<inner>[{SIGNS}])?\s*)"
AFTER = rf"(?:[eE](?P<exponent>[{SIGNS}]?\d+))?\s*(?P<right>%|{MONEY})?\s*\)?"
MISSING = frozenset(
    {"", "?", "-", "--", "---", "–", "—", "−", ".", "..", "...", "…", "*", "na", "n/a", "n.a.", "#n/a", "#na", "nan"}
    | {"-nan", "null", "none", "nil", "missing", "\\n", "<na>", "nat"}
)


def _line(body: str) -> "re.Pattern[str]":
    """Finds cells of one form among cells that are joined by line breaks."""
    around = rf"(?:[({SPACES}{SIGNS}]|{MONEY})*"
    behind = rf"(?:[{SPACES})%]|{MONEY})*"
    return re.compile(rf"^(?=[^\n]*\d){around}{body}{behind}$", re.MULTILINE | re.ASCII)


POWER = rf"(?:[eE][{SIGNS}]?\d+)"
LOOSE = _line(rf"(?:\d{{1,3}}(?:[.,'’{SPACES}]\d{{3}})+|\d+)?(?:[.,]\d*)?(?<=[\d.,]){POWER}?")


def _certain(mark: str, other: str) -> "re.Pattern[str]":
    """Cells in which the mark can be no mark of thousands, or the other no decimal mark."""
    m, o = re.escape(mark), re.escape(other)
    return _line(
        rf"(?:(?:0\d*|\d{{4,}}|){m}\d+{POWER}?|\d+{m}(?:\d{{0,2}}|\d{{4,}}){POWER}?|\d+{m}\d+{POWER}"
        rf"|[1-9]\d{{0,2}}(?:[{o}'’{SPACES}]\d{{3}})+{m}\d*{POWER}?|[1-9]\d{{0,2}}(?:{o}\d{{3}}){{2,}})"
    )


CERTAIN = {mark: _certain(mark, other) for mark, other in (MARKS, MARKS[::-1])}
EITHER = {mark: _line(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}") for mark in MARKS}
GROUPED = {group: _line(rf"[1-9]\d{{0,2}}(?:{found}\d{{3}})+(?:[.,]\d*)?") for group, found in GROUPS.items()}
PLAIN = re.compile(r"[-+0-9.eE\n]*")
WHOLE = re.compile(r"[-+0-9\n]*")


class Marks(NamedTuple):
    """What the cells show of their marks."""

    certain: frozenset[str]  # marks that are the decimal mark beyond doubt
    either: str  # a cell that is a number with either decimal mark, and not the same; "" where there is none
    groups: tuple[str, ...]  # marks that stand where one of thousands would, most frequent first


def are_numbers(cells: Sequence[str]) -> int:
    """How many cells look like numbers, whatever their marks."""
    return len(LOOSE.findall("\n".join(cells)))


def looks_numeric(cell: str) -> bool:
    """Whether a cell looks like a number, whatever its marks."""
    return bool(cell) and LOOSE.fullmatch(cell) is not None


def marks(columns: Sequence[Sequence[str]]) -> Marks:
    """What the cells of all columns of numbers show together."""
    text = "\n".join("\n".join(cells) for cells in columns)
    if WHOLE.fullmatch(text):
        return Marks(frozenset(), "", ())
    certain = frozenset(mark for mark in MARKS if CERTAIN[mark].search(text))
    either = next((found[0] for mark in MARKS if (found := EITHER[mark].search(text))), "")
    counts = {group: len(GROUPED[group].findall(text)) for group in GROUPS}
    return Marks(certain, either, tuple(sorted((g for g in GROUPS if counts[g]), key=lambda g: -counts[g])))


class Numeral(NamedTuple):
    """What a cell is worth."""

    value: float  # nan where it is no number
    unit: str = ""
    why: str = ""  # one of REASONS where it is no number


def numeral_reader(decimal: str, thousands: str) -> "re.Pattern[str]":
    """The form of a number under these marks."""
    d = re.escape(decimal)
    grouped = rf"[1-9]\d{{0,2}}(?:{GROUPS[thousands]}\d{{3}})+|" if thousands else ""
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


def plain_numbers(cells: Sequence[str], decimal: str) -> list[float] | None:
    """All cells at once where they are nothing but digits, signs and the decimal mark; None where they are not."""
    text = "\n".join(cells)
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    if not PLAIN.fullmatch(text):
        return None
    try:
        values = list(map(float, text.split("\n")))
    except ValueError:
        return None
    return values if all(map(math.isfinite, values)) else None


def _why_not(cell: str) -> str:
    bare = cell.strip(f"+{MINUS} ").casefold()
    return "large" if bare in ("inf", "infinity", "∞") else "text"
