"""Tables as people have them: over a corpus with each fault once and in pairs, all numbers are right or asked about."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest

from landscapes import left_out, read_table

TABLES = Path(__file__).parent / "data" / "tables"
RIGHT = json.loads((TABLES / "right.json").read_text(encoding="utf-8"))
ASKED = [name for name, right in RIGHT.items() if "asked" in right]
TOLD = [name for name in RIGHT if name not in ASKED]


def numbers(values):
    return [np.nan if value is None else value for value in values]


def test_the_corpus_is_what_its_script_writes(tmp_path):
    script = runpy.run_path(str(TABLES / "make.py"))
    script["main"].__globals__["HERE"] = tmp_path
    script["main"]()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in TABLES.iterdir() if file.suffix in (".csv", ".json")
    }
    assert len(RIGHT) >= 60


@pytest.mark.parametrize("name", TOLD)
def test_every_number_of_a_table_is_right_and_every_other_line_named(name):
    right = RIGHT[name]
    reading = read_table((TABLES / name).read_bytes(), missing=right["by choice"])
    assert [str(question.sentence) for question in reading.questions] == []
    for column, values in right["columns"].items():
        np.testing.assert_array_equal(reading.column(column).values, numbers(values), err_msg=column)
    assert [row.line for row in reading.bad_rows] == right["left out"]
    people = reading.columns[2]
    assert [gap.line for gap in people.gaps] == right["missing"]
    assert len(left_out(reading, [people.name])) >= bool(right["missing"] or right["left out"])


@pytest.mark.parametrize("name", ASKED)
def test_what_a_table_does_not_tell_is_asked_and_read_as_it_is_answered(name):
    right, content = RIGHT[name], (TABLES / name).read_bytes()
    (question,) = read_table(content).questions
    assert question.about == right["asked"]
    assert [choice.value for choice in question.choices] == list(right["answers"])
    for answer, values in right["answers"].items():
        reading = read_table(content, **{question.about: answer})
        assert reading.questions == ()
        column = right["column"]
        found = reading.column(column) if isinstance(column, str) else reading.columns[column]
        np.testing.assert_array_equal(found.values, numbers(values))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("x, y\n1, 2\n3, 4\n5, 7\n", {"x": [1, 3, 5], "y": [2, 4, 7]}),
        ("Month,Passengers\n1949-01,112\n1949-02,118\n1949-12,132\n", {"Month": [0, 31, 334]}),
        ("d,y\n3-Jan-20,1\n4-Feb-20,2\n31-Dec-19,3\n", {"d": [3, 35, 0]}),
        ("m,y\nJan 2020,1\nFeb 2020,2\nMarch 2020,4\n", {"m": [0, 31, 60]}),
        ("日期,价格\n2020年1月3日,10\n2020年2月1日,12\n", {"日期": [0, 29]}),
        ("月,量\n2020年1月,10\n2020年3月,12\n", {"月": [0, 60]}),
        ("car,y\nTesla 2020,1\nVolvo 2021,2\nVolvo 2022,3\n", {"y": [1, 2, 3]}),
        ("x,y\n#N/A,1\n2,3\n#DIV/0!,4\n5,6\n7,8\n", {"x": [None, 2, None, 5, 7], "y": [1, 3, 4, 6, 8]}),
        ("h,passed\n1,yes\n2,No\n3,Yes\n4,no\n", {"passed": [1, 0, 1, 0]}),
        ("h,kind\n1,a\n2,A\n3,a\n", {"kind": [1, 0, 1]}),
    ],
)
def test_what_people_have_is_read_without_a_question(text, columns):
    reading = read_table(text.encode())
    assert reading.questions == ()
    for name, values in columns.items():
        np.testing.assert_array_equal(reading.column(name).values, numbers(values), err_msg=name)


def test_names_that_are_no_months_are_no_dates():
    assert read_table(b"car,y\nTesla 2020,1\nVolvo 2021,2\nVolvo 2022,3").column("car").kind == "text"
