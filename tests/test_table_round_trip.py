"""A table that is written in any recognised dialect is read back exactly or asked about, never as other numbers."""

import csv
import io
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscapes import read_table

SPACES = ("", " ", "\u00a0")


@dataclass(frozen=True)
class Style:
    delimiter: str
    decimal: str
    thousands: str
    encoding: str
    minus: str
    around: tuple[str, str]  # of every number
    header: bool
    quoting: int


def written(number, style):
    """A numeral: sign, digits before and behind the decimal mark, or none of the latter."""
    negative, whole, part = number
    grouped = f"{whole:,}".replace(",", style.thousands) if style.thousands else str(whole)
    text = grouped + (style.decimal + part if part else "")
    before, behind = style.around
    return f"{style.minus if negative else ''}{before}{text}{behind}"


def worth(number, style):
    negative, whole, part = number
    value = float(f"{whole}.{part or 0}e{-2 if style.around[1] == '%' else 0}")
    return -value if negative else value


STYLES = st.builds(
    Style,
    delimiter=st.sampled_from([",", ";", "\t", "|", " "]),
    decimal=st.sampled_from([".", ","]),
    thousands=st.sampled_from(["", ",", ".", "'", *SPACES[1:]]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    minus=st.sampled_from(["-", "−"]),
    around=st.sampled_from([("", ""), ("$", ""), ("", " €"), ("", "%")]),
    header=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
).filter(lambda style: style.thousands != style.decimal)
NUMBERS = st.tuples(
    st.booleans(),
    st.one_of(st.integers(0, 20), st.integers(0, 2000), st.integers(0, 10**12)),
    st.one_of(st.just(""), st.text("0123456789", min_size=1, max_size=4)),
)
NAMES = st.text("abcdefgh ,;\"'ü", min_size=1, max_size=6).filter(lambda name: any(c.isalpha() for c in name))


@st.composite
def tables(draw):
    style = draw(STYLES)
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.tuples(*[NUMBERS] * width), min_size=2, max_size=6))
    names = draw(st.lists(NAMES, min_size=width, max_size=width))
    words = draw(st.none() | st.lists(NAMES, min_size=len(rows), max_size=len(rows)))
    return style, names, rows, words


def content(style, names, rows, words):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.delimiter, quoting=style.quoting)
    if style.header:
        writer.writerow([*names, *["word"] * (words is not None)])
    for at, row in enumerate(rows):
        writer.writerow([*(written(number, style) for number in row), *([] if words is None else [words[at]])])
    return text.getvalue().encode(style.encoding)


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(tables())
def test_a_table_in_any_dialect_is_read_back_or_asked_about(table):
    style, _, rows, _ = table
    file = content(*table)
    truth = {
        "delimiter": style.delimiter,
        "decimal": style.decimal,
        "thousands": style.thousands.replace("\u00a0", " "),
        "header": "first row" if style.header else "none",
    }
    answers = {}
    reading = read_table(file)
    while reading.questions:
        about = reading.questions[0].about
        assert truth[about] in [choice.value for choice in reading.questions[0].choices]
        assert about not in answers
        answers[about] = truth[about]
        reading = read_table(file, **answers)
    assert reading.bad_rows == ()
    right = np.array([[worth(number, style) for number in row] for row in rows])
    read = np.array([column.values for column in reading.columns[: right.shape[1]]]).T
    np.testing.assert_array_equal(read, right)
