"""The demo page under the routes, headers and start-up of the app."""

import streamlit as st

from app import MIDDLEWARE, ROUTES, lifespan

app = st.App("demo.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
