"""What the formula of a rule's line comes to, and the formula with numbers in the place of its names."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from landscapes import Array
from landscapes.formula import ATOM, Call, Choice, LatexWriter, Name, Negative, Node, Number, Piece, Power, Product, Sum
from optimizers.rules import apply, dot, eigen
from optimizers.worked_steps.notation import name_in_latex
from words import short

Values = Mapping[str, Array]  # numbers (T,), vectors (2, T) and matrices (2, 2, T), one for each of T steps
Gradient = Callable[[Array], Array]
ORDERS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
MATRIX = 3  # axes of a matrix for each step


def evaluate(node: Node, values: Values, gradient: Gradient, value: Gradient | None = None) -> Array:
    """What a formula comes to, for every step at once; products are taken for each coordinate, 0/0 is 0.

    Raises:
        ValueError: a name that has no value, or a function that lines do not know.
    """

    def of(child: Node) -> Array:
        return evaluate(child, values, gradient, value)

    match node:
        case Number(value=number):
            return np.array([number])
        case Name(name=name):
            if name not in values:
                raise ValueError(f"{name} has no value, known are {', '.join(values)}")
            return np.asarray(values[name])
        case Negative(operand=operand):
            return -of(operand)
        case Sum(terms=terms):
            return np.asarray(sum(of(term) if sign == "+" else -of(term) for sign, term in terms))
        case Product(factors=factors):
            result = of(factors[0][1])
            for sign, factor in factors[1:]:
                result = quotient(result, of(factor)) if sign == "/" else product(result, of(factor))
            return result
        case Power(base=base, exponent=exponent):
            return np.asarray(of(base) ** of(exponent))
        case Call(name="gradient", arguments=(place,)):
            return gradient(of(place))
        case Call(name="value", arguments=(place,)) if value is not None:
            return np.asarray(value(of(place)))
        case Call(name=name, arguments=arguments):
            return called(name, [of(argument) for argument in arguments])
        case Choice(left=left, order=order, right=right, where=there, elsewhere=elsewhere):
            return np.where(ORDERS[order](of(left), of(right)), of(there), of(elsewhere))


def product(a: Array, b: Array) -> Array:
    """A matrix times a vector, or everything else for each coordinate."""
    return apply(a, b) if a.ndim == MATRIX == b.ndim + 1 else a * b


def quotient(a: Array, b: Array) -> Array:
    """a/b, and 0 where both are."""
    top, bottom = np.broadcast_arrays(a, b)
    return np.where((top == 0) & (bottom == 0), 0.0, top / bottom)


def called(name: str, arguments: Sequence[Array]) -> Array:
    """The functions that a line may call."""
    functions: Mapping[str, Callable[..., Array]] = {
        "max": np.maximum,
        "min": np.minimum,
        "abs": lambda a: by_eigenvalues(a, np.abs) if a.ndim == MATRIX else np.abs(a),
        "norm": lambda a: np.sqrt(dot(a, a)),
        "norm1": lambda a: np.abs(a).sum(axis=0),
        "dot": dot,
        "sign": np.sign,
        "sqrt": np.sqrt,
        "exp": np.exp,
        "log": np.log,
        "sin": np.sin,
        "cos": np.cos,
        "tanh": np.tanh,
        "inverse": lambda a: by_eigenvalues(a, reciprocal),
    }
    if name not in functions:
        raise ValueError(f"a line does not know the function {name}, known are {', '.join(functions)} and gradient")
    return np.asarray(functions[name](*arguments))


def reciprocal(a: Array) -> Array:
    """1/a, and 0 where a is 0."""
    return np.divide(1.0, a, out=np.zeros_like(a), where=a != 0)


def by_eigenvalues(matrix: Array, function: Callable[[Array], Array]) -> Array:
    """The matrix with the same eigenvectors and a function of the eigenvalues: (2, 2, T) -> (2, 2, T)."""
    eigenvalues, vectors = eigen(matrix)
    return np.asarray(np.einsum("ik...,k...,jk...->ij...", vectors, function(eigenvalues), vectors))


class SymbolWriter(LatexWriter):
    """Writes a line with the symbols of its rule."""

    def __init__(self, symbols: Mapping[str, str]) -> None:
        self.symbols = symbols

    def name(self, name: str) -> Piece:
        """The symbol, by convention where the rule states none."""
        return self.symbols.get(name) or name_in_latex(name), ATOM


class NumberWriter(LatexWriter):
    """Writes a line with the numbers of the first step in the place of its names, and hides none of them."""

    def __init__(self, values: Values, gradient: Gradient, value: Gradient | None = None) -> None:
        self.values, self.gradient, self.of_loss = values, gradient, value

    def name(self, name: str) -> Piece:
        """What the name comes to."""
        return to_latex(self.values[name][..., 0]), ATOM

    def tight(self, node: Node) -> str:
        """A factor, or what is raised to a power: sums and negative numbers in brackets."""
        shown = self.latex(node)
        return rf"\left({shown}\right)" if isinstance(node, Sum) or shown.startswith("-") else shown

    def sum(self, terms: Sequence[tuple[str, Node]]) -> Piece:
        """Terms as they stand, a negative number behind a sign in brackets."""
        line = ""
        for sign, term in terms:
            bare = sign == "+" and (not line or isinstance(term, Product))
            line += f" {sign} {self.latex(term) if bare else self.tight(term)}"
        return line.removeprefix(" + ").strip(), ATOM

    def product(self, factors: Sequence[tuple[str, Node]]) -> Piece:
        """A dot between two numbers, a circle between two vectors, nothing between the others."""
        line, bare, rank = "", "", 0
        for sign, factor in factors:
            its = evaluate(factor, self.values, self.gradient, self.of_loss).ndim
            if sign == "/":
                line = bare = rf"\frac{{{bare}}}{{{self.latex(factor)}}}"
                rank = max(rank, its)
                continue
            if not line:
                line, bare, rank = self.tight(factor), self.latex(factor), its
                continue
            sign = (r" \cdot " if rank < MATRIX - 1 else r" \odot ") if rank == its else r"\, "
            line = bare = line + sign + self.tight(factor)
            rank = its if rank == MATRIX > its else max(rank, its)
        return line, ATOM

    def power(self, base: Node, exponent: Node) -> Piece:
        """A number with a power of ten in it needs brackets."""
        shown = self.tight(base)
        if isinstance(base, Name) and "10^" in shown and not shown.startswith(r"\begin"):
            shown = rf"\left({shown}\right)"
        return f"{shown}^{{{self.latex(exponent)}}}", ATOM

    def call(self, name: str, arguments: Sequence[Node]) -> Piece:
        """The brackets of a function of one vector are the vector's own."""
        if name == "dot":
            return r" \cdot ".join(map(self.tight, arguments)), ATOM
        shown, binds = super().call(name, arguments)
        column = shown.removesuffix(r"\right)").partition(r"\left(")[2]
        own = column.startswith(r"\begin{pmatrix}") and column.count(r"\begin") == 1 and column.endswith(r"{pmatrix}")
        return (shown.replace(rf"\left({column}\right)", column), binds) if own else (shown, binds)


def to_latex(number: Array) -> str:
    """A number, a vector () or a matrix in LaTeX, three significant digits.

    >>> print(to_latex(np.array(-1.5e-8)), to_latex(np.array([0.5, 2])))
    -1.5 \\cdot 10^{-8} \\begin{pmatrix} 0.5 \\\\ 2 \\end{pmatrix}
    """
    if number.ndim == 0 and np.isnan(number):
        return rf"\text{{{short(float(number))}}}"
    if number.ndim == 0:
        digits, _, exponent = short(float(number)).replace("−", "-").replace("∞", r"\infty").partition("e")
        return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits
    rows = r" \\ ".join(" & ".join(to_latex(entry) for entry in np.atleast_1d(row)) for row in number)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
