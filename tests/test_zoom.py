"""A zoom of the map is drawn smoothly and readably; what only the stage reads in a link is let through."""

import re
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from figures import contour_map, heights, heights_within
from figures.height import FEW, LEVELS
from figures.stage.packing import unpack
from landscapes import LANDSCAPES
from pages.explore_parts.picture import offline
from pages.shared.choices import first_choices
from pages.shared.seen import seen

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
    scale = heights_within(ROSENBROCK, VALLEY, kind, whole)
    assert crossing(scale, ROSENBROCK, VALLEY) > 0.9 * LEVELS


def test_a_slight_zoom_keeps_the_colours():
    whole = heights(ROSENBROCK, ROSENBROCK.domain)
    assert heights_within(ROSENBROCK, ((-1.5, 1.5), (-0.5, 2.5)), "log", whole) is whole


def test_the_mesh_of_a_zoom_lies_over_the_domain_and_reaches_a_little_beyond_the_window():
    whole = heights(ROSENBROCK, ROSENBROCK.domain)
    window = heights_within(ROSENBROCK, VALLEY, "log", whole)
    plain = contour_map(ROSENBROCK, [], whole, ROSENBROCK.domain)
    zoomed = contour_map(ROSENBROCK, [], whole, ROSENBROCK.domain, zoom=(VALLEY, window))
    below, above = zoomed.data
    assert below == plain.data[0]
    assert (above.x[0], above.x[-1]) == pytest.approx((0.9985, 1.0015))
    assert zoomed.layout == plain.layout


@pytest.mark.parametrize(
    ("key", "text", "let_through"),
    [
        ("frame", "120", True),
        ("frame", "-1", False),
        ("frame", "12345", False),
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
    assert [sentence for sentence in dropped if key in sentence] == dropped
    assert len(dropped) == (not let_through)


def test_a_page_that_plays_offline_begins_where_the_map_was_zoomed_to():
    window = ((0.5, 1.5), (0.75, 1.25))
    page = offline(replace(first_choices(), zoom=window, steps=20)).decode()
    (message,) = re.findall(r'<script[^>]* id="message"[^>]*>([^<]*)<', page)
    tree, _ = unpack(b64decode(message))
    layout = tree["panels"]["map"]["layout"]
    assert [layout[axis]["range"] for axis in ("xaxis", "yaxis")] == [list(interval) for interval in window]
