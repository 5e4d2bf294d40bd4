"""A server of ours and a real Chromium, as the tests and the benchmarks start them."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, JSHandle, Page

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 300  # seconds: however busy a machine is, only what hangs takes longer
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    *("--enable-unsafe-swiftshader", "--use-angle=swiftshader"),  # these two draw 3-D without a GPU ...
    *("--disable-gpu-compositing", "--disable-gpu-rasterization"),  # ... and these two nothing else by its imitation
]
BRIEF = [
    "--js-flags=--no-opt",  # the visit of a test is too short to earn what an optimizing compiler costs ...
    "--webgl-antialiasing-mode=none",  # ... and no test looks at the edges of a line in 3-D
]
SERVER = ["--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none"]

CLAIM = """given => {
  try {
    return (%s)(given);
  } catch (fault) {
    if (fault instanceof TypeError) return false;
    throw fault;
  }
}"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def serving(script: str | Path, *options: str, port: int = 0) -> Iterator[str]:
    """The address of a Streamlit server for a script, given as soon as it says that it listens."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *SERVER, *options]
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # What it says is read to the end, so that its words never fill the pipe.
    reader = threading.Thread(target=process.stdout.read, daemon=True)
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if "http://" in line:
                break
        else:
            raise RuntimeError("the server did not start: " + "".join(said))
        reader.start()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        if reader.ident:
            reader.join(timeout=PATIENCE)
        process.stdout.close()


def process_of(address: str) -> dict[str, Any]:
    """What the watched app tells of its process: "modules", "threads" for each BLAS, and "id"."""
    with urlopen(f"{address}/process") as answer:
        return dict(json.load(answer))


def work_of(address: str, until: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
    """What the watched app tells of its work as soon as this holds of it: what it "computed", "visitors", "scripts"."""
    known = ""
    while True:
        with urlopen(f"{address}/work?{urlencode({'known': known})}", timeout=PATIENCE) as answer:
            known = answer.read().decode()
        if until(told := json.loads(known)):
            return dict(told)


def chromium() -> str:
    """Where the machine's Chromium is."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        raise RuntimeError("the browser tests need Chromium: install it, or set CHROMIUM to its path")
    return path


@contextmanager
def browsing() -> Iterator["Browser"]:
    """The machine's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS, timeout=1000 * PATIENCE)
        yield browser
        browser.close()


@contextmanager
def browsing_from_disk() -> Iterator["BrowserContext"]:
    """The same with a profile on disk: there, and there alone, Chromium keeps the scripts that it has compiled.

    The context begins with an empty page. As long as that is open, a visit is a tab beside it; otherwise it is a window
    of its own, with an address bar that is a page too. Nothing is measured here: scripts are compiled, not optimized.
    """
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium(), args=[*ARGUMENTS, *BRIEF], timeout=1000 * PATIENCE
        )
        yield context
        context.close()


def wait_until(page: "Page", claim: str, arg: object = None) -> "JSHandle":
    """What a function of the page gives, as soon as that is something true; a promise is taken for its word at once.

    A page is made anew under the eyes of who looks at it: what is asked of a thing that is not there is not true yet.
    """
    return page.wait_for_function(CLAIM % claim, arg=arg)
