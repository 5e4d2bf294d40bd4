"""Figures: the numbers in them are the landscape's, and the scale of heights keeps their order."""

import json
from dataclasses import replace
from io import BytesIO

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from figures import (
    HEIGHTS,
    OVERLAYS,
    RUN_COLOURS,
    Run,
    contour_map,
    curves,
    heights,
    overlay,
    profile,
    run_colours,
    surface,
    thumbnail,
    thumbnail_file,
)
from figures.height import mesh
from figures.theme import HEIGHT_COLOURS, HEIGHT_COLOURS_DARK, PAPER, SYMBOLS
from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS

PATH = np.array([[-1.0, 0.0, 0.5, np.nan], [1.0, 0.2, 0.3, np.nan]])
RUN = Run("Adam", "#0072B2", PATH)


def lightness(colour):
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("sea", [HEIGHT_COLOURS, HEIGHT_COLOURS_DARK])
def test_the_sea_chart_grows_lighter_with_the_loss(sea):
    assert np.all(np.diff([stop for stop, _ in sea]) > 0)
    assert np.all(np.diff([lightness(colour) for _, colour in sea]) > 0)


@pytest.mark.parametrize("kind", HEIGHTS)
@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_drawn_height_never_falls_while_the_loss_rises(name, kind):
    landscape = LANDSCAPES[name]()
    scale = heights(landscape, landscape.domain, kind)
    loss = np.sort(landscape.value(np.random.default_rng(0).uniform(-2, 2, (2, 500))))
    drawn = scale.of(loss)
    assert np.isfinite(drawn).all()
    assert np.all(np.diff(drawn) >= 0)
    assert scale.low < scale.high


@pytest.mark.parametrize("text", ["7", "0*x", "log(x)", "sqrt(-1 - x**2)", "1/x", "exp(exp(x*9))", "abs(x)"])
@pytest.mark.parametrize("kind", HEIGHTS)
def test_flat_and_broken_landscapes_can_be_drawn(text, kind):
    landscape = formula(text)
    scale = heights(landscape, landscape.domain, kind)
    assert np.isfinite([scale.low, scale.high]).all()
    assert scale.low < scale.high
    for figure in (
        contour_map(landscape, [RUN], scale, landscape.domain),
        surface(landscape, [RUN], scale, landscape.domain),
    ):
        assert figure.to_json()


def test_the_hover_tells_the_loss_itself():
    landscape = LANDSCAPES["rosenbrock"]()
    figure = contour_map(landscape, [], heights(landscape, landscape.domain), landscape.domain)
    contour = figure.data[0]
    row, column = 20, 70
    point = np.array([contour.x[column], contour.y[row]])
    assert contour.customdata[row][column] == landscape.value(point)
    assert "customdata" in contour.hovertemplate


def test_map_and_surface_share_one_scale():
    landscape = LANDSCAPES["himmelblau"]()
    scale = heights(landscape, landscape.domain, "rank")
    flat = contour_map(landscape, [], scale, landscape.domain).data[0]
    solid = surface(landscape, [], scale, landscape.domain).data[0]
    assert (flat.zmin, flat.zmax, flat.colorscale) == (solid.cmin, solid.cmax, solid.colorscale)


def test_what_plays_has_one_point_for_each_step():
    landscape = LANDSCAPES["rosenbrock"]()
    scale = heights(landscape, landscape.domain)
    for figure in (
        contour_map(landscape, [RUN], scale, landscape.domain),
        surface(landscape, [RUN], scale, landscape.domain),
        curves("Loss", [RUN], [np.array([3.0, 2.0, 0.0, np.nan])], logarithmic=True),
    ):
        playing = [trace for trace in figure.data if trace.meta and trace.meta.get("plays")]
        assert playing
        assert all(len(trace.y) == PATH.shape[1] for trace in playing)


def test_a_run_lies_on_the_surface_and_only_inside_the_domain():
    landscape = LANDSCAPES["rosenbrock"]()
    scale = heights(landscape, landscape.domain)
    far = Run("far", "#000000", np.array([[0.0, 50.0], [0.0, 50.0]]))
    line = surface(landscape, [far], scale, landscape.domain).data[1]
    lift = line.z[0] - scale.of(landscape.value(np.zeros(2)))
    assert 0 < lift < 0.02 * (scale.high - scale.low)
    assert np.isnan(line.z[1])


def test_a_logarithmic_curve_leaves_out_what_is_not_positive():
    (curve,) = curves("Loss", [RUN], [np.array([3.0, 0.0, -1.0, np.inf])], logarithmic=True).data
    assert isinstance(curve, go.Scatter)
    np.testing.assert_array_equal(curve.y, [3.0, np.nan, np.nan, np.nan])


@given(st.lists(st.sampled_from(sorted(OPTIMIZERS)), max_size=8))
def test_no_two_runs_of_a_race_share_a_colour(optimizers):
    colours = run_colours(optimizers)
    assert len(set(colours)) == len(optimizers)
    assert set(colours) <= set(RUN_COLOURS)
    if optimizers:
        assert colours[0] == run_colours(optimizers[:1])[0]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_small_picture_is_darkest_where_the_loss_is_lowest(name):
    landscape = LANDSCAPES[name]()
    picture = thumbnail(landscape)
    loss = landscape.value(mesh(landscape.domain, picture.shape[0])).T[::-1]
    light = picture @ np.array([0.2126, 0.7152, 0.0722])
    assert light[np.unravel_index(loss.argmin(), loss.shape)] == light.min()
    assert light.max() > light.min()


def test_a_small_picture_is_a_file_of_the_size_that_it_is_shown_in():
    landscape = LANDSCAPES["himmelblau"]()
    whole = np.asarray(Image.open(BytesIO(thumbnail_file(landscape))))
    np.testing.assert_array_equal(whole, thumbnail(landscape))
    half = np.asarray(Image.open(BytesIO(thumbnail_file(landscape, 48))), dtype=float)
    blocks = thumbnail(landscape).reshape(48, 2, 48, 2, 3).mean(axis=(1, 3))
    assert np.abs(half - blocks).mean() < 5  # of 255


def test_the_runs_lie_on_the_curve():
    parabola = LANDSCAPES["parabola"](a=3.0)
    curve, run = profile(parabola, [RUN], parabola.domain).data
    np.testing.assert_allclose(run.y[:3], 1.5 * PATH[0, :3] ** 2)
    np.testing.assert_allclose(curve.y, 1.5 * np.asarray(curve.x) ** 2)


def unchecked():
    """Figures that are put together without Plotly's check, with everything that may be in them."""
    landscape = LANDSCAPES["himmelblau"]()
    scale, domain = heights(landscape, landscape.domain), landscape.domain
    crowd = Run("Adam", "#000000", np.stack([PATH, PATH + 0.1], axis=-1), dash="dot")
    runs, losses = [RUN, crowd], [np.array([3.0, 2.0, 1.0, np.nan]), np.ones((4, 2))]
    window = ((0.0, 1.0), (0.0, 2.0))
    yield contour_map(
        landscape,
        runs,
        scale,
        domain,
        landmarks={kind: np.zeros((2, 1)) for kind in SYMBOLS},
        starts=np.zeros((2, 3)),
        coloured=True,
        zoom=(window, heights(landscape, window)),
        over=[trace for kind in OVERLAYS for trace in overlay(landscape, domain, kind)],
    )
    yield surface(landscape, runs, scale, domain)
    for logarithmic in (True, False):
        yield curves("Loss", runs, losses, logarithmic)


def options(figure):
    tree = json.loads(figure.to_json())
    del tree["layout"]["template"]  # an empty one gives way to whatever is Plotly's own at the time
    return tree


def test_plotly_finds_nothing_wrong_with_figures_that_it_did_not_check():
    for figure in unchecked():
        assert options(go.Figure(figure.to_dict())) == options(figure)


def test_what_no_run_changes_is_computed_once():
    landscape = LANDSCAPES["himmelblau"]()
    scale, asked = heights(landscape, landscape.domain), []
    seen = replace(landscape, value=lambda p: asked.append(p.size // 2) or landscape.value(p))
    for _ in range(2):
        contour_map(seen, [RUN], scale, seen.domain)
        surface(seen, [RUN], scale, seen.domain)
    meshes = [size for size in asked if size > PATH.size]
    assert len(meshes) == 2  # the map's and the surface's


def test_no_run_lies_under_the_halo_of_another():
    landscape = LANDSCAPES["himmelblau"]()
    runs = [RUN, Run("Momentum", "#D55E00", PATH), Run("Crowd", "#009E73", np.stack([PATH, PATH], axis=-1))]
    figure = contour_map(landscape, runs, heights(landscape, landscape.domain), landscape.domain)
    colours = [trace.line.color for trace in figure.data if trace.type == "scatter"]
    assert colours == ["#009E73", PAPER, PAPER, "#0072B2", "#D55E00"]
