"""What lies over the map: arrows straight down, and signs that tell how the surface bends without any colour."""

import numpy as np
import pytest

from figures import EXPLAINED, OVERLAYS, contour_map, heights, overlay
from figures.overlays import arrows
from landscapes import LANDSCAPES, formula

WIDE = ((-2.0, 2.0), (-1.0, 7.0))
DOME = formula("x**4/4 - x**2/2 + y**4/4 - y**2/2")  # minima at (±1, ±1), a maximum at 0, four saddles between


@pytest.mark.parametrize("kind", OVERLAYS)
@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_overlay_lies_over_every_landscape_under_its_runs(name, kind):
    landscape = LANDSCAPES[name]()
    over = overlay(landscape, landscape.domain, kind)
    figure = contour_map(landscape, [], heights(landscape, landscape.domain), landscape.domain, over=over)
    assert figure.data[0].name is None
    assert [trace.hoverinfo for trace in figure.data[1:]] == ["skip"] * len(over)
    assert bool(over) == bool(EXPLAINED[kind])


def test_arrows_point_down_the_gradient_and_are_equally_long_in_the_picture():
    landscape = LANDSCAPES["rosenbrock"]()
    tails, tips = arrows(landscape, WIDE)
    way, down = tips - tails, -landscape.gradient(tails)
    np.testing.assert_allclose(way[0] * down[1], way[1] * down[0], rtol=1e-9, atol=1e-12)
    assert ((way * down).sum(axis=0) > 0).all()
    lengths = np.hypot(way[0] / 4, way[1] / 8)
    np.testing.assert_allclose(lengths, lengths[0])


def test_there_is_no_arrow_where_there_is_no_gradient():
    assert arrows(formula("7"), WIDE)[0].shape == (2, 0)
    tails, _ = arrows(formula("log(x)"), WIDE)
    assert (tails[0] > 0).all()


@pytest.mark.parametrize(("sign", "ends"), [("+", (1, 1)), ("±", (-1, 1)), ("−", (-1, -1))])
def test_each_sign_stands_where_the_eigenvalues_have_it(sign, ends):
    (places,) = [trace for trace in overlay(DOME, DOME.domain, "curvature") if trace.name == sign]
    points = np.stack([places.x, places.y])
    assert points.size
    np.testing.assert_array_equal(
        np.sign(np.linalg.eigvalsh(DOME.hessian(points).T)), np.tile(ends, (points.shape[1], 1))
    )


def test_a_tint_covers_what_its_sign_says():
    tints = [trace for trace in overlay(DOME, DOME.domain, "curvature") if trace.type == "contour"]
    low, high = np.linalg.eigvalsh(DOME.hessian(np.stack(np.meshgrid(tints[0].x, tints[0].y))).transpose(2, 3, 0, 1)).T
    for tint, here in zip(tints, [(low < 0) & (high > 0), high < 0], strict=True):
        np.testing.assert_array_equal(np.asarray(tint.z).T > 0, here)


def test_a_plane_and_a_trough_have_no_sign_that_is_not_there():
    assert not any(trace.type == "contour" or len(trace.x) for trace in overlay(formula("x"), WIDE, "curvature"))
    assert not any(trace.type == "contour" for trace in overlay(formula("x**2"), WIDE, "curvature"))
