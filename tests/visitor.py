"""The pages as a visitor uses them, without a browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from unittest.mock import patch

from driver import PATIENCE
from menu import PAGES
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from figures.stage.packing import unpack
from pages.shared.state.choices import first_choices

MENU = "../pages/menu.py"
ADDRESSES = {page.name: page.path for page in PAGES}


@contextmanager
def looking_once() -> Iterator[None]:
    """AppTest searches all installed packages for components at every run; here the first time alone."""
    look = "scan_component_manifests"
    with patch.object(manifest_scanner, look, cache(getattr(manifest_scanner, look))):
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
