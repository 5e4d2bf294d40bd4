"""A line arrives as exactly as what its panel shows can tell, and no message grows for it."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import Run, contour_map, curves, heights, surface
from figures.stage.packing import ArrayGroup, pack, packed, unpack
from figures.stage.panels import Panel, laid_out
from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, descend

AROUND = {"key": "stage", "rows": None, "steps": 0, "every": 1, "start": None, "table": None, "notes": []}
VALLEY = LANDSCAPES["rosenbrock"]()
CLOSE = ((1 - 2e-9, 1 + 2e-9), (1 - 2e-9, 1 + 2e-9))  # a thousand-millionth of what the map shows at first


def arrived(figures, views, trace=0, panel="map"):
    """The x and y of a trace, as the browser has them."""
    panels = [Panel(name, figure, alt="") for name, figure in figures.items()]
    skeleton, light, loads = laid_out(panels, **AROUND, views=views)
    received = unpack(pack(None, light | {name: row for load in loads.values() for name, row in load.items()}))[1]
    options = skeleton["panels"][panel]["data"][trace]
    return tuple(received[options[letter]["#"]].astype(float) for letter in "xy" if letter in options)


@st.composite
def views(draw):
    """Where somebody looks, down to a thousand-millionth of a map that is 4 wide."""
    width = 4 * 10 ** draw(st.floats(-9, 0))
    left, low = (draw(st.floats(-2, 2)) for _ in "xy")
    return (left, left + width), (low, low + width)


@given(views(), st.integers(0, 10_000))
def test_what_comes_near_a_view_is_drawn_to_a_thousandth_of_a_pixel_there_and_nothing_else_gets_into_it(view, seed):
    rng = np.random.default_rng(seed)
    low, high = np.array(view).T[..., None]
    size = high - low
    far, near = rng.uniform(-2, 2, (2, 20)), low + size * rng.uniform(-4, 5, (2, 20))
    points = np.concatenate([far, near], axis=1)[:, rng.permutation(40)]
    figure = go.Figure(go.Scatter(x=points[0], y=points[1]), {"xaxis": {"range": [-2, 2]}, "yaxis": {"range": [-2, 2]}})
    error = np.abs(np.stack(arrived({"map": figure}, {"map": [view]})) - points)
    assert (error <= 4 * 2**-20).all()
    inside = ((points >= low) & (points <= high)).all(axis=0)
    pixel = size / 1000
    assert (error[:, inside] <= pixel / 1000).all()
    before, behind = points[:, :-1], points[:, 1:]
    crosses = ((np.minimum(before, behind) <= high) & (np.maximum(before, behind) >= low)).all(axis=0)
    assert (error[:, :-1][:, crosses] <= pixel / 1000).all()
    assert (error[:, 1:][:, crosses] <= pixel / 1000).all()
    away = np.maximum(np.maximum(low - points, points - high), 0).max(axis=0)
    assert (error.max(axis=0)[~inside] <= np.maximum(away[~inside] / 4, size.min() / 1e6)).all()


def test_on_a_logarithmic_axis_a_view_is_counted_in_powers_of_ten():
    losses = 1e8 + np.geomspace(1e-3, 1, 200)
    low, high = np.log10(1e8 + 0.1), np.log10(1e8 + 0.2)
    figure = go.Figure(go.Scatter(y=losses), {"yaxis": {"type": "log", "range": [7, 9]}})
    (rough,) = arrived({"map": figure}, {})
    (fine,) = arrived({"map": figure}, {"map": [((0.0, 200.0), (low, high))]})
    seen = (losses > 1e8 + 0.1) & (losses < 1e8 + 0.2)
    assert np.abs(rough - losses).max() > 0.1
    assert np.abs(fine - losses)[seen].max() < 1e-6


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_loss_that_falls_by_little_is_a_curve_and_no_flat_line(logarithmic):
    landscape = formula("1e8 + x**2 + y**2")
    run = descend(landscape, OPTIMIZERS["gradient_descent"](0.01), np.array([-1.0, 1.0]), 200)
    losses = landscape.value(run.positions)
    figure = curves("Loss", [Run("GD", "#0072B2", run.positions)], [losses], logarithmic)
    (y,) = arrived({"map": figure}, {})
    np.testing.assert_allclose(y, losses, rtol=0, atol=3e-6)
    low, high = figure.layout.yaxis.range
    ends = (10**low, 10**high) if logarithmic else (low, high)
    assert np.ptp(losses) > 0.6 * (ends[1] - ends[0])


def test_a_map_far_from_zero_has_all_its_columns():
    landscape = formula("(x-1000)**2 + (y-1000)**2", domain=((999.999, 1000.001),) * 2)
    figure = contour_map(landscape, [], heights(landscape, landscape.domain), landscape.domain)
    x, y = arrived({"map": figure}, {})
    for nodes, true in ((x, figure.data[0].x), (y, figure.data[0].y)):
        assert (np.diff(nodes) > 0).all()
        np.testing.assert_allclose(nodes, true, rtol=0, atol=np.ptp(true) * 2**-20)


def test_panels_that_show_the_same_points_share_them_however_close_one_of_them_looks():
    path = descend(VALLEY, OPTIMIZERS["nesterov"](0.001), np.array(VALLEY.start), 5000).positions
    scale = heights(VALLEY, VALLEY.domain)
    run = [Run("Nesterov", "#0072B2", path)]
    figures = {
        "map": contour_map(VALLEY, run, scale, VALLEY.domain),
        "surface": surface(VALLEY, run, scale, VALLEY.domain),
    }
    flat, solid = (arrived(figures, {"map": [CLOSE]}, trace, panel) for trace, panel in ((1, "map"), (1, "surface")))
    np.testing.assert_array_equal(flat, solid)
    seen = (np.abs(path - 1) < 2e-9).all(axis=0)
    assert seen.sum() > 100
    assert np.abs(np.stack(flat) - path)[:, seen].max() < 4e-9 * 2**-20


def bytes_of_runs(window, rate=0.3):
    """What a slider move sends of three runs of 500 steps, over all panels."""
    scale = heights(VALLEY, VALLEY.domain)
    rates = {"adam": rate, "momentum": 0.001 * rate, "rmsprop": 0.1 * rate}
    paths = {
        name: descend(VALLEY, OPTIMIZERS[name](rate), np.array(VALLEY.start), 500).positions
        for name, rate in rates.items()
    }
    runs = [Run(name, "#0072B2", path) for name, path in paths.items()]
    norms = [np.hypot(*VALLEY.gradient(path)) for path in paths.values()]
    figures = {
        "map": contour_map(VALLEY, runs, scale, VALLEY.domain),
        "loss": curves("Loss", runs, [VALLEY.value(path) for path in paths.values()], logarithmic=True),
        "gradient_norm": curves("Gradient norm", runs, norms, logarithmic=True),
        "surface": surface(VALLEY, runs, scale, VALLEY.domain),
    }
    panels = [Panel(name, figure, alt="") for name, figure in figures.items()]
    _, _, loads = laid_out(panels, **AROUND, views={"map": [window]} if window else {})
    return sum(len(packed(ArrayGroup(tuple(load), load))) for name, load in loads.items() if name.startswith("run"))


def test_a_move_sends_less_than_four_bytes_a_number_would_and_a_zoom_hardly_more():
    plain = bytes_of_runs(None)
    assert plain < 11_500  # with all numbers as float32 it was 13,508
    assert bytes_of_runs(CLOSE) < 1.1 * plain
    ways_in = ((-1.21, -1.19), (0.99, 1.01))  # where all of them begin
    assert bytes_of_runs(ways_in) < 1.1 * plain


def test_where_nobody_can_be_asked_again_lines_travel_to_their_last_digit():
    path = descend(VALLEY, OPTIMIZERS["adam"](0.3), np.array(VALLEY.start), 300).positions
    figure = contour_map(VALLEY, [Run("Adam", "#0072B2", path)], heights(VALLEY, VALLEY.domain), VALLEY.domain)
    np.testing.assert_array_equal(np.stack(arrived({"map": figure}, None, trace=1)), path)
