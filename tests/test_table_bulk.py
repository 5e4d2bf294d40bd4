"""Many lines at once are read as one by one; a text is parsed once for all who bring it at the same time."""

from threading import Barrier, Thread

import numpy as np
import pytest

from caching import POOLS
from landscapes import read_table
from landscapes.from_data.reading import kind_of, reader
from landscapes.from_data.reading.bulk import AHEAD, plain_cells
from pages.data_parts import table as page

ROWS = 2 * AHEAD
DICE = np.random.default_rng(0)
NUMBERS = DICE.normal(size=(ROWS, 3)) * [1, 1000, 1e9]


def plain(delimiter=",", decimal=".", header="a,b,c", change=lambda lines: lines):
    lines = [delimiter.join(f"{number:.6g}".replace(".", decimal) for number in row) for row in NUMBERS]
    return "\n".join([header.replace(",", delimiter), *change(lines)]).encode()


def put(at, line):
    return lambda lines: [*lines[:at], line, *lines[at:]]


TABLES = {
    "commas": plain(),
    "decimal commas": plain(";", ","),
    "tabs, no names": plain("\t", header="1.5,2.5,3.5"),
    "gaps": plain(change=put(500, "1,,3")),
    "a row of nothing": plain(change=put(500, ",,")),
    "a blank line": plain(change=put(500, "")),
    "blank lines at the end": plain(change=lambda lines: [*lines, "", ""]),
    "a row too long": plain(change=put(500, "1,2,3,4")),
    "text": plain(change=put(500, "1,two,3")),
    "strange numbers": plain(change=put(500, "1-2,1e999,+.5")),
    "blanks": plain(change=put(500, "1, 2,3")),
    "a space that does not break": plain(change=put(500, "1,2\u00a0,3")),
    "a quotation mark": plain(change=put(500, '1,"2",3')),
    "an open quotation mark": plain(change=put(100, '"1,2,3')),
    "a comment": plain(change=put(500, "# why")),
    "bars": plain("|", change=lambda lines: [f"|{line}|" for line in lines]),
    "words": plain(change=lambda lines: [f"{line},{'cat' if at % 2 else 'dog'}" for at, line in enumerate(lines)]),
    "dates": plain(change=lambda lines: [f"{line},{1 + at % 28}.1.2024" for at, line in enumerate(lines)]),
    "thousands": plain(";", change=put(500, "1;2,345.5;3")),
    "-200": plain(change=put(500, "-200,-200.0,3")),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_at_once_as_it_is_line_by_line(name, monkeypatch):
    content = TABLES[name].replace(b"a,b,c\n", b"a,b,c,d\n") if name in ("words", "dates") else TABLES[name]
    quick = read_table(content, missing=["-200"])
    monkeypatch.setattr(reader, "plain_cells", lambda *_: None)
    slow = read_table(content, missing=["-200"])
    for one, other in zip(quick.columns, slow.columns, strict=True):
        assert (one.name, one.kind, one.unit, one.since, one.names) == (
            other.name,
            other.kind,
            other.unit,
            other.since,
            other.names,
        )
        np.testing.assert_array_equal(one.values, other.values)
        assert one.gaps == other.gaps
    np.testing.assert_array_equal(quick.lines, slow.lines)
    assert quick.dialect == slow.dialect
    assert [(row.line, str(row.reason)) for row in quick.bad_rows] == [
        (row.line, str(row.reason)) for row in slow.bad_rows
    ]
    assert (quick.comments, quick.first) == (slow.comments, slow.first)
    assert [question.about for question in quick.questions] == [question.about for question in slow.questions]


def test_plain_numbers_are_read_at_once_to_the_last_digit(monkeypatch):
    found = []
    monkeypatch.setattr(reader, "plain_cells", lambda *given: found.append(plain_cells(*given)) or found[0])
    lines = "\n".join(",".join(map(repr, row)) for row in NUMBERS.tolist())
    reading = read_table(f"a,b,c\n{lines}".encode())
    assert len(found[0]) == 3 * (ROWS + 1 - AHEAD)
    np.testing.assert_array_equal([column.values for column in reading.columns], NUMBERS.T)


def test_a_file_that_many_bring_in_the_same_second_is_parsed_once(monkeypatch):
    parsed, together = [], Barrier(12)

    def counted(content, **given):
        parsed.append(content)
        return read_table(content, **given)

    monkeypatch.setattr(page, "read_table", counted)
    content, found = plain() + b"\n7,7,7", []

    def visitor():
        together.wait()
        found.append(page.read(bytes(content), ()))  # each has bytes of his own

    crowd = [Thread(target=visitor) for _ in range(12)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(parsed) == 1
    assert {id(each) for each in found} == {id(found[0])}
    page.read(content, (("decimal", "."),))
    assert len(parsed) == 2


def test_what_is_remembered_of_tables_is_bounded_by_its_size():
    reading = page.read(plain(change=put(500, "1,,3")), ())
    assert page.room(reading) == page.MOST_BYTES + 3 * 8 * (ROWS + 1) + page.GAP
    assert POOLS["tables"].most // page.room(reading) < 60


def test_the_kind_of_many_cells_is_that_of_most():
    assert kind_of(["1.5"] * 6000 + ["x"] * 3000) == "number"
    assert kind_of(["1.5"] * 3000 + ["x"] * 6000) == "text"
    assert kind_of([""] * 50_000 + ["1"]) == "number"
    assert kind_of([""] * 9000) == "empty"
    assert kind_of(["2024-01-01", ""] * 4000) == "date"
