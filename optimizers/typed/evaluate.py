"""What a typed line comes to, number for number as a rule that is written in NumPy."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from landscapes.formula import Call, Name, Negative, Node, Number, Power, Product, Sum
from optimizers.rules.arithmetic import apply, dot, norm
from optimizers.rules.newton import eigen
from optimizers.typed.program import MATRIX, NUMBER, VECTOR, rank_of

Ranks = Mapping[str, int | None]


def calculated(node: Node, values: Mapping[str, Any], ranks: Ranks, landscape: Landscape) -> Any:
    """The value of a formula; products are taken for each coordinate, 0/0 is 0."""

    def of(child: Node) -> Any:
        return calculated(child, values, ranks, landscape)

    match node:
        case Number(value=number):
            return np.float64(number)
        case Name(name=name):
            return values[name]
        case Negative(operand=operand):
            return -of(operand)
        case Sum(terms=terms):
            result = of(terms[0][1])
            for sign, term in terms[1:]:
                result = result + of(term) if sign == "+" else result - of(term)
            return result
        case Product(factors=factors):
            result, rank = of(factors[0][1]), rank_of("", factors[0][1], ranks)
            for sign, factor in factors[1:]:
                other = rank_of("", factor, ranks)
                if (rank, other) == (MATRIX, VECTOR):
                    result, rank = apply(result, of(factor)), VECTOR
                else:
                    result = divided(result, of(factor)) if sign == "/" else result * of(factor)
                    rank = max(rank or NUMBER, other or NUMBER)
            return result
        case Power(base=base, exponent=exponent):
            return raised(of(base), of(exponent))
        case Call(name="gradient", arguments=(place,)):
            return landscape.gradient(of(place))
        case Call(name="value", arguments=(place,)):
            return landscape.value(of(place))
        case Call(name=name, arguments=arguments):
            by_eigenvalues = rank_of("", arguments[0], ranks) == MATRIX
            return (OF_MATRICES if by_eigenvalues else FUNCTIONS)[name](*map(of, arguments))


def divided(a: Array, b: Array) -> Array:
    """a/b, and 0 where both are."""
    quotient = a / b
    return np.where((np.asarray(a) == 0) & (np.asarray(b) == 0), 0.0, quotient)[()]


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
