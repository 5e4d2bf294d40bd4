"""A zoom of the map is drawn smoothly and readably; what only the stage reads in a link is let through."""

import re
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import contour_map, heights, heights_within
from figures.height import FEW, LEVELS
from figures.stage.packing import unpack
from landscapes import LANDSCAPES, formula
from pages.explore_parts.picture import offline
from pages.explore_parts.race import raced
from pages.shared.state.choices import first_choices
from pages.shared.state.view_params import seen
from pages.shared.state.zoom import nearest, refusal

ROSENBROCK = LANDSCAPES["rosenbrock"]()
VALLEY = ((0.999, 1.001), (0.999, 1.001))  # a thousandth of what the map shows at first


def crossing(scale, landscape, window):
    x, y = (np.linspace(*interval, 50) for interval in window)
    drawn = np.clip(scale.of(landscape.value(np.stack(np.meshgrid(x, y)))), scale.low, scale.high)
    return LEVELS * np.ptp(drawn) / (scale.high - scale.low)


@pytest.mark.parametrize("kind", ["log", "loss", "rank"])
def test_a_valley_zoomed_a_thousand_times_has_level_sets_of_its_own(kind):
    whole = heights(ROSENBROCK, ROSENBROCK.domain, kind)
    assert crossing(whole, ROSENBROCK, VALLEY) < FEW
    scale = heights_within(ROSENBROCK, VALLEY, whole)
    assert crossing(scale, ROSENBROCK, VALLEY) > 0.9 * LEVELS


def test_a_slight_zoom_keeps_the_colours():
    whole = heights(ROSENBROCK, ROSENBROCK.domain)
    assert heights_within(ROSENBROCK, ((-1.5, 1.5), (-0.5, 2.5)), whole) is whole


def test_the_mesh_of_a_zoom_lies_over_the_domain_and_reaches_a_little_beyond_the_window():
    whole = heights(ROSENBROCK, ROSENBROCK.domain)
    window = heights_within(ROSENBROCK, VALLEY, whole)
    plain = contour_map(ROSENBROCK, [], whole, ROSENBROCK.domain)
    zoomed = contour_map(ROSENBROCK, [], whole, ROSENBROCK.domain, zoom=(VALLEY, window))
    below, above = zoomed.data
    assert below == plain.data[0]
    assert (above.x[0], above.x[-1]) == pytest.approx((0.9984, 1.0016))
    assert zoomed.layout.xaxis == plain.layout.xaxis


def shown(window, aspect):
    """What a panel shows of a window where both axes keep one scale: Plotly widens the one that is too short."""
    (x0, x1), (y0, y1) = window
    wide, tall = max(x1 - x0, aspect * (y1 - y0)), max(y1 - y0, (x1 - x0) / aspect)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (x - wide / 2, x + wide / 2), (y - tall / 2, y + tall / 2)


def covers(trace, visible):
    ends = (trace.x[0], trace.x[-1]), (trace.y[0], trace.y[-1])
    rounding = [1e-9 * (high - low) + 4 * np.spacing(max(abs(low), abs(high))) for low, high in visible]
    return all(a <= low + r and high - r <= b for (a, b), (low, high), r in zip(ends, visible, rounding, strict=True))


SIDES = st.floats(-9, 0).map(lambda power: 4 * 10.0**power)
WINDOWS = st.builds(lambda x, y, w, h: ((x, x + w), (y, y + h)), st.floats(-2, 2), st.floats(-1, 3), SIDES, SIDES)


@given(WINDOWS | st.none(), st.floats(0.15, 7))
def test_whatever_the_panel_the_newest_mesh_covers_what_it_shows(window, aspect):
    scale, domain = heights(ROSENBROCK, ROSENBROCK.domain), ROSENBROCK.domain
    visible = shown(window or domain, aspect)
    zoom = window and (window, scale)
    usual = contour_map(ROSENBROCK, [], scale, domain, zoom=zoom, resolution=20)
    x0, x1, y0, y1 = usual.layout.meta["covers"]
    known = x0 <= visible[0][0] and visible[0][1] <= x1 and y0 <= visible[1][0] and visible[1][1] <= y1
    assert covers(usual.data[-1], visible) or not known
    told = contour_map(ROSENBROCK, [], scale, domain, zoom=zoom, visible=visible, resolution=20)
    assert covers(told.data[-1], visible)
    assert told.layout == usual.layout  # else the browser would ask for ever
    nodes = [len(figure.data[-1].x) * len(figure.data[-1].y) for figure in (usual, told)]
    assert max(nodes) < 3 * 20**2


@pytest.mark.parametrize("aspect", [0.7, 1.0, 1.24, 1.6])
def test_panels_of_the_usual_shapes_ask_for_nothing(aspect):
    scale, domain = heights(ROSENBROCK, ROSENBROCK.domain), ROSENBROCK.domain
    assert covers(contour_map(ROSENBROCK, [], scale, domain).data[0], shown(domain, aspect))


def test_what_a_browser_looks_at_closely_is_drawn_from_a_mesh_of_its_own_on_any_page():
    scale, domain = heights(ROSENBROCK, ROSENBROCK.domain), ROSENBROCK.domain
    *_, close = contour_map(ROSENBROCK, [], scale, domain, visible=VALLEY).data
    assert covers(close, VALLEY)
    assert np.ptp(close.x) < 3 * (VALLEY[0][1] - VALLEY[0][0])
    assert np.ptp(close.z) > 0.9 * (close.zmax - close.zmin)


def test_through_the_holes_of_a_zoomed_map_no_coarser_one_is_seen():
    landscape = formula("log(x**2 - 1e-4) + y**2")  # nothing within a hundredth of x = 0, which the whole map skips
    scale, domain = heights(landscape, landscape.domain), landscape.domain
    window = ((-0.02, 0.02), (-0.02, 0.02))
    zoomed = contour_map(landscape, [], scale, domain, zoom=(window, heights_within(landscape, window, scale)))
    (chart,) = [trace for trace in zoomed.data if trace.type == "contour"]
    assert np.isnan(chart.z[:, np.abs(chart.x) < 0.009]).all()


@given(
    st.sampled_from([((-2.0, 2.0), (-1.0, 3.0)), ((999.999, 1000.001), (0.0, 1e6)), ((1e6, 1e6 + 1), (-1.0, 0.0))]),
    st.floats(-2, 3),
    st.floats(-2, 3),
    st.floats(-16, 4),
    st.floats(-16, 4),
)
def test_the_nearest_window_that_can_be_looked_at_is_one_and_is_the_window_itself_where_that_can(domain, x, y, w, h):
    at = [low + share * (high - low) for share, (low, high) in zip((x, y), domain, strict=True)]
    sides = [10.0**power * (high - low) for power, (low, high) in zip((w, h), domain, strict=True)]
    window = tuple((a, a + side) for a, side in zip(at, sides, strict=True))
    assume(all(a < b for a, b in window))
    found = nearest(window, domain)
    assert found is None or refusal(found, domain) is None
    if refusal(window, domain) is None:
        assert found == window


def test_a_zoom_too_close_ends_where_float64_does_and_keeps_its_middle():
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    found = nearest(((0.3 - 1e-15, 0.3 + 1e-15), (0.1 - 1e-15, 0.1 + 1e-15)), domain)
    finest = 1000 * np.spacing(0.3)
    for (low, high), middle in zip(found, (0.3, 0.1), strict=True):
        assert finest <= high - low < 1.01 * finest
        assert (low + high) / 2 == pytest.approx(middle, abs=1e-15)
    assert refusal(found, domain) is None


@pytest.mark.parametrize("middle", [(1.0, 1.0), (0.0, 0.0), (-1.2, 1.0)])
def test_a_window_a_thousand_millionth_wide_is_looked_at_and_its_nodes_differ(middle):
    window = tuple((m - 5e-10, m + 5e-10) for m in middle)
    assert refusal(window, ROSENBROCK.domain) is None
    scale = heights(ROSENBROCK, ROSENBROCK.domain)
    zoom = (window, heights_within(ROSENBROCK, window, scale))
    close = contour_map(ROSENBROCK, [], scale, ROSENBROCK.domain, zoom=zoom).data[-1]
    assert all(len(set(axis)) == len(axis) for axis in (close.x, close.y))


@pytest.mark.parametrize(
    ("key", "text", "let_through"),
    [
        ("frame", "120", True),
        ("frame", "-1", False),
        ("frame", "123456", True),
        ("frame", "1234567", False),
        ("camera", "1.25~-0.5~2e-3", True),
        ("camera", "1~2~3~0~0~0~0~0~1", True),
        ("camera", "1~2", False),
        ("camera", "1~2~nan", False),
        ("camera", "1~2~3&v=2", False),
        ("show", "map", True),
        ("show", "<img src=x>", False),
    ],
)
def test_what_the_stage_will_read_is_let_through_and_the_rest_is_said(key, text, let_through):
    found, dropped = seen({key: [text], "landscape": ["himmelblau"]})
    assert found == ({key: text} if let_through else {})
    assert [sentence for sentence in dropped if key in str(sentence)] == dropped
    assert len(dropped) == (not let_through)


def test_a_link_may_call_the_frame_a_step():
    assert seen({"step": ["17082"]}) == ({"frame": "17082"}, [])
    assert seen({"step": ["3"], "frame": ["4"]}) == ({"frame": "4"}, [])
    assert seen({"step": ["three"]})[0] == {}


def test_a_page_that_plays_offline_begins_where_the_map_was_zoomed_to():
    window = ((0.5, 1.5), (0.75, 1.25))
    page = offline(raced(replace(first_choices(), zoom=window, steps=20))).decode()
    (message,) = re.findall(r'<script[^>]* id="message"[^>]*>([^<]*)<', page)
    tree, _ = unpack(b64decode(message))
    layout = tree["panels"]["map"]["layout"]
    assert [layout[axis]["range"] for axis in ("xaxis", "yaxis")] == [list(interval) for interval in window]
