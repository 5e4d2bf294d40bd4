import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from streamlit.testing.v1 import AppTest

from figures.stage import packing, panels
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend

FLOATS = st.floats(width=64, allow_nan=True, allow_infinity=True, allow_subnormal=True)
SHAPES = arrays.array_shapes(min_dims=1, max_dims=3, max_side=9)


def delivered(tree):
    """What the browser would hold in its hands: the skeleton with its arrays in place."""
    found = {}
    skeleton, received = packing.unpack(packing.pack(packing.lift(tree, found), found))

    def fill(part):
        if isinstance(part, dict):
            return received[part["#"]] if "#" in part else {key: fill(item) for key, item in part.items()}
        return [fill(item) for item in part] if isinstance(part, list) else part

    return fill(skeleton)


@given(arrays.arrays(np.float64, SHAPES, elements=FLOATS))
def test_every_number_arrives_to_a_millionth_and_nan_and_infinity_as_themselves(values):
    arrived = delivered({"y": values})["y"]
    assert arrived.shape == values.shape
    np.testing.assert_allclose(arrived, values, rtol=1e-6, atol=0)
    np.testing.assert_array_equal(np.signbit(arrived), np.signbit(values))


@given(arrays.arrays(np.float32, SHAPES, elements=st.floats(width=32)))
def test_what_fits_into_four_bytes_arrives_bit_for_bit(values):
    small = packing.compact(values.astype(np.float64))
    if small.dtype == np.float32:
        np.testing.assert_array_equal(delivered({"y": values})["y"].view(np.uint32), small.view(np.uint32))


@given(arrays.arrays(np.int64, SHAPES, elements=st.integers(-(2**40), 2**40)))
def test_whole_numbers_arrive_unchanged(values):
    np.testing.assert_array_equal(delivered({"y": values})["y"], values)


@pytest.mark.parametrize("extreme", [1e-45, 1e-39, 1e39, -1e300])
def test_numbers_beyond_float32_keep_eight_bytes(extreme):
    assert packing.compact(np.array([1.0, extreme])).dtype == np.float64


def test_a_long_list_travels_as_an_array_and_words_as_words():
    tree = delivered(
        {"x": [0.5] * 100, "text": ["minimum", "saddle"], "short": [1, 2], "gap": float("nan"), "n": np.int64(3)}
    )
    assert isinstance(tree["x"], np.ndarray)
    assert (tree["text"], tree["short"], tree["gap"], tree["n"]) == (["minimum", "saddle"], [1, 2], None, 3)


def test_equal_arrays_travel_once():
    noise = np.random.default_rng(1).standard_normal(5000)
    found = {}
    skeleton = packing.lift({"x": noise, "y": noise.copy(), "z": noise[::-1]}, found)
    assert len(found) == 2
    assert skeleton["x"] == skeleton["y"] != skeleton["z"]


def test_an_array_of_another_shape_is_another_array():
    found = {}
    packing.lift([np.zeros(20), np.zeros((4, 5)), np.zeros(20, dtype=np.int32)], found)
    assert len(found) == 3


def test_second_differences_halve_a_trajectory():
    landscape = LANDSCAPES["rosenbrock"]()
    run = descend(landscape, OPTIMIZERS["adam"](0.02), np.array(landscape.start), 500)
    x, y = run.positions
    found = {}
    skeleton = packing.lift([x, y, landscape.value(run.positions)], found)
    raw = sum(values.nbytes for values in found.values())
    assert len(packing.pack(skeleton, found)) < 0.5 * raw


MESH_AND_RUN = """
import numpy as np, plotly.graph_objects as go, streamlit as st
from figures.stage import Panel, Table, stage
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
"""


def messages(at):
    """The stage's messages by component name, as they go over the wire."""
    elements = at.get("bidi_component")
    return {
        name: [e.proto.bytes for e in elements if e.proto.component_name == name]
        for name in ("fall_line_stage", "fall_line_cargo")
    }


@pytest.fixture
def page():
    return AppTest.from_string(MESH_AND_RUN, default_timeout=60).run()


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


def test_the_frames_of_a_line_travel_with_its_run():
    frames = np.linspace(0, 1, 400).reshape(200, 2)
    line = go.Scatter(x=[0, 1], y=[0, 1], name="fit", meta={"plays": True, "frames": frames})
    _, light, loads = panels.laid_out(
        [panels.Panel("fit", go.Figure(line), alt="fit")],
        **{"key": "stage", "rows": None, "steps": 199, "start": None, "table": None, "notes": []},
    )
    (name,) = [name for name, values in loads["run fit"].items() if values.shape == (200, 2)]
    assert name not in light


def test_any_figure_can_be_packed():
    figure = go.Figure([go.Bar(x=["a", "b"], y=[1, None]), go.Heatmap(z=[[1, 2], [3, np.nan]])])
    tree = delivered([trace.to_plotly_json() for trace in figure.data])
    assert tree[0]["x"] == ["a", "b"]
    assert tree[0]["y"] == [1, None]


@pytest.mark.parametrize("layout", [{"yaxis": {"range": [0, 9]}}, {"scene": {"zaxis": {"range": [0, 9]}}}])
def test_runs_that_move_leave_all_else_as_it_is_only_where_the_axes_do_not_follow_them(layout):
    def signs(layout, heights):
        trace = go.Scatter3d if "scene" in layout else go.Scatter
        points = {"x": [0, 1], "y": heights} | ({"z": heights} if "scene" in layout else {})
        figure = go.Figure(trace(**points, meta={"plays": True}), layout)
        return panels._figure(panels.Panel("it", figure, alt=""), {}, {})

    (one, other), (free, freed) = ([signs(each, [1, top]) for top in (2, 3)] for each in (layout, {}))
    assert one["points"] != other["points"]
    assert one["rest"] == other["rest"]
    assert free["rest"] != freed["rest"]


def test_what_was_packed_once_is_not_packed_again():
    load = {"a": np.arange(3000.0)}
    assert packing.packed(packing.Load(("a",), load)) is packing.packed(packing.Load(("a",), dict(load)))
    assert packing.packed(packing.Load(("a",), load)) == packing.pack(None, load)
