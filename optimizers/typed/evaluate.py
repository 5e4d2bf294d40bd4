"""What a typed line comes to, number for number as a rule that is written in NumPy."""

from collections.abc import Callable, Mapping, Sequence
from operator import add
from operator import mul as multiply
from operator import sub as subtract
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from landscapes.formula import Call, Name, Negative, Node, Number, Power, Product, Sum
from optimizers.rules.arithmetic import apply, dot, norm
from optimizers.rules.newton import eigen
from optimizers.typed.program import MATRIX, NUMBER, VECTOR, rank_of

Ranks = Mapping[str, int | None]
Values = Mapping[str, Any]
Operation = Callable[[Any, Any], Any]
Calculation = Callable[[Values, Landscape], Any]  # the names' values and where the rule is -> what a formula comes to


def calculation(node: Node, ranks: Ranks) -> Calculation:
    """The function that calculates a formula; products are taken for each coordinate, 0/0 is 0.

    A formula is looked at once, here, however many updates there are: every shape is known before the first.
    """

    def of(child: Node) -> Calculation:
        return calculation(child, ranks)

    match node:
        case Number(value=number):
            constant = np.float64(number)
            return lambda values, landscape: constant
        case Name(name=name):
            return lambda values, landscape: values[name]
        case Negative(operand=operand):
            inner = of(operand)
            return lambda values, landscape: -inner(values, landscape)
        case Sum(terms=terms):
            return folded([(add if sign == "+" else subtract, of(term)) for sign, term in terms])
        case Product(factors=factors):
            return folded(list(zip(operations(factors, ranks), (of(factor) for _, factor in factors), strict=True)))
        case Power(base=base, exponent=exponent):
            below, above = of(base), of(exponent)
            return lambda values, landscape: raised(below(values, landscape), above(values, landscape))
        case Call(name="gradient", arguments=(place,)):
            point = of(place)
            return lambda values, landscape: landscape.gradient(point(values, landscape))
        case Call(name="value", arguments=(place,)):
            point = of(place)
            return lambda values, landscape: landscape.value(point(values, landscape))
        case Call(name=name, arguments=arguments):
            function = functions(name, rank_of("", arguments[0], ranks))
            inner_ones = [of(argument) for argument in arguments]
            return lambda values, landscape: function(*(inner(values, landscape) for inner in inner_ones))
    raise TypeError(f"a rule has no {type(node).__name__.lower()}")


def folded(parts: list[tuple[Operation, Calculation]]) -> Calculation:
    """Operations from left to right; that of the first part has nothing to its left, and is not asked."""
    (_, first), *others = parts

    def calculate(values: Values, landscape: Landscape) -> Any:
        result = first(values, landscape)
        for operation, part in others:
            result = operation(result, part(values, landscape))
        return result

    return calculate


def operations(factors: Sequence[tuple[str, Node]], ranks: Ranks) -> list[Operation]:
    """How each factor of a product joins those to its left."""
    found: list[Operation] = []
    left: int | None = None
    for sign, factor in factors:
        rank = rank_of("", factor, ranks)
        if (left, rank) == (MATRIX, VECTOR):
            found.append(apply)
            left = VECTOR
        else:
            found.append(divided if sign == "/" else multiply)
            left = max(left or NUMBER, rank or NUMBER)
    return found


def functions(name: str, rank: int | None) -> Callable[..., Any]:
    """A function by its name and by the rank of what it is taken of."""
    return (OF_MATRICES if rank == MATRIX else FUNCTIONS)[name]


def divided(a: Array, b: Array) -> Array:
    """a/b, and 0 where both are."""
    quotient = a / b
    if known(quotient) and (quotient == quotient).all():
        return quotient  # as nearly always: 0/0 would be nan
    return np.where(a == 0, np.where(b == 0, 0.0, quotient), quotient)[()]


def known(value: Any) -> bool:
    """Whether a value is numbers; what records a rule stands for numbers that are not known yet."""
    return isinstance(value, float | int | np.ndarray | np.generic)


def raised(base: Array, exponent: Array) -> Array:
    """A power, the same for one number as for many: a square is a product, a root a root."""
    if np.ndim(exponent) == 0 and exponent == 2:
        return base * base
    if np.ndim(exponent) == 0 and exponent == 0.5:
        return np.sqrt(base)
    return np.power(base, exponent)


def of_eigenvalues(matrix: Array, function: Callable[[Array], Array]) -> Array:
    """The matrix with the same eigenvectors and a function of the eigenvalues."""
    eigenvalues, vectors = eigen(matrix)
    return np.asarray((vectors[:, None] * function(eigenvalues) * vectors[None]).sum(axis=2))


def reciprocal(a: Array) -> Array:
    """1/a, and 0 where a is 0."""
    return np.divide(1.0, a, out=np.zeros_like(a), where=a != 0)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "max": np.maximum,
    "min": np.minimum,
    "dot": dot,
    "norm": norm,
    "norm1": lambda a: np.abs(a).sum(axis=0),
}
OF_MATRICES: Mapping[str, Callable[..., Any]] = {
    "inverse": lambda a: of_eigenvalues(a, reciprocal),
    "abs": lambda a: of_eigenvalues(a, np.abs),
}
