"""The app, with addresses more that tell of its process: modules, threads, its number, its work, what it keeps."""

import asyncio
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

LOOK = 0.02  # seconds between two looks whether there is anything new to tell
MENU = Path(__file__).parents[1] / "pages" / "menu.py"


async def process(_: Request) -> Response:
    """Of the process: number, modules, threads of each BLAS."""
    threads = {each["filepath"]: each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}
    return Response(json.dumps({"modules": sorted(sys.modules), "threads": threads, "id": os.getpid()}))


def at_work() -> str:
    """What was computed, how many visitors there are, and the scripts that run for them."""
    scripts = sum("ScriptRunner" in thread.name for thread in threading.enumerate())
    return json.dumps({"computed": computed(), "visitors": GUESTS.connected, "scripts": scripts})


async def work(request: Request) -> Response:
    """The same, as soon as it is something else than what is `known`: to be asked again and again costs more."""
    while (told := at_work()) == request.query_params.get("known") and not await request.is_disconnected():
        await asyncio.sleep(LOOK)
    return Response(told)


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
    routes=[*ROUTES, Route("/process", process), Route("/work", work), Route("/left", left)],
    middleware=MIDDLEWARE,
    lifespan=lifespan,
)
