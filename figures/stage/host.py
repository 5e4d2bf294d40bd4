"""What the app takes from Streamlit in Python without a promise that it stays: the adapter's half on the server.

The rest of the adapter is `js/adapter`, for the browser, and `pages/shared/page.css`, for the look of Streamlit's own
elements; `tests/contract.py` says of each name what it is for.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from figures.stage.remembered import Certain, Remembered

# The browser forgets a message after more than so many runs without it.
FORGOTTEN = int(st.get_option("global.maxCachedMessageAge"))
# One that it used in so many last runs is there: far fewer, for parts of a run that was overtaken may not have come.
RUNS = max(1, FORGOTTEN // 2)


def is_script_running() -> bool:
    """Whether this thread runs a page for a visitor, who may have gone."""
    return get_script_run_ctx(suppress_warning=True) is not None


def refer_to_what_is_remembered() -> None:
    """Called as a run of a page or of a fragment begins: it refers to no message that the browser may not have."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and not isinstance(context.cached_message_hashes, Certain):
        remembered = st.session_state.setdefault("remembered", Remembered(RUNS))
        context.cached_message_hashes = remembered.begin(context.cached_message_hashes)


def mark_the_end() -> None:
    """Called as a run of a page ends: a message as no other run has, that shows later that all before it came."""
    if not is_script_running():
        return
    remembered = st.session_state["remembered"]
    size = int(st.get_option("global.minCachedMessageSize"))  # what is shorter is not remembered
    st.html(f"<style>/* {remembered.runs:0{size}} */</style>")
