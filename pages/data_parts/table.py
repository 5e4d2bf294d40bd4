"""A table that the person brings: a file or pasted rows, how it was read, and which of its columns are the data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np
import streamlit as st

from landscapes import Reading, classes, left_out, points, read_table
from landscapes.from_data.reading import MOST_BYTES, Column, suspects
from pages.data_parts import parquet
from pages.data_parts.choices import about
from pages.data_parts.dialect import dialect_controls
from pages.data_parts.problems import PROBLEMS, UPLOAD
from pages.data_parts.state import choose, current
from pages.data_parts.table_in_link import fingerprint, table_text, wanted
from pages.shared.race import kept
from pages.shared.state import exact, plain
from words import Message, listed, mark, message, say, say_n, short

TYPES = ["csv", "txt", "tsv", "dat", "data", "parquet", "xlsx", "xls"]  # of workbooks it is said what to do
NUMBERS = ("number", "date")  # kinds of column
MOST_PASTED = 100_000  # characters
PASTED = mark("pasted rows")
HELD = "data file read"  # what of the session has the bytes of the file
GIVEN = "data table"  # how keys of what is chosen for a file begin
GAP = 300  # bytes, about, that a cell without a number takes


def table_controls() -> None:
    """A file or pasted rows, and the columns that are the data; whatever is wrong with them is said."""
    content, name = brought()
    if content is None:
        return
    mark = blake2b(content, digest_size=6).hexdigest()  # another file begins anew
    given = {part: value for part, value in chosen_parts(mark).items() if value is not None}
    reading, refused = read(content, tuple(given.items()))
    if reading is not None:
        answer_controls(reading, mark)
        if not reading.questions:
            preview(reading)
    with st.expander(say("How the table was read"), expanded=reading is None, type="compact"):
        dialect_controls(reading, f"{GIVEN} {mark}", given)
    if reading is None or reading.questions:
        if refused:
            st.error(plain(str(refused)))
        return
    try:
        inputs, target = columns(reading)
        for sentence in left_out(reading, [*inputs, target]):
            st.warning(plain(str(sentence)))
        for column in (*inputs, target):
            suspect_controls(reading.column(column), f"{GIVEN} {mark} missing")
        make = classes if PROBLEMS[current().problem].classes else points
        data = make(reading, inputs, target, name)
    except ValueError as error:
        st.error(plain(str(error)))
        return
    if table_text(data) is None:
        st.caption(say("This table is too long for a link: whoever opens the link is asked for the file."))
    choices = current()
    if choices.table is not None and wanted(choices.table) == wanted(data):
        return
    if choices.wanted is not None and choices.wanted.print == fingerprint(data):
        choose(replace(choices, table=data, wanted=None), redraw=True)
    else:
        choose(about(replace(choices, table=data, wanted=None, own_rates=True), data=UPLOAD), redraw=True)
    st.rerun()


def brought() -> tuple[bytes | None, str]:
    """The file, or the rows that were pasted, and its name; nothing where there is neither."""
    file = st.file_uploader(
        say("A table: text such as CSV, or Parquet; at most 2 MB"), type=TYPES, key="data file", max_upload_size=2
    )
    text = st.text_area(
        say("Or rows to paste"), key="data pasted", height=80, max_chars=MOST_PASTED, disabled=file is not None
    )
    if file is not None:
        return content_of(file), file.name
    return text.encode() or None, PASTED


def content_of(file: Any) -> bytes:
    """The bytes of a file, one more than is allowed at most; taken from it once, and held as long as it is there."""
    held: tuple[str, bytes] | None = st.session_state.get(HELD)
    if held is None or held[0] != file.file_id:
        held = st.session_state[HELD] = file.file_id, file.getvalue()[: MOST_BYTES + 1]
    return held[1]


def chosen_parts(mark: str) -> dict[str, str | tuple[str, ...] | None]:
    """What was chosen for this file instead of what was recognised, by the arguments of `read_table`."""
    start = f"{GIVEN} {mark} "
    return {key.removeprefix(start): value for key, value in st.session_state.items() if str(key).startswith(start)}


Found = tuple[Reading | None, Message | str]  # the sentence is said later, in the language of whoever looks


def room(found: Found) -> int:
    """Bytes, about, that a reading takes with the file that it is of."""
    columns = [] if found[0] is None else found[0].columns
    return MOST_BYTES + sum(column.values.nbytes + GAP * len(column.gaps) for column in columns)


@kept("tables", room)
def read(content: bytes, given: Sequence[tuple[str, str]]) -> Found:
    """The table as it was read, or why it was not; once for all visitors who bring the same file at the same time."""
    parts: dict[str, object] = dict(given)
    missing = [mark.strip() for mark in str(parts.pop("missing", "")).split()]
    try:
        if content.startswith(parquet.MAGIC):
            return parquet.read_parquet(content, missing=missing, **parts), ""
        return read_table(content, missing=missing, **parts), ""
    except ValueError as error:
        return None, error.args[0]


def answer_controls(reading: Reading, mark: str) -> None:
    """What the file does not tell, to be chosen between its readings."""
    for question in reading.questions:
        readings: Mapping[str, str] = {choice.value: str(choice.reading) for choice in question.choices}
        widget = f"{GIVEN} {mark} {question.about}"
        st.session_state[widget] = st.session_state.get(widget)  # what was chosen stays when its words change
        st.radio(
            plain(str(question.sentence)),
            readings,
            index=None,
            format_func=lambda value, readings=readings: plain(readings[value]),
            key=widget,
        )


def suspect_controls(column: Column, key: str) -> None:
    """Asks whether a number that repeats far outside the others stands for a missing one; one click takes it as such.

    Args:
        key: of the field that has what is missing besides the usual marks.
    """
    for suspect in suspects(column):
        st.info(
            plain(
                say_n(
                    "“{name}” is {value} in {count} row and elsewhere from {low} to {high}: is it missing there?",
                    "“{name}” is {value} in {count} rows and elsewhere from {low} to {high}: is it missing there?",
                    suspect.times,
                    name=column.name,
                    value=exact(suspect.value),
                    low=short(suspect.low),
                    high=short(suspect.high),
                )
            )
        )
        st.button(
            say("Take {value} as missing, in every column", value=exact(suspect.value)),
            key=f"as missing {column.name} {suspect.value} {key}",
            on_click=also_missing,
            args=(key, exact(suspect.value)),
        )


def also_missing(key: str, mark: str) -> None:
    """Adds a mark to those that the person has given."""
    st.session_state[key] = f"{st.session_state.get(key) or ''} {mark}".strip()


def preview(reading: Reading) -> None:
    """The first rows as they were read, with every cell that is no number as it stands in the file."""
    st.caption(say("{count} rows; the first as they were read:", count=f"{len(reading.lines):,}"))
    st.table(
        {
            plain(column.name): [plain(as_read(column, row, cells[at])) for row, cells in enumerate(reading.first)]
            for at, column in enumerate(reading.columns)
        },
        border="horizontal",
        hide_index=True,
    )
    if reading.comments:
        st.caption(say("Lines of comment: {lines}.", lines=listed(map(str, reading.comments[:20]))))


def as_read(column: Column, row: int, cell: str) -> str:
    """A cell as the number that was read, or as it stands in the file where it is none."""
    value = column.values[row]
    return f"{value:.10g}".replace("-", "−") if column.kind in NUMBERS and np.isfinite(value) else cell


def columns(reading: Reading) -> tuple[list[str], str]:
    """The columns that are chosen as inputs and as target; at first those that the link names.

    What is chosen stays for every table with the same columns, and for no other.

    Raises:
        ValueError: the table has too few columns of numbers.
    """
    kind, need = PROBLEMS[current().problem], current().wanted
    first = list(need.columns) if need else []
    numbers, targets = reading.of(*NUMBERS), reading.of(*NUMBERS, *["classes"] * kind.classes)
    inputs: list[str] = []
    key = f"data column {blake2b(repr([numbers, targets]).encode(), digest_size=6).hexdigest()}"
    for at, label in enumerate([say("Input x")] if kind.features == 1 else [say("Input x₁"), say("Input x₂")]):
        left = [name for name in numbers if name not in inputs]
        inputs.append(chosen(label, left, first[at : at + 1], f"{key} {at}"))
    left = [name for name in targets if name not in inputs]
    return inputs, chosen(say("Target y"), left, first[-1:], f"{key} target")


def chosen(label: str, names: Sequence[str], first: Sequence[str], key: str) -> str:
    """One of the columns, by a list with this key.

    Raises:
        ValueError: there is none.
    """
    if not names:
        raise ValueError(message("The table has too few columns of numbers for this model."))
    at = names.index(first[0]) if first and first[0] in names else 0
    return str(st.selectbox(label, names, index=at, key=key))
