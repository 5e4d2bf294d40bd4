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
