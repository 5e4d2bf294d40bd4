"""Which delimiter, quotation mark and comment mark a text has."""

import re
from collections import Counter
from collections.abc import Sequence

from landscapes.from_data.reading.dates import looks_dated
from landscapes.from_data.reading.numerals import MISSING, looks_numeric
from landscapes.from_data.reading.rows import ERRORS, rows

DELIMITERS = (",", ";", "\t", "|", " ")
COMMENTS = ("#", "%", "//")
LOOK = 200  # lines from which the delimiter is judged
MOST_TEXT, MOST_CELLS = 200_000, 20_000  # characters and cells that are looked at
FEW = 8  # lines: of so few, most may be comments
TEXT = 0.05  # what a row that holds no number counts beside one of numbers alone
ERROR = "|".join(map(re.escape, ERRORS))
SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


def stated_delimiter(line: str) -> str | None:
    """The delimiter that a first line such as `sep=;` states."""
    found = SEPARATOR.fullmatch(line.strip(" \ufeff")) or (line == "sep=\t" and SEPARATOR.fullmatch(line))
    return found[1] if found and found[1] in DELIMITERS else None


def comment_of(lines: Sequence[str]) -> str:
    """The mark with which lines of comment begin: one that at most half of the lines have; "" where there is none."""
    text = "\n".join(lines)
    there = sum(map(bool, map(str.strip, lines)))
    for mark in COMMENTS:
        count = len(re.findall(rf'(?m)^[ "]*(?!{ERROR}){mark}', text)) if mark in text else 0
        if count and (2 * count <= there or (there < FEW and count < there)):
            return mark
    return ""


def quote_of(lines: Sequence[str]) -> str:
    """The quotation mark: single quotes only where there are no double ones and whole cells stand in them."""
    look = "\n".join(lines[:LOOK])
    single = re.search(r"(?m)(?:^|[,;\t|])[ ]*'[^'\n]*'[ ]*(?=[,;\t|]|$)", look)
    return "'" if single and '"' not in look else '"'


def delimiters_of(lines: Sequence[str], quote: str, comment: str) -> list[str]:
    """The delimiter; more than one where the lines make as good a table with each, and not the same."""
    sample = list(lines[:LOOK])
    while len(sample) > 1 and sum(map(len, sample)) > MOST_TEXT:
        sample = sample[: len(sample) // 2]
    tables = {d: [row.cells for row in rows(sample, d, quote, comment) if not row.broken] for d in DELIMITERS}
    scores = {d: _score(tables[d]) for d in DELIMITERS}
    if any(_glued(tables[" "], d) for d in DELIMITERS if d != " " and scores[d]):
        scores[" "] = 0.0
    best = max(scores.values())
    if not best:
        return []
    found: list[str] = []
    for d in DELIMITERS:
        if scores[d] >= best * (1 - 1e-9) and not any(tables[d] == tables[other] for other in found):
            found.append(d)
    return found


def _glued(table: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Whether every row split at its spaces holds what another delimiter would part, as cm,70 in 170 cm,70 kg.

    Or whether the delimiter stands in front of every space, as in 1, 2, 3.
    """
    in_front = all(len(row) > 1 and all(cell.endswith(delimiter) for cell in row[:-1]) for row in table)
    inside = all(any(delimiter in cell and not looks_numeric(cell) for cell in row) for row in table)
    return bool(table) and (in_front or inside)


def _score(table: Sequence[Sequence[str]]) -> float:
    """From 0 to about 1: the share of rows as wide as most, squared, times that of their cells that are read."""
    if not table:
        return 0.0
    width, count = Counter(map(len, table)).most_common(1)[0]
    if width < 2:
        return 0.0
    whole = [row for row in table if len(row) == width]
    cells = [cell for row in whole for cell in row][:MOST_CELLS]
    read = sum(
        1.0 if looks_numeric(cell) or looks_dated(cell) else 0.5 if cell.casefold() in MISSING else 0.0
        for cell in cells
    )
    return (count / len(table)) ** 2 * (read / len(cells) + TEXT)
