"""Fall Line: `streamlit run app.py`."""

from preload import preload

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import streamlit as st

from delivery import HEADERS, MIDDLEWARE, PLOTLY, ROUTES

__all__ = ["HEADERS", "MIDDLEWARE", "PLOTLY", "ROUTES", "app", "lifespan"]


def prepare() -> None:
    """Computes what a first visitor sees, and leaves what is there by then out of the garbage collector's rounds."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 50)  # so that the files of the first page need not wait for their turns
    try:
        import_module("pages.shared.race.compute").prepare()
    finally:
        sys.setswitchinterval(usual)
        gc.freeze()  # almost none of it is garbage, and to look for that would hold up the first page
        gc.enable()


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Imports all that any page needs, then opens the door; the first picture is prepared meanwhile."""
    gc.disable()
    preload()
    preparing = asyncio.get_running_loop().run_in_executor(None, prepare)
    yield
    await preparing


app = st.App("pages/menu.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
