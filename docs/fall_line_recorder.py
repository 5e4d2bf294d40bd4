"""Records a PyTorch training run for Fall Line: one file, to be copied beside your script. Needs torch and NumPy alone.

    recorder = Recorder(model)
    for inputs, targets in loader:
        ...
        optimizer.step()
        recorder.record()
    recorder.save("run.npz", lambda: criterion(model(all_inputs), all_targets))

`save` writes the loss on a plane through the weights, the loss along the line from the first to the last checkpoint,
the path of the checkpoints on the plane with its distance from it, and along the path the largest eigenvalue and the
trace of the Hessian. Open the file on Fall Line's page Networks, under “Your own”.

The loss is whatever the function returns: with a penalty on the weights, or with derivatives of the network in it, as
in physics-informed networks. It is evaluated in the mode that the model is in; call `model.eval()` before `save` for a
loss without dropout and with the running statistics of batch normalisation, which are those at the end of training.
Parameters, buffers, modes and random numbers are the same, bit for bit, after `save` as before.

Licence: MIT, like Fall Line's.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch

FORMAT = 1
BLOCK = 2**20  # parameters at a time in sums over all of them
Loss = Callable[[], torch.Tensor]


class Recorder:
    """Checkpoints of a model while it is trained; at most `most` of them, by recording half as often when full."""

    def __init__(self, model: torch.nn.Module, every: int = 1, most: int = 100):
        if every < 1 or most < 4:
            raise ValueError(f"Recorder needs every ≥ 1 and most ≥ 4, got {every} and {most}")
        self.model, self.every, self.most = model, every, most
        self.calls = 0
        self.weights: list[np.ndarray] = []  # each (D,)
        self.losses: list[tuple[float, float]] = []  # training and validation, nan where none was given
        self.steps: list[int] = []
        self.record()

    def record(self, training_loss: float = math.nan, validation_loss: float = math.nan) -> None:
        """Records a checkpoint if it is its turn; to be called after each update.

        Losses that are given here stand in the file for this checkpoint; others are computed by `save`.
        """
        if self.calls % self.every == 0 and len(self.weights) == self.most:
            self.weights, self.losses, self.steps = self.weights[::2], self.losses[::2], self.steps[::2]
            self.every *= 2
        if self.calls % self.every == 0:
            self._add(self.calls, float(training_loss), float(validation_loss))
        self.calls += 1

    def _add(self, step: int, training_loss: float, validation_loss: float) -> None:
        self.weights.append(self._flat())
        self.losses.append((training_loss, validation_loss))
        self.steps.append(step)

    def _parameters(self) -> list[torch.nn.Parameter]:
        return [p for p in self.model.parameters() if p.requires_grad]

    def _flat(self) -> np.ndarray:
        """All parameters that are trained, (D,), in the order of `model.parameters()`."""
        parameters = self._parameters()
        precise = any(p.dtype == torch.float64 for p in parameters)
        kind = torch.float64 if precise else torch.float32  # which holds half precision, too
        return np.concatenate([p.detach().cpu().reshape(-1).to(kind).numpy() for p in parameters])

    def _put(self, weights: np.ndarray) -> None:
        at = 0
        with torch.no_grad():
            for p in self._parameters():
                piece = torch.as_tensor(np.ascontiguousarray(weights[at : at + p.numel()]))
                p.copy_(piece.reshape(p.shape).to(p))
                at += p.numel()

    @contextmanager
    def _borrowed(self) -> Iterator[Callable[[], None]]:
        """Gives everything back afterwards; the function that it hands out gives back all but the parameters."""
        parameters = [(p, p.detach().clone(), p.grad) for p in self.model.parameters()]
        buffers = [(b, b.detach().clone()) for b in self.model.buffers()]
        modes = [(module, module.training) for module in self.model.modules()]
        devices = [p.device for p, _, _ in parameters if p.device.type == "cuda"]

        def fresh() -> None:
            with torch.no_grad():
                for buffer, old in buffers:
                    buffer.copy_(old)

        with torch.random.fork_rng(devices=sorted({d.index for d in devices})):
            try:
                yield fresh
            finally:
                fresh()
                with torch.no_grad():
                    for parameter, old, gradient in parameters:
                        parameter.copy_(old)
                        parameter.grad = gradient
                for module, mode in modes:
                    module.training = mode

    def save(
        self,
        path: str,
        loss: Loss,
        validation_loss: Loss | None = None,
        *,
        points: int = 31,
        directions: str = "pca",
        margin: float = 0.3,
        line: int = 51,
        hessian: int = 11,
        probes: int = 8,
        iterations: int = 20,
        seed: int = 0,
    ) -> None:
        """Writes the file; evaluates the loss points² + line + checkpoints times.

        Args:
            loss: returns the loss at the model's present parameters, a tensor of one number.
            validation_loss: the same on other examples, for the checkpoints.
            points: nodes along each side of the plane, 4 to 401.
            directions: "pca", the two principal directions of the path about its end, or "filter", random ones with
                each row scaled to the norm of the weights' row and no part along biases.
            margin: room round the path on a plane of principal directions, as a share of its extent.
            hessian: checkpoints at which the Hessian is looked at, spread over the run; 0 for none.
            probes: random vectors by which its trace is estimated.
            iterations: of Lanczos' method, by which its largest eigenvalue is found.

        Raises:
            ValueError: the checkpoints lie on one line, one of them is not finite as the training has diverged, or an
                argument is out of its range.
        """
        if directions not in ("pca", "filter") or not 4 <= points <= 401 or line < 2 or hessian < 0:
            raise ValueError("save needs directions pca or filter, points from 4 to 401, line ≥ 2 and hessian ≥ 0")
        centre = self._flat()
        if not np.array_equal(self.weights[-1], centre):
            self._add(self.calls, math.nan, math.nan)
        for step, weights in zip(self.steps, self.weights, strict=True):
            if not np.isfinite(weights).all():
                raise ValueError(f"save needs finite weights, and at step {step} they are not: the training diverged")
        rng = np.random.default_rng(seed)
        with self._borrowed() as fresh:

            def at(weights: np.ndarray, function: Loss = loss) -> float:
                self._put(weights)
                fresh()
                torch.manual_seed(seed)  # the same dropout everywhere
                with torch.enable_grad():  # a loss may have derivatives of the network in it
                    return float(function().detach())

            axes, explained = self._principal(centre) if directions == "pca" else (self._random(rng, centre), None)
            places, off_plane = self._onto(axes, centre)
            x, y = (np.linspace(*ends, points) for ends in self._window(places, directions, margin))
            grid = np.array([[at(centre + a * axes[0] + b * axes[1]) for a in x] for b in y])
            share = np.linspace(-0.25, 1.25, line)
            first = self.weights[0].astype(float)
            along = [at(first + s * (centre - first)) for s in share]
            training = [at(w) if math.isnan(given) else given for w, (given, _) in self._checkpoints()]
            validation = [
                at(w, validation_loss) if math.isnan(given) and validation_loss is not None else given
                for w, (_, given) in self._checkpoints()
            ]
            looked = np.unique(np.linspace(0, len(self.weights) - 1, hessian).round().astype(int)) if hessian else []
            bends = [self._bend(self.weights[k], loss, fresh, rng, probes, iterations, seed) for k in looked]
        arrays = {
            "format": np.array(FORMAT),
            "x": x,
            "y": y,
            "loss": grid,
            "path": places,
            "off_plane": off_plane,
            "path_loss": np.array(training),
            "path_validation_loss": np.array(validation),
            "steps": np.array(self.steps),
            "line": np.array([share, along]),
            "parameters": np.array(centre.size),
            "directions": np.array(directions),
        }
        if explained is not None:
            arrays["explained"] = explained
        if bends:
            largest, trace, error = np.array(bends).T
            arrays |= {"hessian_steps": np.array(self.steps)[looked], "hessian_largest": largest}
            arrays |= {"hessian_trace": trace, "hessian_trace_error": error}
        np.savez_compressed(path, **arrays)

    def _checkpoints(self) -> Iterator[tuple[np.ndarray, tuple[float, float]]]:
        return zip(self.weights, self.losses, strict=True)

    def _blocks(self, centre: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
        """Differences of the checkpoints from the centre, (T, some), a block of parameters after the other."""
        for start in range(0, centre.size, BLOCK):
            block = slice(start, start + BLOCK)
            yield block, np.array([w[block].astype(float) - centre[block] for w in self.weights])

    def _principal(self, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Directions (2, D) that explain most of the squared distances from the centre, and their shares of them."""
        products = sum(away @ away.T for _, away in self._blocks(centre))
        powers, shapes = np.linalg.eigh(products)
        if len(powers) < 3 or powers[-2] <= 1e-12 * powers[-1]:
            raise ValueError("save needs checkpoints that do not lie on one line: record more of them, or use filter")
        axes = np.empty((2, centre.size))
        for block, away in self._blocks(centre):
            axes[:, block] = (shapes[:, [-1, -2]] / np.sqrt(powers[[-1, -2]])).T @ away
        return axes, powers[[-1, -2]] / powers.sum()

    def _random(self, rng: np.random.Generator, centre: np.ndarray) -> np.ndarray:
        axes, at = np.zeros((2, centre.size)), 0
        for p in self._parameters():
            if p.dim() > 1:
                rows = centre[at : at + p.numel()].reshape(p.shape[0], -1)
                drawn = rng.normal(size=(2, *rows.shape))
                drawn *= np.linalg.norm(rows, axis=1, keepdims=True) / np.linalg.norm(drawn, axis=2, keepdims=True)
                axes[:, at : at + p.numel()] = drawn.reshape(2, -1)
            at += p.numel()
        return axes

    def _onto(self, axes: np.ndarray, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The nearest points of the plane, (2, T), by least squares, and the distances from it, (T,)."""
        seen = sum(axes[:, block] @ away.T for block, away in self._blocks(centre))
        places = np.linalg.solve(axes @ axes.T, seen)
        left = sum(((away - places.T @ axes[:, block]) ** 2).sum(axis=1) for block, away in self._blocks(centre))
        return places, np.sqrt(left)

    @staticmethod
    def _window(places: np.ndarray, directions: str, margin: float) -> list[tuple[float, float]]:
        if directions == "filter":
            return [(-1.0, 1.0)] * 2
        low, high = places.min(axis=1), places.max(axis=1)
        return [(a - margin * (b - a), b + margin * (b - a)) for a, b in zip(low, high, strict=True)]

    def _bend(
        self,
        weights: np.ndarray,
        loss: Loss,
        fresh: Callable[[], None],
        rng: np.random.Generator,
        probes: int,
        iterations: int,
        seed: int,
    ) -> tuple[float, float, float]:
        """The largest eigenvalue of the Hessian by Lanczos, its trace by Hutchinson, and the trace's standard error."""
        self._put(weights)
        fresh()
        torch.manual_seed(seed)
        parameters = self._parameters()
        with torch.enable_grad():
            slopes = torch.autograd.grad(loss(), parameters, create_graph=True, materialize_grads=True)

        def product(v: np.ndarray) -> np.ndarray:
            """The Hessian times a vector (D,)."""
            pieces, at = [], 0
            for p in parameters:
                pieces.append(torch.as_tensor(v[at : at + p.numel()].reshape(tuple(p.shape))).to(p))
                at += p.numel()
            along = sum((g * piece).sum() for g, piece in zip(slopes, pieces, strict=True))
            if not along.requires_grad:  # a loss that is linear in the parameters
                return np.zeros_like(v)
            found = torch.autograd.grad(along, parameters, retain_graph=True, materialize_grads=True)
            return np.concatenate([f.detach().cpu().double().reshape(-1).numpy() for f in found])

        size = weights.size
        basis: list[np.ndarray] = []
        diagonal, beside = [], []
        v = rng.normal(size=size)
        v /= np.linalg.norm(v)
        for _ in range(min(iterations, size)):
            basis.append(v)
            w = product(v)
            diagonal.append(float(v @ w))
            for _ in range(2):  # twice is enough, against rounding
                for u in basis:
                    w -= (u @ w) * u
            norm = float(np.linalg.norm(w))
            if not math.isfinite(norm):  # beyond what half precision holds, or where the loss is not finite
                return math.nan, math.nan, math.nan
            if norm <= 1e-10 * max(map(abs, diagonal)):
                break
            beside.append(norm)
            v = w / norm
        inner = beside[: len(diagonal) - 1]
        largest = np.linalg.eigvalsh(np.diag(diagonal) + np.diag(inner, 1) + np.diag(inner, -1))[-1]
        signs = rng.choice([-1.0, 1.0], size=(probes, size))
        traces = np.array([z @ product(z) for z in signs])
        error = traces.std(ddof=1) / math.sqrt(probes) if probes > 1 else math.nan
        return float(largest), float(traces.mean()), float(error)
