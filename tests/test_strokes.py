"""A run cut into the straight pieces that a picture draws: on the run, in its order, bounded in number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import DASHES
from figures.animation import SIZE
from figures.animation.strokes import EDGE, MOST_DASHES, strokes
from figures.animation.view import SCALE, view
from landscapes import LANDSCAPES

LANDSCAPE = LANDSCAPES["himmelblau"]()


def test_a_run_of_jumps_far_out_of_the_picture_is_bounded_work():
    jumps = np.where(np.arange(5001) % 2, 1e6, -1e6) * np.ones((2, 1))
    pieces = strokes(view(LANDSCAPE.domain, SIZE, 1).pixels(jumps), "dot", (600, 500)).pieces
    assert len(pieces) <= 5000 + 2 * MOST_DASHES
    assert pieces.min() >= SCALE * (-EDGE - 1)
    assert pieces.max() <= SCALE * (600 + EDGE + 1)


@pytest.mark.parametrize("dash", DASHES)
@given(corners=st.lists(st.tuples(st.integers(-50, 250), st.integers(-50, 250)), min_size=2, max_size=8))
def test_strokes_lie_on_the_run_and_come_in_the_order_of_its_steps(dash, corners):
    track = np.array(corners, dtype=float).T
    found = strokes(track, dash, (200, 200))
    assert np.all(np.diff(found.steps) >= 0)
    for (x0, y0, x1, y1), step in zip(found.pieces / SCALE, found.steps, strict=True):
        a, b = track[:, step - 1], track[:, step]
        way = (b - a) / np.hypot(*(b - a))
        for point in ([x0, y0], [x1, y1]):
            off = np.array(point) - a
            assert abs(off[0] * way[1] - off[1] * way[0]) <= 0.5  # rounded to half a pixel
            assert -0.5 <= off @ way <= np.hypot(*(b - a)) + 0.5


def test_a_solid_line_is_drawn_whole_and_dashes_leave_gaps():
    track = np.array([[10.0, 190.0], [100.0, 100.0]])
    lengths = {}
    for dash in ("solid", "dash", "dot"):
        x0, _, x1, _ = strokes(track, dash, (200, 200)).pieces.T / SCALE
        lengths[dash] = (x1 - x0).sum()
    assert lengths["solid"] == 180
    assert lengths["dash"] == pytest.approx(90, abs=5)
    assert lengths["dot"] == pytest.approx(72, abs=10)


def test_both_axes_have_one_scale_unless_that_would_leave_a_sliver():
    for domain in (((-2.0, 2.0), (-1.0, 3.0)), ((0.0, 3.0), (0.0, 1.0))):
        seen = view(domain, SIZE, below=1)
        (x0, x1), (y0, y1) = seen.domain
        assert (x1 - x0) / seen.width == pytest.approx((y1 - y0) / seen.height)
        assert all(low <= a < b <= high for (low, high), (a, b) in zip(seen.domain, domain, strict=True))
    assert view(((0.0, 10.0), (0.0, 1.0)), SIZE, below=1).domain == ((0.0, 10.0), (0.0, 1.0))
