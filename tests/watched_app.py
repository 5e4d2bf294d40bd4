"""The app, with one address more that tells of its process: modules, threads, its number, what it computed."""

import json
import os
import sys
import threading
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from threadpoolctl import threadpool_info

from app import MIDDLEWARE, ROUTES, lifespan
from caching import computed
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


app = st.App(str(MENU), routes=[*ROUTES, Route("/process", process)], middleware=MIDDLEWARE, lifespan=lifespan)
