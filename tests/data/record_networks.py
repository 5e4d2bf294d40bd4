"""Records losses, gradients and Hessian products of networks by PyTorch, into networks.json beside this file.

Needs its own environment: pip install torch==2.13.0; python tests/data/record_networks.py. Everything is in float64.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
INPUTS, WIDTH, OUTPUTS, DEPTH, EXAMPLES = 3, 5, 2, 3, 12
ACTIVATIONS = {"relu": functional.relu, "tanh": torch.tanh, "softplus": functional.softplus}


def record(number, activation, loss, skip, normalised):
    rng = np.random.default_rng(number)
    shapes = [(WIDTH, INPUTS), (WIDTH, 1), *[(WIDTH, WIDTH), (WIDTH, 1)] * DEPTH, (OUTPUTS, WIDTH), (OUTPUTS, 1)]
    theta = rng.normal(size=sum(rows * columns for rows, columns in shapes)) * 0.7
    v = rng.normal(size=theta.size)
    inputs, classes = rng.normal(size=(INPUTS, EXAMPLES)), rng.integers(0, OUTPUTS, EXAMPLES)
    x, target = torch.tensor(inputs.T), torch.tensor(classes)

    def value(parameters):
        parts, begin = [], 0
        for rows, columns in shapes:
            parts.append(parameters[begin : begin + rows * columns].reshape(rows, columns))
            begin += rows * columns
        stream = functional.linear(x, parts[0], parts[1][:, 0])
        for layer in range(DEPTH + 1):
            normed = functional.batch_norm(stream, None, None, training=True, eps=1e-5) if normalised else stream
            after = functional.linear(ACTIVATIONS[activation](normed), parts[2 + 2 * layer], parts[3 + 2 * layer][:, 0])
            stream = after + (skip * stream if layer < DEPTH else 0)
        if loss == "cross_entropy":
            return functional.cross_entropy(stream, target)
        errors = stream - functional.one_hot(target, OUTPUTS)
        return 0.5 * (errors**2).sum(dim=1).mean()

    at = torch.tensor(theta, requires_grad=True)
    height = value(at)
    (gradient,) = torch.autograd.grad(height, at, create_graph=True)
    (product,) = torch.autograd.grad(gradient @ torch.tensor(v), at)
    return {
        "activation": activation,
        "loss": loss,
        "skip": skip,
        "normalised": normalised,
        "inputs": inputs.tolist(),
        "classes": classes.tolist(),
        "theta": theta.tolist(),
        "v": v.tolist(),
        "value": height.item(),
        "gradient": gradient.tolist(),
        "product": product.tolist(),
    }


if __name__ == "__main__":
    cases = [
        ("relu", "cross_entropy", 1.0, True),
        ("relu", "squared_error", 0.0, False),
        ("tanh", "squared_error", 0.0, False),
        ("tanh", "cross_entropy", 0.5, True),
        ("softplus", "cross_entropy", 1.0, False),
        ("softplus", "squared_error", 0.25, True),
    ]
    networks = [record(number, *case) for number, case in enumerate(cases)]
    text = json.dumps({"torch": torch.__version__, "depth": DEPTH, "width": WIDTH, "networks": networks})
    (Path(__file__).parent / "networks.json").write_text(text + "\n", encoding="utf-8")
