"""L-BFGS with its line search, and AdamW with the paper's decay: against SciPy, and against what they promise."""

import numpy as np
import pytest
from scipy.optimize import line_search

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, descend
from optimizers.rules.backtracking import unasked
from optimizers.rules.strong_wolfe import strong_wolfe

ROSENBROCK = LANDSCAPES["rosenbrock"]()


@pytest.mark.long
def test_from_ten_thousand_starts_none_stalls() -> None:
    starts = np.random.default_rng(0).uniform(0, 1, (2, 10_000))
    ends = descend(ROSENBROCK, OPTIMIZERS["lbfgs_wolfe"](), starts, 100).positions[:, -1]
    assert np.abs(ends - 1).max() < 1e-8
    plain = descend(ROSENBROCK, OPTIMIZERS["lbfgs"](), starts, 100).positions[:, -1]
    assert 0.001 < (~(np.abs(plain - 1).max(axis=0) < 1e-3)).mean() < 0.05  # PyTorch's rule does from some


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "styblinski_tang", "rastrigin", "goldstein_price"])
def test_the_loss_never_rises(name: str) -> None:
    landscape = LANDSCAPES[name]()
    (x0, x1), (y0, y1) = landscape.domain
    starts = np.random.default_rng(1).uniform([[x0], [y0]], [[x1], [y1]], (2, 500))
    losses = landscape.value(descend(landscape, OPTIMIZERS["lbfgs_wolfe"](), starts, 60).positions)
    assert (np.diff(losses, axis=0) <= 0).all()


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "styblinski_tang"])
def test_the_lengths_meet_both_conditions_and_nearly_all_are_scipys(name: str) -> None:
    landscape, rng = LANDSCAPES[name](), np.random.default_rng(2)
    p = rng.uniform(-2, 2, (2, 200))
    g, f = landscape.gradient(p), landscape.value(p)
    d = -g * rng.uniform(1e-4, 1, 200)
    slope = (g * d).sum(axis=0)
    with np.errstate(all="ignore"):
        alpha = strong_wolfe(landscape, p, f, d, slope, 1.0, 1e-4, 0.9, unasked(p)).alpha
    q = p + alpha * d
    assert (landscape.value(q) <= f + 1e-4 * alpha * slope).all()
    assert (np.abs((landscape.gradient(q) * d).sum(axis=0)) <= -0.9 * slope).all()
    scipys = np.array(
        [
            line_search(landscape.value, landscape.gradient, p[:, i], d[:, i], g[:, i], f[i], maxiter=40)[0]
            for i in range(200)
        ],
        dtype=float,
    )
    assert (np.abs(alpha - scipys) <= 1e-9 * scipys).mean() > 0.8  # SciPy guards a reversed bracket less


@pytest.mark.parametrize("rate", [1e-3, 0.02, 0.3])
def test_at_a_constant_rate_the_papers_decay_is_pytorchs_over_the_rate(rate: float) -> None:
    start = np.array([-1.2, 1.0])
    free = descend(ROSENBROCK, OPTIMIZERS["adamw_free_decay"](rate, weight_decay=1e-3), start, 50).positions
    plain = descend(ROSENBROCK, OPTIMIZERS["adamw"](rate, weight_decay=1e-3 / rate), start, 50).positions
    np.testing.assert_allclose(free, plain, rtol=1e-9)


def test_the_papers_decay_follows_the_schedule_and_not_the_rate() -> None:
    """Algorithm 2 written out: p - η_t(α m̂/(√v̂ + ε) + λp), with η_t = (1 + cos(πt/T))/2."""
    start, multiplier, alpha, decay = np.array([-1.2, 1.0]), SCHEDULES["cosine"](1.0, 40), 0.05, 0.01
    optimizer = OPTIMIZERS["adamw_free_decay"](SCHEDULES["cosine"](alpha, 40), weight_decay=decay)
    ours = descend(ROSENBROCK, optimizer, start, 40).positions
    p, m, v = start, np.zeros(2), np.zeros(2)
    for t in range(40):
        g = ROSENBROCK.gradient(p)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        adam = alpha * m / (1 - 0.9 ** (t + 1)) / (np.sqrt(v / (1 - 0.999 ** (t + 1))) + 1e-8)
        p = p - multiplier(t) * (adam + decay * p)
        np.testing.assert_allclose(ours[:, t + 1], p, rtol=1e-9)
