"""Turning v and Chord, two parts of Curvature: what they draw and say is what their numbers are."""

import numpy as np
import pytest
from visitor import choices, control, drawn, opened, press

from figures import add_chord, chord_curve, contour_map, cut_curve, turning_curve
from figures.height import heights
from landscapes import LANDSCAPES, formula, local_shape
from landscapes.curvature import chord_test, direction, second_derivative_along
from pages.curvature_parts import chord, turn

HIMMELBLAU = LANDSCAPES["himmelblau"]()
SADDLE = np.array([0.08667750456107, 2.88425470090853])


def on_curvature(**link):
    return opened("curvature", v="1", landscape="himmelblau", **link)


@pytest.mark.parametrize("angle", [0.0, 30.0, 179.5, 200.0, 360.0])
def test_the_curve_over_the_angle_has_the_present_one_and_both_eigenvalues_marked(angle):
    shape = local_shape(HIMMELBLAU, SADDLE)
    figure = turning_curve(shape.hessian, shape.eigenvalues, shape.eigenvectors, angle)
    curve, *_ = figure.data
    np.testing.assert_allclose(curve.y, second_derivative_along(shape.hessian, direction(np.array(curve.x))))
    markers = [trace for trace in figure.data if trace.mode == "markers"]
    low, high, now = markers
    for trace, value in zip((low, high), shape.eigenvalues, strict=True):
        assert trace.y[0] == pytest.approx(value)
        assert float(second_derivative_along(shape.hessian, direction(trace.x[0]))) == pytest.approx(value)
        assert 0 <= trace.x[0] < 180
    assert now.x[0] == pytest.approx(angle % 180)
    assert now.y[0] == pytest.approx(float(second_derivative_along(shape.hessian, direction(angle))))


def test_the_cut_along_v_is_the_loss_and_its_model_has_the_slope_and_the_bend():
    p, v = np.array([1.0, -0.5]), direction(50.0)
    true, model = cut_curve(HIMMELBLAU, p, v, 0.01).data
    along = np.array(true.x)
    np.testing.assert_allclose(true.y, HIMMELBLAU.value(p[:, None] + v[:, None] * along) - HIMMELBLAU.value(p))
    np.testing.assert_allclose(true.y, model.y, atol=40 * 0.01**3)  # what is left is of third order
    assert float(np.abs(np.array(model.y)).max()) > 0.1


def test_the_chord_is_drawn_from_end_to_end_and_filled_where_the_loss_is_above():
    test = chord_test(formula("x**3"), np.array([-1.0, 0.5]), np.array([1.0, 0.5]))
    filled, loss, line = chord_curve(test).data
    assert max(filled.x) == pytest.approx(0.5, abs=0.002)
    np.testing.assert_allclose(loss.y, (2 * np.array(loss.x) - 1) ** 3, atol=1e-12)
    np.testing.assert_allclose(line.y, 2 * np.array(line.x) - 1, atol=1e-12)
    view = ((-2.0, 2.0), (-2.0, 2.0))
    figure = contour_map(formula("x**3"), [], heights(formula("x**3"), view, "loss"), view)
    before = len(figure.data)
    add_chord(figure, test)
    whole, broken = figure.data[before:]
    np.testing.assert_array_equal([whole.x, whole.y], test.ends)
    np.testing.assert_allclose(broken.x, [-1, 0], atol=1e-6)
    assert [note.text for note in figure.layout.annotations] == ["<b>A</b>", "<b>B</b>"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x**2 + y**2", "positive definite"),
        ("-x**2 - 2*y**2", "negative definite"),
        ("x**2 - y**2", "in 50 % of all directions"),
        ("x**2 - 3*y**2", "in 66.7 % of all directions"),
        ("x**2", "An eigenvalue is 0"),
    ],
)
def test_what_follows_from_the_signs_of_the_extremes(text, words):
    landscape = formula(text)
    shape = local_shape(landscape, np.zeros(2))
    assert words in turn.consequence(shape)
    if "%" in words:
        angles = np.linspace(0, 180, 100_001)
        down = (second_derivative_along(shape.hessian, direction(angles)) < 0).mean()
        assert turn.share_down(*map(float, shape.eigenvalues)) == pytest.approx(down, abs=1e-4)


def test_in_every_direction_alike_where_both_eigenvalues_are_equal():
    assert "In every direction vᵀHv is 2" in turn.extremes(local_shape(formula("x**2 + y**2"), np.zeros(2)))


@pytest.mark.parametrize(
    ("text", "ends", "words", "meaning"),
    [
        ("x**2", (-1, 2), "At none of 1,001 places", "formula proves"),
        ("x + 3*y", (-1, 2), "agree, to rounding", "formula proves"),
        ("x**3", (0.1, 2), "At none of 1,001 places", "does not prove convexity"),
        ("x**3", (-2, 1), "broken", "One broken chord is enough"),
        ("log(x)", (-1, 1), "no value somewhere", ""),
        ("sin(40*x)", (-2, 2), "stretches", "One broken chord is enough"),
    ],
)
def test_what_is_said_of_a_chord(text, ends, words, meaning):
    landscape = formula(text)
    test = chord_test(landscape, *(np.array([end, 0.0]) for end in ends))
    assert words in chord.found(test)
    said = chord.meaning(landscape, test)
    assert meaning in said
    assert bool(said) == bool(meaning)


def test_the_angle_is_typed_stands_in_the_link_and_comes_back_by_undo():
    app = on_curvature(part="turn", direction="45", point="0~0")
    assert "At θ = 45°, v = (0.707, 0.707)" in drawn(app)
    control(app, "text_input", "θ, angle of v in degrees: exact number").input("120").run()
    assert choices(app).direction == 120.0
    assert app.query_params["direction"] == "120"
    press(app, "Undo")
    assert choices(app).direction == 45.0


def test_the_ends_of_a_chord_are_typed_and_stand_in_the_link_and_come_back_by_undo():
    app = on_curvature(part="chord")
    assert "broken" in drawn(app)  # between two minima of the same depth
    assert "chord_from" not in app.query_params
    control(app, "text_input", "B x").input("1.5").run()
    assert not app.exception
    assert choices(app).chord_to[0] == 1.5
    assert {"chord_from", "chord_to"} <= set(app.query_params)
    press(app, "Undo")
    assert choices(app).chord_to is None
    again = on_curvature(part="chord", chord_from="0~0", chord_to="1~1")
    assert (choices(again).chord_from, choices(again).chord_to) == ((0.0, 0.0), (1.0, 1.0))


def test_a_point_without_a_hessian_has_no_eigenvalues_in_the_sentence_and_in_the_table():
    app = opened("curvature", v="1", landscape="formula", f="max(x**2, y**2)")
    assert "degenerate minimum at (0, 0), f = 0; it has no Hessian." in drawn(app)
    row = app.dataframe[0].value.iloc[0]
    assert row[["λ₁", "λ₂", "negative eigenvalues"]].isna().all()
    assert app.dataframe[0].proto.placeholder == "–"
