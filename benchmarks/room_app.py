"""The app with three addresses more: to open a room, to show a new picture in it, and to ask for CPU."""

import os
import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app import MIDDLEWARE, ROUTES, lifespan
from rooms import Picture, the_store

MENU = Path(__file__).parents[1] / "pages" / "menu.py"
MESSAGE = 9_000  # bytes, as of Explore with three runs


async def opened(_: Request) -> JSONResponse:
    """Code and secret of a new room."""
    return JSONResponse(the_store().open(time.time()))


async def shown(request: Request) -> JSONResponse:
    """Shows a picture that was not shown before."""
    name = f"move {request.query_params['move']}"
    picture = Picture("stage", name, {}, f"/?v=1&seed={request.query_params['move']}", "Explore")
    the_store().show(request.path_params["code"], time.time(), picture, {name: os.urandom(MESSAGE)})
    return JSONResponse(name)


async def spent(_: Request) -> JSONResponse:
    """Seconds of CPU of this process."""
    return JSONResponse(time.process_time())


app = st.App(
    str(MENU),
    routes=[*ROUTES, Route("/open", opened), Route("/show/{code}", shown), Route("/spent", spent)],
    middleware=MIDDLEWARE,
    lifespan=lifespan,
)
