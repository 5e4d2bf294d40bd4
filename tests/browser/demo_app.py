"""Two pages for the browser tests, the stage alone and the save buttons alone, under the routes and headers of the app.

Without its start-up: what these two need is imported with the first visit, and no other page's formulas are prepared.
"""

import streamlit as st

from delivery import MIDDLEWARE, ROUTES

app = st.App("alone.py", routes=ROUTES, middleware=MIDDLEWARE)
