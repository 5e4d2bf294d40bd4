"""The pages of the demo by their addresses."""

import streamlit as st

st.navigation([st.Page("demo.py", default=True), st.Page("save.py")], position="hidden").run()
