"""Where f is not defined: a run that steps there has left the domain, the map is hatched, and poles are cut off."""

import numpy as np
import pytest
from visitor import choices as chosen
from visitor import control, opened, said

from figures import contour_map, heights, heights_in_words, surface
from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, descend, verdict
from pages.shared.state import plain
from pages.shared.state.link import read

SQUARE = ((-2.0, 2.0), (-2.0, 2.0))
LEAVING = [  # formula, start, learning rate of gradient descent
    ("log(x) + y^2", (0.3, 1.0), 0.05),
    ("sqrt(x) + y^2", (1.0, 1.0), 0.1),
    ("asin(x) + y^2", (0.5, 1.0), 0.3),
    ("acos(x)", (0.9, 0.0), 0.5),
    ("sqrt(1 - x^2 - y^2)", (0.5, 0.2), 0.1),
    ("-log(x) - log(1 - x) + y^2", (0.01, 0.2), 0.05),
    ("x^y", (1.0, 1.0), 0.1),
    ("x^0.5 + y^1.5", (1.0, 1.0), 0.3),
    ("sqrt(x)^2 + y^2", (0.1, 1.0), 0.3),
]


@pytest.mark.parametrize(("text", "start", "rate"), LEAVING)
def test_a_run_that_steps_where_f_has_no_value_has_left_the_domain_with_that_step(text, start, rate):
    landscape = formula(text, SQUARE)
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=rate)
    run = descend(landscape, optimizer, np.array(start), 200)
    told = verdict(landscape, optimizer, run)
    seen = np.isfinite(run.positions[0])
    assert np.isfinite(landscape.value(run.positions[:, seen])).all()
    assert np.isnan(landscape.value(run.undefined_at))
    last = run.positions[:, told.step - 1]
    np.testing.assert_array_equal(run.undefined_at, last - rate * landscape.gradient(last))
    assert (told.kind, told.name) == ("diverged", "diverged (left the domain of f)")
    assert told.step == seen.sum()
    assert told.sentence.startswith(f"Left the domain of f at step {told.step}: from ")


def test_runs_from_many_starts_leave_the_domain_each_for_itself_and_as_they_do_alone():
    landscape, optimizer = formula("log(x) + y^2"), OPTIMIZERS["gradient_descent"](learning_rate=0.05)
    starts = np.array([[0.3, 1.5, -1.0, 0.4], [1.0, 1.0, 1.0, -1.0]])
    together = descend(landscape, optimizer, starts, 60)
    for n, start in enumerate(starts.T):
        alone = descend(landscape, optimizer, start, 60)
        np.testing.assert_array_equal(together.positions[..., n], alone.positions)
        np.testing.assert_array_equal(together.undefined_at[:, n], alone.undefined_at)
    told = verdict(landscape, optimizer, together)
    assert told[2].sentence == "f is not defined at the start, (−1.00, 1.00): there is nothing to descend."


def test_a_run_in_two_pieces_leaves_the_domain_where_the_run_in_one_does():
    landscape, optimizer = formula("log(x) + y^2"), OPTIMIZERS["momentum"](learning_rate=0.001)
    whole = descend(landscape, optimizer, np.array([0.4, 1.0]), 40)
    first = descend(landscape, optimizer, np.array([0.4, 1.0]), 5)
    then = descend(landscape, optimizer, first.positions[:, -1], 35, resume=first.end)
    np.testing.assert_array_equal(np.hstack([first.positions, then.positions[:, 1:]]), whole.positions)
    np.testing.assert_array_equal(then.undefined_at, whole.undefined_at)


@pytest.mark.parametrize("text", ["x^2", "abs(x)", "sqrt(x^2 + y^2)", "log(1 + x^2)", "tan(x)", "x^2/(1 + y^2)", "2^x"])
def test_what_is_defined_all_over_is_known_to_be(text):
    assert formula(text).defined_everywhere


def test_every_built_in_landscape_is_defined_all_over():
    assert [name for name, factory in LANDSCAPES.items() if not factory().defined_everywhere] == []


HATCHED = ["log(x) + y^2", "sqrt(1 - x^2 - y^2)", "acos(x*y)", "log(-x)", "sqrt(sin(5*x)*sin(3*y))"]


@pytest.mark.parametrize("text", HATCHED)
@pytest.mark.parametrize("domain", [SQUARE, ((-1.0, 3.0), (-20.0, 20.0))])
def test_all_of_a_hatched_line_lies_where_f_is_not_defined_and_none_is_left_out(text, domain):
    landscape = formula(text, domain)
    scale = heights(landscape, domain)
    drawn = [
        contour_map(landscape, [], scale, domain),
        surface(landscape, [], scale, domain),
    ]
    for figure in drawn:
        (lines,) = [trace for trace in figure.data if getattr(trace, "mode", "") == "lines"]
        ends = np.array([lines["x"], lines["y"]]).reshape(2, -1, 3)
        assert np.isnan(ends[:, :, 2]).all()
        shares = np.linspace(0.001, 0.999, 7)
        along = ends[:, :, :1] * (1 - shares) + ends[:, :, 1:2] * shares
        assert np.isnan(landscape.value(along)).mean() > 0.99
    assert heights_in_words(scale)[-1] == "Hatched: f is not defined there."


@pytest.mark.parametrize("text", ["x^2 + y^2", "abs(x) + y", "1/(1 + x^2)", "sin(5*sqrt(x^2 + y^2))/sqrt(x^2 + y^2)"])
def test_nothing_is_hatched_where_f_is_defined_but_for_single_places(text):
    landscape = formula(text, SQUARE)
    scale = heights(landscape, SQUARE)
    assert heights_in_words(scale) == []
    assert len(contour_map(landscape, [], scale, SQUARE).to_plotly_json()["data"]) == 1


POLES = {  # formula: whether it falls and whether it rises without end
    "1/x": (True, True),
    "1/x + y^2": (True, True),
    "tan(x*y)": (True, True),
    "1/(x*y)": (True, True),
    "1/x^2": (False, True),
    "-1/(x^2 + y^2)": (True, False),
    "(x^2 + y^2)/(x - y)": (True, True),
    "1/sqrt(abs(x))": (False, True),
    "x^2 + y^2": (False, False),
    "abs(x) + exp(6*x)": (False, False),
    "sqrt(x) + y^2": (False, False),
    "log(x)": (False, False),
    "exp(-10000*(x^2 + y^2)) + sqrt(abs(y))": (False, False),
}


@pytest.mark.parametrize("kind", ["log", "loss", "rank"])
@pytest.mark.parametrize("text", POLES)
def test_beside_a_pole_colours_have_the_range_of_most_of_the_view_and_it_is_said(text, kind):
    landscape = formula(text, SQUARE)
    scale = heights(landscape, SQUARE, kind)
    assert tuple(end is not None for end in scale.cut) == POLES[text]
    assert bool([said for said in heights_in_words(scale) if "pole" in said]) == any(POLES[text])
    x, y = np.random.default_rng(0).uniform(-2, 2, (2, 100_000))
    values = landscape.value(np.array([x, y]))
    known = values[np.isfinite(values)]
    for sign, end in zip((-1, 1), scale.cut, strict=True):
        if end is not None:
            assert 0.03 < (sign * known > sign * end).mean() < 0.08
            assert scale.low <= scale.of(np.array(sign * 1e12)) <= scale.high
    drawn = scale.of(known)
    if any(POLES[text]):
        assert np.ptp(np.quantile(drawn, [0.1, 0.9])) > 0.1 * (scale.high - scale.low)


def test_a_formula_begins_where_it_is_defined():
    assert formula("x**2 + y**2").start == (-1.0, -1.0)
    for text in ("log(x) + y", "sqrt(x)*log(y)", "1/(x + 1) + y^2", "log(x - 1.9)", "asin(x)"):
        landscape = formula(text)
        assert np.isfinite(landscape.value(np.array(landscape.start))), text
    assert formula("log(-1 - x**2)").start == (-1.0, -1.0)  # defined nowhere


def test_a_link_to_a_start_where_f_is_not_defined_says_so_and_begins_elsewhere():
    choices, dropped = read({"v": ["1"], "landscape": ["formula"], "f": ["log(x) + y**2"], "start": ["-1~1"]})
    assert [str(each) for each in dropped] == [
        "“start=-1~1” was dropped from the link: f is not defined at (−1.00, 1.00), a run begins where it is."
    ]
    assert choices.start == choices.build().start


def test_a_start_where_f_is_not_defined_is_refused_beside_its_field_and_on_the_map():
    app = opened(landscape="formula", f="log(x) + y**2", start="1~1")
    control(app, "text_input", "Start x").input("-0.5").run()
    assert not app.exception
    refusal = "This start was not taken: f is not defined at (−0.500, 1.00), a run begins where it is."
    assert plain(refusal) in said(app)
    assert chosen(app).start == (1.0, 1.0)
    control(app, "text_input", "Start x").input("0.5").run()
    assert "not defined" not in said(app)
    assert chosen(app).start == (0.5, 1.0)
