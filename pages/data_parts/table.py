"""A table that the person brings: a file, two of its columns, and whatever is wrong with it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from landscapes import DataSet, points, read_table
from pages.data_parts.choices import about
from pages.data_parts.problems import UPLOAD
from pages.data_parts.state import choose, current
from pages.data_parts.table_in_link import fingerprint, table_text, wanted
from pages.shared.state import plain


def table_controls() -> None:
    """A file, and the two of its columns that are the data; whatever is wrong with it is said."""
    file = st.file_uploader("CSV, at most 2 MB", type=["csv", "txt", "tsv"], key="data file", max_upload_size=2)
    if file is None:
        return
    try:
        table = read_table(file.getvalue())
        data, left_out = columns(table, file.name)
    except ValueError as error:
        st.error(plain(str(error)))
        return
    if left_out:
        st.warning(plain(left_out[: left_out.index(" Left out:")]))
        with st.expander("Rows left out"):
            st.text_area("Rows", left_out[left_out.index("Left out:") :], disabled=True, label_visibility="collapsed")
    if table_text(data) is None:
        st.caption("This table is too long for a link: whoever opens the link is asked for the file.")
    choices = current()
    if choices.table is not None and wanted(choices.table) == wanted(data):
        return
    if choices.wanted is not None and choices.wanted.print == fingerprint(data):
        choose(replace(choices, table=data, wanted=None), redraw=True)
    else:
        choose(about(replace(choices, table=data, wanted=None), data=UPLOAD), redraw=True)
    st.rerun()


def columns(table: Table, name: str) -> tuple[DataSet, str]:
    """The data of the two columns that are chosen; at first those that the link names."""
    need = current().wanted
    x = chosen("Input x", table.numeric, need.columns[0] if need else None)
    y = chosen("Target y", [column for column in table.numeric if column != x], need.columns[1] if need else None)
    return points(table, x, y, name)


def chosen(label: str, names: Sequence[str], first: str | None) -> str:
    """One of the columns."""
    at = names.index(first) if first in names else 0
    return st.selectbox(label, names, index=at, key=f"data {label}")
