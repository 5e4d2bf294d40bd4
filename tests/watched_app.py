"""The app, with two addresses more that tell of its process: modules, threads, its number, what it computed, keeps."""

import gc
import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.runtime import get_instance
from threadpoolctl import threadpool_info

from app import MIDDLEWARE, ROUTES, lifespan
from caching import computed, held
from delivery import GUESTS

MENU = Path(__file__).parents[1] / "pages" / "menu.py"


async def process(_: Request) -> Response:
    """Of the process: number, modules, threads of each BLAS, what it computed, visitors, scripts that run for them."""
    threads = {each["filepath"]: each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}
    told = {
        "modules": sorted(sys.modules),
        "threads": threads,
        "id": os.getpid(),
        "computed": computed(),
        "visitors": GUESTS.connected,
        "scripts": sum("ScriptRunner" in thread.name for thread in threading.enumerate()),
    }
    return Response(json.dumps(told))


def let_go() -> None:
    """Lets the sessions go of those who left, which Streamlit keeps for two minutes."""
    stored = get_instance()._session_mgr._session_storage
    for each in stored.list():
        stored.delete(each.session.id)


async def left(_: Request) -> Response:
    """What is there besides what was there at the start: objects by their type, and bytes of results by pool."""
    let_go()
    gc.collect()
    objects = Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())
    return Response(json.dumps({"objects": objects, "held": held()}))


app = st.App(
    str(MENU),
    routes=[*ROUTES, Route("/process", process), Route("/left", left)],
    middleware=MIDDLEWARE,
    lifespan=lifespan,
)
