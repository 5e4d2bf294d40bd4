from functools import cache, partial

import numpy as np
import pytest

from landscapes import Landscape, formula
from landscapes.networks import (
    Architecture,
    Examples,
    exact_eigenvalues,
    explained_of_a_random_walk,
    explained_of_random_walks,
    extreme_eigenvalues,
    lanczos,
    network_loss,
    onto_plane,
    path_plane,
    sharpness,
    spectral_density,
    two_spirals,
)
from optimizers import OPTIMIZERS, descend


def quadratic(eigenvalues, seed=0):
    """½ pᵀAp, A with these eigenvalues along random directions."""
    size = len(eigenvalues)
    axes = np.linalg.qr(np.random.default_rng(seed).normal(size=(size, size)))[0]
    matrix = axes @ np.diag(eigenvalues) @ axes.T
    return Landscape(
        name="Quadratic",
        latex="",
        value=lambda p: 0.5 * np.einsum("i...,ij,j...->...", p, matrix, p),
        gradient=lambda p: np.einsum("ij,j...->i...", matrix, p),
        hessian=lambda p: np.broadcast_to(matrix.reshape(size, size, *[1] * (p.ndim - 1)), (size, *p.shape)),
        times_hessian=lambda p, v: np.einsum("ij,j...->i...", matrix, v),
        start=(1.0,) * size,
    )


@cache
def edge(learning_rate, seed=0, loss="squared_error"):
    """Largest eigenvalues along 2,000 steps of gradient descent on the spirals, every 25 steps."""
    architecture = Architecture(inputs=2, width=16, outputs=2, depth=3, skip=0.0, activation="tanh", normalised=False)
    landscape = network_loss(architecture, two_spirals(200), loss, seed=seed)
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=learning_rate)
    run = descend(landscape, optimizer, np.array(landscape.start), 2000)
    return landscape, run, *sharpness(landscape, run.positions)[:2]


def test_lanczos_finds_the_ends_of_a_networks_spectrum():
    architecture = Architecture(inputs=2, width=10, outputs=2, depth=2, activation="tanh")
    landscape = network_loss(architecture, two_spirals(100))
    theta = architecture.initial(0)
    exact = exact_eigenvalues(landscape, theta)
    ritz = extreme_eigenvalues(landscape, theta, steps=30)
    assert ritz.values[-1] == pytest.approx(exact[-1], rel=1e-8)
    assert exact[0] - 1e-10 <= ritz.values[0] < 0
    for value, error in zip(ritz.values, ritz.errors, strict=True):
        assert np.abs(exact - value).min() <= error + 1e-10
    top = ritz.vectors[:, -1]
    np.testing.assert_allclose(landscape.times_hessian(theta, top), exact[-1] * top, atol=1e-5)


def test_lanczos_ends_where_the_vectors_span_a_space_of_their_own():
    landscape = quadratic([-2.0, -2.0, 1.0, 1.0, 3.0, 3.0, 3.0, 3.0])
    ritz = lanczos(partial(landscape.times_hessian, np.zeros(8)), np.ones(8), 8)
    np.testing.assert_allclose(ritz.values, [-2, 1, 3], atol=1e-12)
    assert ritz.weights.sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="not zero"):
        lanczos(lambda v: v, np.zeros(3), 2)


def test_the_spectrum_of_a_linear_network_is_that_of_its_closed_form():
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(30, 80))
    architecture = Architecture(inputs=30, width=1, outputs=1, activation="linear", normalised=False)
    landscape = network_loss(architecture, Examples(inputs, np.zeros((1, 80))), "squared_error")
    theta = architecture.packed([np.zeros((1, 30)), np.zeros((1, 1)), np.ones((1, 1)), np.zeros((1, 1))])
    rows = np.concatenate([inputs, np.ones((1, 80)), np.zeros((1, 80)), np.ones((1, 80))])  # by w, b, v, c
    np.testing.assert_allclose(exact_eigenvalues(landscape, theta), np.linalg.eigvalsh(rows @ rows.T / 80), atol=1e-12)


def test_many_probes_give_the_marchenko_pastur_law_of_random_data_within_their_scatter():
    """Of inputs that are independent and normal, the Hessian's eigenvalues lie between (1 ± √q)², q = D/n."""
    rng, q = np.random.default_rng(1), 0.25
    data = rng.normal(size=(400, 1600))
    matrix = data @ data.T / 1600
    landscape = Landscape(
        name="Wishart",
        latex="",
        value=lambda p: 0.5 * (p @ matrix @ p),
        gradient=lambda p: matrix @ p,
        hessian=lambda p: matrix,
        times_hessian=lambda p, v: matrix @ v,
    )
    density = spectral_density(landscape, np.zeros(400), probes=20, steps=30)
    low, high = (1 - np.sqrt(q)) ** 2, (1 + np.sqrt(q)) ** 2
    assert low - 0.05 < density.values.min()
    assert density.values.max() < high + 0.1
    x = np.linspace(low, high, 4001)
    law = np.sqrt((high - x) * (x - low)) / (2 * np.pi * q * x)
    for level in (0.5, 1.0, 1.5):
        expected = np.trapezoid(law[x <= level], x[x <= level])
        shares = density.below(level)
        assert abs(shares.mean() - expected) < 0.02
    scatter = density.traces.std(ddof=1) / np.sqrt(20)
    assert abs(density.traces.mean() - np.trace(matrix)) < 4 * scatter


def test_too_many_coordinates_are_not_decomposed():
    with pytest.raises(ValueError, match="at most 700"):
        exact_eigenvalues(quadratic(np.ones(3)), np.zeros(701))


@pytest.mark.long
@pytest.mark.parametrize("learning_rate", [0.1, 0.2])
def test_gradient_descent_sharpens_up_to_the_edge_of_stability(learning_rate):
    _, _, _, largest = edge(learning_rate)
    products = largest * learning_rate / 2
    assert products[0] < 0.9
    assert 0.95 < np.median(products[len(products) // 2 :]) < 1.05


def test_the_sharpness_along_a_run_is_the_largest_eigenvalue():
    landscape, run, numbers, largest = edge(0.1)
    assert numbers[:3].tolist() == [0, 25, 50]
    for row in (0, 40, 80):
        sure = extreme_eigenvalues(landscape, run.positions[:, numbers[row]], steps=60).values[-1]
        assert largest[row] == pytest.approx(sure, rel=1e-3)
        assert largest[row] <= sure * (1 + 1e-9)


@pytest.mark.long
def test_with_cross_entropy_the_sharpness_falls_once_the_data_are_fitted():
    _, _, _, largest = edge(0.2, loss="cross_entropy")
    products = largest * 0.2 / 2
    assert products[-1] < 0.5 * products.max()


def test_coordinates_and_what_is_off_the_plane_are_the_whole_distance():
    _, run, _, _ = edge(0.1)
    path = run.positions[:, ::20]
    found = path_plane(path)
    away = path - path[:, -1:]
    np.testing.assert_allclose(
        (found.coordinates**2).sum(axis=0) + found.off_plane**2, (away**2).sum(axis=0), rtol=1e-12, atol=1e-20
    )
    powers = np.linalg.svd(away, compute_uv=False) ** 2
    np.testing.assert_allclose(found.explained, powers[:2] / powers.sum(), rtol=1e-9)
    np.testing.assert_allclose(found.directions.T @ found.directions, np.eye(2), atol=1e-12)


def test_a_path_in_a_plane_is_shown_whole_also_along_directions_that_lean():
    rng = np.random.default_rng(7)
    directions, origin = rng.normal(size=(40, 2)), rng.normal(size=40)
    coordinates = rng.normal(size=(2, 15))
    found, off = onto_plane(origin[:, None] + directions @ coordinates, origin, directions)
    np.testing.assert_allclose(found, coordinates, atol=1e-12)
    np.testing.assert_allclose(off, 0, atol=1e-12)


def test_a_random_walk_has_the_shares_that_theory_gives_it():
    shares = explained_of_a_random_walk(4000, 300, centred=True)
    np.testing.assert_allclose(shares, [6 / np.pi**2, 6 / np.pi**2 / 4], atol=0.02)
    assert explained_of_a_random_walk(4000, 200).sum() > 0.85


def test_a_path_that_has_no_plane_is_refused():
    straight = np.outer(np.arange(5.0), np.linspace(0, 1, 6))
    for path, message in [
        (straight, "one line"),
        (straight[:, :2], "T ≥ 3"),
        (np.where(straight > 3, np.nan, straight), "finite"),
    ]:
        with pytest.raises(ValueError, match=message):
            path_plane(path)
    with pytest.raises(ValueError, match="finite"):
        sharpness(formula("x*y"), np.full((2, 3), np.nan))


def test_random_walks_can_be_stopped_after_each_of_them():
    looks = []
    shares = explained_of_random_walks(50, 20, 4, seed=3, check=lambda: looks.append(1))
    assert len(looks) == 4
    np.testing.assert_array_equal(shares, explained_of_random_walks(50, 20, 4, seed=3))
    steps = np.random.default_rng(3).normal(size=(4, 50, 20))
    walks = np.concatenate(list(steps.cumsum(axis=2)), axis=1)
    powers = np.linalg.svd(walks, compute_uv=False) ** 2
    np.testing.assert_allclose(shares, powers[:2] / powers.sum(), rtol=1e-10)
