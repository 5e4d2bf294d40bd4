"""What a file of losses holds once it is read: a grid, and what was recorded beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np

from landscapes.landscape import Array, Domain
from words import Message, mark, message, message_n

LEAST_NODES, MOST_NODES = 4, 401  # along each axis: a cubic needs four
MOST_PATH = 5_000  # points of a path, a line or a curve
FARTHEST = 1e6  # a coordinate: beyond it a run counts as diverged
LARGEST = 1e100  # a loss: the products of larger ones leave the numbers of a computer
FINEST = 1e-6  # between two nodes, of the length of their axis
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {  # what others call the arrays and columns that the recorder writes
    "x": ("xs", "alpha", "alphas", "xcoordinates"),
    "y": ("ys", "beta", "betas", "ycoordinates"),
    "loss": ("losses", "z", "loss_grid", "loss_grid_2d", "train_loss", "training_loss"),
    "path": ("trajectory",),
    "path_loss": ("path_losses",),
    "steps": ("step", "epochs", "epoch"),
}
SHOWN_NAMES, SHOWN_LETTERS = 6, 20  # of names that nobody knows, in a sentence
DIRECTIONS = {"pca": mark("principal directions of the path"), "filter": mark("random directions, filter-normalised")}


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingPath:
    """Checkpoints of a training run as points of the plane; what was not recorded is None."""

    coordinates: Array  # (2, T), each the point of the plane that is nearest to the checkpoint
    off_plane: Array | None = None  # (T,), the distance of each checkpoint from the plane
    loss: Array | None = None  # (T,), training loss at the checkpoint itself, off the plane
    validation_loss: Array | None = None  # (T,)
    steps: Array | None = None  # (T,), updates or epochs before each checkpoint


@dataclass(frozen=True, kw_only=True, eq=False)
class Sharpness:
    """The largest eigenvalue and the trace of the loss's Hessian in all parameters, along training."""

    steps: Array  # (T,)
    largest: Array | None = None  # (T,)
    trace: Array | None = None  # (T,)
    trace_error: Array | None = None  # (T,), standard error of an estimated trace


@dataclass(frozen=True, kw_only=True, eq=False)
class LossGrid:
    """Losses at the nodes of a rectangular grid; nan where there is none."""

    x: Array  # (n,), rising
    y: Array  # (m,), rising
    loss: Array  # (m, n): a row for each y
    path: TrainingPath | None = None
    line: Array | None = None  # (2, k): shares of the way from the first to the last checkpoint, and the losses there
    sharpness: Sharpness | None = None
    parameters: int | None = None  # of the network
    directions: str = ""  # a key of DIRECTIONS
    explained: Array | None = None  # (2,), shares of the path's squared distances from its end along x and y
    notes: tuple[Message, ...] = ()  # what had to be decided to read the file

    @property
    def domain(self) -> Domain:
        """The rectangle of the nodes."""
        return (float(self.x[0]), float(self.x[-1])), (float(self.y[0]), float(self.y[-1]))

    @property
    def missing(self) -> int:
        """Nodes without a loss."""
        return int(np.isnan(self.loss).sum())

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen letters and digits that tell grids apart by the numbers of their nodes and of their path."""
        digest = blake2b(digest_size=8)
        for part in (self.x, self.y, self.loss, None if self.path is None else self.path.coordinates):
            digest.update(b"-" if part is None else np.ascontiguousarray(part + 0.0).tobytes())
        return digest.hexdigest()


def with_path(grid: LossGrid, path: TrainingPath) -> LossGrid:
    """The grid with the path of another file in place of its own."""
    return replace(grid, path=path, line=None, sharpness=None, explained=None)


def names_in(names: Sequence[str], wanted: Iterable[str]) -> dict[str, str]:
    """What names in a file mean, of those that are wanted: theirs -> ours; ours first, then other ones, in any case."""
    found = {}
    for ours in wanted:
        for known in (ours, *OTHER_NAMES.get(ours, ())):
            theirs = known if known in names else next((name for name in names if name.lower() == known), None)
            if theirs is not None and theirs not in found:
                found[theirs] = ours
                break
    return found


def loss_grid(parts: Mapping[str, Array], notes: tuple[Message, ...] = (), directions: str = "") -> LossGrid:
    """A grid of arrays by their names, those that the recorder writes; each is checked.

    Raises:
        ValueError: a sentence that says which array does not fit, and what would.
    """
    if "loss" not in parts:
        raise ValueError(message("The file has no array “loss”: the losses at the nodes, with a row for each y."))
    loss = np.array(_without_ones(parts["loss"]), dtype=float)
    if loss.ndim != 2 or not all(LEAST_NODES <= size <= MOST_NODES for size in loss.shape):
        raise ValueError(
            message(
                "The losses have the shape {shape}; a grid has {least} to {most} nodes along each of two axes.",
                shape=" × ".join(map(str, loss.shape)) or "1",
                least=LEAST_NODES,
                most=MOST_NODES,
            )
        )
    if ("x" in parts) != ("y" in parts):
        raise ValueError(message("The file has one of the axes x and y; a grid has both, or none."))
    said = list(notes)
    if "x" not in parts:
        said.append(message("The file has no axes x and y: the nodes are numbered from 0."))
    given = [np.asarray(parts.get(name, np.arange(loss.shape[1 - k])), dtype=float) for k, name in enumerate("xy")]
    if given[0].ndim == given[1].ndim == 2 and given[0].shape == given[1].shape == loss.shape:
        given, loss = _of_a_mesh(given, loss)
    axes = []
    for k, (name, nodes) in enumerate(zip("xy", given, strict=True)):
        falls = nodes.ndim == 1 and bool((np.diff(nodes) < 0).all())
        if falls and nodes.size == loss.shape[1 - k]:
            nodes, loss = nodes[::-1], np.flip(loss, 1 - k)
            said.append(message("The axis {axis} falls from node to node: it is turned, with its losses.", axis=name))
        axes.append(_axis(name, _without_ones(nodes), loss.shape[1 - k], loss.shape[k]))
    loss[~(np.abs(loss) <= LARGEST)] = np.nan
    present = ~np.isnan(loss)
    if not (present[1:, 1:] & present[:-1, 1:] & present[1:, :-1] & present[:-1, :-1]).any():
        raise ValueError(message("No four neighbouring nodes of the grid have losses that are finite numbers."))
    if not present.all():
        said.append(
            message_n(
                "{count} node has no finite loss: the cells around it are outside of the landscape.",
                "{count} nodes have no finite loss: the cells around them are outside of the landscape.",
                int((~present).sum()),
            )
        )
    parameters = parts.get("parameters")
    count = float(parameters) if parameters is not None and parameters.size == 1 else 0.0
    explained = _curve(parts, "explained", 2)
    return LossGrid(
        x=axes[0],
        y=axes[1],
        loss=loss,
        path=training_path(parts) if "path" in parts else None,
        line=_line(parts),
        sharpness=_sharpness(parts),
        parameters=int(count) if 1 <= count < 1e15 else None,
        directions=directions if directions in DIRECTIONS else "",
        explained=explained if explained is not None and ((explained >= 0) & (explained <= 1)).all() else None,
        notes=tuple(said),
    )


def training_path(parts: Mapping[str, Array]) -> TrainingPath:
    """A path of arrays by their names, those that the recorder writes.

    Raises:
        ValueError: a sentence that says which array does not fit, and what would.
    """
    path = np.array(parts["path"], dtype=float)
    if path.ndim == 2 and path.shape[0] != 2 and path.shape[1] == 2:
        path = path.T
    if path.ndim != 2 or path.shape[0] != 2 or not 1 <= path.shape[1] <= MOST_PATH:
        raise ValueError(
            message(
                "The path has the shape {shape}; it is two rows of coordinates of at most {most} points.",
                shape=" × ".join(map(str, path.shape)) or "1",
                most=f"{MOST_PATH:,}",
            )
        )
    if not (np.abs(path) <= FARTHEST).all():
        raise ValueError(
            message("The path has a coordinate that is no number from −{far} to {far}.", far=f"{FARTHEST:,.0f}")
        )
    points = path.shape[1]
    return TrainingPath(
        coordinates=path,
        off_plane=_curve(parts, "off_plane", points, least=0.0),
        loss=_curve(parts, "path_loss", points),
        validation_loss=_curve(parts, "path_validation_loss", points),
        steps=_curve(parts, "steps", points),
    )


def _without_ones(values: Array) -> Array:
    """The same numbers without axes of length 1, as of a column; a single number keeps one."""
    sizes = [size for size in values.shape if size != 1]
    return values.reshape(sizes) if len(sizes) < values.ndim and sizes else values


def _of_a_mesh(given: list[Array], loss: Array) -> tuple[list[Array], Array]:
    """The axes of x and y that are given at every node, and the losses with a row for each y."""
    x, y = given
    if (x == x[:, :1]).all() and (y == y[:1]).all():  # a row for each x
        x, y, loss = x.T, y.T, loss.T
    if not ((x == x[:1]).all() and (y == y[:, :1]).all()):
        raise ValueError(message("The x and y of every node are not those of a rectangular grid."))
    return [x[0], y[:, 0]], loss


def _axis(name: str, nodes: Array, size: int, other: int) -> Array:
    if nodes.shape != (size,):
        turned = nodes.shape == (other,) and size != other
        raise ValueError(
            message(
                "The axis {axis} has {count} numbers and the losses have {size} along it: turn them, so that they have "
                "a row for each y.",
                axis=name,
                count=nodes.size,
                size=size,
            )
            if turned
            else message(
                "The axis {axis} has {count} numbers, and the losses have {size} along it.",
                axis=name,
                count=nodes.size,
                size=size,
            )
        )
    if not (np.abs(nodes) <= FARTHEST).all():
        raise ValueError(
            message(
                "The axis {axis} has a number that is none from −{far} to {far}.", axis=name, far=f"{FARTHEST:,.0f}"
            )
        )
    steps = np.diff(nodes)
    if not (steps > FINEST * (nodes[-1] - nodes[0])).all():
        raise ValueError(
            message(
                "The axis {axis} does not rise from node to node, or by less than a millionth of its length.", axis=name
            )
        )
    return nodes


def _curve(parts: Mapping[str, Array], name: str, size: int, least: float = -LARGEST) -> Array | None:
    """An array beside the grid, nan where it holds no number of ours; None where there is none of that length."""
    values = parts.get(name)
    if values is None or values.shape != (size,):
        return None
    curve: Array = np.array(values, dtype=float)
    curve[~((curve >= least) & (curve <= LARGEST))] = np.nan
    return None if np.isnan(curve).all() else curve


def _line(parts: Mapping[str, Array]) -> Array | None:
    line = parts.get("line")
    if line is None or line.ndim != 2 or line.shape[0] != 2 or not 2 <= line.shape[1] <= MOST_PATH:
        return None
    share = np.array(line[0], dtype=float)
    loss = _curve({"line": line[1]}, "line", line.shape[1])
    if loss is None or not (np.abs(share) <= FARTHEST).all() or not (np.diff(share) > 0).all():
        return None
    return np.array([share, loss])


def _sharpness(parts: Mapping[str, Array]) -> Sharpness | None:
    steps = parts.get("hessian_steps")
    if steps is None or steps.ndim != 1 or not 1 <= steps.size <= MOST_PATH:
        return None
    at = _curve(parts, "hessian_steps", steps.size)
    largest, trace = (_curve(parts, name, steps.size) for name in ("hessian_largest", "hessian_trace"))
    if at is None or np.isnan(at).any() or (largest is None and trace is None):
        return None
    return Sharpness(
        steps=at,
        largest=largest,
        trace=trace,
        trace_error=_curve(parts, "hessian_trace_error", steps.size, least=0.0),
    )
