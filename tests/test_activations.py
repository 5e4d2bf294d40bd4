"""Activation functions: difference quotients, PyTorch's formulas and the bounds of their slopes."""

import math

import numpy as np
import pytest

from landscapes.from_data import ACTIVATIONS, factors

Z = np.linspace(-8.0, 8.0, 4001) + 1e-4  # none of them a kink
every_activation = pytest.mark.parametrize("name", ACTIVATIONS)


@every_activation
def test_the_slopes_are_those_of_the_values(name):
    phi, h = ACTIVATIONS[name], 1e-5
    first = (phi.value(Z + h) - phi.value(Z - h)) / (2 * h)
    second = (phi.derivative(Z + h) - phi.derivative(Z - h)) / (2 * h)
    np.testing.assert_allclose(phi.derivative(Z), first, atol=1e-8)
    np.testing.assert_allclose(phi.second_derivative(Z), second, atol=1e-8)


@every_activation
def test_no_slope_exceeds_the_bound_and_none_smaller_would_do(name):
    phi = ACTIVATIONS[name]
    seen = np.abs(phi.derivative(np.concatenate([Z, [0.0, math.sqrt(2), 40.0]])))
    assert seen.max() <= phi.steepest * (1 + 1e-14)
    assert seen.max() >= phi.steepest * (1 - 1e-12)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("gelu", lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2),
        ("softplus", lambda z: math.log1p(math.exp(z))),
        ("leaky_relu", lambda z: max(z, 0.01 * z)),
        ("tanh", lambda z: (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z))),
    ],
)
def test_the_values_are_those_of_the_formula(name, formula):
    np.testing.assert_allclose(ACTIVATIONS[name].value(Z), [formula(float(z)) for z in Z], rtol=1e-9, atol=1e-12)


def test_far_out_slopes_keep_their_digits():
    assert ACTIVATIONS["tanh"].derivative(np.array(20.0)) == pytest.approx(4 * math.exp(-40), rel=1e-12)
    assert ACTIVATIONS["softplus"].value(np.array(1000.0)) == 1000.0


@every_activation
@pytest.mark.parametrize("weight", [0.5, -1.5])
def test_the_product_of_slopes_along_a_chain_is_its_derivative_and_within_the_bound(name, weight):
    phi, depth, x, bias, h = ACTIVATIONS[name], 6, 0.7, 0.3, 1e-6

    def chain(x, layers):
        for _ in range(layers):
            x = phi.value(np.array(weight * x + bias))
        return float(x)

    products = factors(x, weight, name, depth, bias)
    slopes = [(chain(x + h, k) - chain(x - h, k)) / (2 * h) for k in range(1, depth + 1)]
    np.testing.assert_allclose(products, slopes, rtol=1e-5, atol=1e-9)
    assert (np.abs(products) <= (abs(weight) * phi.steepest) ** np.arange(1, depth + 1) * (1 + 1e-12)).all()
