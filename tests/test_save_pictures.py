"""The save buttons without a browser: nothing is made unasked, and what was made is offered while it is true."""

import pytest
from driver import PATIENCE
from streamlit.testing.v1 import AppTest

from pages.shared.controls import picture_downloads
from pages.shared.controls.picture_downloads import DRAWING

PAGE = """
from dataclasses import replace
import streamlit as st
from pages.shared.state import first_choices
from pages.shared.controls import save_pictures
st.session_state.setdefault("made", [])

def film(progress):
    st.session_state["made"].append("film")
    progress(0.5)
    if st.session_state.get("broken"):
        raise ValueError("no ink")
    return b"GIF89a"

def page():
    st.session_state["made"].append("page")
    return b"<!doctype html>"

save_pictures(replace(first_choices(), steps=st.number_input("Steps", 1, 100, 10)), page, film)
"""


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setattr(picture_downloads, "can_film", lambda: False)
    return AppTest.from_string(PAGE, default_timeout=PATIENCE).run()


def labels(app):
    return [button.label for button in [*app.button, *app.get("download_button")]]


def drawn(app):
    return app.button(key="save gif").click().run()


def test_nothing_is_made_before_it_is_asked_for(app):
    assert not app.exception
    assert labels(app) == ["Animated picture (GIF)", "Page that plays offline (HTML)"]
    assert app.session_state["made"] == []


def test_a_click_draws_the_gif_and_offers_it(app):
    drawn(app)
    assert app.session_state["made"] == ["film"]
    assert labels(app) == ["Page that plays offline (HTML)", "Download the GIF (0.0 MB)"]
    assert labels(app.run()) == ["Page that plays offline (HTML)", "Download the GIF (0.0 MB)"]
    assert app.session_state["made"] == ["film"]


def test_a_gif_of_other_choices_is_not_offered(app):
    drawn(app).number_input[0].set_value(20).run()
    assert "Animated picture (GIF)" in labels(app)
    assert "gif" not in app.session_state


def test_a_drawing_that_fails_is_reported_and_leaves_the_place_free(app):
    app.session_state["broken"] = True
    assert len(drawn(app).exception) == 1
    assert (DRAWING.under_way, DRAWING.waiting) == (0, 0)
    app.session_state["broken"] = False
    assert "Download the GIF (0.0 MB)" in labels(drawn(app.run()))


def test_where_there_is_ffmpeg_an_mp4_is_made_of_the_same_frames(app, monkeypatch):
    monkeypatch.setattr(picture_downloads, "can_film", lambda: True)
    monkeypatch.setattr(picture_downloads, "as_film", lambda gif, progress: gif.replace(b"GIF", b"MP4"))
    app.run()
    assert "Film (MP4)" in labels(app)
    app.button(key="save mp4").click().run()
    assert "Download the MP4 (0.0 MB)" in labels(app)
    assert app.session_state["mp4"][1] == b"MP489a"
    assert app.session_state["made"] == ["film"]
