"""The record that every landscape is: three functions and where to look."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Interval = tuple[float, float]
Domain = tuple[Interval, Interval]
Library = Literal["numpy", "torch"]
Program = Callable[[Library], str]  # the functions of a landscape as Python for that library
Convexity = Literal["affine", "convex", "concave"]  # an affine function is both of the others
AXES = ("x", "y")
Part = Literal["value", "gradient", "hessian"]


class Elementwise(NamedTuple):
    """A formula as functions of two coordinates, made of arithmetic and functions of each number alone."""

    of: tuple[Callable[[Array], Array], Callable[[Array], Array]]  # the value and gradient that these are inside of
    value: Callable[[Any, Any], Any]  # x, y -> f
    gradient: Callable[[Any, Any], tuple[Any, Any]]  # x, y -> df/dx, df/dy
    hessian: Callable[[Any, Any], tuple[Any, Any, Any]]  # x, y -> d²f/dx², d²f/dxdy, d²f/dy²
    text: str  # the formula as it was written


@dataclass(frozen=True, kw_only=True, eq=False)  # functions are equal only to themselves, and so are landscapes
class Landscape:
    """A loss f(x, y) with its exact derivatives; axis 0 is the coordinate, what follows broadcasts.

    A loss in D dimensions is one too: D stands wherever a shape says 2. Its `domain` and `axes` then say nothing.
    """

    name: str
    latex: str  # right-hand side of f(x, y) = ..., with the parameters' numbers in it
    value: Callable[[Array], Array]  # (2, ...) -> (...)
    gradient: Callable[[Array], Array]  # (2, ...) -> (2, ...)
    hessian: Callable[[Array], Array]  # (2, ...) -> (2, 2, ...)
    times_hessian: Callable[[Array, Array], Array] | None = None  # p, v -> ∇²f(p) v in their shape, without the matrix
    domain: Domain = ((-2.0, 2.0), (-2.0, 2.0))  # ((x0, x1), (y0, y1)), where to look
    start: tuple[float, ...] = (1.0, 1.0)  # where a descent has something to show
    axes: tuple[str, str] = AXES  # what the coordinates are called
    parameters: Mapping[str, float] = field(default_factory=dict)
    about: str = ""  # one sentence: what there is to see
    source: str = ""  # author, title or journal, identifier
    smooth: bool = True  # False where some derivative jumps or is missing inside the domain
    defined_everywhere: bool = True  # False where the value may be nan, as that of log(x) is: there f is not defined
    curve: bool = False  # f(x): y does not occur, and a picture of the landscape is a curve
    program: Program | None = None  # "numpy" or "torch" -> the functions as Python, where there is a formula
    convexity: Convexity | None = None  # what the formula proves of the function wherever it is defined
    rounding: Callable[[Part, Array], Array] | None = None  # how far that part may be off at p, in its shape
    elementwise: Elementwise | None = None  # the formula's own functions; None where there is no formula
    batch: Callable[[int], "Landscape"] | None = None  # step -> the landscape that this step's mini-batch shows

    def at(self, step: int) -> "Landscape":
        """The landscape as the mini-batch of update number `step` (from 0) shows it; itself where nothing is noisy."""
        return self if self.batch is None else self.batch(step)
