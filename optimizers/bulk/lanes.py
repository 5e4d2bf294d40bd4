"""Numbers of which there is one for each trajectory, not known yet: what is done with them is written down."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Operation = tuple[
    Any, ...
]  # a ufunc or "select", and the numbers of its operands; or ("literal" | "slot" | "input", ...)
LOGIC = {np.bitwise_and, np.bitwise_or, np.logical_and, np.logical_or}
SQUARE, ROOT = 2, 0.5  # exponents for which an array has no use for `power`


class NotRecordable(Exception):
    """A rule or a landscape decides by numbers, or by functions that are no functions of each trajectory alone."""


class Recorder:
    """The operations of one step, each written down once; plain numbers that a step is made with are slots."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.numbers: list[float] = []  # what stands in the slots
        self.fixed = False  # are plain numbers the same in all steps?
        self._known: dict[Operation, int] = {}

    def node(self, *operation: Any) -> int:
        """The number of an operation; that of the same one before, if there was one."""
        known = self._known.get(operation)
        if known is None:
            known = self._known[operation] = len(self.operations)
            self.operations.append(operation)
        return known

    def plain(self, numbers: Any) -> NDArray[np.int64]:
        """Plain numbers as operands, in their shape."""
        array = np.asarray(numbers, dtype=float)
        if self.fixed:
            return np.array([self.node("literal", n.hex()) for n in array.ravel().tolist()]).reshape(array.shape)
        first = len(self.numbers)
        self.numbers.extend(array.ravel().tolist())
        return np.array([self.node("slot", first + k) for k in range(array.size)]).reshape(array.shape)

    def lanes(self, *key: Any, shape: tuple[int, ...] = ()) -> "Lanes":
        """New input of a shape, one number for each trajectory in each place of it."""
        places = [self.node("input", key, k) for k in range(int(np.prod(shape)))]
        return Lanes(self, np.array(places, dtype=np.int64).reshape(shape))

    def apply(self, function: Any, operands: list[Any]) -> "Lanes":
        """A function of operands, place by place."""
        if function in LOGIC and not all(isinstance(each, Lanes) for each in operands):
            raise NotRecordable("a condition that is known")
        parts = [each.nodes if isinstance(each, Lanes) else self.plain(each) for each in operands]
        together = np.broadcast_arrays(*parts)
        rows = zip(*(part.ravel().tolist() for part in together), strict=True)
        return Lanes(
            self, np.array([self.node(function, *row) for row in rows], dtype=np.int64).reshape(together[0].shape)
        )


class Arithmetic(np.lib.mixins.NDArrayOperatorsMixin):
    """What an array can do, as far as update rules and formulas ask for it."""

    shape: tuple[int, ...]

    @property
    def ndim(self) -> int:
        """The number of axes, without the one of the trajectories."""
        return len(self.shape)

    def __len__(self) -> int:
        return self.shape[0]

    def __bool__(self) -> bool:
        raise NotRecordable("a choice by numbers")

    def __float__(self) -> float:
        raise NotRecordable("a plain number is asked for")

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        raise NotRecordable("an array is asked for")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotRecordable(name)

    def any(self, axis: Any = None) -> Any:
        """Asks about several trajectories."""
        raise NotRecordable("a choice by numbers")

    all = max = min = any

    def __pow__(self, exponent: Any) -> Any:
        if isinstance(exponent, int | float) and exponent == SQUARE:
            return np.multiply(self, self)
        if isinstance(exponent, int | float) and exponent == ROOT:
            return np.sqrt(self)
        if isinstance(exponent, int | float) and exponent in (-1, 0, 1):
            raise NotRecordable("a power that arrays compute in a way of their own")
        return np.power(self, exponent)


class Lanes(Arithmetic):
    """Numbers that are not known yet, in a shape; the axis of the trajectories is left out."""

    def __init__(self, recorder: Recorder, nodes: NDArray[np.int64]) -> None:
        self.recorder, self.nodes, self.shape = recorder, nodes, nodes.shape

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> "Lanes":
        """Writes down a function of NumPy."""
        if method != "__call__" or options.keys() - {"out", "where"}:
            raise NotRecordable(f"{ufunc.__name__}.{method}")
        where, out = options.get("where"), options.get("out")
        if where is None:
            if out is not None:
                raise NotRecordable("an array is written to")
            return self.recorder.apply(ufunc, list(inputs))
        result = self.recorder.apply(ufunc, list(inputs))
        if out is None:
            raise NotRecordable("numbers are left undefined")
        return self._select(where, result, out[0])

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """The few functions of NumPy on arrays that rules use."""
        if function not in FUNCTIONS:
            raise NotRecordable(function.__name__)
        return FUNCTIONS[function](self, *args, **kwargs)

    def __getitem__(self, key: Any) -> "Lanes":
        return Lanes(self.recorder, np.asarray(self.nodes[key], dtype=np.int64))

    def __iter__(self) -> Iterator["Lanes"]:
        return (self[k] for k in range(len(self)))

    def sum(self, axis: int = 0) -> "Lanes":
        """The sum along an axis, one after the other as arrays are added up."""
        parts = np.moveaxis(self.nodes, axis, 0)
        total = Lanes(self.recorder, np.asarray(parts[0]))
        for part in parts[1:]:
            total = self.recorder.apply(np.add, [total, Lanes(self.recorder, np.asarray(part))])
        return total

    def _select(self, which: Any, there: Any, elsewhere: Any) -> "Lanes":
        if not isinstance(which, Lanes):
            given = Lanes(self.recorder, self.recorder.plain(which))
            which = self.recorder.apply(np.not_equal, [given, self._like(given, 0.0)])
        return self.recorder.apply("select", [which, there, elsewhere])

    def _like(self, model: Any, value: float) -> "Lanes":
        node = self.recorder.node("literal", float(value).hex())
        return Lanes(self.recorder, np.full(model.shape, node, dtype=np.int64))

    def _broadcast(self, *parts: Any) -> list["Lanes"]:
        nodes = [part.nodes if isinstance(part, Lanes) else self.recorder.plain(part) for part in parts]
        return [Lanes(self.recorder, np.array(part)) for part in np.broadcast_arrays(*nodes)]

    def _joined(self, join: Any, parts: Any, axis: int = 0) -> "Lanes":
        nodes = [part.nodes if isinstance(part, Lanes) else self.recorder.plain(part) for part in parts]
        return Lanes(self.recorder, join(nodes, axis=axis))


FUNCTIONS: dict[Any, Any] = {
    np.where: Lanes._select,
    np.shape: lambda lanes, model: model.shape,
    np.ndim: lambda lanes, model: len(model.shape),
    np.zeros_like: lambda lanes, model: lanes._like(model, 0.0),
    np.ones_like: lambda lanes, model: lanes._like(model, 1.0),
    np.full_like: lambda lanes, model, value: lanes._like(model, value),
    np.broadcast_arrays: Lanes._broadcast,
    np.concatenate: lambda lanes, parts, axis=0: lanes._joined(np.concatenate, parts, axis),
    np.stack: lambda lanes, parts, axis=0: lanes._joined(np.stack, parts, axis),
}
