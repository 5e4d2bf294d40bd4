"""The pages as a visitor uses them, without a browser."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from driver import PATIENCE
from menu import PAGES
from streamlit.components.v2 import manifest_scanner
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.util import calc_hash

from figures.stage.packing import unpack
from pages.shared.state.choices import first_choices

MENU = "../pages/menu.py"
ADDRESSES = {page.name: page.path for page in PAGES}


PASSING = 2  # the container of dialogs and toasts


class OnScreen(ForwardMsgQueue):
    """What a visitor's browser shows: what a run has not drawn anew is still there. AppTest alone forgets it."""

    whole_page_begins = False

    def clear(self, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None) -> None:
        """As a run begins. One of the whole page may yet turn out to be one of some parts, before it draws anything."""
        self.whole_page_begins = fragment_ids_this_run is None
        if fragment_ids_this_run is not None:
            super().clear(retain_lifecycle_msgs, fragment_ids_this_run)

    def enqueue(self, msg: ForwardMsg) -> None:
        """Takes a message in."""
        if msg.HasField("delta") and self.whole_page_begins:
            self.whole_page_begins = False
            super().clear(retain_lifecycle_msgs=True)
        super().enqueue(msg)


screens: WeakKeyDictionary[SafeSessionState, OnScreen] = WeakKeyDictionary()


class Runner(LocalScriptRunner):
    """A run that goes on with what is on the visitor's screen."""

    def __init__(self, script_path: str, session_state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
        super().__init__(script_path, session_state, *args, **kwargs)
        self.forward_msg_queue = screen = screens.setdefault(session_state, OnScreen())
        screen._queue = [
            each for each in screen._queue if each.HasField("delta") and each.metadata.delta_path[0] != PASSING
        ]

    def forward_msgs(self) -> list[ForwardMsg]:
        """All that is on the screen, from above."""
        seen: dict[tuple[int, ...], ForwardMsg] = {}
        for each in super().forward_msgs():
            if each.HasField("delta") and not each.delta.HasField("new_transient"):
                path = tuple(each.metadata.delta_path)
                if not each.delta.HasField("add_block"):  # what stood in a container that was here is gone
                    seen = {other: kept for other, kept in seen.items() if other[: len(path)] != path}
                seen[path] = each
        return [seen[path] for path in sorted(seen)]


def has_run(runner: LocalScriptRunner, timeout: float = PATIENCE) -> None:
    """Returns as soon as a run has ended. AppTest alone looks every millisecond, which keeps the run itself waiting."""
    assert runner._script_thread is not None
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        runner.request_stop()
        raise RuntimeError(f"the page has not run to its end within {timeout} seconds")


local_script_runner.require_widgets_deltas = has_run
app_test.LocalScriptRunner = Runner  # type: ignore[misc,attr-defined]


class Lazily(Mapping[str, Any]):
    """The state of a session, of which a widget wants to know one value: Streamlit copies all for every widget."""

    def __init__(self, state: SafeSessionState, whole: Callable[[SafeSessionState], dict[str, Any]]) -> None:
        self.state, self.whole = state, whole

    def __getitem__(self, key: str) -> Any:
        return self.state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole(self.state))

    def __len__(self) -> int:
        return len(self.whole(self.state))


@contextmanager
def looking_once() -> Iterator[None]:
    """AppTest searches all installed packages and compiles menu and page at every run; here the first time alone.

    And a widget looks up its own value in the session, of which Streamlit makes a copy for each.
    """
    look = "scan_component_manifests"
    compiled = ScriptCache()  # as a server has one for all its visitors
    whole = SafeSessionState.filtered_state.fget
    with (
        patch.object(manifest_scanner, look, cache(getattr(manifest_scanner, look))),
        patch.object(app_test, "ScriptCache", lambda: compiled),
        patch.object(local_script_runner, "ScriptCache", lambda: compiled),
        patch.object(SafeSessionState, "filtered_state", property(lambda state: Lazily(state, whole))),
    ):
        yield


CARDS = ("landscape card", "run 0", "more")  # keys of what is folded on the first screen
DATA_CARDS = ("data run 0",)


def opened(page="explore", *, folded=False, **link):
    """The page as a link opens it, with the cards of the sidebar opened too, unless they are to stay `folded`."""
    app = AppTest.from_file(MENU, default_timeout=PATIENCE)
    for card in () if folded else (*CARDS, *DATA_CARDS):
        app.session_state[card] = True
    for name, value in link.items():
        app.query_params[name] = value
    if page != "explore":
        app._page_hash = calc_hash(ADDRESSES[page])  # as in the browser; until it has run, AppTest goes by file names
    app.run()
    assert not app.exception
    return app


def control(app, kind, label):
    (found,) = [widget for widget in getattr(app, kind) if widget.label == label]
    return found


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def choices(app):
    return app.session_state["choices"]


def said(app):
    return " ".join(alert.value for alert in [*app.warning, *app.error, *app.info])


def drawn(app):
    """What the stage was told, as text."""
    (stage,) = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    return json.dumps(unpack(stage.bytes)[0], ensure_ascii=False)


def race(*runs, **others):
    """Choices with these runs, 20 steps long."""
    return replace(first_choices(), runs=tuple(runs), steps=20, **others)
