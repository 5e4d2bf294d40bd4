"""Fall Line: `streamlit run app.py`."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
WARM = ("plotly.graph_objects", "sympy", "scipy.optimize", "landscapes", "optimizers", "figures.stage")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Streamlit starts components from blob: modules and styles itself inline; a course page may frame the app.
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "script-src 'self' blob: 'unsafe-inline'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors *",
        ]
    ),
}


class SafeHeaders:
    """Adds the headers that keep a page to its own host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def asset(request: Request) -> Response:
    """A script, a style sheet or plotly.js; its address changes with its content, so it may be kept for ever."""
    return await run_in_threadpool(import_module("figures.stage").asset, **request.path_params, headers=request.headers)


def warm_up() -> None:
    """Imports what the first picture needs, and takes it out of the collector's rounds."""
    for name in WARM:
        import_module(name)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Warms up beside the server, which answers meanwhile."""
    warming = asyncio.get_running_loop().run_in_executor(None, warm_up)
    yield
    await warming


ROUTES = [Route(f"{BASE}/fall-line/{{version}}/{{name}}", asset)]
MIDDLEWARE = [Middleware(SafeHeaders)]

app = st.App("pages/menu.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
