"""Records how PyTorch and optax go down four surfaces, into optimizers.json beside this file.

Needs its own environment: pip install torch==2.13.0 optax==0.2.8 jax jaxlib qhoptim==1.1.0;
python tests/data/record_optimizers.py.
Everything runs in float64: torch's default type is set, because some of its scalar state takes the default. Each path
is run a second time from a start moved by 1e-13; the distance of the two is the path's own conditioning at each step.
"""

import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import torch
from qhoptim.pyt import QHM
from record_numbers import Numbers, drawn

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)

Gradient = Callable[[Any, Any], tuple[Any, Any]]
HISTORY = (1, 2, 3, 5, 10, 20, 30, 40, 50)  # steps that are written down
NUDGE = 1e-13
FAR = 1000.0  # a path that goes farther is drawn again with other numbers

SURFACES: dict[str, Gradient] = {
    "rosenbrock": lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    "himmelblau": lambda x, y: (
        4 * x * (x * x + y - 11) + 2 * (x + y * y - 7),
        2 * (x * x + y - 11) + 4 * y * (x + y * y - 7),
    ),
    "saddle": lambda x, y: (x, -y),
    "two_weight_network": lambda x, y: (-2 * y * (1 - x * y), -2 * x * (1 - x * y)),
}

optim = torch.optim
TORCH: dict[str, Callable[[Any, Numbers], Any]] = {
    "gradient_descent": lambda p, n: optim.SGD(p, n["learning_rate"]),
    "momentum": lambda p, n: optim.SGD(p, n["learning_rate"], n["momentum"], n["dampening"]),
    "momentum_lee": lambda p, n: optim.SGD(p, n["learning_rate"], n["momentum"]),
    "momentum_ema": lambda p, n: optim.SGD(p, n["learning_rate"] * (1 - n["momentum"]), n["momentum"]),
    "nesterov": lambda p, n: optim.SGD(p, n["learning_rate"], n["momentum"], nesterov=True),
    "adagrad": lambda p, n: optim.Adagrad(p, n["learning_rate"], eps=n["epsilon"]),
    "adadelta": lambda p, n: optim.Adadelta(p, n["learning_rate"], n["rho"], n["epsilon"]),
    "rmsprop": lambda p, n: optim.RMSprop(p, n["learning_rate"], n["alpha"], n["epsilon"]),
    "rmsprop_centred": lambda p, n: optim.RMSprop(p, n["learning_rate"], n["alpha"], n["epsilon"], centered=True),
    "adam": lambda p, n: optim.Adam(p, n["learning_rate"], betas(n), n["epsilon"]),
    "amsgrad": lambda p, n: optim.Adam(p, n["learning_rate"], betas(n), n["epsilon"], amsgrad=True),
    "adamax": lambda p, n: optim.Adamax(p, n["learning_rate"], betas(n), n["epsilon"]),
    "nadam": lambda p, n: optim.NAdam(
        p, n["learning_rate"], betas(n), n["epsilon"], momentum_decay=n["momentum_decay"]
    ),
    "radam": lambda p, n: optim.RAdam(p, n["learning_rate"], betas(n), n["epsilon"]),
    "adamw": lambda p, n: optim.AdamW(p, n["learning_rate"], betas(n), n["epsilon"], n["weight_decay"]),
    "adam_l2": lambda p, n: optim.Adam(p, n["learning_rate"], betas(n), n["epsilon"], n["weight_decay"]),
    "rprop": lambda p, n: optim.Rprop(p, n["learning_rate"], (n["shrink"], n["grow"]), (n["shortest"], n["longest"])),
    "lbfgs": lambda p, n: optim.LBFGS(
        p, n["learning_rate"], max_iter=1, history_size=int(n["history"]), tolerance_grad=0, tolerance_change=0
    ),
}
QHOPTIM: dict[str, Callable[[Any, Numbers], Any]] = {
    "qhm": lambda p, n: QHM(p, n["learning_rate"], n["momentum"], n["nu"]),
}
OPTAX: dict[str, Callable[[Numbers], Any]] = {
    "gradient_descent": lambda n: optax.sgd(n["learning_rate"]),
    "momentum": lambda n: optax.sgd(n["learning_rate"], n["momentum"]),
    "nesterov": lambda n: optax.sgd(n["learning_rate"], n["momentum"], nesterov=True),
    "adadelta": lambda n: optax.adadelta(n["learning_rate"], n["rho"], n["epsilon"]),
    "rmsprop_hinton": lambda n: optax.rmsprop(n["learning_rate"], n["alpha"], n["epsilon"]),
    "adam": lambda n: optax.adam(n["learning_rate"], *betas(n), n["epsilon"]),
    "adamax": lambda n: optax.adamax(n["learning_rate"], *betas(n), n["epsilon"]),
    "adamw": lambda n: optax.adamw(n["learning_rate"], *betas(n), n["epsilon"], weight_decay=n["weight_decay"]),
    "adabelief": lambda n: optax.adabelief(n["learning_rate"], *betas(n), n["epsilon"], n["epsilon_root"]),
    "adan": lambda n: optax.adan(n["learning_rate"], *betas(n), n["beta3"], n["epsilon"], n["epsilon_root"]),
    "lion": lambda n: optax.lion(n["learning_rate"], *betas(n), weight_decay=n["weight_decay"]),
    "yogi": lambda n: optax.yogi(n["learning_rate"], *betas(n), n["epsilon"]),
    "sign_descent": lambda n: optax.sign_sgd(n["learning_rate"]),
    "sam": lambda n: optax.contrib.sam(
        optax.sgd(n["learning_rate"]), optax.chain(optax.contrib.normalize(), optax.sgd(n["rho"]))
    ),
    "schedule_free": lambda n: optax.contrib.schedule_free_sgd(n["learning_rate"], b1=n["beta1"]),
    "prodigy": lambda n: optax.contrib.prodigy(
        n["learning_rate"], betas(n), eps=n["epsilon"], estim_lr0=n["first_estimate"]
    ),
}


def betas(numbers: Numbers) -> tuple[float, float]:
    """The pair as both libraries take it."""
    return numbers["beta1"], numbers["beta2"]


def by_torch(rule: str, numbers: Numbers, gradient: Gradient, start: np.ndarray) -> Iterator[np.ndarray]:
    """The point after each step of torch's optimizer."""
    p = torch.tensor(start, requires_grad=True)
    optimizer = (TORCH | QHOPTIM)[rule]([p], numbers)

    def closure() -> float:
        p.grad = torch.stack(gradient(*p.detach()))
        return 0.0

    while True:
        if rule == "lbfgs":
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        yield p.detach().numpy().copy()


def by_optax(rule: str, numbers: Numbers, gradient: Gradient, start: np.ndarray) -> Iterator[np.ndarray]:
    """The point after each step of optax's optimizer; SAM shows every second, its true parameters."""
    p = jnp.asarray(start)
    optimizer = OPTAX[rule](numbers)
    state = optimizer.init(p)

    @jax.jit
    def step(p: jax.Array, state: Any) -> tuple[jax.Array, Any]:
        updates, state = optimizer.update(jnp.stack(gradient(*p)), state, p)
        return optax.apply_updates(p, updates), state

    while True:
        for _ in range(2 if rule == "sam" else 1):
            p, state = step(p, state)
        yield np.asarray(p)


RUNNERS = {"torch": by_torch, "optax": by_optax, "qhoptim": by_torch}


def path(library: str, rule: str, numbers: Numbers, surface: str, start: np.ndarray) -> np.ndarray:
    """All points of a run but its start, shape (50, 2)."""
    points = RUNNERS[library](rule, numbers, SURFACES[surface], start)
    return np.array([next(points) for _ in range(max(HISTORY))])


def recorded(rng: np.random.Generator, library: str, rule: str, surface: str) -> dict[str, Any]:
    """One run, with numbers drawn until it stays in view."""
    while True:
        numbers, start = drawn(rng, rule, library), rng.uniform(-1.8, 1.8, 2)
        points = path(library, rule, numbers, surface, start)
        if np.isfinite(points).all() and np.abs(points).max() < FAR:
            break
    moved = path(library, rule, numbers, surface, start + NUDGE)
    kept = np.array(HISTORY) - 1
    spread = np.maximum.accumulate(np.abs(moved - points).max(axis=1))[kept]
    return {
        "rule": rule,
        "library": library,
        "landscape": surface,
        "start": start.tolist(),
        "numbers": numbers,
        "positions": points[kept].tolist(),
        "conditioning": [float(f"{number:.1e}") for number in spread],
    }


def main() -> None:
    """Writes optimizers.json: three runs of each rule on each surface with each library."""
    rng = np.random.default_rng(20250101)
    pairs = [("torch", rule) for rule in TORCH] + [("optax", rule) for rule in OPTAX]
    pairs += [("qhoptim", rule) for rule in QHOPTIM]
    cases = [recorded(rng, library, rule, name) for library, rule in pairs for name in SURFACES for _ in range(3)]
    versions = {name: version(name) for name in ("torch", "optax", "jax", "qhoptim", "numpy")}
    origin = "recorded by record_optimizers.py with " + ", ".join(f"{name} {text}" for name, text in versions.items())
    head = {"origin": origin, "versions": versions, "steps": HISTORY}
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    text = json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}\n"
    Path(__file__).with_name("optimizers.json").write_text(text)


if __name__ == "__main__":
    main()
