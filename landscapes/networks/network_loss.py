"""The loss of a network on its examples, as a landscape with one coordinate for each parameter."""

from functools import lru_cache

from landscapes.landscape import Array, Landscape
from landscapes.networks.activations import UNIT_ACTIVATIONS, Numbers
from landscapes.networks.architecture import Architecture
from landscapes.networks.chunks import in_chunks
from landscapes.networks.hessian import TINY, dense_hessian
from landscapes.networks.passes import OUTPUT_LOSSES, mean_loss, mean_loss_gradient
from landscapes.networks.training_data import Examples

AT_ONCE = 2**16  # numbers in an array of one layer: more parameter vectors together leave the processor's cache


@lru_cache(maxsize=8)  # of some 0.5 MB each at most
def started(architecture: Architecture, seed: int) -> tuple[float, ...]:
    """The random network with a seed, made once for the losses of all its batches."""
    return tuple(architecture.initial(seed).tolist())


def network_loss(
    architecture: Architecture, examples: Examples, loss: str = "cross_entropy", seed: int = 0
) -> Landscape:
    """The mean loss of a network over its examples, of all its D parameters; a landscape of D coordinates.

    Value and gradient take (D, ...), hundreds of networks at once. `times_hessian` is the complex step through the
    gradient, ∇²L v = Im ∇L(θ + i h v) / h with h = 1e-30, exact to rounding as nothing is subtracted; for ReLU it is
    the derivative within the linear piece that θ lies in. `hessian` makes the whole matrix of it, D² numbers. `start`
    is the random network with that seed.

    Raises:
        ValueError: the examples do not fit the network, or there is no such loss.

    Source: W. Squire, G. Trapp, Using complex variables to estimate derivatives, SIAM Review 40 (1998) 110,
    doi:10.1137/S003614459631241X; B. A. Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6
    (1994) 147.
    """
    sizes = (architecture.inputs, architecture.outputs)
    if (examples.inputs.shape[0], examples.targets.shape[0]) != sizes:
        raise ValueError(
            f"network_loss needs examples with {sizes[0]} inputs and {sizes[1]} outputs, as the network has, "
            f"got {examples.inputs.shape[0]} and {examples.targets.shape[0]}"
        )
    if loss not in OUTPUT_LOSSES:
        raise ValueError(f"network_loss needs a loss out of {', '.join(OUTPUT_LOSSES)}, got {loss!r}")
    of_outputs = OUTPUT_LOSSES[loss]
    chunk = max(1, AT_ONCE // (examples.inputs.shape[1] * architecture.width))

    def value_of(theta: Numbers) -> Numbers:
        return mean_loss(architecture, of_outputs, examples, theta)

    def gradient_of(theta: Numbers) -> Numbers:
        return mean_loss_gradient(architecture, of_outputs, examples, theta)

    def value(theta: Array) -> Array:
        return in_chunks(value_of, theta, chunk)

    def gradient(theta: Array) -> Array:
        return in_chunks(gradient_of, theta, chunk)

    def times_hessian(theta: Array, v: Array) -> Array:
        deeper = max(theta.ndim, v.ndim)
        theta, v = (each.reshape(*each.shape, *[1] * (deeper - each.ndim)) for each in (theta, v))
        product: Array = in_chunks(gradient_of, theta + 1j * TINY * v, chunk).imag / TINY
        return product

    return Landscape(
        name="Network",
        latex=r"L(\theta)",
        value=value,
        gradient=gradient,
        hessian=lambda theta: dense_hessian(times_hessian, theta),
        times_hessian=times_hessian,
        start=started(architecture, seed),
        smooth=UNIT_ACTIVATIONS[architecture.activation].smooth,
        about=f"{of_outputs.name} of a network with {architecture.parameters:,} parameters.",
    )
