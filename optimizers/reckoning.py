"""The value of a formula that was read from LaTeX, and the formula with numbers in the place of its letters."""

from collections.abc import Callable, Mapping

import numpy as np

from landscapes import Array
from optimizers.arithmetic import apply, dot
from optimizers.newton import eigen
from optimizers.terms import Call, Fraction, Name, Node, Number, Power, Product, Sum
from optimizers.words import short

Letters = Mapping[str, Array]  # numbers (T,), vectors (2, T) and matrices (2, 2, T), one for each of T steps
Gradient = Callable[[Array], Array]
MATRIX = 3  # axes of a matrix for each step


def value(node: Node, letters: Letters, gradient: Gradient) -> Array:
    """What a formula comes to, for every step at once; products are taken for each coordinate, 0/0 is 0.

    Raises:
        KeyError: a letter that has no value.
    """

    def of(child: Node) -> Array:
        return value(child, letters, gradient)

    match node:
        case Number(text=text):
            return np.array([float(text)])
        case Name(letter=letter):
            return np.asarray(letters[letter])
        case Sum(terms=terms):
            return np.asarray(sum(of(term) if sign == "+" else -of(term) for sign, term in terms))
        case Product(factors=factors, scalar=scalar):
            result = of(factors[0])
            for factor in map(of, factors[1:]):
                if scalar and result.ndim == factor.ndim == MATRIX - 1:
                    result = dot(result, factor)
                elif result.ndim == MATRIX == factor.ndim + 1:
                    result = apply(result, factor)
                else:
                    result = result * factor
            return result
        case Fraction(top=top, bottom=bottom):
            a, b = np.broadcast_arrays(of(top), of(bottom))
            return np.where((a == 0) & (b == 0), 0.0, a / b)
        case Power(base=base, exponent=exponent):
            powered, power = of(base), of(exponent)
            return by_eigenvalues(powered, reciprocal) if powered.ndim == MATRIX else powered**power
        case Call(function="gradient", arguments=(place,)):
            return gradient(of(place))
        case Call(function=function, arguments=arguments):
            return called(function, [of(argument) for argument in arguments])


def called(function: str, arguments: list[Array]) -> Array:
    """The functions that a rule may call."""
    a = arguments[0]
    match function:
        case "max":
            return np.maximum(a, arguments[1])
        case "min":
            return np.minimum(a, arguments[1])
        case "abs":
            return by_eigenvalues(a, np.abs) if a.ndim == MATRIX else np.abs(a)
        case "norm1":
            return np.asarray(np.abs(a).sum(axis=0))
        case "norm2":
            return np.sqrt(dot(a, a))
        case "sign":
            return np.sign(a)
        case _:
            return np.sqrt(a)


def reciprocal(a: Array) -> Array:
    """1/a, and 0 where a is 0."""
    return np.divide(1.0, a, out=np.zeros_like(a), where=a != 0)


def by_eigenvalues(matrix: Array, function: Callable[[Array], Array]) -> Array:
    """The matrix with the same eigenvectors and a function of the eigenvalues: (2, 2, T) -> (2, 2, T)."""
    eigenvalues, vectors = eigen(matrix)
    return np.asarray(np.einsum("ik...,k...,jk...->ij...", vectors, function(eigenvalues), vectors))


def with_numbers(node: Node, letters: Letters, gradient: Gradient) -> str:
    """The formula in LaTeX, with the numbers of the first step in the place of its letters."""

    def put(child: Node) -> str:
        return with_numbers(child, letters, gradient)

    def tight(child: Node) -> str:
        """A factor, or what is raised to a power: sums and negative numbers in brackets."""
        shown = put(child)
        return rf"\left({shown}\right)" if isinstance(child, Sum) or shown.startswith("-") else shown

    match node:
        case Number(text=text):
            return text
        case Name():
            return written(value(node, letters, gradient)[..., 0])
        case Sum(terms=terms):
            line = ""
            for sign, term in terms:
                bare = sign == "+" and (not line or isinstance(term, Product))
                line += f" {sign} {put(term) if bare else tight(term)}"
            return line.removeprefix(" + ").strip()
        case Product(factors=factors, scalar=scalar):
            ranks = [value(factor, letters, gradient).ndim for factor in factors]
            line, rank = tight(factors[0]), ranks[0]
            for factor, its in zip(factors[1:], ranks[1:], strict=True):
                dots = rank == its < MATRIX - 1 or (scalar and rank == its)
                line += (r" \cdot " if dots else r" \odot " if rank == its else r"\, ") + tight(factor)
                rank = max(rank, its) if not (rank == MATRIX and its < rank) else its
            return line
        case Fraction(top=top, bottom=bottom):
            return rf"\frac{{{put(top)}}}{{{put(bottom)}}}"
        case Power(base=base, exponent=exponent):
            shown = tight(base)
            if isinstance(base, Name) and "10^" in shown and not shown.startswith(r"\begin"):
                shown = rf"\left({shown}\right)"
            return f"{shown}^{{{put(exponent)}}}"
        case Call(function="sqrt", arguments=(inside,)):
            return rf"\sqrt{{{put(inside)}}}"
        case Call(function="gradient", arguments=(place,)):
            return rf"\nabla f{bracketed(put(place))}"
        case Call(function="abs" | "norm1" | "norm2" as function, arguments=(inside,)):
            return rf"\left|{put(inside)}\right|{function.replace('abs', '').replace('norm', '_')}"
        case Call(function=function, arguments=arguments):
            inside_all = r",\, ".join(map(put, arguments))
            name = r"\operatorname{sign}" if function == "sign" else f"\\{function}"
            return f"{name}{bracketed(inside_all)}"


def bracketed(shown: str) -> str:
    """In round brackets, which a column of numbers brings along."""
    own = shown.startswith(r"\begin{pmatrix}") and shown.count(r"\begin") == 1 and shown.endswith(r"\end{pmatrix}")
    return shown if own else rf"\left({shown}\right)"


def written(number: Array) -> str:
    """A number, a vector () or a matrix in LaTeX, three significant digits.

    >>> written(np.array(-1.5e-8)), written(np.array([0.5, 2]))
    ('-1.5 \\\\cdot 10^{-8}', '\\\\begin{pmatrix} 0.5 \\\\\\\\ 2 \\\\end{pmatrix}')
    """
    if number.ndim == 0:
        digits, _, exponent = short(float(number)).replace("−", "-").replace("∞", r"\infty").partition("e")
        shown = rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits
        return shown.replace("undefined", r"\text{undefined}")
    rows = r" \\ ".join(" & ".join(written(entry) for entry in np.atleast_1d(row)) for row in number)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
