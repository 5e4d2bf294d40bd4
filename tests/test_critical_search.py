import numpy as np
import pytest
from test_many_dimensions import widened
from test_network_spectrum import quadratic

from landscapes import LANDSCAPES, find_critical_points
from landscapes.networks import Architecture, answers_of_a_teacher, critical_searches, network_loss


def test_a_quadratic_has_one_critical_point_and_every_search_finds_it():
    landscape = quadratic([-3.0, -1.0, 0.5, 2.0])
    found = critical_searches(landscape, np.random.default_rng(0).normal(size=(4, 7)))
    assert found.found.all()
    np.testing.assert_allclose(found.points, 0, atol=1e-9)
    np.testing.assert_allclose(found.eigenvalues, np.repeat([[-3], [-1], [0.5], [2]], 7, axis=1), atol=1e-12)
    assert (found.positive == 0.5).all()
    assert (found.negative == 0.5).all()


def test_the_searches_find_the_points_that_are_known_in_the_plane():
    landscape = LANDSCAPES["himmelblau"]()
    known = np.array([point.position for point in find_critical_points(landscape).points])
    starts = np.zeros((5, 300))
    starts[:2] = np.random.default_rng(1).uniform(-5, 5, (2, 300))
    found = critical_searches(widened(landscape), starts)
    ends = found.points[:2, found.found].T
    apart = np.linalg.norm(ends[:, None] - known, axis=2)
    assert apart.min(axis=1).max() < 1e-6
    assert apart.min(axis=0).max() < 1e-6
    assert len(known) == 9


def test_what_is_found_in_a_network_is_critical_and_its_eigenvalues_are_those_of_its_hessian():
    architecture = Architecture(inputs=4, width=3, outputs=1, activation="tanh", normalised=False)
    landscape = network_loss(architecture, answers_of_a_teacher(60, 1), "squared_error")
    starts = np.stack([architecture.initial(seed) for seed in range(12)], axis=1)
    shares = []
    found = critical_searches(landscape, starts, 100, shares.append)
    assert 0 < found.found.sum() < 12
    assert shares == sorted(shares)
    for number in np.flatnonzero(found.found):
        theta = found.points[:, number]
        assert np.linalg.norm(landscape.gradient(theta)) < 1e-8
        values = np.linalg.eigvalsh(landscape.hessian(theta))
        np.testing.assert_allclose(found.eigenvalues[:, number], values, atol=1e-10)
        assert found.losses[number] == pytest.approx(landscape.value(theta))
    together = critical_searches(landscape, starts[:, :3], 30)
    for number in range(3):
        alone = critical_searches(landscape, starts[:, number : number + 1], 30)
        np.testing.assert_allclose(alone.points[:, 0], together.points[:, number], rtol=1e-6, atol=1e-8)


def test_a_search_on_its_way_to_infinity_has_found_nothing():
    """e^-x has a gradient as small as one likes, and no critical point."""
    landscape = quadratic([1.0, 2.0])
    falling = type(landscape)(
        name="Falling",
        latex="",
        value=lambda p: np.exp(-p[0]) + p[1] ** 2,
        gradient=lambda p: np.stack([-np.exp(-p[0]), 2 * p[1]]),
        hessian=lambda p: np.array([[np.exp(-p[0]), 0 * p[0]], [0 * p[0], 2 + 0 * p[0]]]),
    )
    found = critical_searches(falling, np.array([[1.0, 20.0], [0.5, 0.1]]), 400)
    assert not found.found.any()


@pytest.mark.parametrize("starts", [np.zeros((101, 2)), np.zeros(3), np.full((3, 2), np.nan)])
def test_starts_that_cannot_be_searched_from_are_refused(starts):
    with pytest.raises(ValueError, match="critical_searches needs"):
        critical_searches(quadratic([1.0, 2.0, 3.0]), starts)
