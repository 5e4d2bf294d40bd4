"""Servers and a real Chromium for the tests that are marked `browser`."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    *("--enable-unsafe-swiftshader", "--use-angle=swiftshader"),  # these two draw 3-D without a GPU
]
PATIENCE = 60_000  # milliseconds, for a machine that is busy with other things


@dataclass
class Visit:
    """An open page, and what went on behind it."""

    page: "Page"
    errors: list[str] = field(default_factory=list)  # errors in the console, uncaught exceptions
    hosts: set[str] = field(default_factory=set)  # every host that was asked for anything
    frames: Counter[str] = field(default_factory=Counter)  # WebSocket messages "sent" and "received"
    received: int = 0  # bytes over the WebSocket

    def drawn(self) -> int:
        """How often the stage has been drawn completely, waiting for the first time."""
        self.page.wait_for_selector(".fall-line[data-drawn]")
        return int(self.page.get_attribute(".fall-line", "data-drawn") or 0)

    def wait_for_drawing(self, after: int) -> None:
        """Returns when the stage has been drawn once more than `after` times."""
        self.page.wait_for_function("n => Number(document.querySelector('.fall-line').dataset.drawn) > n", arg=after)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts a Streamlit server for a script of this repository and returns its address."""
    running: list[tuple[subprocess.Popen[str], threading.Thread]] = []

    def start(script: str, *options: str) -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            script,
            "--server.address=127.0.0.1",
            "--server.headless=true",
        ]
        process = subprocess.Popen(
            [*command, f"--server.port={port}", "--server.fileWatcherType=none", *options],
            cwd=REPOSITORY,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # What it says is read to the end, so that its words never fill the pipe.
        reader = threading.Thread(target=process.stdout.read, daemon=True)
        running.append((process, reader))
        said = []
        for line in process.stdout:
            said.append(line)
            if "http://" in line:
                break
        else:
            raise RuntimeError("the server did not start: " + "".join(said))
        reader.start()
        return f"http://127.0.0.1:{port}"

    yield start
    for process, _ in running:
        process.terminate()
    for process, reader in running:
        process.wait(timeout=20)
        reader.join(timeout=20)
        process.stdout.close()


@pytest.fixture(scope="session")
def fall_line(serve: Callable[..., str]) -> str:
    """Address of the running app."""
    return serve("app.py")


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "the browser tests need Chromium: install it, or set CHROMIUM to its path"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: "Browser") -> Iterator[Callable[..., Visit]]:
    """Opens an address as a new visitor; further keywords are those of a browser context."""
    contexts = []

    def go(url: str, width: int = 1400, height: int = 900, **options: object) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        seen = Visit(context.new_page())

        def receive(frame: bytes | str) -> None:
            seen.frames["received"] += 1
            seen.received += len(frame)

        def listen(socket_: object) -> None:
            socket_.on("framesent", lambda _: seen.frames.update(["sent"]))
            socket_.on("framereceived", receive)

        page = seen.page
        page.on("console", lambda said: said.type == "error" and seen.errors.append(said.text))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("request", lambda request: seen.hosts.update(filter(None, [urlsplit(request.url).hostname])))
        page.on("websocket", listen)
        page.goto(url)
        return seen

    yield go
    for context in contexts:
        context.close()
