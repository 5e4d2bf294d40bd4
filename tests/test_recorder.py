"""The file that a PyTorch user copies: what it writes opens everywhere, and it leaves the model as it was."""

import sys
from pathlib import Path

import numpy as np
import pytest

from landscapes.grids import read_recording

ROOT = Path(__file__).parent.parent
DATA = ROOT / "landscapes" / "grids" / "data"


@pytest.fixture
def recorder_class():
    pytest.importorskip("torch", reason="PyTorch is not installed")
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from fall_line_recorder import Recorder
    finally:
        sys.path.pop(0)
    return Recorder


@pytest.mark.parametrize("name", ["spirals_plain", "spirals_skip"])
def test_a_recorded_run_has_everything(name):
    grid = read_recording((DATA / f"{name}.npz").read_bytes())
    assert grid.loss.shape == (41, 41)
    assert grid.missing == 0
    assert grid.notes == ()
    assert (grid.directions, grid.parameters) == ("pca", 1152)
    path = grid.path
    assert (path.steps[0], path.steps[-1]) == (0, 300)
    np.testing.assert_array_equal(path.coordinates[:, -1], 0)  # the plane goes through the end of the path
    assert path.off_plane[-1] == 0
    assert (path.off_plane[:-1] > 0).all()
    assert path.loss[-1] < 0.01 < path.loss[0]
    assert path.validation_loss.shape == path.loss.shape
    assert grid.line[0, 0] == -0.25
    assert np.interp(1.0, *grid.line) == pytest.approx(path.loss[-1], rel=0.1)
    assert grid.sharpness.steps[-1] == 300
    shares = (path.coordinates**2).sum(axis=1) / ((path.coordinates**2).sum() + (path.off_plane**2).sum())
    np.testing.assert_allclose(grid.explained, shares, rtol=1e-9)


def quadratic(torch, dtype):
    """A model whose loss is ½ Σ hᵢ wᵢ² of its weights, and the h."""
    model = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False), torch.nn.BatchNorm1d(2), torch.nn.Dropout(0.5))
    model = model.to(dtype)
    bends = torch.tensor([5.0, 1.0, 2.0, 0.5, 0.25, 3.0], dtype=dtype)
    return model, bends


def test_grid_line_path_and_hessian_are_those_of_a_known_loss(recorder_class, tmp_path):
    import torch

    torch.manual_seed(1)
    model, bends = quadratic(torch, torch.float64)

    def loss():
        model(torch.randn(4, 3, dtype=torch.float64))  # moves buffers and random numbers
        others = sum((p**2).sum() for p in model[1].parameters())
        return (bends * model[0].weight.flatten() ** 2).sum() / 2 + 0.05 * others

    recorder = recorder_class(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    visited = [torch.cat([p.detach().flatten() for p in model.parameters()]).numpy()]
    for step in range(12):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        recorder.record(training_loss=step + 1.0)
        visited.append(torch.cat([p.detach().flatten() for p in model.parameters()]).numpy())
    before = {name: value.clone() for name, value in model.state_dict().items()}
    gradients = [p.grad.clone() for p in model.parameters()]
    random_numbers = torch.get_rng_state()
    model[2].eval()
    recorder.save(tmp_path / "run.npz", loss, lambda: 2 * loss(), points=9, line=7, hessian=3, iterations=10, probes=64)
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name]), name
    for p, gradient in zip(model.parameters(), gradients, strict=True):
        assert torch.equal(p.grad, gradient)
    assert torch.equal(torch.get_rng_state(), random_numbers)
    assert [module.training for module in model] == [True, True, False]

    grid = read_recording((tmp_path / "run.npz").read_bytes())
    weights = np.array(visited)
    h = np.concatenate([bends.numpy(), np.full(4, 0.1)])
    exact = (h * weights**2).sum(axis=1) / 2
    away = weights - weights[-1]
    squares = (grid.path.coordinates**2).sum(axis=0) + grid.path.off_plane**2
    np.testing.assert_allclose(np.sqrt(squares), np.linalg.norm(away, axis=1), atol=1e-12)
    np.testing.assert_allclose(grid.path.loss[1:], np.arange(12) + 1.0)  # as they were given
    np.testing.assert_allclose(grid.path.loss[0], exact[0], rtol=1e-12)
    np.testing.assert_allclose(grid.path.validation_loss, 2 * exact, rtol=1e-12)
    np.testing.assert_allclose(grid.sharpness.largest, 5.0, rtol=1e-10)
    np.testing.assert_allclose(grid.sharpness.trace, h.sum(), rtol=1e-10)  # of a diagonal matrix every probe is exact
    share, along = grid.line
    np.testing.assert_allclose(
        along, [(h * (weights[0] + s * (weights[-1] - weights[0])) ** 2).sum() / 2 for s in share], rtol=1e-12
    )
    powers, vectors = np.linalg.eigh(away.T @ away)
    np.testing.assert_allclose(grid.explained, powers[[-1, -2]] / powers.sum(), rtol=1e-9)
    onto = vectors[:, [-1, -2]].T @ away.T
    np.testing.assert_allclose(np.abs(onto), np.abs(grid.path.coordinates), atol=1e-9)
    turned = vectors[:, [-1, -2]] * np.sign((onto * grid.path.coordinates).sum(axis=1))
    corner = weights[-1] + turned @ [grid.x[0], grid.y[-1]]
    np.testing.assert_allclose(grid.loss[-1, 0], (h * corner**2).sum() / 2, rtol=1e-9)


@pytest.mark.parametrize("directions", ["pca", "filter"])
def test_single_precision_and_a_loss_with_derivatives_of_the_network_in_it(recorder_class, tmp_path, directions):
    import torch

    torch.manual_seed(2)
    model = torch.nn.Sequential(torch.nn.Linear(1, 6), torch.nn.Tanh(), torch.nn.Linear(6, 1))
    x = torch.linspace(0, 1, 20)[:, None].requires_grad_()

    def residual():
        u = model(x)
        (slope,) = torch.autograd.grad(u.sum(), x, create_graph=True)
        return ((slope + u) ** 2).mean() + (model(torch.zeros(1, 1)) - 1).square().mean()

    recorder = recorder_class(model, every=1, most=8)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(40):
        optimizer.zero_grad()
        residual().backward()
        optimizer.step()
        recorder.record()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    recorder.save(tmp_path / "run.npz", residual, points=5, line=5, hessian=2, directions=directions)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    grid = read_recording((tmp_path / "run.npz").read_bytes())
    assert grid.directions == directions
    assert len(recorder.weights) <= 9
    assert grid.path.steps[-1] == 41 or grid.path.steps[-1] == 40
    assert np.isfinite(grid.loss).all()
    assert grid.path.loss[-1] == pytest.approx(float(residual().detach()), rel=1e-5)
    if directions == "filter":
        middle = grid.loss[2, 2]
        assert middle == pytest.approx(grid.path.loss[-1], rel=1e-5)
        assert grid.explained is None


def test_a_path_on_one_line_is_refused(recorder_class, tmp_path):
    import torch

    model = torch.nn.Linear(1, 1)
    recorder = recorder_class(model)
    with pytest.raises(ValueError, match="one line"):
        recorder.save(tmp_path / "run.npz", lambda: model.weight.square().sum())


@pytest.mark.parametrize("precision", ["bfloat16", "float16", "float32", "float64"])
def test_a_model_of_any_precision_with_a_single_number_and_shared_weights_is_as_it_was(
    recorder_class, tmp_path, precision
):
    import torch

    class Shared(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.scale = torch.nn.Linear(3, 3), torch.nn.Parameter(torch.tensor(1.5))
            self.second = torch.nn.Linear(3, 3)
            self.second.weight = self.first.weight

        def forward(self, x):
            return self.scale * self.second(torch.tanh(self.first(x)))

    torch.manual_seed(3)
    kind = getattr(torch, precision)
    model, x = Shared().to(kind), torch.randn(8, 3).to(kind)

    def loss():
        return model(x).square().mean()

    recorder = recorder_class(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    for _ in range(6):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        recorder.record()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    recorder.save(tmp_path / "run.npz", loss, points=4, line=3, hessian=2, probes=2, iterations=3)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    grid = read_recording((tmp_path / "run.npz").read_bytes())
    assert grid.parameters == 16
    assert grid.path.loss[-1] == float(loss().detach())


def test_a_training_that_has_diverged_is_refused_with_its_step(recorder_class, tmp_path):
    import torch

    model = torch.nn.Linear(2, 1)
    recorder = recorder_class(model)
    for value in (0.5, float("inf")):
        with torch.no_grad():
            model.weight.fill_(value)
        recorder.record()
    with pytest.raises(ValueError, match="at step 2 they are not"):
        recorder.save(tmp_path / "run.npz", lambda: model.weight.square().sum())
