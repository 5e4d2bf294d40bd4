"""A table that the person brings: a file, two of its columns, and whatever is wrong with it."""

from dataclasses import replace

import streamlit as st

from landscapes import DataSet, Table, points, read_table
from pages.data_parts.choices import about
from pages.data_parts.problems import UPLOAD
from pages.data_parts.state import choose, current
from pages.shared.kept import plain


def table_controls() -> None:
    """A file, and the two of its columns that are the data; whatever is wrong with it is said."""
    file = st.file_uploader("CSV, at most 2 MB", type=["csv", "txt", "tsv"], key="data file", max_upload_size=2)
    if file is None:
        return
    try:
        table = read_table(file.getvalue())
        data, left_out = columns(table)
    except ValueError as error:
        st.error(plain(str(error)))
        return
    if left_out:
        st.warning(plain(left_out[: left_out.index(" Left out:")]))
        with st.expander("Rows left out"):
            st.text_area("Rows", left_out[left_out.index("Left out:") :], disabled=True, label_visibility="collapsed")
    known = current().table
    same = known is not None and known.labels == data.labels and known.examples == data.examples
    if not (same and (known.inputs == data.inputs).all() and (known.target == data.target).all()):
        choose(about(replace(current(), table=data), data=UPLOAD), redraw=True)
        st.rerun()


def columns(table: Table) -> tuple[DataSet, str]:
    """The data of the two columns that are chosen."""
    x = st.selectbox("Input x", table.numeric, key="data x")
    y = st.selectbox("Target y", [name for name in table.numeric if name != x], key="data y")
    return points(table, x, y)
