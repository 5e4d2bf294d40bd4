"""Tables that someone brings: each mistake is a clear sentence, every bad row is named, memory is bounded."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landscapes import CLASSES, LINES, PAIRS, points, read_table
from landscapes.from_data import data_sets
from landscapes.from_data.tables import MOST_BYTES

PLAIN = b"height,weight,name\n1.5,60,Ann\n1.75,80,Bob\n1.9,85,Cy\n"


def test_two_columns_of_a_table_are_data():
    table = read_table(PLAIN)
    assert table.columns == ("height", "weight", "name")
    assert table.numeric == ("height", "weight")
    data, left_out = points(table, "height", "weight")
    np.testing.assert_array_equal(data.inputs, [[1.5, 1.75, 1.9]])
    np.testing.assert_array_equal(data.target, [60, 80, 85])
    assert data.labels == ("height", "weight")
    assert left_out == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"x" * (MOST_BYTES + 1), "The file has 2,000,001 bytes; at most 2,000,000 are read."),
        (b"once upon a time\nthere was a text\n", "Two columns with numbers are needed, and of 1 columns none does."),
        (b"a,b\nx,1\ny,2\n", "only “b” does"),
        (b"a,b\n", "a row of names and nothing below it"),
        ("größe,gewicht\n1,2\n3,4\n".encode("latin-1"), "Row 1 is not in UTF-8"),
        ("x,y\n1,2\n3,4\n".encode("utf-16"), "Row 1 is not in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Row 1 is not in UTF-8"),
        (b"x,y\n1,2\x00\n3,4\n", "The file is not text"),
        (b"," * 999_999, "The table has 1,000,000 columns; at most 200 are read."),
        (b'x,y\n"1,2\n' + b"3" * 200_000, "is not CSV: field larger than field limit"),
    ],
)
def test_a_file_of_no_use_is_refused_with_a_sentence(content, said):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        read_table(content)
    assert said in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_one_row_is_no_line():
    with pytest.raises(ValueError, match="needs two rows with numbers or more, and 1 can be used"):
        points(read_table(b"x,y\n1,2\n"), "x", "y")


def test_every_bad_row_is_named_and_the_first_are_told():
    content = b"x,y\n1,2\n3,\nfour,4\n5,6\n7,1e9\nnan,1\n\n9\n11,12\n"
    data, left_out = points(read_table(content), "x", "y")
    np.testing.assert_array_equal(data.inputs, [[1, 5, 11]])
    assert left_out.startswith("5 rows were left out, for there is no number within ±100,000: ")
    for told in ("row 3 has nothing as y", "row 4 has “four” as x", "row 6 has “1e9” as y", "row 7 has “nan” as x"):
        assert told in left_out
    assert left_out.endswith("Left out: 3–4, 6–7, 9.")


def test_a_semicolon_lets_a_comma_be_decimal():
    data, _ = points(read_table("Größe;Gewicht\n1,5;60\n1,75;80,5\n".encode()), "Größe", "Gewicht")
    np.testing.assert_array_equal(data.inputs, [[1.5, 1.75]])
    np.testing.assert_array_equal(data.target, [60, 80.5])


def test_a_table_without_names_gets_numbers_for_names():
    table = read_table(b"\xef\xbb\xbf1\t2\n3\t4\n5\t7\n")
    assert table.columns == ("column 1", "column 2")
    assert points(table, "column 1", "column 2")[0].examples == 3


def test_columns_of_one_name_are_told_apart():
    assert read_table(b"x,x,\n1,2,3\n").columns == ("x", "x (2)", "column 3")


def test_quoted_cells_with_line_breaks_keep_the_lines_numbers():
    _, left_out = points(read_table(b'x,y\n1,2\n"a\nb",3\n4,5\n'), "x", "y")
    assert "Left out: 4." in left_out


def test_the_largest_file_is_read_within_bounded_memory():
    content = b"x,y\n" + b"1,2\n" * ((MOST_BYTES - 4) // 4)
    tracemalloc.start()
    data, _ = points(read_table(content), "x", "y")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert data.examples == 499_999
    assert peak < 150e6


@given(st.binary(max_size=300) | st.text(alphabet="1,;.\n\t\"'-eax", max_size=80).map(str.encode))
@example(b"0;0")
def test_no_file_breaks_the_reader(content):
    refused, data = "", None
    try:
        table = read_table(content)
        data, _ = points(table, *table.numeric[:2])
    except ValueError as error:
        refused = str(error)
    assert refused.endswith(".") if data is None else np.isfinite(data.inputs).all() and data.examples >= 2


SETS = LINES | CLASSES | PAIRS


@pytest.mark.parametrize("name", SETS)
def test_what_ships_has_words_an_origin_and_a_reason_why_it_is_free(name):
    data = SETS[name]()
    assert data.about.endswith(".")
    assert len(data.labels) == data.inputs.shape[0] + 1
    shipped = (Path(data_sets.__file__).parent / "data" / f"{name}.csv").exists()
    assert ("Free: " in data.source) == shipped
