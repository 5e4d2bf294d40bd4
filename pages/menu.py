"""The pages in the order of the menu."""

from pathlib import Path

import streamlit as st

from figures.stage import mark_the_end, speak_language
from pages.shared import letters
from pages.shared.state import for_the_visitor
from words import say

HERE = Path(__file__).parent

with for_the_visitor():
    st.set_page_config(page_title="Fall Line", page_icon=str(HERE / "shared" / "logo.svg"), layout="wide")
    if not st.context.is_embedded:
        st.logo(str(HERE / "shared" / "wordmark.svg"), icon_image=str(HERE / "shared" / "logo.svg"))
    st.html(letters.page_style())
    with st.empty():  # a place that stays: what comes after it is not mounted anew when the language changes
        speak_language()
    st.navigation(
        [
            st.Page("lessons.py", title=say("Lessons"), url_path="lessons"),
            st.Page("explore.py", title=say("Explore"), url_path="explore", default=True),
            st.Page("curvature.py", title=say("Curvature"), url_path="curvature"),
            st.Page("step_by_step.py", title=say("Step by step"), url_path="step-by-step"),
            st.Page("maps.py", title=say("Maps"), url_path="maps"),
            st.Page("data.py", title=say("Data"), url_path="data"),
            st.Page("networks.py", title=say("Networks"), url_path="networks"),
        ],
        position="hidden" if st.context.is_embedded else "top",
    ).run()
    mark_the_end()
