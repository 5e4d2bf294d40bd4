"""Tables that someone brings: each mistake is a clear sentence, every bad row is named, memory is bounded."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from landscapes import CLASSES, LINES, PAIRS, classes, left_out, points, read_table
from landscapes.from_data import data_sets
from landscapes.from_data.reading import MOST_BYTES

PLAIN = b"height,weight,name\n1.5,60,Ann\n1.75,80,Bob\n1.9,85,Cy\n"


def told(content, *columns, **given):
    return " ".join(map(str, left_out(read_table(content, **given), columns)))


def test_two_columns_of_a_table_are_data():
    reading = read_table(PLAIN)
    assert [(column.name, column.kind) for column in reading.columns] == [
        ("height", "number"),
        ("weight", "number"),
        ("name", "text"),
    ]
    data = points(reading, ["height"], "weight")
    np.testing.assert_array_equal(data.inputs, [[1.5, 1.75, 1.9]])
    np.testing.assert_array_equal(data.target, [60, 80, 85])
    assert tuple(map(str, data.labels)) == ("height", "weight")
    assert left_out(reading, ["height", "weight"]) == []


def test_two_features_of_a_table_are_data():
    data = points(read_table(b"a,b,c\n1,2,3\n4,5,6\n"), ["c", "a"], "b")
    np.testing.assert_array_equal(data.inputs, [[3, 6], [1, 4]])
    np.testing.assert_array_equal(data.target, [2, 5])
    assert tuple(map(str, data.labels)) == ("c", "a", "b")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"x" * (MOST_BYTES + 1), "The file has 2,000,001 bytes; at most 2,000,000 are read."),
        (b"a,b\n", "a row of names and nothing below it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "The file is not text"),
        (b"PK\x03\x04abc", "The file is a workbook or an archive: save the sheet as CSV and try again."),
        (b"x,y\n1,2\x00\n3,4\n", "The file is not text"),
        (b'[{"x": 1, "y": 2}, {"x": 3, "y": 4}]', "The file is JSON: save its table as CSV and try again."),
        (b"[" * 100_000, "The file is JSON"),
        (b"\n<!DOCTYPE html>\n<table><tr><td>1</td></tr></table>", "The file is a web page or XML"),
        (b"," * 999_999, "The table has 1,000,000 columns; at most 200 are read."),
        (b",,,,,,,,,\n" * 100_000 + b"1,2", "The table has 1,000,002 cells; at most 1,000,000 are read."),
        (b"x,y\n1,5,2,5\n3,4,4,5\n", "Line 1 has 2 names and most rows have 4 cells"),
    ],
)
def test_a_file_of_no_use_is_refused_with_a_sentence(content, said):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        read_table(content)
    assert said in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_a_text_is_no_table():
    with pytest.raises(ValueError, match="The column “once” has no numbers"):
        points(read_table(b"once,upon,a\ntime,there,was\n"), ["once"], "a")


def test_one_row_is_no_line():
    with pytest.raises(ValueError, match="Two rows with numbers in every chosen column are needed, and there are 1"):
        points(read_table(b"x,y\n1,2\n"), ["x"], "y")


def test_every_line_that_is_left_out_is_named_with_its_reason():
    content = b"x,y\n1,2\n3,\nfour,4\n5,6\n7,1e999\n?,1\n\n9\n11,12\n1,2,3\n"
    data = points(read_table(content), ["x"], "y")
    np.testing.assert_array_equal(data.inputs, [[1, 5, 11]])
    assert list(map(str, left_out(read_table(content), ["x", "y"]))) == [
        "1 line is left out, for it has 1 cell where the table has 2 columns: 9.",
        "1 line is left out, for it has 3 cells where the table has 2 columns: 11.",
        "1 line is left out, for “x” is no number, such as “four”: 4.",
        "1 line is left out, for “x” is missing: 7.",
        "1 line is left out, for “y” is missing: 3.",
        "1 line is left out, for “y” is not finite, such as “1e999”: 6.",
    ]


def test_lines_of_one_reason_are_named_together():
    content = b"x,y\n1,2\n" + b"3,\n" * 3 + b"4,5\n6,\n"
    assert told(content, "y") == "4 lines are left out, for “y” is missing: 3–5, 7."


def test_numbers_of_any_finite_size_are_kept():
    content = b"years,salary\n1,39343\n10,121872\n12,1e9\n13,-1e308\n14,5e-324\n"
    data = points(read_table(content), ["years"], "salary")
    np.testing.assert_array_equal(data.target, [39343, 121872, 1e9, -1e308, 5e-324])


def test_a_number_may_stand_for_missing_by_choice():
    content = b"x;y\n1;-200\n2;-200,0\n3;4,5\n4;7\n"
    assert read_table(content).column("y").values.tolist() == [-200, -200, 4.5, 7]
    reading = read_table(content, missing=["-200"])
    np.testing.assert_array_equal(reading.column("y").values, [np.nan, np.nan, 4.5, 7])
    assert reading.dialect.missing == ("-200", "-200,0")


def test_two_names_are_classes():
    data = classes(read_table(b"mass,kind\n1,cat\n3,dog\n2,cat\n"), ["mass"], "kind")
    np.testing.assert_array_equal(data.target, [0, 1, 0])
    assert tuple(map(str, data.labels)) == ("mass", "kind, 1 = dog")


def test_two_numbers_are_classes_and_three_are_not():
    table = read_table(b"x,y,z\n1,-1,0\n2,1,1\n3,1,2\n")
    data = classes(table, ["x"], "y")
    np.testing.assert_array_equal(data.target, [0, 1, 1])
    assert tuple(map(str, data.labels)) == ("x", "y, 1 = 1")
    with pytest.raises(ValueError, match="needs a target of two classes, and “z” has 3 different values"):
        classes(table, ["x"], "z")


def test_a_question_has_to_be_answered_before_numbers_are_used():
    content = b"x;y\n1,234;5\n2,345;6\n"
    (question,) = read_table(content).questions
    assert [str(choice.reading) for choice in question.choices] == ["1,234 is 1.234", "1,234 is 1234"]
    with pytest.raises(ValueError, match="The mark in “1,234” may be a decimal mark or one of thousands"):
        points(read_table(content), ["x"], "y")
    for decimal, values in ((",", [1.234, 2.345]), (".", [1234, 2345])):
        reading = read_table(content, **{question.about: decimal})
        assert reading.questions == ()
        assert reading.column("x").values.tolist() == values


def test_a_table_without_names_gets_numbers_for_names():
    reading = read_table(b"\xef\xbb\xbf1\t2\n3\t4\n5\t7\n")
    assert [column.name for column in reading.columns] == ["column 1", "column 2"]
    assert points(reading, ["column 1"], "column 2").examples == 3


def test_columns_of_one_name_are_told_apart():
    assert [column.name for column in read_table(b"x,x,\n1,2,3\n").columns] == ["x", "x (2)", "column 3"]


def test_quoted_cells_with_line_breaks_keep_the_lines_numbers():
    assert told(b'x,y\n1,2\n"a\nb",3\n4,\n', "x", "y") == (
        "1 line is left out, for “x” is no number, such as “a\nb”: 3. 1 line is left out, for “y” is missing: 5."
    )


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line():
    content = b'x,y\n1,2\n"3,4\n5,6\n7,8\n'
    assert points(read_table(content), ["x"], "y").inputs.tolist() == [[1, 5, 7]]
    assert told(content, "x", "y") == "1 line is left out, for a quotation mark is not closed, or more follows it: 3."


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        ("x;y\n12,34,567;2\n2,50,000;3\n-1,00,000.25;4\n", {"x": [1234567, 250000, -100000.25]}),
        ('x,y\n"1,00,000",2\n"45,000",3\n', {"x": [100000, 45000]}),
        ("x y\n1.5D+02 3\n-2.5d-01 4\n", {"x": [150, -0.25]}),
        ("height (cm),weight (kg)\n170 cm,70 kg\n180 cm,80 kg\n", {"height (cm)": [0, 1], "weight (kg)": [0, 1]}),
    ],
    ids=["pairs after thousands", "pairs in quotes", "Fortran", "units beside a comma"],
)
def test_numbers_are_read_as_other_countries_and_languages_write_them(content, columns):
    reading = read_table(content.encode())
    assert not reading.questions
    for name, values in columns.items():
        np.testing.assert_array_equal(reading.column(name).values, values)


def test_dates_are_days_since_the_first():
    content = b"day;price\n2024-03-01;5\n2024-02-28 12:00;6\n"
    reading = read_table(content)
    assert reading.column("day").since == "2024-02-28"
    data = points(reading, ["day"], "price")
    np.testing.assert_array_equal(data.inputs, [[2, 0.5]])
    assert tuple(map(str, data.labels)) == ("day, days since 2024-02-28", "price")


@pytest.mark.long
def test_the_largest_file_is_read_within_bounded_memory():
    content = b"x,y\n" + b"1,2\n" * ((MOST_BYTES - 4) // 4)
    tracemalloc.start()
    reading = read_table(content)
    data = points(reading, ["x"], "y")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert data.examples == 499_999
    assert peak < 250e6


@given(st.binary(max_size=300) | st.text(alphabet="1,;.\n\t\"'-eax#|%€/ ", max_size=80).map(str.encode))
@example(b"0;0")
@example(b'"')
@example(b"sep=;")
@example(b"#\n1 2")
def test_no_file_breaks_the_reader(content):
    try:
        reading, refused = read_table(content), "."
    except ValueError as error:
        reading, refused = None, str(error)
    assert refused.endswith(".")
    if reading is None:
        return
    for question in reading.questions:
        assert len(question.choices) > 1
        assert all(str(choice.reading) for choice in question.choices)
    assert all(str(sentence).endswith(".") for sentence in left_out(reading, [c.name for c in reading.columns]))
    for column in reading.columns:
        assert column.values.shape == reading.lines.shape
        named = {gap.line for gap in column.gaps}
        if column.kind in ("number", "date"):
            assert named == set(reading.lines[np.isnan(column.values)])


SETS = LINES | CLASSES | PAIRS


@pytest.mark.parametrize("name", SETS)
def test_what_ships_has_words_an_origin_and_a_reason_why_it_is_free(name):
    data = SETS[name]()
    assert data.about.endswith(".")
    assert len(data.labels) == data.inputs.shape[0] + 1
    shipped = (Path(data_sets.__file__).parent / "data" / f"{name}.csv").exists()
    assert ("Free: " in data.source) == shipped


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "身高,体重\n170,65\n180,75.5\n165,50\n"),
        ("gb18030", "姓名;年龄（岁）;成绩\n张三;20;90,5\n李四;21;88\n王五;19;77\n"),
        ("gb18030", "year,销售额（万元）\n2020,1234.5\n2021,987\n"),
        ("big5", "身高,體重\n170,65\n180,75.5\n165,50\n"),
        ("big5", "姓名,年齡,成績\n陳大文,20,90.5\n林小明,21,88\n黃美麗,19,77\n"),
        ("big5", "month\t營業額\n1\t12.5\n2\t13\n"),
        ("cp1251", "рост;вес\n170,5;65,2\n180,1;75,3\n"),
        ("cp1251", "ГОРОД;Население, тыс.\nМосква;13010\nКазань;1308\nОмск;1110\n"),
        ("cp1252", "größe;FLÄCHE\n1,5;2\n2,5;3\n"),
        ("cp1252", "t (°C),coût (€),año,¾²\n1,2,é,4\n2,3,à,5\n"),
        ("cp1252", "ÅÄÖ,ÇÉ\n1,2\n2,3\n"),
        ("mac_roman", "größe;élève\n1,5;2\n2,5;3\n"),
    ],
)
def test_an_encoding_is_told_by_its_letters(encoding, text):
    reading, plain = read_table(text.encode(encoding)), read_table(text.encode())
    assert reading.dialect.encoding == encoding
    assert [column.name for column in reading.columns] == [column.name for column in plain.columns]
    for column, same in zip(reading.columns, plain.columns, strict=True):
        np.testing.assert_array_equal(column.values, same.values)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("身高,体重\n１７０,６５．５\n１８０,－７５\n", "身高,体重\n170,65.5\n180,-75\n"),
        ("身高，体重\n１７０，65\n180，75\n", "身高,体重\n170,65\n180,75\n"),
        ("地点；比例\n甲；１２％\n乙；13％\n", "地点;比例\n甲;12%\n乙;13%\n"),
        ("地点,比例\n甲，乙,12\n丙,13\n", '地点,比例\n"甲，乙",12\n丙,13\n'),
        ("س,ص\n١٢,٣\n٤,٥\n", "س,ص\n12,3\n4,5\n"),
        ("a,b\n۱۲,۳\n۴,۵\n", "a,b\n12,3\n4,5\n"),
    ],
)
def test_digits_and_signs_of_other_scripts_are_numbers(text, plain):
    for column, same in zip(read_table(text.encode()).columns, read_table(plain.encode()).columns, strict=True):
        assert column.name == same.name
        np.testing.assert_array_equal(column.values, same.values)


@pytest.mark.parametrize("text", ['{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n', "[1, 2]\n[3, 4]\n"])
def test_json_line_by_line_is_named(text):
    with pytest.raises(ValueError, match="The file is JSON"):
        read_table(text.encode())
