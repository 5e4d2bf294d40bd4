"""How a table was read, part by part, and lists to choose otherwise."""

from collections.abc import Mapping

import streamlit as st

from landscapes import Reading
from landscapes.from_data.reading import ENCODINGS
from words import listed, mark, say

COMMA, POINT, NONE, UNKNOWN = mark("comma"), mark("point"), mark("none"), mark("as recognised")
PARTS = {  # argument of `read_table` -> its label, and what may be chosen
    "encoding": (mark("Encoding"), dict(ENCODINGS)),
    "delimiter": (
        mark("Between cells"),
        {",": COMMA, ";": mark("semicolon"), "\t": mark("tab"), "|": mark("bar"), " ": mark("blanks")},
    ),
    "quote": (mark("Quotation mark"), {'"': mark("double"), "'": mark("single")}),
    "header": (
        mark("Names of columns"),
        {"first row": mark("in the first row"), "comment": mark("in the comment above"), "none": mark("none")},
    ),
    "decimal": (mark("Decimal mark"), {".": POINT, ",": COMMA}),
    "thousands": (
        mark("Mark of thousands"),
        {"": mark("none"), ",": COMMA, ".": POINT, "'": mark("apostrophe"), " ": mark("space")},
    ),
    "comment": (
        mark("Comments begin with"),
        {"": mark("nothing: there are none"), "#": "#", "%": "%", "//": "//"},
    ),
    "dates": (mark("Dates such as 3/4/2024"), {"day first": mark("day first"), "month first": mark("month first")}),
}


def dialect_controls(reading: Reading | None, key: str, given: Mapping[str, object]) -> None:
    """A list for each part; what was recognised stands in it until something else is chosen."""
    asked = {question.about for question in reading.questions} if reading is not None else set()
    if reading is not None and reading.dialect.form != "text":
        asked |= set(PARTS) - {"dates"}  # of a file that has no marks to be recognised
    for part, (label, options) in PARTS.items():
        if part in asked or (part == "dates" and (reading is None or not reading.dialect.dates)):
            continue
        found = "" if reading is None else getattr(reading.dialect, part)
        word = UNKNOWN if reading is None else options.get(found, NONE)
        widget = f"{key} {part}"
        st.session_state[widget] = st.session_state.get(widget)  # what was chosen stays when its words change
        st.selectbox(
            say(label),
            list(options),
            index=None,
            format_func=lambda value, options=options: say(options[value]),
            placeholder=say(word),
            key=widget,
        )
    st.text_input(
        say("Also missing"),
        key=f"{key} missing",
        help=say("Marks or numbers that stand where a number is missing, such as −200, with blanks between them."),
    )
    if reading is not None and reading.dialect.missing:
        st.caption(say("Read as missing: {marks}", marks=listed(reading.dialect.missing[:10])))
