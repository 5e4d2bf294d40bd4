"""Fall Line: `streamlit run app.py`."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
WARM = ("figures.stage", "sympy", "scipy.optimize", "landscapes", "optimizers")
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


class KnowsHome:
    """Tells a page where its server is: else a deep link asks below its own path first, and logs the refusals.

    It also has plotly.js fetched and started while the page waits for its first message.
    """

    HOME = f'<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + "{BASE}/"}}</script>'
    LIBRARY = f"{BASE}/fall-line/plotly-{version('plotly')}/plotly.min.js"
    EARLY = f'<script defer src="{LIBRARY}" onerror="this.remove()"></script>'  # after Streamlit's own has started

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does; a page is held back, uncompressed, until it is whole, and gets the script."""
        if scope.get("method") != "GET" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        plain = scope | {"headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await self.send_page(held, send)

        await self.app(plain, receive, hold)

    async def send_page(self, held: list[Message], send: Send) -> None:
        """Sends what was held back, with one script at the top of its head and one at the end."""
        first, *rest = held
        page = b"".join(message.get("body", b"") for message in rest)
        page = page.replace(b"<head>", f"<head>{self.HOME}".encode(), 1)
        page = page.replace(b"</body>", f"{self.EARLY}</body>".encode(), 1)
        headers = MutableHeaders(scope=first)
        for stale in ("etag", "last-modified", "accept-ranges"):
            del headers[stale]
        headers["content-length"] = str(len(page))
        await send(first)
        await send({"type": "http.response.body", "body": page})


async def asset(request: Request) -> Response:
    """A script, a style sheet or plotly.js; its address changes with its content, so it may be kept for ever."""

    def answer() -> Response:
        return import_module("figures.stage").asset(**request.path_params, headers=request.headers)

    return await run_in_threadpool(answer)


def home(request: Request) -> Response:
    """Explore is the first page, and so answers at the root; who asks for it by name is sent there."""
    return RedirectResponse(f"{BASE}/?{request.url.query}")  # relative: a proxy may speak https


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


ROUTES = [Route(f"{BASE}/fall-line/{{version}}/{{name}}", asset), Route(f"{BASE}/explore", home)]
MIDDLEWARE = [Middleware(SafeHeaders), Middleware(KnowsHome)]

app = st.App("pages/menu.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
