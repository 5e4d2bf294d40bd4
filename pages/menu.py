"""The pages in the order of the menu."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent

st.set_page_config(page_title="Fall Line", page_icon=str(HERE / "shared" / "logo.svg"), layout="wide")
st.logo(str(HERE / "shared" / "wordmark.svg"), icon_image=str(HERE / "shared" / "logo.svg"))
st.html(HERE / "shared" / "page.css")
st.navigation(
    [
        st.Page("explore.py", title="Explore", url_path="explore", default=True),
        st.Page("curvature.py", title="Curvature", url_path="curvature"),
        st.Page("data.py", title="Data", url_path="data"),
    ]
).run()
