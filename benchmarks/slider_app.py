"""The page of `slider_page.py` under the routes and start-up of the app."""

import streamlit as st

from app import MIDDLEWARE, ROUTES, lifespan

app = st.App("slider_page.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
