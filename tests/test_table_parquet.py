"""A table in a Parquet file is the same table as in a CSV, and a file that lies is refused before it is unpacked."""

import numpy as np
import pyarrow as pa
import pytest
from parquet_files import KINDS, file_of

from landscapes import left_out, points
from pages.data_parts import table as page
from pages.data_parts.parquet import bounds, read_parquet
from pages.data_parts.parquet.thrift import read_struct

RIGHT = {
    "whole": ("number", [1, None, 3, -200]),
    "half": ("number", [0.5, 1.5, None, None]),
    "exact": ("number", [1.25, -3.5, None, 0]),
    "day": ("date", [8827, None, 8825, 0]),
    "time": ("date", [0.5, 1, None, None]),
    "true": ("classes", [1, 0, None, 1]),
    "kind": ("classes", [0, 1, 0, None]),
    "price": ("number", [1200.5, 3.25, None, 7]),
    "many": ("text", [None] * 4),
    "nothing": ("empty", [None] * 4),
    "list": ("text", [None] * 4),
}


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"compression": "zstd", "data_page_version": "2.0"},
        {"compression": "gzip", "row_group_size": 3},
        {"use_dictionary": False, "data_page_size": 1},
    ],
)
def test_every_kind_of_column_is_read_and_what_is_no_number_stands_among_the_gaps(options):
    reading = read_parquet(file_of(KINDS, **options))
    assert [column.name for column in reading.columns] == list(RIGHT)
    for column in reading.columns:
        kind, values = RIGHT[column.name]
        assert column.kind == kind
        np.testing.assert_array_equal(column.values, [np.nan if value is None else value for value in values])
        if kind in ("number", "date", "classes"):
            assert [gap.line for gap in column.gaps] == [at for at, value in enumerate(values, 1) if value is None]
    assert reading.column("day").since == "1999-12-31"
    assert reading.column("true").names == ("false", "true")
    assert reading.questions == ()
    assert [str(sentence) for sentence in left_out(reading, ["half"])] == [
        "1 line is left out, for “half” is missing: 3.",
        "1 line is left out, for “half” is not finite, such as “inf”: 4.",
    ]


def test_what_is_missing_by_choice_is_missing():
    values = read_parquet(file_of(KINDS), missing=["-200"]).column("whole").values
    np.testing.assert_array_equal(values, [1, np.nan, 3, np.nan])


def test_text_that_can_be_read_in_two_ways_is_asked_about():
    content = file_of({"x": ["1,234", "2,345"], "y": [1, 2]})
    (question,) = read_parquet(content).questions
    assert question.about == "decimal"
    assert read_parquet(content, decimal=",").column("x").values.tolist() == [1.234, 2.345]


def test_thousands_of_rows_are_the_numbers_that_were_written():
    numbers = np.random.default_rng(0).normal(size=(2, 30_000))
    reading = read_parquet(file_of({"x": numbers[0], "y": numbers[1]}, row_group_size=7_000))
    data = points(reading, ["x"], "y")
    np.testing.assert_array_equal([data.inputs[0], data.target], numbers)


def refused(content):
    with pytest.raises(ValueError, match=r"\.$") as caught:
        read_parquet(content)
    return str(caught.value)


@pytest.mark.long
def test_a_file_is_refused_for_its_size_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("pages.data_parts.parquet.reader._table", lambda content: pytest.fail("it was opened"))
    rows = file_of({"x": pa.array(np.zeros(1_000_001, dtype=np.int8)), "y": np.zeros(1_000_001, dtype=np.int8)})
    assert len(rows) < 20_000
    assert refused(rows) == "The table has 2,000,002 cells; at most 1,000,000 are read."
    wide = file_of({f"c{at}": [1] for at in range(201)})
    assert refused(wide) == "The table has 201 columns; at most 200 are read."
    long = file_of({"x": ["a" * 70_000_000], "y": [1]}, compression="zstd")
    assert len(long) < 100_000
    assert refused(long).startswith("The file is 70,0")
    heavy = file_of({"x": np.random.default_rng(0).normal(size=300_000)}, compression="none")
    assert refused(heavy).endswith("at most 2,000,000 are read.")


def test_one_long_word_in_every_row_is_refused_before_it_is_written_out():
    content = file_of({"x": pa.DictionaryArray.from_arrays(np.zeros(50_000, np.int32), ["a" * 1_000_000])})
    assert len(content) < 100_000
    assert refused(content) == "The text in the table has more than 8,000,000 letters."


def test_a_footer_that_lies_about_its_rows_is_refused():
    content = file_of({"x": np.arange(300), "y": np.arange(300)}, compression="none", use_dictionary=False)
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    known, _ = read_struct(content, footer)
    assert known[3] == 300
    stated = bytes([0xD8, 0x04])  # 300
    lying = content[:footer] + content[footer:].replace(stated, bytes([0xD6, 0x04]))  # 299
    assert read_struct(lying, footer)[0][3] == 299
    assert "damaged" in refused(lying)


def test_no_damaged_file_is_anything_but_read_or_refused():
    content = file_of({name: KINDS[name] for name in ("whole", "kind", "day", "price")})
    rng = np.random.default_rng(0)
    for _ in range(1500):
        damaged = bytearray(content)
        for at in rng.integers(4, len(content), rng.integers(1, 4)):
            damaged[at] = rng.integers(256)
        outcome, why = page.read(bytes(damaged), ())
        assert (outcome is None) == str(why).endswith(".")
    for end in range(4, len(content), 7):
        assert "damaged" in refused(content[:end])


def test_a_footer_of_structs_in_each_other_without_end_is_refused():
    nested = b"\x1c" * 100_000
    content = b"PAR1" + nested + len(nested).to_bytes(4, "little") + b"PAR1"
    assert "damaged" in refused(content)
    assert bounds.MOST_NODES < 1000  # of columns within columns, which are read by recursion


def test_the_page_reads_parquet_and_says_of_a_workbook_what_to_do():
    reading, why = page.read(file_of({"x": [1.0, 2.0], "y": [3.0, 5.0]}), ())
    assert why == ""
    assert reading.of("number") == ("x", "y")
    assert str(page.read(b"PK\x03\x04 and more", ())[1]) == (
        "The file is a workbook or an archive: save the sheet as CSV and try again."
    )
    assert {"csv", "parquet", "xlsx"} <= set(page.TYPES)
