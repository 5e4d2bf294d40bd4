import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from landscapes.networks import (
    MADE_EXAMPLES,
    OUTPUT_LOSSES,
    UNIT_ACTIVATIONS,
    Architecture,
    Examples,
    dense_hessian,
    network_loss,
    outputs_of,
    two_spirals,
)

RECORDED = json.loads((Path(__file__).parent / "data" / "networks.json").read_text(encoding="utf-8"))

every_activation = pytest.mark.parametrize("activation", UNIT_ACTIVATIONS)
every_loss = pytest.mark.parametrize("loss", OUTPUT_LOSSES)


def network(activation="tanh", loss="cross_entropy", **others):
    """A loss, and a point of it that lies on no kink: biases of zero would put ReLU on one."""
    sizes = {"inputs": 3, "width": 5, "outputs": 2, "depth": 3, "skip": 0.5} | others
    rng = np.random.default_rng(0)
    examples = Examples(rng.normal(size=(3, 20)), np.eye(2)[:, rng.integers(0, 2, 20)])
    landscape = network_loss(Architecture(activation=activation, **sizes), examples, loss)
    return landscape, np.array(landscape.start) + 0.1 * rng.normal(size=len(landscape.start))


@every_activation
@every_loss
@pytest.mark.parametrize("skip", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("normalised", [True, False])
def test_the_gradient_is_the_derivative_of_the_loss(activation, loss, skip, normalised):
    landscape, theta = network(activation, loss, skip=skip, normalised=normalised)
    by_step = landscape.value(theta[:, None] + 1e-30j * np.eye(theta.size)).imag / 1e-30
    np.testing.assert_allclose(landscape.gradient(theta), by_step, rtol=0, atol=1e-12 * np.abs(by_step).max())
    far = 1e-6 if UNIT_ACTIVATIONS[activation].smooth else 1e-8  # not across a kink
    step = far * np.eye(theta.size)
    quotients = (landscape.value(theta[:, None] + step) - landscape.value(theta[:, None] - step)) / (2 * far)
    np.testing.assert_allclose(quotients, by_step, rtol=0, atol=1e-13 / far)


@pytest.mark.parametrize("case", RECORDED["networks"], ids=lambda case: f"{case['activation']}-{case['loss']}")
def test_value_gradient_and_product_with_the_hessian_are_pytorchs(case):
    examples = Examples(np.array(case["inputs"]), np.eye(2)[:, case["classes"]])
    architecture = Architecture(
        inputs=3,
        width=RECORDED["width"],
        outputs=2,
        depth=RECORDED["depth"],
        skip=case["skip"],
        activation=case["activation"],
        normalised=case["normalised"],
    )
    landscape = network_loss(architecture, examples, case["loss"])
    theta, v = np.array(case["theta"]), np.array(case["v"])
    found = {
        "value": landscape.value(theta),
        "gradient": landscape.gradient(theta),
        "product": landscape.times_hessian(theta, v),
    }
    for name, numbers in found.items():
        np.testing.assert_allclose(numbers, case[name], rtol=0, atol=1e-10 * np.abs(case[name]).max(), err_msg=name)


@every_loss
@every_activation
@pytest.mark.parametrize("sizes", [{}, {"normalised": False}, {"width": 1, "depth": 1}], ids=["usual", "plain", "one"])
def test_the_product_with_the_hessian_is_the_derivative_of_the_gradient_and_symmetric(activation, loss, sizes):
    landscape, theta = network(activation, loss, **sizes)
    v, w = np.random.default_rng(1).normal(size=(2, theta.size))
    far = 1e-5 if UNIT_ACTIVATIONS[activation].smooth else 1e-8  # not across a kink
    through = landscape.times_hessian(theta, v)
    quotient = (landscape.gradient(theta + far * v) - landscape.gradient(theta - far * v)) / (2 * far)
    np.testing.assert_allclose(through, quotient, rtol=0, atol=1e-6 * np.abs(through).max())
    size = np.linalg.norm(through) * np.linalg.norm(w)
    assert abs(w @ through - v @ landscape.times_hessian(theta, w)) <= 1e-12 * size
    np.testing.assert_allclose(landscape.hessian(theta) @ v, through, rtol=0, atol=1e-12 * np.abs(through).max())


@every_activation
def test_many_networks_at_once_are_each_of_them_alone_bit_for_bit(activation):
    landscape, theta = network(activation)
    many = theta[:, None, None] + 0.1 * np.random.default_rng(2).normal(size=(theta.size, 3, 4))
    assert landscape.value(many).shape == (3, 4)
    v = np.random.default_rng(3).normal(size=theta.size)
    for here in np.ndindex(3, 4):
        alone = many[:, *here]
        assert landscape.value(alone) == landscape.value(many)[here]
        np.testing.assert_array_equal(landscape.gradient(alone), landscape.gradient(many)[:, *here])
        np.testing.assert_array_equal(landscape.times_hessian(alone, v), landscape.times_hessian(many, v)[:, *here])


def test_networks_that_do_not_fit_together_in_the_cache_are_the_same():
    examples = two_spirals(400)
    landscape = network_loss(Architecture(inputs=2, width=20, outputs=2), examples)
    many = np.array(landscape.start)[:, None] * np.linspace(0.5, 1.5, 50)
    np.testing.assert_array_equal(landscape.value(many), [landscape.value(each) for each in many.T])


def test_a_network_without_hidden_bends_is_the_product_of_its_matrices():
    architecture = Architecture(inputs=3, width=4, outputs=2, depth=2, skip=0.25, activation="linear", normalised=False)
    theta = architecture.initial(3)
    x = np.random.default_rng(4).normal(size=(3, 6))
    first, _, second, _, third, _, last, _ = architecture.unpacked(theta)
    straight = last @ (third + 0.25 * np.eye(4)) @ (second + 0.25 * np.eye(4)) @ first @ x
    np.testing.assert_allclose(outputs_of(architecture, theta, x), straight, rtol=1e-12, atol=1e-13)


def chain_hessian():
    """Of ½(w₃w₂w₁x - 2x)² with w = ½, 2, 2 over x = 1, -2, ½: the three weights of a chain at interpolation."""
    x = np.array([[1.0, -2.0, 0.5]])
    architecture = Architecture(inputs=1, width=1, outputs=1, depth=1, skip=0.0, activation="linear", normalised=False)
    landscape = network_loss(architecture, Examples(x, 2 * x), "squared_error")
    theta = architecture.packed([np.array([[each]]) for each in (0.5, 0.0, 2.0, 0.0, 2.0, 0.0)])
    return landscape, theta, x


def test_where_a_chain_fits_its_data_the_hessian_is_the_mean_of_its_outputs_gradients_squared():
    landscape, theta, x = chain_hessian()
    ones = np.ones_like(x)
    by_parameter = np.concatenate([4 * x, 4 * ones, x, 2 * ones, x, ones])
    expected = by_parameter @ by_parameter.T / x.size
    np.testing.assert_allclose(landscape.hessian(theta), expected, rtol=0, atol=1e-12)
    assert np.linalg.eigvalsh(landscape.hessian(theta))[-1] == pytest.approx(32.41948133962653, rel=1e-12)


def test_half_way_between_a_plain_network_and_a_residual_one_the_loss_is_continuous():
    losses = [
        network(skip=skip)[0].value(network(skip=skip)[1]) for skip in np.clip(0.5 + np.array([-1e-8, 0, 1e-8]), 0, 1)
    ]
    assert 0 < np.abs(np.diff(losses)).max() < 1e-6


@pytest.mark.parametrize("name", MADE_EXAMPLES)
def test_made_examples_follow_their_seed_and_fit_a_network(name):
    examples, again, other = (MADE_EXAMPLES[name](40, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(examples.inputs, again.inputs)
    assert (examples.inputs != other.inputs).any()
    architecture = Architecture(inputs=len(examples.inputs), width=6, outputs=len(examples.targets))
    loss = "squared_error" if name == "wave" else "cross_entropy"
    assert np.isfinite(network_loss(architecture, examples, loss).value(architecture.initial(0)))
    if name != "wave":
        np.testing.assert_array_equal(examples.targets.sum(axis=0), 1)
        assert (examples.targets.sum(axis=1) > 0).all()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"width": 0}, "width ≥ 1"),
        ({"depth": -1}, "depth ≥ 0"),
        ({"skip": 1.5}, "0 ≤ skip ≤ 1"),
        ({"activation": "cosine"}, "an activation out of relu"),
        ({"width": 200}, "at most 20,000 parameters"),
    ],
)
def test_an_architecture_says_what_it_needs(changed, message):
    with pytest.raises(ValueError, match=message):
        network(**changed)


def test_examples_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="3 inputs and 2 outputs"):
        network_loss(Architecture(inputs=3, width=4, outputs=2), two_spirals(20))
    with pytest.raises(ValueError, match="a loss out of cross_entropy"):
        network_loss(Architecture(inputs=2, width=4, outputs=2), two_spirals(20), "hinge")


def test_the_dense_hessian_of_many_points_is_that_of_each():
    landscape, theta = network(width=3, depth=0)
    two = np.stack([theta, 2 * theta], axis=1)
    for number in range(2):
        np.testing.assert_allclose(
            dense_hessian(landscape.times_hessian, two)[..., number],
            dense_hessian(landscape.times_hessian, two[:, number]),
            rtol=0,
            atol=1e-14,
        )


def test_importing_landscapes_does_not_import_networks():
    code = "import sys, landscapes; sys.exit('landscapes.networks' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
