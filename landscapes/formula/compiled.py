"""What compiling a formula gives: NumPy functions of x, y and the parameters, and its LaTeX."""

from collections.abc import Callable
from typing import Any, NamedTuple

from landscapes.landscape import Convexity

Numbers = Callable[..., Any]  # (x, y, *parameters) -> one array, or a nested tuple of arrays and plain numbers


class Compiled(NamedTuple):
    """A formula as NumPy functions of x, y and the parameters, and as LaTeX."""

    value: Numbers
    gradient: Numbers
    hessian: Numbers  # the three different entries: xx, xy, yy
    latex: Callable[[tuple[float, ...]], str]
    convexity: Callable[[tuple[float, ...]], Convexity | None]
    parameters: tuple[str, ...]
    smooth: bool
    defined_everywhere: bool
    curve: bool  # y does not occur
