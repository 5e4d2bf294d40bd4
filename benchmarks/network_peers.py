"""The same network by JAX and by PyTorch: that they agree, and how their CPU times compare with ours on one thread.

python -m benchmarks.network_peers

Neither is needed by Fall Line, and one that is not installed is left out: pip install "jax[cpu]" torch, in an
environment of its own that has NumPy, SciPy and SymPy besides. The network is that of benchmarks.networks, with 20
layers and skip connections, in float64. Compiling is not counted in the times, and is said.
"""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"  # before JAX is imported

import preload  # sets one thread for BLAS, before NumPy is imported

import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from landscapes import Array
from landscapes.networks import Architecture, Examples, network_loss, signs_drawn

ROUNDS, TIMES = 7, 20
SMALLEST = 1e-5  # ε of the normalisation
AGREE = 1e-10


class Engine(NamedTuple):
    """One way to compute a loss and its derivatives."""

    value: Callable[[Array], Any]
    gradient: Callable[[Array], Any]
    product: Callable[[Array, Array], Any]  # of the Hessian with a vector


def ours(architecture: Architecture, examples: Examples) -> Engine:
    """By NumPy."""
    loss = network_loss(architecture, examples)
    if loss.times_hessian is None:
        raise RuntimeError("the loss of a network has a product with its Hessian")
    return Engine(loss.value, loss.gradient, loss.times_hessian)


def forward(architecture: Architecture, numbers: Any, theta: Any, inputs: Any) -> Any:
    """The outputs (outputs, examples), by the functions of `numbers`, which is torch or jax.numpy."""
    parts = [theta[part].reshape(shape) for part, shape in zip(architecture.slices, architecture.shapes, strict=True)]
    stream = parts[0] @ inputs + parts[1]
    for layer in range(architecture.depth + 1):
        normed = stream - stream.mean(-1, keepdims=True)
        normed = normed / numbers.sqrt((normed * normed).mean(-1, keepdims=True) + SMALLEST)
        after = parts[2 + 2 * layer] @ (normed * (normed > 0)) + parts[3 + 2 * layer]
        stream = after + architecture.skip * stream if layer < architecture.depth else after
    return stream


def with_jax(architecture: Architecture, examples: Examples) -> Engine:
    """By JAX, compiled."""
    jax = import_module("jax")
    jax.config.update("jax_enable_x64", True)
    inputs, targets = (jax.numpy.asarray(each) for each in examples)

    def loss(theta: Any) -> Any:
        outputs = forward(architecture, jax.numpy, theta, inputs)
        return (jax.nn.logsumexp(outputs, axis=0) - (outputs * targets).sum(0)).mean()

    value, gradient = jax.jit(loss), jax.jit(jax.grad(loss))
    product = jax.jit(lambda theta, v: jax.jvp(jax.grad(loss), (theta,), (v,))[1])
    return Engine(
        lambda theta: value(theta).block_until_ready(),
        lambda theta: gradient(theta).block_until_ready(),
        lambda theta, v: product(theta, v).block_until_ready(),
    )


def with_torch(architecture: Architecture, examples: Examples) -> Engine:
    """By PyTorch, as it stands."""
    torch = import_module("torch")
    torch.set_num_threads(1)
    inputs, targets = (torch.tensor(each) for each in examples)

    def loss(theta: Any) -> Any:
        outputs = forward(architecture, torch, theta, inputs)
        return (torch.logsumexp(outputs, 0) - (outputs * targets).sum(0)).mean()

    def gradient(theta: Array) -> Any:
        at = torch.tensor(theta, requires_grad=True)
        return torch.autograd.grad(loss(at), at)[0]

    def product(theta: Array, v: Array) -> Any:
        at = torch.tensor(theta, requires_grad=True)
        (slope,) = torch.autograd.grad(loss(at), at, create_graph=True)
        return torch.autograd.grad(slope @ torch.tensor(v), at)[0]

    def value(theta: Array) -> Any:
        with torch.no_grad():
            return loss(torch.tensor(theta))

    return Engine(value, gradient, product)


PEERS = {"jax": with_jax, "torch": with_torch}


def milliseconds(action: Callable[[], object]) -> float:
    """CPU time of one call, the best of some rounds."""
    best = np.inf
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(TIMES):
            action()
        best = min(best, (time.process_time() - began) / TIMES)
    return 1e3 * best


def times_of(engine: Engine, asked: Mapping[str, tuple[Array, ...]]) -> dict[str, float]:
    """Milliseconds of each of its functions."""
    return {name: milliseconds(partial(getattr(engine, name), *given)) for name, given in asked.items()}


def main() -> None:
    architecture = Architecture(inputs=64, width=12, outputs=10, depth=20)
    examples = signs_drawn(600).part(0, 200)
    theta = architecture.initial(0) + 0.01 * np.random.default_rng(1).normal(size=architecture.parameters)
    v = np.random.default_rng(0).normal(size=theta.size)
    mine = ours(architecture, examples)
    asked: dict[str, tuple[Array, ...]] = {"value": (theta,), "gradient": (theta,), "product": (theta, v)}
    spent = times_of(mine, asked)
    print(f"{architecture.parameters:,} parameters; milliseconds of CPU; ratio: ours over theirs")
    print(f"{'':10}{'value':>16}{'gradient':>16}{'Hessian times v':>16}")
    print(f"{'ours':10}" + "".join(f"{each:16.2f}" for each in spent.values()))
    for peer, engine in PEERS.items():
        if find_spec(peer) is None:
            print(f"{peer:10} is not installed")
            continue
        began = time.process_time()
        theirs = engine(architecture, examples)
        for name, given in asked.items():
            expected, found = (np.asarray(getattr(each, name)(*given)) for each in (mine, theirs))
            worst = np.abs(found - expected).max() / np.abs(expected).max()
            if worst > AGREE:
                raise RuntimeError(f"{peer} has another {name}: {worst:.1e} of the largest number")
        ready = time.process_time() - began
        times = times_of(theirs, asked)
        print(f"{peer:10}" + "".join(f"{each:16.2f}" for each in times.values()) + f"   ready after {ready:.1f} s")
        print(f"{'ratio':10}" + "".join(f"{spent[name] / times[name]:16.2f}" for name in asked))


if __name__ == "__main__":
    print(f"numpy {np.__version__}, threads for BLAS: {', '.join(preload.THREADS)} = 1")
    main()
