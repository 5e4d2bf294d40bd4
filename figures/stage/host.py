"""What the app takes from Streamlit in Python without a promise that it stays: the adapter's half on the server.

The rest of the adapter is `js/adapter`, for the browser, and `pages/shared/page.css`, for the look of Streamlit's own
elements; `tests/contract.py` says of each name what it is for.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_script_running() -> bool:
    """Whether this thread runs a page for a visitor, who may have gone."""
    return get_script_run_ctx(suppress_warning=True) is not None
