import numpy as np
import pytest

from landscapes.networks import random_critical_points, random_matrices, share_of_minima, share_of_positive_matrices

ROOT = np.sqrt(2)
POSITIVE = {
    1: 1 / 2,
    2: (2 - ROOT) / 4,
    3: (np.pi - 2 * ROOT) / (4 * np.pi),
    4: (4 - ROOT - 8 / np.pi) / 16,
    5: 1 / 8 - 1 / (3 * np.pi) - ROOT / (24 * np.pi),
    6: 4.620187477548993e-6,  # these by de Bruijn's formula for powers of x, with 40 digits
    8: 9.694546749307667e-10,
    10: 2.265653158108417e-14,
}
MINIMA = {1: 1 / 2, 2: 1 / 4, 3: (29 - 6 * np.sqrt(6)) / 116}


@pytest.mark.parametrize("dimension", POSITIVE)
def test_random_matrices_are_positive_as_often_as_the_closed_forms_say(dimension):
    assert share_of_positive_matrices(dimension) == pytest.approx(POSITIVE[dimension], rel=1e-11)


@pytest.mark.parametrize("dimension", MINIMA)
def test_the_share_of_minima_of_a_random_field_is_the_closed_form(dimension):
    assert share_of_minima(dimension) == pytest.approx(MINIMA[dimension], rel=1e-11)


@pytest.mark.parametrize("dimension", [1, 2, 3, 4, 7])
def test_both_shares_are_what_drawn_matrices_show(dimension):
    matrices, points = random_matrices(dimension, 40_000), random_critical_points(dimension, 40_000)
    expected = share_of_positive_matrices(dimension)
    deviation = np.sqrt(expected * (1 - expected) / matrices.drawn)
    assert abs(matrices.shares[0] - expected) < 4 * deviation
    assert abs(points.shares[0] - share_of_minima(dimension)) < 4 * points.errors[0]
    assert points.errors[0] < 0.3 * share_of_minima(dimension)


@pytest.mark.parametrize("dimension", [2, 3, 6])
def test_turning_everything_over_changes_no_share(dimension):
    """-H is as likely as H, and in even dimensions minima, saddles and maxima alternate to 0 by their index."""
    points = random_critical_points(dimension, 40_000, seed=3)
    assert points.shares.sum() == pytest.approx(1)
    both = np.hypot(points.errors, points.errors[::-1])
    assert (np.abs(points.shares - points.shares[::-1]) < 4 * both).all()
    if dimension % 2 == 0:
        signs = (-1.0) ** np.arange(dimension + 1)
        assert abs(signs @ points.shares) < 4 * np.sqrt((points.errors**2).sum())


@pytest.mark.long
def test_the_critical_points_of_a_field_that_is_a_sum_of_waves_are_minima_as_often():
    """Of a field itself, not of matrices: plane waves in random directions, and every critical point in a window."""
    counts = np.zeros(3)
    for seed in range(3):
        rng = np.random.default_rng(seed)
        waves = rng.normal(size=(60, 2))
        phases, width = rng.uniform(0, 2 * np.pi, 60), 12.0

        def slopes(p, waves=waves, phases=phases):
            angle = waves @ p + phases[:, None]
            g = -np.einsum("ki,kn->in", waves, np.sin(angle))
            return g, -np.einsum("ki,kj,kn->ijn", waves, waves, np.cos(angle))

        side = np.linspace(-0.5, width + 0.5, 90)
        p = np.array(np.meshgrid(side, side)).reshape(2, -1)
        for _ in range(40):
            g, hessian = slopes(p)
            step = np.linalg.solve(hessian.transpose(2, 0, 1), g.T[:, :, None])[:, :, 0].T
            p = p - step * np.minimum(1.0, 0.1 / np.maximum(np.hypot(*step), 1e-300))
        g, hessian = slopes(p)
        inside = (np.hypot(*g) < 1e-9) & ((p > 0) & (p < width)).all(axis=0)
        points, first = np.unique(np.round(p[:, inside], 5), axis=1, return_index=True)
        values = np.linalg.eigvalsh(hessian[:, :, np.flatnonzero(inside)[first]].transpose(2, 0, 1))
        counts += np.bincount((values < 0).sum(axis=1), minlength=3)
        assert points.shape[1] > 30
    share = counts[0] / counts.sum()
    assert abs(share - share_of_minima(2)) < 4 * np.sqrt(0.25 * 0.75 / counts.sum())


@pytest.mark.parametrize("dimension", [0, 11])
def test_dimensions_in_which_the_shares_are_not_computed_are_refused(dimension):
    for share in (share_of_positive_matrices, share_of_minima):
        with pytest.raises(ValueError, match="1 to 10"):
            share(dimension)


def test_nothing_is_drawn_of_no_size():
    with pytest.raises(ValueError, match="at least 1"):
        random_matrices(0, 5)
    with pytest.raises(ValueError, match="at least 1"):
        random_critical_points(2, 0)
