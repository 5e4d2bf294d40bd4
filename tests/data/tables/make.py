"""Writes tables as people have them, each fault once and in pairs, and beside them the numbers that are in them.

Run it as `python tests/data/tables/make.py`; the same files come out each time. Nothing of the reader is used.
"""

import json
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ("place, region", "change", "people")
ROWS = (  # a name, a number with decimals, a whole number
    ("Köln, Nordrhein", 19.47, 2155),
    ("Besançon, Doubs", -0.5, 121872),
    ("Málaga, Andalucía", 1234.56, 1300),
    ("Århus, Midtjylland", 7.25, 950),
    ("Zürich, Zürich", -12.125, 443037),
    ("Liège, Wallonie", 0.75, 195),
)
DATES = ((2024, 1, 31), (2024, 2, 1), (2024, 3, 15), (2023, 12, 25), (2024, 2, 29), (2024, 7, 4))
DAYS = (37, 38, 81, 0, 66, 192)  # since the earliest of them
MISSING, BAD = None, "bad"


@dataclass(frozen=True)
class Style:
    """How a table is written, and what is wrong with it."""

    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    encoding: str = "utf-8"
    start: bytes = b""  # before the text
    newline: str = "\n"
    quote: str = '"'
    above: tuple[str, ...] = ()  # lines above the names
    comments: tuple[tuple[int, str], ...] = ()  # before which row, and the line
    header: bool = True
    rule: bool = False  # below the names
    minus: str = "-"
    before: str = ""  # of the whole numbers
    behind: str = ""
    percent: bool = False  # numbers with decimals are in per cent
    brackets: bool = False  # around negative numbers
    spoiled: tuple[tuple[int, str], ...] = ()  # row, and what stands there as the whole number
    missing: tuple[str, ...] = ()  # by choice
    dates: str = ""
    added: tuple[tuple[int, tuple[str, ...]], ...] = ()  # row, and cells behind its last
    cut: tuple[int, ...] = ()  # rows without their last cell
    open_quote: tuple[int, ...] = ()  # rows whose name is never closed
    trailing: bool = False  # a delimiter at the end of each row
    blank: tuple[int, ...] = ()  # rows before which a line is blank
    padded: bool = False  # blanks after the delimiter


DELIMITED = {
    "semicolons": {"delimiter": ";"},
    "tabs": {"delimiter": "\t"},
    "bars": {"delimiter": "|"},
    "blanks": {"delimiter": " "},
    "sep line": {"delimiter": ";", "above": ("sep=;",)},
    "blanks after commas": {"padded": True},
}
MARKED = {
    "decimal comma": {"decimal": ","},
    "decimal comma, thousands point": {"decimal": ",", "thousands": "."},
    "thousands comma": {"thousands": ","},
    "thousands blank, decimal comma": {"decimal": ",", "thousands": "\u00a0"},
    "thousands apostrophe": {"thousands": "'"},
}
ENCODED = {
    "byte order mark": {"start": b"\xef\xbb\xbf"},
    "UTF-16": {"encoding": "utf-16-le", "start": b"\xff\xfe"},
    "UTF-16, big-endian": {"encoding": "utf-16-be", "start": b"\xfe\xff"},
    "UTF-16 without a mark": {"encoding": "utf-16-le"},
    "Latin-1": {"encoding": "latin-1"},
    "Mac Roman": {"encoding": "mac_roman"},
    "CRLF": {"newline": "\r\n"},
    "CR": {"newline": "\r"},
}
BUILT = {
    "comments": {"comments": ((0, "# measured in spring"), (3, "# instrument changed"))},
    "per cent comments": {"comments": ((0, "% measured in spring"),)},
    "no names": {"header": False},
    "lines above the names": {"above": ("Population report", "")},
    "a row too long": {"added": ((2, ("7", "8")),)},
    "a row too short": {"cut": (3,)},
    "an open quotation mark": {"open_quote": (1,)},
    "a delimiter at each end": {"trailing": True},
    "blank lines": {"blank": (0, 4)},
    "single quotes": {"quote": "'"},
}
CELLS = {
    "unicode minus": {"minus": "−"},
    "per cent": {"percent": True, "behind": ""},
    "dollars": {"before": "$"},
    "euros": {"behind": " €"},
    "question mark": {"spoiled": ((1, "?"),)},
    "NA": {"spoiled": ((1, "NA"), (4, "NA"))},
    "dash": {"spoiled": ((2, "-"),)},
    "nothing": {"spoiled": ((2, ""),)},
    "minus 200": {"spoiled": ((0, "-200"), (5, "-200")), "missing": ("-200",)},
    "a word": {"spoiled": ((3, "many"),)},
    "infinity": {"spoiled": ((3, "inf"),)},
    "brackets": {"brackets": True},
    "dates": {"dates": "{0:04}-{1:02}-{2:02}"},
    "dates, day first": {"dates": "{2:02}/{1:02}/{0:04}"},
    "dates, month first": {"dates": "{1}/{2}/{0:04}"},
    "dates with points": {"dates": "{2}.{1}.{0:04}"},
}
GROUPS = (DELIMITED, MARKED, ENCODED, BUILT, CELLS)
IMPOSSIBLE = {  # what no file can have together
    frozenset(pair)
    for pair in [
        ("thousands apostrophe", "single quotes"),
        ("unicode minus", "Latin-1"),
        ("unicode minus", "Mac Roman"),
        ("blanks", "nothing"),  # a run of blanks is one
        ("blanks", "euros"),
        ("blanks", "a delimiter at each end"),
        ("blanks", "thousands blank, decimal comma"),
        ("blanks", "lines above the names"),
        ("blanks", "an open quotation mark"),
        ("sep line", "lines above the names"),
        ("euros", "Latin-1"),
    ]
}


def number(value: float, style: Style, digits: str) -> str:
    """A number in the marks of a style."""
    text = format(abs(value), digits).replace(",", "~").replace(".", style.decimal).replace("~", style.thousands)
    if value >= 0:
        return text
    return f"({text})" if style.brackets else f"{style.minus}{text}"


def cell(text: str, style: Style) -> str:
    """In quotation marks where it holds the delimiter or is a name."""
    needed = style.delimiter in text or style.quote in text or "," in text or (style.delimiter == " " and not text)
    quoted = text.replace(style.quote, style.quote * 2)
    return f"{style.quote}{quoted}{style.quote}" if needed else text


def written(style: Style) -> tuple[bytes, dict[str, object]]:
    """A file, and what is in it: the columns by name, and the lines that no column or the whole number has not."""
    glue = style.delimiter + " " * style.padded
    end = style.delimiter * style.trailing
    lines = list(style.above)
    names = (*NAMES, "day")[: 4 if style.dates else 3]
    change: list[float | None] = []
    people: list[float | None] = []
    days: list[float | None] = []
    left_out: list[int] = []
    missing: list[int] = []
    if style.header:
        before = [text for at, text in style.comments if at == 0]
        lines += [*before, glue.join(cell(name, style) for name in names) + end]
    for at, (name, decimals, whole) in enumerate(ROWS):
        lines += [text for row, text in style.comments if row == at and (at or not style.header)]
        lines += [""] * (at in style.blank)
        shown = number(decimals, style, ",.3f")
        worth = decimals / 100 if style.percent else decimals
        cells = [name, shown + "%" * style.percent, f"{style.before}{number(whole, style, ',')}{style.behind}"]
        spoiled = dict(style.spoiled).get(at)
        if spoiled is not None:
            cells[2] = spoiled
        if style.dates:
            cells.append(style.dates.format(*DATES[at]))
        cells += dict(style.added).get(at, ())
        if at in style.cut:
            cells.pop()
        texts = [cell(text, style) for text in cells]
        if at in style.open_quote:
            texts[0] = texts[0][:-1]
        lines.append(glue.join(texts) + end)
        if at in style.cut or at in dict(style.added) or at in style.open_quote:
            left_out.append(len(lines))
            continue
        change.append(float(f"{worth:.12g}"))
        people.append(None if spoiled is not None else float(whole))
        days.append(float(DAYS[at]))
        if spoiled is not None:
            missing.append(len(lines))
    above = [at for at, line in enumerate(style.above, 1) if line and not line.startswith("sep=")]
    text = style.newline.join([*lines, ""])
    kept = [DAYS[at] for at in range(len(ROWS)) if at not in {*style.cut, *dict(style.added), *style.open_quote}]
    columns = {"change": change, "people": people} | ({"day": [d - min(kept) for d in days]} if style.dates else {})
    return style.start + text.encode(style.encoding), {
        "columns": columns
        if style.header
        else dict(zip(("column 2", "column 3", "column 4"), columns.values(), strict=False)),
        "left out": [*above, *left_out],
        "missing": missing,
        "by choice": list(style.missing),
    }


def together(*names: str) -> Style:
    """The style of some faults, in which a number is never written with its delimiter bare."""
    style = Style()
    for name in names:
        style = replace(style, **next(group[name] for group in GROUPS if name in group))
    return style


ASKED = {  # whole files that can be read in two ways: what is asked, and the numbers by each answer
    "one thousand or one": ("x;y\n1,234;5\n2,345;6\n", "decimal", {",": [1.234, 2.345], ".": [1234, 2345]}, "x"),
    "thousands in quotes": ('x,y\n"1,300",5\n"2,150",6\n', "decimal", {",": [1.3, 2.15], ".": [1300, 2150]}, "x"),
    "points of thousands": ("x\ty\n1.234\t5\n22.345\t6\n", "decimal", {",": [1234, 22345], ".": [1.234, 22.345]}, "x"),
    "both decimal marks": ("x;y\n1,5;5\n2.5;6\n", "decimal", {",": [1.5, None], ".": [None, 2.5]}, "x"),
    "day or month": (
        "d,y\n03/04/2024,5\n05/04/2024,6\n",
        "dates",
        {"day first": [0, 2], "month first": [0, 61]},
        "d",
    ),
    "years as names": ("land,2001\nA,5\nB,6\n", "header", {"first row": [5, 6], "none": [2001, 5, 6]}, 1),
    "row names": ("x y\na 1 2\nb 3 4\n", "extra", {"first": [2, 4], "last": [1, 3]}, "y"),
    "blank or comma": ("1,5 600\n1,7 800\n", "delimiter", {",": [1, 1], " ": [1.5, 1.7]}, 0),
    "a row behind a hash": ("x,y\n1,2\n#3,4\n5,6\n7,8\n", "comment", {"#": [2, 6, 8], "": [2, 4, 6, 8]}, "y"),
}


def main() -> None:
    """Writes all files and the numbers in them."""
    for old in HERE.glob("*.csv"):
        old.unlink()
    told = {}
    singles = [name for group in GROUPS for name in group]
    pairs = [
        pair
        for at, pair in enumerate(
            (a, b) for one, other in combinations(GROUPS, 2) for a in one for b in other if {a, b} not in IMPOSSIBLE
        )
        if at % 4 == 0
    ]
    for names in [(), *((name,) for name in singles), *pairs]:
        file = f"{' + '.join(names) or 'plain'}.csv".replace(" ", "_").replace(",", "")
        content, told[file] = written(together(*names))
        (HERE / file).write_bytes(content)
    for name, (text, about, answers, column) in ASKED.items():
        file = f"asked_{name}.csv".replace(" ", "_")
        (HERE / file).write_bytes(text.encode())
        told[file] = {"asked": about, "answers": answers, "column": column}
    (HERE / "right.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
