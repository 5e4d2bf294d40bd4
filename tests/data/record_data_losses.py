"""Writes data_losses.json: losses made from data with torch's autograd, at random places. Needs torch."""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

DICE = np.random.default_rng(5)
X = DICE.normal(size=7).round(3)
Y = DICE.normal(size=7).round(3)
LABELS = (DICE.random(7) < 0.5).astype(float)
POINTS = DICE.uniform(-4, 4, size=(6, 2)).round(3)


def score(p):
    return p[0] * torch.tensor(X) + p[1]


def chained(activation, depth):
    def loss(p):
        h = torch.tensor(X)
        for _ in range(depth):
            h = activation(p[0] * h + p[1])
        return functional.mse_loss(h, torch.tensor(Y))

    return loss


def layers(activation):
    return lambda p: functional.mse_loss(p[1] * activation(p[0] * torch.tensor(X)), torch.tensor(Y))


def logits(p):
    return torch.cat([p, torch.tensor([-1000.0], dtype=torch.double)])


RIGHT = torch.tensor([1.0, 0.0, 0.0], dtype=torch.double)
LOSSES = {
    "regression squared": lambda p: functional.mse_loss(score(p), torch.tensor(Y)),
    "regression absolute": lambda p: functional.l1_loss(score(p), torch.tensor(Y)),
    "regression huber": lambda p: functional.huber_loss(score(p), torch.tensor(Y), delta=1.0),
    "classification cross_entropy": lambda p: functional.binary_cross_entropy_with_logits(
        score(p), torch.tensor(LABELS)
    ),
    "classification squared": lambda p: functional.mse_loss(torch.sigmoid(score(p)), torch.tensor(LABELS)),
    "softmax cross_entropy": lambda p: functional.cross_entropy(logits(p)[None], torch.tensor([0])),
    "softmax squared": lambda p: functional.mse_loss(torch.softmax(logits(p), 0), RIGHT, reduction="sum"),
    "two_layer linear": layers(lambda z: z),
    "two_layer sigmoid": layers(torch.sigmoid),
    "two_layer relu": layers(torch.relu),
    "chain sigmoid 1": chained(torch.sigmoid, 1),
    "chain sigmoid 5": chained(torch.sigmoid, 5),
    "chain linear 5": chained(lambda z: z, 5),
    "chain relu 4": chained(torch.relu, 4),
}


def recorded(loss):
    rows = []
    for point in POINTS:
        p = torch.tensor(point, requires_grad=True)
        value = loss(p)
        gradient = torch.autograd.grad(value, p)[0]
        hessian = torch.autograd.functional.hessian(loss, p)
        rows.append([value.item(), gradient.tolist(), hessian.tolist()])
    return rows


if __name__ == "__main__":
    out = {
        "origin": f"recorded with torch {torch.__version__.partition('+')[0]}, float64, autograd",
        "x": X.tolist(),
        "y": Y.tolist(),
        "labels": LABELS.tolist(),
        "points": POINTS.tolist(),
        "losses": {name: recorded(loss) for name, loss in LOSSES.items()},
    }
    Path(__file__).with_name("data_losses.json").write_text(json.dumps(out, indent=1) + "\n")
