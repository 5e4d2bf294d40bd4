"""What the server adds to Streamlit's: safe headers, our files and plotly.js, and what a page loads before it asks."""

import gzip
import json
import os
from functools import cache
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hosting import STREAM, Door, Guests, is_page, policy, read, status
from rooms import as_typed, is_code, room_routes, the_store
from words import ENGLISH, languages, speaking

INLINE = Path(__file__).parent / "figures" / "stage" / "js" / "adapter" / "inline"
BASE = f"/{st.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
PLOTLY = f"{BASE}/fall-line/plotly-{distribution('plotly').version}/plotly.min.js"
SELDOM = {
    "standalone.js",
    "room.js",
    "room.css",
    "lead.js",
    "socket.js",
    "answers.js",
    "language.js",
}  # not for every visitor
TYPES = {"js": "text/javascript", "css": "text/css"}
SETTINGS = read(os.environ)
GUESTS = Guests(SETTINGS.most_sessions)
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
POLICY = "Content-Security-Policy"


class SafeHeaders:
    """Adds the headers that keep a page to its own host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault(POLICY, policy(Headers(scope=scope).get("host", ""), SETTINGS.frame_hosts))
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def inline(name: str, constant: str, value: object) -> str:
    """One of our scripts as a part of the page, after a constant that it reads."""
    script = (INLINE / f"{name}.js").read_text(encoding="utf-8")
    return f"<script>{{\nconst {constant} = {json.dumps(value)};\n{script}}}</script>"


class StudentPages:
    """Answers `/?room=CODE` with the page of a student: it needs no session, and so costs next to nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does where no room is asked for."""
        asked = scope["type"] == "http" and scope["path"] in {BASE, f"{BASE}/"} and Request(scope).query_params
        if not asked or "room" not in asked:
            await self.app(scope, receive, send)
            return
        code = as_typed(asked["room"])
        spoken = asked["lang"] if asked.get("lang") in languages() else ENGLISH
        with speaking(spoken):
            page = import_module("figures.stage").room_page(code if is_code(code) else "", BASE)
        await HTMLResponse(page, headers={"Cache-Control": "no-store"})(scope, receive, send)


class PageScripts:
    """Gives every page our two scripts and has plotly.js fetched at once; what they do stands in `js/adapter/inline`.

    Where Streamlit's mark of a connection is missing, the stage loads what it needs itself.
    """

    FETCH = f'<link rel="preload" as="script" href="{PLOTLY}">'

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does; a page is held back, uncompressed, until it is whole, and gets the script."""
        if not is_page(scope):
            await self.app(scope, receive, send)
            return
        plain = scope | {"headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                await self.send_page(held, send, Headers(scope=scope).get("host", ""))

        await self.app(plain, receive, hold)

    async def send_page(self, held: list[Message], send: Send, host: str) -> None:
        """Sends what was held back, with one script at the top of its head and one at the end."""
        first, *rest = held
        page = b"".join(message.get("body", b"") for message in rest)
        page = page.replace(b"<head>", f"<head>{head()}".encode(), 1)
        page = page.replace(b"</body>", f"{self.FETCH}{early()}</body>".encode(), 1)
        headers = MutableHeaders(scope=first)
        for stale in ("etag", "last-modified", "accept-ranges"):
            del headers[stale]
        headers["content-length"] = str(len(page))
        headers[POLICY] = policy(host, SETTINGS.frame_hosts, page)
        await send(first)
        await send({"type": "http.response.body", "body": page})


class PagesLeft:
    """Keeps from Streamlit what a part of a page asks once another page was asked for or has begun.

    A slider that is moved while the next page is on its way asks for a part of the page it is on. Streamlit makes that
    part after the next page, and the browser, which is there by then, finds no place for it and shows nothing any more.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does, which hears of no page that was left."""
        if scope["type"] != "websocket" or not scope["path"].endswith(STREAM):
            await self.app(scope, receive, send)
            return
        where = import_module("figures.stage").Whereabouts()

        async def receive_from_here() -> Message:
            while True:
                message = await receive()
                if not message.get("bytes") or where.asks(message["bytes"]):
                    return message

        async def send_and_follow(message: Message) -> None:
            if message.get("bytes"):
                where.is_told(message["bytes"])
            await send(message)

        await self.app(scope, receive_from_here, send_and_follow)


@cache
def head() -> str:
    """The script that says where the server is, and keeps the browser's history to the pages."""
    return inline("head", "FALL_LINE_BASE", BASE)


@cache
def early() -> str:
    """The script that begins to load what the stage needs."""
    stage = import_module("figures.stage")
    home = f"{BASE}/fall-line/{stage.revision()}"
    modules = [name for name in stage.sources() if name.endswith(".js") and name not in SELDOM]
    parts = [
        *(("link", {"rel": "modulepreload", "href": f"{home}/{name}"}) for name in modules),
        ("link", {"id": "fall-line-style", "rel": "stylesheet", "href": f"{home}/stage.css"}),
        ("script", {"src": PLOTLY}),
    ]
    return inline("early", "FALL_LINE_PARTS", parts)


@cache
def library() -> bytes:
    """The plotly.js of the installed package as gzip.

    Level 4 takes half the time of 6 for 4 % more.
    """
    script: str = import_module("plotly.offline").get_plotlyjs()
    return gzip.compress(script.encode(), 4, mtime=0)


def zipped(version: str, name: str) -> bytes | None:
    """A file as gzip: plotly.js under its version or ours, our own files under ours; None for anything else."""
    if f"{BASE}/fall-line/{version}/{name}" == PLOTLY:
        return library()
    stage = import_module("figures.stage")  # only here: it takes its time too
    if version != stage.revision():
        return None
    return library() if name == "plotly.min.js" else stage.source(name)


async def asset(request: Request) -> Response:
    """A script, a style sheet or plotly.js; its address changes with its content, so it may be kept for ever."""
    version, name = request.path_params["version"], request.path_params["name"]
    body = await run_in_threadpool(zipped, version, name)
    if body is None:
        return Response(status_code=404)
    keep = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": f'"{version}"', "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == keep["ETag"]:
        return Response(status_code=304, headers=keep)
    if "gzip" in request.headers.get("accept-encoding", ""):
        keep["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, headers=keep, media_type=TYPES[name.rpartition(".")[2]])


def home(request: Request) -> Response:
    """Explore is the first page, and so answers at the root; who asks for it by name is sent there."""
    return RedirectResponse(f"{BASE}/?{request.url.query}")  # relative: a proxy may speak https


def how_it_is(request: Request) -> Response:
    """How this process is doing, for those who have the token."""
    turns = import_module("pages.shared.work").TURNS, import_module("pages.shared.controls.picture_downloads").DRAWING
    computing, drawing = (each.under_way for each in turns)
    jobs = {"computing": computing, "drawing": drawing, "waiting": sum(each.waiting for each in turns)}
    return status(request, SETTINGS, GUESTS, jobs)


ROUTES = [
    *room_routes(the_store(), BASE),
    Route(f"{BASE}/fall-line/status", how_it_is),
    Route(f"{BASE}/fall-line/{{version}}/{{name:path}}", asset),
    Route(f"{BASE}/explore", home),
]
MIDDLEWARE = [
    Middleware(SafeHeaders),
    Middleware(StudentPages),  # before the door: a hall of students in a room takes no places
    Middleware(Door, guests=GUESTS, open_to_all=[f"{BASE}/{own}" for own in ("_stcore/", "fall-line/", "explore")]),
    Middleware(PageScripts),
    Middleware(PagesLeft),
]
