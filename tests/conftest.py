"""Servers and a real Chromium for the tests that are marked `browser`."""

import preload  # noqa: F401  # one thread for BLAS, as in the app

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pseudo_language
import pytest
from driver import PATIENCE, browsing_from_disk, process_of, serving, wait_until
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect
from visitor import looking_once

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page, WebSocket

# The same examples at every run, and no verdict by the clock: a busy machine is no mistake.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

expect.set_options(timeout=1000 * PATIENCE)


def pytest_collection() -> None:
    """What is collected stays, and nearly nothing of it is garbage: to look for that took a quarter of the time."""
    gc.disable()


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One worker more than there are processors, since each waits a tenth of its time for a browser or a server."""
    return 1 + (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser comes first, then what takes long: so that no worker is left alone at the end."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: ("browser" not in item.path.parts, item.path not in long))


def pytest_runtest_call(item: pytest.Item) -> None:
    """A visit that lasts goes on in front of those that came after it."""
    for given in getattr(item, "funcargs", {}).values():
        if isinstance(given, Visit):
            given.come_to_the_front()


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: to look through all of it for garbage takes half a second every time."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], 100)


# The script has run to its end, nothing on the page is about to go, and every stage has drawn all that it shows: so for
# two frames together, since a stage hears of what is new a moment after the page does.
AT_REST = """async after => {
  const drawn = () => Number(document.querySelector(".fall-line")?.dataset.drawn ?? 0);
  const still = (component) => component.closest("[style*='display: none']")
    || component.querySelector(".fall-line[data-drawn]:not([aria-busy]), .fall-line-presents");
  const rests = () => document.querySelector("[data-test-script-state=notRunning]")
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]") && document.fonts.status === "loaded"
    && [...document.querySelectorAll(".stBidiComponent")].every(still)
    && !document.querySelector(".fall-line-panel:not([hidden]) > .fall-line-plot:not(.js-plotly-plot)")
    && (after === null || drawn() > after);
  for (let frames = 0; frames < 2; frames = rests() ? frames + 1 : 0) await new Promise(requestAnimationFrame);
  return drawn();
}"""


@dataclass
class Visit:
    """An open page, and what went on behind it."""

    page: "Page"
    errors: list[str] = field(default_factory=list)  # errors in the console, uncaught exceptions
    asked: list[str] = field(default_factory=list)  # every address that anything was asked of
    frames: Counter[str] = field(default_factory=Counter)  # WebSocket messages "sent" and "received"
    received: int = 0  # bytes over the WebSocket
    phone: "CDPSession | None" = None  # what makes it a phone, for as long as that is attached

    def come_to_the_front(self) -> None:
        """Of a tab behind another one a frame is drawn in a second, and it may not fill the screen."""
        self.page.bring_to_front()

    @property
    def hosts(self) -> set[str]:
        """Every host that was asked for anything."""
        return set(filter(None, (urlsplit(address).hostname for address in self.asked)))

    def become_a_phone(self, width: int, height: int) -> None:
        """From here on it is touched with fingers, on a screen of this size.

        A context of phones would be another: nothing in it is compiled yet, and everything is compiled at every visit.
        """
        self.phone = self.page.context.new_cdp_session(self.page)
        self.phone.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        self.phone.send("Emulation.setScrollbarsHidden", {"hidden": True})
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Makes the window, or the screen of the phone, this large."""
        if self.phone:
            size = {"width": width, "height": height, "screenWidth": width, "screenHeight": height}
            self.phone.send("Emulation.setDeviceMetricsOverride", size | {"deviceScaleFactor": 1, "mobile": True})
        else:
            self.page.set_viewport_size({"width": width, "height": height})

    def rest(self) -> None:
        """Returns when the page is at rest."""
        wait_until(self.page, AT_REST)

    def drawn(self) -> int:
        """How often the stage has been drawn completely, as soon as it has been and the page is at rest."""
        return self.wait_for_drawing(after=0)

    def wait_for_drawing(self, after: int) -> int:
        """How often it has been drawn, when that is more often than `after` and the page is at rest again."""
        return int(wait_until(self.page, AT_REST, arg=after).json_value())


class Tabs:
    """The tabs of one context of one browser, each used again by the next visitor.

    Half of what a visit costs is the process of a new tab, to which every script is new.
    """

    def __init__(self, context: "BrowserContext") -> None:
        self.context = context
        self.idle: list[Page] = []

    def take(self, new: bool) -> "Page":
        """A tab where nothing is left of who was there before."""
        return self.idle.pop() if self.idle and not new else self.context.new_page()

    def leave(self, seen: Visit) -> None:
        """Her visit has ended, and the tab is for the next one: empty, with the pointer up and outside of it."""
        page = seen.page
        page.unroute_all()
        page.evaluate("() => location.replace('about:blank')")  # asked by the page itself, it keeps its process
        page.wait_for_url("about:blank")
        if seen.phone:
            seen.phone.detach()
            page.set_viewport_size({"width": 800, "height": 600})  # what it has now, so that the next size is another
        page.mouse.up()
        page.mouse.move(-1, -1)
        self.idle.append(page)


@contextmanager
def visiting(
    tabs: Tabs,
    url: str,
    width: int = 1400,
    height: int = 900,
    before: str = "",
    phone: bool = False,
    offline: bool = False,
    rerouted: bool = False,
    **likes: str,
) -> Iterator[Visit]:
    """An address opened by a new visitor who likes a colour scheme, `before` having run in the page.

    Who does not say otherwise likes less motion, so that what is opened stands still from the beginning. Whose sockets
    are to be `rerouted` gets a tab of her own: that cannot be taken back.
    """
    seen = Visit(tabs.take(new=rerouted))
    page = seen.page
    seen.come_to_the_front()

    def receive(frame: bytes | str) -> None:
        seen.frames["received"] += 1
        seen.received += len(frame)

    def listen(socket_: "WebSocket") -> None:
        socket_.on("framesent", lambda _: seen.frames.update(["sent"]))
        socket_.on("framereceived", receive)

    heard = {
        "console": lambda said: said.type == "error" and seen.errors.append(said.text),
        "pageerror": lambda error: seen.errors.append(str(error)),
        "request": lambda request: seen.asked.append(request.url),
        "websocket": listen,
    }
    seen.resize(width, height)
    if phone:
        seen.become_a_phone(width, height)
    page.emulate_media(**{"color_scheme": "light", "reduced_motion": "reduce"} | likes)
    session = tabs.context.new_cdp_session(page)  # what is asked in it ends with it
    if before:
        session.send("Page.enable")
        session.send("Page.addScriptToEvaluateOnNewDocument", {"source": before})
    if offline:
        network = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        session.send("Network.emulateNetworkConditions", network)
    for name, hear in heard.items():
        page.on(name, hear)
    page.goto(url)
    try:
        yield seen
    finally:
        page.evaluate("() => (localStorage.clear(), sessionStorage.clear())")  # the next visitor is another person
        session.detach()
        for name, hear in heard.items():
            page.remove_listener(name, hear)
        if rerouted:
            page.close()
        else:
            tabs.leave(seen)


@pytest.fixture(scope="session", autouse=True)
def one_look_for_components() -> Iterator[None]:
    """Every AppTest searches all installed packages for components, which took half of its time."""
    with looking_once():
        yield


@pytest.fixture(scope="session")
def pseudo_catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the language that is made from the template, written once."""
    folder = tmp_path_factory.mktemp("catalogues")
    pseudo_language.write(folder)
    return folder


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts a Streamlit server for a script of this repository and returns its address."""
    with ExitStack() as running:
        yield lambda script, *options: running.enter_context(serving(script, *options))


@pytest.fixture(scope="session")
def fall_line(serve: Callable[..., str]) -> Iterator[str]:
    """Address of the running app, which in the end has imported nothing for whatever all the tests have done to it."""
    address = serve("tests/watched_app.py")
    before = process_of(address)["modules"]
    yield address
    assert set(process_of(address)["modules"]) - set(before) == set()


@pytest.fixture(scope="session")
def context() -> Iterator["BrowserContext"]:
    """The context of all visits, which remembers what it has compiled."""
    with browsing_from_disk() as context:
        context.set_default_timeout(1000 * PATIENCE)
        yield context


@pytest.fixture(scope="session")
def tabs(context: "BrowserContext") -> Tabs:
    """The tabs that all visits share."""
    return Tabs(context)


@pytest.fixture
def visit(tabs: Tabs) -> Iterator[Callable[..., Visit]]:
    """Opens an address as a new visitor."""
    with ExitStack() as visits:
        yield lambda url, *size, **more: visits.enter_context(visiting(tabs, url, *size, **more))


@pytest.fixture(scope="module")
def lasting_visit(tabs: Tabs) -> Iterator[Callable[..., Visit]]:
    """Opens an address for several tests of a file, each of which says first from where it goes on."""
    with ExitStack() as visits:
        yield lambda url, *size, **more: visits.enter_context(visiting(tabs, url, *size, **more))
