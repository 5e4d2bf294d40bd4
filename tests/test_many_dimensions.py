import numpy as np
import pytest
from test_network_spectrum import quadratic

from landscapes import LANDSCAPES, Landscape
from landscapes.networks import Architecture, network_loss, two_spirals
from optimizers import OPTIMIZERS, descend, verdict

ROSENBROCK = LANDSCAPES["rosenbrock"](b=5)
EXTRA = 3  # coordinates beside the two


def widened(landscape):
    """A landscape of five coordinates: the two of `landscape`, and ½z² along each of three others."""

    def hessian(p):
        matrix = np.zeros((2 + EXTRA, 2 + EXTRA, *p.shape[1:]))
        matrix[:2, :2] = landscape.hessian(p[:2])
        for k in range(2, 2 + EXTRA):
            matrix[k, k] = 1
        return matrix

    return Landscape(
        name="Widened",
        latex="",
        value=lambda p: landscape.value(p[:2]) + 0.5 * (p[2:] ** 2).sum(axis=0),
        gradient=lambda p: np.concatenate([landscape.gradient(p[:2]), p[2:]]),
        hessian=hessian,
    )


# Nelder-Mead's simplex has more corners, and SciPy's trust region solves its inner problem to a tenth, by norms of all.
@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name not in ("nelder_mead", "scipy_trust_region")])
def test_every_rule_moves_two_coordinates_of_many_as_it_moves_two_alone(name):
    """A rule that knew only two coordinates, or mixed them up, would part from itself."""
    optimizer = OPTIMIZERS[name]()
    start = np.array([-0.7, 0.9])
    alone = descend(ROSENBROCK, optimizer, start, 8).positions
    among = descend(widened(ROSENBROCK), optimizer, np.concatenate([start, np.zeros(EXTRA)]), 8).positions
    np.testing.assert_allclose(among[:2], alone, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(among[2:], 0, atol=1e-5)  # Yogi's mean of the gradient begins at 1e-6


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_goes_down_in_many_dimensions(name):
    landscape = quadratic(np.linspace(0.5, 2.0, 7))
    path = descend(landscape, OPTIMIZERS[name](), np.random.default_rng(1).normal(size=7), 30).positions
    assert path.shape == (7, 31)
    assert landscape.value(path[:, -1]) < landscape.value(path[:, 0])


def test_networks_trained_together_are_each_of_them_alone_bit_for_bit():
    architecture = Architecture(inputs=2, width=6, outputs=2, depth=2)
    landscape, adam = network_loss(architecture, two_spirals(60)), OPTIMIZERS["adam"](learning_rate=0.01)
    starts = np.stack([architecture.initial(seed) for seed in range(3)], axis=1)
    together = descend(landscape, adam, starts, 40).positions
    for number, start in enumerate(starts.T):
        np.testing.assert_array_equal(together[..., number], descend(landscape, adam, start, 40).positions)


def judged(eigenvalues, start, steps=400, learning_rate=0.3, name="gradient_descent"):
    landscape, optimizer = quadratic(eigenvalues), OPTIMIZERS[name](learning_rate=learning_rate)
    return verdict(landscape, optimizer, descend(landscape, optimizer, np.array(start, dtype=float), steps))


@pytest.mark.parametrize("size", [1, 3, 50])
def test_a_minimum_in_many_dimensions(size):
    found = judged(np.linspace(0.5, 2.0, size), np.ones(size))
    assert found.kind == "minimum"
    assert found.position.shape == (size,)
    assert np.abs(found.position).max() < 1e-8
    assert "positive" in found.sentence
    assert 5 < found.step < 150


def test_a_run_that_has_not_arrived_is_still_moving():
    found = judged(np.linspace(0.001, 2.0, 20), np.ones(20))
    assert found.kind == "moving"
    assert "from 0.001 to 2" in found.sentence


def test_a_run_on_the_way_out_of_a_saddle_is_never_called_there():
    axes = np.linalg.qr(np.random.default_rng(0).normal(size=(5, 5)))[0]
    eigenvalues = np.array([-0.2, 0.5, 1.0, 1.5, 2.0])
    for offset in (1e-3, 1e-6, 1e-10):
        start = axes @ np.array([offset, 1, 1, 1, 1])
        assert {judged(eigenvalues, start, steps).kind for steps in range(0, 150, 7)} == {"moving"}


def test_a_run_into_a_saddle_is_told_so_with_the_number_of_its_falls():
    landscape, optimizer = widened(LANDSCAPES["two_weight_network"]()), OPTIMIZERS["gradient_descent"](0.05)
    found = verdict(landscape, optimizer, descend(landscape, optimizer, np.array([0.5, -0.5, 1, 1, 1]), 1000))
    assert found.kind == "saddle"
    assert "1 of the 5 eigenvalues of the Hessian is negative, the smallest is −2" in found.sentence


def test_a_start_at_a_critical_point_stays_and_its_kind_is_by_the_eigenvalues():
    kinds = {
        kind: judged(eigenvalues, np.zeros(4)).kind
        for kind, eigenvalues in {
            "minimum": [1, 2, 3, 4],
            "maximum": [-1, -2, -3, -4],
            "saddle": [-1, 2, 3, 4],
            "flat": [0, 1, 2, 3],
        }.items()
    }
    assert all(kind == found for kind, found in kinds.items())
    assert judged(np.zeros(4), np.zeros(4)).kind == "flat"


def test_above_what_can_be_decomposed_a_saddle_is_proved_and_a_minimum_is_not_claimed():
    values = np.linspace(0.5, 2.0, 701)
    assert judged(values, np.ones(701)).kind == "flat"
    values[0] = -1.0
    assert judged(values, np.zeros(701)).kind == "saddle"


def test_a_run_that_leaves_has_diverged_in_many_dimensions_too():
    found = judged([1.0, 2.0, 9.0], np.ones(3))
    assert found.kind == "diverged"
    assert found.step < 40
    assert np.isfinite(found.position).all()


def test_a_run_that_steps_where_there_is_no_value_has_left_the_domain():
    landscape = Landscape(
        name="Logarithms",
        latex="",
        value=lambda p: np.log(p).sum(axis=0),
        gradient=lambda p: 1 / p,
        hessian=lambda p: np.einsum("ij,j...->ij...", np.eye(3), -1 / p**2),
        defined_everywhere=False,
    )
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=0.3)
    found = verdict(landscape, optimizer, descend(landscape, optimizer, np.ones(3), 20))
    assert (found.kind, found.nature) == ("diverged", "left the domain of f")
    assert found.sentence.startswith(f"Left the domain of f at step {found.step}")
    with np.errstate(invalid="ignore"):
        found = verdict(landscape, optimizer, descend(landscape, optimizer, -np.ones(3), 20))
    assert found.sentence == "f is not defined at the start: there is nothing to descend."


def test_a_run_whose_rate_is_next_to_nothing_is_said_to_hardly_move():
    found = judged([1.0, 2.0, 3.0], np.ones(3), learning_rate=1e-9)
    assert found.kind == "moving"
    assert found.sentence.startswith("Hardly moves")


def test_of_several_runs_each_has_its_verdict():
    starts = np.stack([np.zeros(3), np.ones(3), np.full(3, 1e5)], axis=1)
    landscape, optimizer = quadratic([1.0, 2.0, 3.0]), OPTIMIZERS["gradient_descent"](learning_rate=0.3)
    found = verdict(landscape, optimizer, descend(landscape, optimizer, starts, 300))
    assert [each.kind for each in found] == ["minimum", "minimum", "minimum"]


def test_a_trained_network_is_not_called_a_minimum():
    architecture = Architecture(inputs=2, width=8, outputs=2, depth=1, activation="tanh")
    landscape, optimizer = network_loss(architecture, two_spirals(60)), OPTIMIZERS["adam"](learning_rate=0.01)
    found = verdict(landscape, optimizer, descend(landscape, optimizer, np.array(landscape.start), 200))
    assert found.kind == "moving"
    assert found.position.shape == (architecture.parameters,)
