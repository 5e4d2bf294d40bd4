"""Records the two examples of landscapes/grids/data with the recorder in docs: `python tests/data/record_spirals.py`.

Needs torch; recorded with torch 2.13.0 and NumPy 2.4.6. The same residual network of ten blocks, without and with its
skip connections, on two spirals of 200 made points.
"""

import sys
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "docs"))

from fall_line_recorder import Recorder  # noqa: E402  # a file to be copied, of no package

WIDTH, BLOCKS, STEPS = 10, 10, 300


def spirals(count, seed):
    rng = np.random.default_rng(seed)
    radius = np.sqrt(rng.uniform(0.02, 1.0, count // 2))
    arm = radius * np.array([np.cos(2 * np.pi * radius), np.sin(2 * np.pi * radius)])
    points = 2 * np.concatenate([arm, -arm], axis=1) + 0.05 * rng.normal(size=(2, count))
    return torch.tensor(points.T), torch.tensor(np.repeat([0, 1], count // 2))


class Network(torch.nn.Module):
    def __init__(self, skip):
        super().__init__()
        self.skip = skip
        self.first, self.last = torch.nn.Linear(2, WIDTH), torch.nn.Linear(WIDTH, 2)
        self.blocks = torch.nn.ModuleList(torch.nn.Linear(WIDTH, WIDTH) for _ in range(BLOCKS))
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm1d(WIDTH, affine=False) for _ in range(BLOCKS + 1))
        for layer in (self.first, *self.blocks, self.last):
            torch.nn.init.normal_(layer.weight, std=(2.0 / layer.in_features) ** 0.5)
            torch.nn.init.zeros_(layer.bias)

    def forward(self, x):
        h = self.first(x)
        for block, norm in zip(self.blocks, self.norms, strict=False):
            h = self.skip * h + block(torch.relu(norm(h)))
        return self.last(torch.relu(self.norms[-1](h)))


def record(name, skip):
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    model = Network(skip)
    (x, t), (x_other, t_other) = spirals(200, 0), spirals(400, 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

    def loss(inputs=x, targets=t):
        return torch.nn.functional.cross_entropy(model(inputs), targets)

    recorder = Recorder(model, every=3, most=101)
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        recorder.record()
    # in the mode of training: batch normalisation takes the statistics of the examples
    recorder.save(
        ROOT / "landscapes" / "grids" / "data" / f"{name}.npz", loss, lambda: loss(x_other, t_other), points=41
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("spirals_plain", 0.0)
    record("spirals_skip", 1.0)
