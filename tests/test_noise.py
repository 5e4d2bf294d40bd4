"""Gradient noise: one draw a step, the same for all, with the spread that was asked for."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, NOISE_MODELS, Noise, Outlier, formula, noisy
from optimizers import OPTIMIZERS, descend

BOWL = LANDSCAPES["quadratic_bowl"](kappa=2.0)
SPREAD = {  # of each coordinate of the gradient that a step is given, by the gradient and σ
    "additive": lambda gradient, sigma: sigma + 0 * gradient,
    "multiplicative": lambda gradient, sigma: sigma * np.abs(gradient),
}
every_model = pytest.mark.parametrize("kind", NOISE_MODELS)


def test_all_runs_meet_the_same_draw_at_the_same_step():
    noise = noisy(BOWL, 0.5, seed=7)
    p = np.random.default_rng(0).normal(size=(2, 5))
    off = noise.at(3).gradient(p) - BOWL.gradient(p)
    np.testing.assert_allclose(off, off[:, :1].repeat(5, axis=1), atol=1e-14)
    np.testing.assert_allclose(noise.at(3).gradient(p[:, 0]) - BOWL.gradient(p[:, 0]), off[:, 0], atol=1e-14)
    assert not np.allclose(noise.at(4).gradient(p), noise.at(3).gradient(p))


def test_another_seed_is_another_draw_and_the_same_seed_the_same_trajectory():
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    ends = [descend(noisy(BOWL, 0.5, seed), optimizer, np.ones(2), 50).positions for seed in (1, 1, 2)]
    np.testing.assert_array_equal(ends[0], ends[1])
    assert not np.array_equal(ends[0], ends[2])


@every_model
def test_every_model_has_the_exact_gradient_as_mean_and_the_spread_that_was_asked_for(kind):
    p, sigma, steps = np.array([1.5, -0.25]), 0.4, 40_000
    there = Noise(sigma, 3, NOISE_MODELS[kind]).on(BOWL)
    gradients = np.array([there.at(step).gradient(p) for step in range(steps)])
    exact = BOWL.gradient(p)
    spread = SPREAD[kind](exact, sigma)
    np.testing.assert_allclose(gradients.mean(axis=0), exact, atol=5 * spread.max() / steps**0.5)
    np.testing.assert_allclose(gradients.std(axis=0), spread, rtol=0.02)
    assert abs(np.corrcoef(gradients.T)[0, 1]) < 0.03  # each coordinate has its own draw


@every_model
def test_every_model_is_the_same_for_many_points_as_for_each_and_depends_on_seed_and_step_alone(kind):
    model, p = NOISE_MODELS[kind], np.random.default_rng(0).normal(size=(2, 4, 3))
    there = Noise(0.5, 7, model).on(BOWL)
    together = there.at(3).gradient(p)
    for index in np.ndindex(4, 3):
        np.testing.assert_array_equal(together[:, *index], there.at(3).gradient(p[:, *index]))
    np.testing.assert_array_equal(together, Noise(0.5, 7, model).on(BOWL).at(3).gradient(p))
    for other in (there.at(4), Noise(0.5, 8, model).on(BOWL).at(3), Noise(0.25, 7, model).on(BOWL).at(3)):
        assert not np.isclose(other.gradient(p), together).any()
    np.testing.assert_array_equal(there.gradient(p), BOWL.gradient(p))
    np.testing.assert_array_equal(there.at(3).hessian(p), BOWL.hessian(p))


@every_model
def test_every_model_without_a_size_is_the_landscape_itself(kind):
    noise = Noise(0.0, 5, NOISE_MODELS[kind])
    assert noise.on(BOWL) is BOWL
    assert noise.latex.format(gradient="g") == "g"


def test_the_models_differ_and_the_usual_one_is_additive():
    assert (
        Noise(0.5, 7).on(BOWL).at(2).gradient(np.ones(2)).tolist()
        == noisy(BOWL, 0.5, 7).at(2).gradient(np.ones(2)).tolist()
    )
    assert len({(model.name, model.latex, model.about) for model in NOISE_MODELS.values()}) == len(NOISE_MODELS)


def test_descent_with_multiplicative_noise_shrinks_a_quadratic_by_one_random_factor_a_step():
    rate, sigma, steps, start = 0.2, 0.6, 60, np.array([1.0, -2.0])
    curvatures = np.diag(BOWL.hessian(start))
    noise = Noise(sigma, 4, NOISE_MODELS["multiplicative"])
    run = descend(noise.on(BOWL), OPTIMIZERS["gradient_descent"](learning_rate=rate), start, steps)
    xi = np.array([np.random.default_rng([4, step]).standard_normal(2) for step in range(steps)])
    factors = np.cumprod(1 - rate * curvatures * (1 + sigma * xi), axis=0)
    np.testing.assert_allclose(run.positions[:, 1:].T, start * factors, rtol=1e-12)


def test_multiplicative_noise_leaves_a_critical_point_where_it_is_and_additive_noise_does_not():
    optimizer, saddle = OPTIMIZERS["gradient_descent"](learning_rate=0.1), LANDSCAPES["saddle"]()
    ends = {
        kind: descend(Noise(0.5, 1, model).on(saddle), optimizer, np.zeros(2), 20).positions[:, -1]
        for kind, model in NOISE_MODELS.items()
    }
    assert ends["multiplicative"].tolist() == [0.0, 0.0]
    assert np.abs(ends["additive"]).max() > 0.1


def test_no_noise_is_the_landscape_itself():
    assert noisy(BOWL, 0.0) is BOWL


@pytest.mark.long
def test_the_stationary_spread_on_a_quadratic_is_that_of_theory():
    rate, sigma, curvature, steps = 0.3, 0.5, 2.0, 60_000
    run = descend(noisy(BOWL, sigma, seed=1), OPTIMIZERS["gradient_descent"](learning_rate=rate), np.zeros(2), steps)
    spread = run.positions[1, 1000:].var()
    assert spread == pytest.approx(rate * sigma**2 / (curvature * (2 - rate * curvature)), rel=0.05)


@pytest.mark.parametrize(("sigma", "seed"), [(-1.0, 0), (np.nan, 0), (np.inf, 0), (1.0, -1)])
def test_impossible_noise_is_refused(sigma, seed):
    with pytest.raises(ValueError, match="noise needs"):
        noisy(BOWL, sigma, seed)


def test_an_outlier_pushes_the_gradient_of_one_update_and_of_no_other():
    seen = Noise(outlier=Outlier(3.0, update=5, angle=30.0)).on(BOWL)
    p = np.random.default_rng(0).normal(size=(2, 4))
    for step in range(9):
        off = seen.at(step).gradient(p) - BOWL.gradient(p)
        push = np.array([3 * np.sqrt(0.75), 1.5]) if step == 4 else np.zeros(2)
        np.testing.assert_allclose(off, push[:, None].repeat(4, axis=1), atol=1e-14)
    np.testing.assert_array_equal(seen.gradient(p), BOWL.gradient(p))


def test_an_outlier_comes_on_top_of_the_noise_and_leaves_its_draws_as_they_are():
    noise = Noise(0.5, 7, NOISE_MODELS["multiplicative"])
    both = Noise(0.5, 7, NOISE_MODELS["multiplicative"], Outlier(2.0, update=3, angle=180.0))
    p = np.array([1.0, -2.0])
    for step in range(5):
        off = both.on(BOWL).at(step).gradient(p) - noise.on(BOWL).at(step).gradient(p)
        np.testing.assert_allclose(off, [-2.0, 0.0] if step == 2 else [0.0, 0.0], atol=1e-14)


def test_gradient_descent_jumps_by_rate_times_outlier_and_momentum_is_bent_for_long():
    """On f = 0 what follows is the push alone: η b at once, and η b (1 + β + β² + ...) for momentum."""
    flat = formula("0*x")
    start, steps, beta = np.array([1.0, 0.0]), 40, 0.8
    here = Noise(outlier=Outlier(10.0, update=3, angle=0.0)).on(flat)
    descent = descend(here, OPTIMIZERS["gradient_descent"](learning_rate=0.01), start, steps).positions[0]
    np.testing.assert_allclose(np.diff(descent), [-0.1 if step == 2 else 0.0 for step in range(steps)], atol=1e-14)
    rolling = descend(here, OPTIMIZERS["momentum"](learning_rate=0.01, momentum=beta), start, steps).positions[0]
    expected = [0.0 if step < 2 else -0.1 * beta ** (step - 2) for step in range(steps)]
    np.testing.assert_allclose(np.diff(rolling), expected, atol=1e-14)


@pytest.mark.parametrize(
    ("size", "update", "angle"), [(-1.0, 1, 0.0), (1.0, 0, 0.0), (1.0, 1, np.inf), (np.nan, 1, 0.0)]
)
def test_an_impossible_outlier_is_refused(size, update, angle):
    with pytest.raises(ValueError, match="an outlier needs"):
        Outlier(size, update, angle)
