"""The plain numbers of a step, such as its rate, without the rest: everything else is passed over as fast as can be."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from optimizers.bulk.lanes import Arithmetic, NotRecordable


def _shape(each: Any) -> tuple[int, ...]:
    shape: tuple[int, ...] = getattr(each, "shape", ())
    return shape


@lru_cache(maxsize=4096)
def _together(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    return np.broadcast_shapes(*shapes)


class Silent(Arithmetic):
    """Stands for numbers, one for each trajectory, in a shape; whatever plain number meets it is written down."""

    __slots__ = ("heard", "named", "shape")

    def __init__(self, shape: tuple[int, ...], heard: list[Any], named: list[Any]) -> None:
        self.shape, self.heard, self.named = shape, heard, named

    def meet(self, name: Any, operands: tuple[Any, ...]) -> "Silent":
        """A function of operands."""
        self.named.append(name)
        shapes = []
        for each in operands:
            if type(each) is Silent:
                shapes.append(each.shape)
            else:
                self.heard.append(each)
                shapes.append(_shape(each))
        return Silent(_together(*shapes), self.heard, self.named)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> "Silent":
        """Passes over a function of NumPy."""
        if method != "__call__":
            raise NotRecordable(f"{ufunc.__name__}.{method}")
        if not options:
            return self.meet(ufunc, inputs)
        result = self.meet(ufunc, inputs)
        return result.meet("select", (options["where"], result, options["out"][0]))

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """The few functions of NumPy on arrays that rules use."""
        if function not in FUNCTIONS:
            raise NotRecordable(function.__name__)
        return FUNCTIONS[function](self, *args, **kwargs)

    def __getitem__(self, key: Any) -> "Silent":
        return self._shaped(np.empty(self.shape, dtype=bool)[key].shape)

    def __iter__(self) -> Iterator["Silent"]:
        return iter([self._shaped(self.shape[1:])] * self.shape[0])

    def sum(self, axis: int = 0) -> "Silent":
        """The sum along an axis."""
        self.named.append("sum")
        return self._shaped(self.shape[:axis] + self.shape[axis + 1 :])

    def _shaped(self, shape: tuple[int, ...]) -> "Silent":
        return Silent(shape, self.heard, self.named)

    def _like(self, model: Any, value: float = 0.0) -> "Silent":
        return self._shaped(model.shape)

    def _broadcast(self, *parts: Any) -> list["Silent"]:
        self.heard.extend(part for part in parts if type(part) is not Silent)
        return [self._shaped(_together(*map(_shape, parts)))] * len(parts)

    def _joined(self, join: Any, parts: Any, axis: int = 0) -> "Silent":
        self.heard.extend(part for part in parts if type(part) is not Silent)
        return self._shaped(join([np.empty(_shape(part), dtype=bool) for part in parts], axis=axis).shape)


def _operator(ufunc: np.ufunc, reflected: bool) -> Callable[[Silent, Any], Silent]:
    name = (ufunc, reflected)

    def meet(self: Silent, other: Any) -> Silent:
        self.named.append(name)
        if type(other) is Silent:
            if other.shape == self.shape:
                return self
            return Silent(_together(self.shape, other.shape), self.heard, self.named)
        self.heard.append(other)
        if type(other) is float or not _shape(other):
            return self
        return Silent(_together(self.shape, _shape(other)), self.heard, self.named)

    return meet


for _name, _ufunc in {"add": np.add, "sub": np.subtract, "mul": np.multiply, "truediv": np.true_divide}.items():
    setattr(Silent, f"__{_name}__", _operator(_ufunc, False))
    setattr(Silent, f"__r{_name}__", _operator(_ufunc, True))

FUNCTIONS: dict[Any, Any] = {
    np.where: lambda silent, *operands: silent.meet("select", operands),
    np.shape: lambda silent, model: model.shape,
    np.ndim: lambda silent, model: len(model.shape),
    np.zeros_like: Silent._like,
    np.ones_like: Silent._like,
    np.full_like: Silent._like,
    np.broadcast_arrays: Silent._broadcast,
    np.concatenate: lambda silent, parts, axis=0: silent._joined(np.concatenate, parts, axis),
    np.stack: lambda silent, parts, axis=0: silent._joined(np.stack, parts, axis),
}
