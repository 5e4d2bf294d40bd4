import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest
from driver import PATIENCE
from streamlit.testing.v1 import AppTest

from figures.stage import packing, panels

MESH_AND_RUN = """
import numpy as np, plotly.graph_objects as go, streamlit as st
from figures.stage import Panel, Table, stage, visible
rate = st.slider("rate", 0.0, 1.0, 0.5)
z = np.hypot(*np.mgrid[-1:1:60j, -1:1:60j])
x = np.cos(np.arange(501.0) * rate) * 0.99 ** np.arange(501)
contour = go.Contour(z=z)
line = go.Scatter(x=x, y=x ** 2, name="moved", meta={"plays": True})
still = go.Scatter(x=np.sin(np.arange(501.0)), y=np.cos(np.arange(501.0)), name="still", meta={"plays": True})
above = go.Figure([contour, line, still])
aside = go.Figure([go.Surface(z=z), go.Scatter3d(x=x, y=x ** 2, z=x ** 3, name="moved", meta={"plays": True})])
before = above.to_json()
shown = stage([Panel("map", above, alt="map"), Panel("surface", aside, alt="surface")], key="stage", steps=500,
              start=(0.0, 1.0), table=Table(["Run"], [["Adam"]]), notes=["A sentence."],
              on_start=lambda x, y: st.session_state.update(moved=(x, y)), on_window=lambda window: None)
st.session_state["untouched"] = above.to_json() == before
st.session_state["shown"] = shown
st.session_state["visible"] = visible("stage", "map")
"""


def laid_out(panel, **given):
    around = {"key": "stage", "rows": None, "steps": 199, "every": 1, "start": None, "table": None, "notes": []}
    return panels.laid_out([panel], **(around | given))


def messages(at):
    """The stage's messages by component name, as they go over the wire."""
    elements = at.get("bidi_component")
    return {
        name: [e.proto.bytes for e in elements if e.proto.component_name == name]
        for name in ("fall_line_stage", "fall_line_cargo")
    }


@pytest.fixture
def page():
    return AppTest.from_string(MESH_AND_RUN, default_timeout=PATIENCE).run()


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (None, [["it"], ["play"], ["table"]]),
        ([["it"], ["table"]], [["it"], ["play"], ["table"]]),
        ([["play"], ["it"]], [["play"], ["it"]]),
    ],
)
def test_every_picture_has_a_bar_under_it_unless_it_is_elsewhere(rows, shown):
    assert laid_out(panels.Panel("it", go.Figure(), alt=""), rows=rows)[0]["rows"] == shown


def test_the_stage_leaves_figures_as_they_are(page):
    assert not page.exception
    assert page.session_state["untouched"]


def test_a_slider_move_sends_the_moved_run_again_but_neither_the_mesh_nor_the_other_run(page):
    before = messages(page)
    after = messages(page.slider[0].set_value(0.4).run())
    pairs = list(zip(before["fall_line_cargo"], after["fall_line_cargo"], strict=True))
    assert len(pairs) == 3  # one mesh, which map and surface share, and two runs
    same = [old == new for old, new in pairs]  # byte for byte: the browser is sent a reference
    assert same.count(False) == 1
    (moved,) = [new for old, new in pairs if old != new]
    assert len(moved) + len(after["fall_line_stage"][0]) < 10_000


def test_nothing_changed_sends_nothing_new(page):
    before = messages(page)
    assert messages(page.run()) == before


def test_the_message_names_what_the_cargo_brings(page):
    sent = messages(page)
    tree, own = packing.unpack(sent["fall_line_stage"][0])
    brought = {name: values for cargo in sent["fall_line_cargo"] for name, values in packing.unpack(cargo)[1].items()}
    wanted = {word.split('"')[0] for word in json.dumps(tree).split('"#": "')[1:]}
    assert wanted == own.keys() | brought.keys()
    assert not own.keys() & brought.keys()


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ({"start": [0.25, -1]}, (0.25, -1.0)),
        ({"start": [math.inf, 0]}, None),
        ({"start": [math.nan, 0]}, None),
        ({"start": ["0", "1"]}, None),
        ({"start": [True, 1]}, None),
        ({"start": "12"}, None),
        ({"start": [1]}, None),
        ({}, None),
    ],
)
def test_a_start_from_the_browser_is_two_finite_numbers_or_nothing(page, sent, heard):
    page.session_state["stage"] = sent
    assert page.run().session_state["shown"].start == heard


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ({"window": [1, 0.25, 1, -1, 1]}, ((0.25, 1.0), (-1.0, 1.0))),
        ({"window": [2, 1, 0, 0, 1]}, None),
        ({"window": [3, 0, 1, 0, math.inf]}, None),
        ({"window": [4]}, None),
    ],
)
def test_a_window_from_the_browser_is_two_intervals_or_nothing(page, sent, heard):
    page.session_state["stage"] = sent
    assert page.run().session_state["shown"].window == heard


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ({"map": [0.25, 1, -1, 1]}, ((0.25, 1.0), (-1.0, 1.0))),
        ({"loss": [0.25, 1, -1, 1]}, None),
        ({"map": [1, 1, 0, 1]}, None),
        ({"map": [-1.7e308, 1.7e308, 0, 1]}, None),
        ({"map": [0, 1, 0, math.nan]}, None),
        ({"map": "0101"}, None),
        ({"map": [0, 1, 0, 1, 2]}, None),
        ([0, 1, 0, 1], None),
        ("map", None),
    ],
)
def test_what_a_browser_shows_of_a_panel_is_two_intervals_or_nothing(page, sent, heard):
    page.session_state["stage"] = {"views": sent}
    assert page.run().session_state["visible"] == heard
    assert not page.exception


def test_where_the_browser_looks_closely_lines_are_sent_more_exactly(page):
    def lines(messages):
        cargos = [packing.unpack(cargo)[1] for cargo in messages["fall_line_cargo"]]
        return [row for cargo in cargos for row in cargo.values() if row.shape == (501,)]

    before = lines(messages(page))
    assert {row.dtype.str for row in before} == {"<f4"}
    page.session_state["stage"] = {"views": {"map": [0.5, 0.5 + 1e-9, 0.25, 0.25 + 1e-9]}}
    assert "<f8" in {row.dtype.str for row in lines(messages(page.run()))}


def test_the_frames_of_a_line_travel_with_its_run():
    frames = np.linspace(0, 1, 400).reshape(200, 2)
    line = go.Scatter(x=[0, 1], y=[0, 1], name="fit", meta={"plays": True, "frames": frames})
    _, light, loads = laid_out(panels.Panel("fit", go.Figure(line), alt="fit"))
    (name,) = [name for name, values in loads["run fit"].items() if values.shape == (200, 2)]
    assert name not in light


@pytest.mark.parametrize("layout", [{"yaxis": {"range": [0, 9]}}, {"scene": {"zaxis": {"range": [0, 9]}}}])
def test_runs_that_move_leave_all_else_as_it_is_only_where_the_axes_do_not_follow_them(layout):
    def signs(layout, heights):
        trace = go.Scatter3d if "scene" in layout else go.Scatter
        points = {"x": [0, 1], "y": heights} | ({"z": heights} if "scene" in layout else {})
        figure = go.Figure(trace(**points, meta={"plays": True}), layout)
        return laid_out(panels.Panel("it", figure, alt=""))[0]["panels"]["it"]

    (one, other), (free, freed) = ([signs(each, [1, top]) for top in (2, 3)] for each in (layout, {}))
    assert one["points"] != other["points"]
    assert one["rest"] == other["rest"]
    assert free["rest"] != freed["rest"]
