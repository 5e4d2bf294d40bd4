"""The language of a visit: that of the link, of the menu, or of the browser; only what was chosen is in the link."""

from pathlib import Path
from unittest.mock import PropertyMock, patch

import pytest
from streamlit.runtime.context import ContextProxy
from visitor import opened

from pages.shared.controls import download
from words import say, speaking

PAGES = {
    "explore": ("Explore", "探索", "探索"),
    "curvature": ("Curvature", "曲率", "曲率"),
    "step_by_step": ("Step by step", "逐步讲解", "逐步講解"),
    "data": ("Data", "数据", "資料"),
}


def browser(locale):
    return patch.object(ContextProxy, "locale", PropertyMock(return_value=locale))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_the_language_of_the_link(page):
    for code, title in zip(("en", "zh-Hans", "zh-Hant"), PAGES[page], strict=True):
        with speaking(code):  # AppTest finds a choice by how it is shown
            app = opened(page, v="1", lang=code)
        assert app.title[0].value == title
        assert app.query_params["lang"] == code


@pytest.mark.parametrize(
    ("locale", "code", "title"),
    [("zh-TW", "zh-Hant", "逐步講解"), ("zh-CN", "zh-Hans", "逐步讲解"), ("fr-FR", "en", "Step by step")],
)
def test_the_browsers_language_is_spoken_and_is_not_in_the_link(locale, code, title):
    with browser(locale), speaking(code):
        app = opened("step_by_step", v="1")
    assert app.title[0].value == title
    assert "lang" not in app.query_params


@pytest.mark.parametrize(
    ("first", "header", "title"),
    [
        ("de", "de,zh-HK;q=0.8,en;q=0.5", "逐步講解"),
        ("de", "de, en;q=0.3, zh;q=0.7", "逐步讲解"),
        ("de", "de,en;q=0.9,zh-TW;q=0.8", "Step by step"),
        ("de", "de, zh-TW;q=0, *;q=0.1", "Step by step"),
        ("en-US", "en-US,zh-TW;q=0.9", "Step by step"),
        (None, "zh-Hant-TW;q=1.0,en;q=0.9", "逐步講解"),
    ],
)
def test_the_first_of_the_browsers_languages_that_is_known_is_spoken(first, header, title):
    sent = patch.object(ContextProxy, "headers", PropertyMock(return_value={"Accept-Language": header}))
    code = {"逐步講解": "zh-Hant", "逐步讲解": "zh-Hans"}.get(title, "en")
    with browser(first), sent, speaking(code):
        app = opened("step_by_step", v="1")
    assert app.title[0].value == title


def test_the_menu_changes_the_language_and_nothing_else():
    with browser("zh-TW"):
        with speaking("zh-Hant"):
            app = opened("step_by_step", v="1", run="adam", steps="9", update="3")
            before = dict(app.query_params)
            button = app.button(key="language en").click()
            button.run()
        assert not app.exception
        with speaking("en"):
            assert app.title[0].value == "Step by step"
            assert app.button(key="language en").disabled
            after = dict(app.query_params)
    assert after.pop("lang") in ("en", ["en"])
    assert "lang" not in before
    assert after == before


def test_a_file_that_is_made_at_the_click_is_in_the_language_that_the_page_was_in():
    with patch("pages.shared.controls.download.st.download_button") as button, speaking("zh-Hant"):
        download("CSV", lambda: say("Map"), "map.txt", "text/plain")
    made = button.call_args.args[1]
    assert (say("Map"), made()) == ("Map", "地圖")  # Streamlit calls it where English is spoken


def test_every_file_is_saved_by_that_button():
    pages = (Path(__file__).parents[1] / "pages").rglob("*.py")
    assert [path.name for path in pages if ".download_button(" in path.read_text("utf-8")] == ["download.py"]
