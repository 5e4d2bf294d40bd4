"""How widely 1/√v̂ scatters at first, and RAdam's answer: against exact laws, the paper and RAdam's own steps."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import chi2
from visitor import control, opened

from figures import r_curve, rho_curve, spread_of_the_divisor
from optimizers import OPTIMIZERS, descend, early_spread, plain_updates
from optimizers.memory import rectification
from optimizers.memory.early import LAST, SHARES, random_gradients
from pages.step_by_step_parts.warm_up import spread_words, trust_words

T = np.arange(1, LAST + 1)
SURELY = 4.5  # standard errors


@pytest.fixture(scope="module")
def spread():
    return early_spread()


def papers_rho(t, beta2):
    """Algorithm 2 of the paper, in whole numbers."""
    b = Fraction(beta2)
    power = b**t
    return float(2 / (1 - b) - 1 - 2 * t * power / (1 - power))


@pytest.mark.parametrize("beta2", [0.0, 0.5, 0.7, 0.9, 0.999, 0.99999])
def test_rho_and_r_are_the_papers(beta2):
    some = np.array([1, 2, 5, 6, 30, 200])
    rho, r = rectification(some, beta2)
    expected = np.array([papers_rho(int(t), beta2) for t in some])
    np.testing.assert_allclose(rho, expected, rtol=1e-5)
    above = expected > 4
    np.testing.assert_array_equal(np.isnan(r), ~above)
    limit = 2 / (1 - beta2) - 1
    first_order = expected / (2 * (expected - 2) * (expected - 4))  # variance of 1/√v̂, section 3.2
    if above.any():
        at_the_limit = limit / (2 * (limit - 2) * (limit - 4))
        np.testing.assert_allclose((r**2 * first_order)[above], at_the_limit, rtol=1e-3)


@pytest.mark.parametrize("beta2", [0.8, 0.999])
def test_r_is_what_radams_own_step_is_of_adams(beta2):
    ways = []
    for name in ("radam", "adam"):
        rule = OPTIMIZERS[name](learning_rate=0.1, beta2=beta2, epsilon=0.0)
        ways.append(np.diff(descend(random_gradients(3), rule, np.zeros(4), 60).positions))
    rho, r = rectification(T[:60], beta2)
    adaptive = rho > 5
    assert adaptive.sum() > 50
    np.testing.assert_allclose((ways[0] / ways[1])[:, adaptive], np.tile(r[adaptive], (4, 1)), rtol=1e-9)


@pytest.mark.parametrize("beta2", [0.6000001, 0.62, 0.7, 0.9, 0.999])
def test_it_is_said_from_which_update_on_radam_divides(beta2):
    few = early_spread(beta2, draws=20)
    assert f"In update {few.adaptive_from} it does" in trust_words(few, beta2)
    rho = np.array([papers_rho(t, beta2) for t in range(1, 100)])
    assert few.adaptive_from == 1 + int(np.argmax(rho > 4))
    plain = plain_updates(beta2, most=LAST)
    assert few.adaptive_from_in_torch == (None if plain == LAST else plain + 1)


def test_at_the_border_of_two_thirds_and_below_there_is_no_adaptive_step():
    assert early_spread(0.6, draws=20).adaptive_from is None
    words = trust_words(early_spread(0.5, draws=20), 0.5)
    assert "never beyond 4, as it comes to 3 at most" in words
    assert "never reached here" in trust_words(early_spread(0.65, draws=20), 0.65)


@pytest.mark.parametrize("t", [1, 2, 5, 10, 100])
def test_the_draws_scatter_as_a_mean_of_squares_does(t):
    draws, shares = 3000, np.array(SHARES)
    spread = early_spread(0.99999, draws)  # v̂ is all but the plain mean of the first t squares
    column = spread.quantiles[:, np.flatnonzero(spread.t == t)[0]]
    below = chi2.sf(t / column**2, df=t)
    assert (np.abs(below - shares) < SURELY * np.sqrt(shares * (1 - shares) / draws)).all()


def test_what_theory_expects_is_the_law_of_chi_squared(spread):
    for row, share in zip(spread.expected, SHARES, strict=True):
        np.testing.assert_allclose(chi2.sf(spread.rho / row**2, df=spread.rho), share, rtol=1e-6)
    np.testing.assert_allclose(spread.quantiles[[0, -1], 30:], spread.expected[[0, -1], 30:], rtol=0.05)


def test_the_same_draws_every_time_and_others_in_every_update(spread):
    np.testing.assert_array_equal(early_spread().quantiles, spread.quantiles)
    landscape, p = random_gradients(0), np.zeros(5)
    first, second = (landscape.at(step).gradient(p) for step in (0, 1))
    assert (first != second).all()


def test_what_is_drawn_are_the_numbers(spread):
    middle, _, median, low, high = spread_of_the_divisor(spread).data
    np.testing.assert_array_equal(middle.y[: spread.t.size], spread.quantiles[0])
    np.testing.assert_array_equal(median.y, spread.quantiles[2])
    np.testing.assert_array_equal([low.y, high.y], spread.expected[[0, -1]])
    figure = rho_curve(spread)
    np.testing.assert_array_equal(figure.data[0].y, spread.rho)
    assert [shape.x0 for shape in figure.layout.shapes if shape.yref == "paper"] == [5, 6]
    np.testing.assert_array_equal(r_curve(spread).data[0].y, spread.r)
    nothing = rho_curve(spread._replace(adaptive_from=None, adaptive_from_in_torch=None))
    assert [shape for shape in nothing.layout.shapes if shape.yref == "paper"] == []


def test_what_is_said_are_the_numbers(spread):
    words = spread_words(spread, 1000)
    low, high = spread.quantiles[[0, -1], 0]
    assert f"between {low:.3g} and {high:.3g}, a factor of {high / low:.3g}" in words
    trust = trust_words(spread, 0.999)
    assert "In update 5" in trust
    assert "ρ > 5: from update 6 on" in trust
    assert f"the share is {spread.r[-1]:.3g}" in trust


def test_the_page_has_its_knobs_in_the_link():
    app = opened("step_by_step", v="1", sheet="warm_up", warm_up="draws~100")
    control(app, "select_slider", "β₂, memory of the squared gradient").set_value(0.5).run()
    assert not app.exception
    assert app.query_params["warm_up"] == "beta2~0.5~draws~100"
    assert any("never beyond 4" in part.value for part in app.markdown)
