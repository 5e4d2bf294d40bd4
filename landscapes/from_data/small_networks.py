"""Squared errors of the smallest networks on any points: two layers, and a chain of neurons that share w and b."""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np

from landscapes.from_data.activations import ACTIVATIONS, Activation
from landscapes.from_data.training import Rows, TrainingLoss, mean_over_examples
from landscapes.knob import Knob, checked
from landscapes.landscape import Array, Domain, Landscape
from words import mark

Depth = Annotated[int, Knob("depth", 1, 12, "neurons one after the other", integer=True, least=1, costs=True)]
Output = list[Array]  # of the network (K, n), its first derivatives (2, K, n), its second (2, 2, K, n)
Network = Callable[[Array, Array, int], Output]  # parameters (2, K), inputs (n,), order 0, 1, 2 of the last derivative


def two_layer(
    x: Array, y: Array, activation: str = "linear", domain: Domain = ((-3.0, 3.0), (-3.0, 3.0))
) -> TrainingLoss:
    """The mean of (w₂ φ(w₁x) - y)². For φ linear only the product counts: a saddle at 0 between two valleys.

    Source: P. Baldi, K. Hornik, Neural Networks 2 (1989) 53, doi:10.1016/0893-6080(89)90014-2.
    """
    phi = ACTIVATIONS[activation]

    def network(p: Array, x: Array, order: int) -> Output:
        w1, w2 = p[..., None]
        z = w1 * x
        value = phi.value(z)
        output = [w2 * value]
        if order >= 1:
            inner = phi.derivative(z) * x
            output.append(np.stack([w2 * inner, value]))
        if order == 2:
            bend = phi.second_derivative(z)
            output.append(np.array([[w2 * bend * x * x, inner], [inner, np.zeros_like(z)]]))
        return output

    return _squared(
        network,
        x,
        y,
        straight=phi is ACTIVATIONS["linear"],
        name=mark("Network of two layers"),
        latex=rf"\frac{{1}}{{n}} \sum_i \left(w_2\, {phi.of('w_1 x_i')} - y_i\right)^2",
        domain=domain,
        start=(0.4, -0.5),
        about=mark("Input, one hidden neuron, output: two weights."),
        source="P. Baldi, K. Hornik, Neural Networks 2 (1989) 53, doi:10.1016/0893-6080(89)90014-2",
        smooth=phi.smooth,
    )


@checked
def chain(x: Array, y: Array, activation: str = "sigmoid", depth: Depth = 1) -> TrainingLoss:
    """The mean of (h - y)², where h starts as x and becomes φ(wh + b) `depth` times; with depth 1 a single neuron.

    Every sigmoid multiplies the gradient by at most |w|/4, so it vanishes with depth; a linear neuron multiplies it by
    w, so it explodes where |w| > 1.

    Source: S. Hochreiter, Int. J. Uncertain. Fuzz. 6 (1998) 107, doi:10.1142/S0218488598000094.
    """
    phi = ACTIVATIONS[activation]

    def network(p: Array, x: Array, order: int) -> Output:
        w, b = p[..., None]
        h = np.broadcast_to(x, (p.shape[1], x.size))
        output = [h, *(np.zeros((*[2] * each, *h.shape)) for each in range(1, order + 1))]
        for _ in range(int(depth)):
            h, *derivatives = output
            z = w * h + b
            output = [phi.value(z)]
            if order >= 1:
                first, slope = derivatives[0], phi.derivative(z)
                dz = w * first  # and what w and b do by themselves
                dz[0] += h
                dz[1] += 1.0
                output.append(slope * dz)
            if order == 2:
                ddz = w * derivatives[1]
                ddz[0] += first
                ddz[:, 0] += first
                output.append(phi.second_derivative(z) * (dz[:, None] * dz[None]) + slope * ddz)
        return output

    reach = 10.0 if activation == "sigmoid" else 2.0
    return _squared(
        network,
        x,
        y,
        straight=phi is ACTIVATIONS["linear"],
        name=mark("Neuron") if depth == 1 else mark("Chain of neurons"),
        latex=chained(phi, int(depth)),
        domain=((-reach, reach), (-reach, reach)),
        start=(-0.6 * reach, 0.4 * reach),
        about=mark("One weight and one bias, shared by all neurons of the chain."),
        source="S. Hochreiter, Int. J. Uncertain. Fuzz. 6 (1998) 107, doi:10.1142/S0218488598000094",
        smooth=phi.smooth,
    )


def chained(phi: Activation, depth: int) -> str:
    """The loss of a chain in LaTeX: what each neuron makes of what the one before it gave.

    >>> chained(ACTIVATIONS["sigmoid"], 1)
    '\\\\frac{1}{n} \\\\sum_i \\\\left(\\\\sigma(w x_i + b) - y_i\\\\right)^2'
    """
    if depth == 1:
        inner = phi.of("w x_i + b")
        return rf"\frac{{1}}{{n}} \sum_i \left({inner} - y_i\right)^2"
    each = {2: "1, 2", 3: "1, 2, 3"}.get(depth, rf"1, \dots, {depth}")
    return (
        rf"\frac{{1}}{{n}} \sum_i (h_{{{depth}}} - y_i)^2, \quad h_0 = x_i, \; "
        rf"h_k = {phi.of('w h_{k-1} + b')}, \; k = {each}"
    )


def factors(x: float, weight: float, activation: str, depth: int, bias: float = 0.0) -> Array:
    """∂hₖ/∂x after k = 1 ... depth neurons of a chain: the product of the factors w φ'(w h + b)."""
    phi = ACTIVATIONS[activation]
    h, each = np.array(x), []
    for _ in range(depth):
        z = weight * h + bias
        each.append(weight * phi.derivative(z))
        h = phi.value(z)
    return np.cumprod(each).astype(float)


def _squared(network: Network, x: Array, y: Array, straight: bool, **record: Any) -> TrainingLoss:
    if x.shape != y.shape or x.ndim != 1 or not x.size:
        raise ValueError(f"a network needs as many inputs as targets, at least one, got {x.shape} and {y.shape}")

    def of(rows: Rows | slice) -> Landscape:
        x_seen, y_seen = x[rows], y[rows]

        def value(p: Array) -> Array:
            return mean_over_examples(lambda q: (network(q, x_seen, 0)[0] - y_seen) ** 2, p, y_seen.size)

        def gradient(p: Array) -> Array:
            return mean_over_examples(lambda q: slopes(q, x_seen, y_seen), p, y_seen.size)

        def hessian(p: Array) -> Array:
            def terms(q: Array) -> Array:
                h, first, second = network(q, x_seen, 2)
                return 2 * (first[:, None] * first[None] + (h - y_seen) * second)

            return mean_over_examples(terms, p, 4 * y_seen.size)

        return Landscape(value=value, gradient=gradient, hessian=hessian, **record)

    def slopes(p: Array, x: Array, y: Array) -> Array:
        h, first = network(p, x, 1)
        return 2 * (h - y) * first

    def predict(p: Array, inputs: Array) -> Array:
        points = np.asarray(p, dtype=float)
        output = network(points.reshape(2, -1), inputs, 0)[0]
        return output.reshape(*points.shape[1:], inputs.size)

    return TrainingLoss(
        full=of(slice(None)),
        examples=y.size,
        of=of,
        gradients=lambda p: slopes(np.asarray(p, dtype=float)[:, None], x, y)[:, 0],
        predict=predict,
        straight=straight,
    )
