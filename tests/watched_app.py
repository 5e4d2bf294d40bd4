"""The app, with one address more that tells of its process: modules, threads of BLAS, its number, what it computed."""

import json
import os
import sys
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from threadpoolctl import threadpool_info

from app import MIDDLEWARE, ROUTES, lifespan
from caching import computed

MENU = Path(__file__).parents[1] / "pages" / "menu.py"


async def process(_: Request) -> Response:
    """The names of all modules, the threads of each BLAS, the process's number, and how often what was computed."""
    threads = {each["filepath"]: each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}
    told = {"modules": sorted(sys.modules), "threads": threads, "id": os.getpid(), "computed": computed()}
    return Response(json.dumps(told))


app = st.App(str(MENU), routes=[*ROUTES, Route("/process", process)], middleware=MIDDLEWARE, lifespan=lifespan)
