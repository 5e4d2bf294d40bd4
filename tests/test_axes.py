"""Axes: they are named where their letters say something, and large text has its room."""

import numpy as np
import pytest
from PIL import ImageDraw
from recorded_runs import recorded

from figures import (
    RUN_COLOURS,
    Run,
    call_axes,
    close_up,
    contour_map,
    curves,
    enlarge,
    heights,
    name_axes,
    poster,
    profile,
    surface,
)
from landscapes import LANDSCAPES, formula, shown
from optimizers import RULES, Recipe, anatomy, run_as_numpy, run_as_torch

VALLEY = LANDSCAPES["rosenbrock"]()


def pictures():
    scale = heights(VALLEY, VALLEY.domain)
    return contour_map(VALLEY, [], scale, VALLEY.domain), surface(VALLEY, [], scale, VALLEY.domain)


def test_map_and_surface_say_what_their_coordinates_are():
    flat, solid = (name_axes(figure, "slope w", "intercept b") for figure in pictures())
    for axes in (flat.layout, solid.layout.scene):
        assert (axes.xaxis.title.text, axes.yaxis.title.text) == ("slope w", "intercept b")
    assert solid.layout.scene.zaxis.title.text == "L"
    assert flat.layout.margin.b > pictures()[0].layout.margin.b


@pytest.mark.parametrize("kind", ["log", "loss", "rank"])
@pytest.mark.parametrize("name", LANDSCAPES)
def test_no_label_of_the_height_stands_where_the_labels_of_y_end(name, kind):
    landscape = LANDSCAPES[name]()
    scale = heights(landscape, landscape.domain, kind)
    axis = surface(landscape, [], scale, landscape.domain).layout.scene.zaxis
    share = (np.array(axis.tickvals) - scale.low) / (scale.high - scale.low)
    assert len(axis.tickvals) == len(axis.ticktext) > 0
    assert (share > 0.05).all()


def test_a_hall_gets_larger_text_wider_margins_and_a_camera_farther_off():
    run = Run("Adam", "#0072B2", np.zeros((2, 3)))
    flat, solid = pictures()
    below = curves("Loss", [run], [np.array([3.0, 2.0, 1.0])], logarithmic=False)
    before = [dict(figure.layout.margin.to_plotly_json()) for figure in (flat, below)]
    eye = solid.layout.scene.camera.eye.z
    for figure in (flat, solid, below):
        enlarge(figure)
        assert figure.layout.font.size > 12
    assert solid.layout.scene.camera.eye.z > eye
    for figure, margin in zip((flat, below), before, strict=True):
        assert all(figure.layout.margin[side] > width for side, width in margin.items())


@pytest.mark.parametrize(("text", "names"), [("w**2 + 3*b**2", ("w", "b")), ("theta_0^2 + x_10", ("θ₀", "x₁₀"))])
def test_a_map_and_a_surface_carry_the_names_of_the_formula(text, names):
    landscape = formula(text, axes=("theta_0", "x_10") if "theta" in text else None)
    height = heights(landscape, landscape.domain)
    run = Run("Adam", RUN_COLOURS[0], np.zeros((2, 3)))
    chart = call_axes(contour_map(landscape, [run], height, landscape.domain), landscape.axes)
    solid = call_axes(surface(landscape, [run], height, landscape.domain), landscape.axes)
    assert (chart.layout.xaxis.title.text, chart.layout.yaxis.title.text) == names
    scene = solid.layout.scene
    assert (scene.xaxis.title.text, scene.yaxis.title.text, scene.zaxis.title.text) == (*names, "f")
    hovers = [trace.hovertemplate for trace in (*chart.data, *solid.data) if trace.hovertemplate]
    assert hovers
    assert all(f"({names[0]} %{{x}}, {names[1]} %{{y}})" in hover for hover in hovers)


def test_a_curve_carries_the_name_of_the_formula_and_x_and_y_go_without_saying():
    landscape = formula("t**2")
    assert call_axes(profile(landscape, [], landscape.domain), landscape.axes).layout.xaxis.title.text == "t"
    plain = formula("x**2 + y**2")
    chart = contour_map(plain, [], heights(plain, plain.domain), plain.domain)
    before = chart.to_json()
    assert call_axes(chart, plain.axes).to_json() == before


def test_a_close_up_of_an_update_counts_in_the_names_of_the_formula():
    landscape = formula("w**2 + 3*b**2")
    it = recorded("gradient_descent", landscape=landscape, start=(1.0, 1.0), steps=5, learning_rate=0.1)
    figure = close_up(landscape, anatomy(it, 3), Run("Adam", RUN_COLOURS[0], it.run.positions), "log")
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("Δw", "Δb")
    hovers = [trace.hovertemplate for trace in figure.data if "Δ" in (trace.hovertemplate or "")]
    assert len(hovers) > 1
    assert all("(Δw, Δb) = (" in hover for hover in hovers)


@pytest.mark.parametrize("text", ["w**2 + 3*b**2", "slope_1**2 + slope_20**2"])
def test_a_gif_and_a_poster_carry_the_names_of_the_formula(text, monkeypatch):
    written = []
    draw = ImageDraw.ImageDraw.text

    def spy(self, place, words, *args, **kwargs):
        written.append(words)
        width, height = self.im.size
        left, top, right, bottom = self.textbbox(place, words, kwargs.get("font", args[1]), kwargs.get("anchor"))
        assert 0 <= left <= right <= width
        assert 0 <= top <= bottom <= height
        return draw(self, place, words, *args, **kwargs)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", spy)
    landscape = formula(text)
    run = Run("Adam", RUN_COLOURS[0], np.zeros((2, 3)))
    poster(landscape, [run], heights(landscape, landscape.domain), landscape.domain)
    assert {shown(axis) for axis in landscape.axes} <= set(written)
    assert not {"x", "y"} & set(written)


def test_a_script_prints_its_table_under_the_names_of_the_formula():
    landscape = formula("w**2 + 3*b**2")
    recipe = Recipe(RULES["gradient_descent"], {"learning_rate": 0.1}, [(1.0, 1.0)], 3)
    for script in (run_as_numpy(landscape, recipe), run_as_torch(landscape, recipe)):
        assert 'print("start,step,w,b,loss")' in script
        assert "# x is w, and y is b." in script
    assert "# x is" not in run_as_numpy(formula("x + y**2"), recipe)
