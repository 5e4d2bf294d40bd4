"""What a formula proves about convexity: the curvature of each part follows from that of its own parts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from landscapes.formula.expression import CONSTANTS
from landscapes.formula.functions import FUNCTIONS
from landscapes.formula.quadratics import Quadratic
from landscapes.formula.syntax import Call, Name, Negative, Node, Number, Power, Product, Sum
from landscapes.landscape import Convexity

COORDINATES = Quadratic(x=Fraction(1)), Quadratic(y=Fraction(1))


@dataclass(frozen=True)
class Shape:
    """What is proven of an expression wherever it is defined; False says nothing."""

    convex: bool = False
    concave: bool = False
    nonnegative: bool = False
    nonpositive: bool = False
    log_convex: bool = False  # positive, with a convex logarithm
    log_concave: bool = False
    quadratic: Quadratic | None = None  # the expression itself, where it is a polynomial of degree 2 or less

    @property
    def affine(self) -> bool:
        """Whether it is proven to be both."""
        return self.convex and self.concave

    @property
    def number(self) -> Fraction | None:
        """Its value where it is a constant."""
        return self.quadratic.one if self.quadratic is not None and self.quadratic.degree == 0 else None

    @property
    def bowl(self) -> bool:
        """Convex, and rising with its own absolute value: what a function that rises with |u| keeps convex."""
        return self.affine or (self.convex and self.nonnegative) or (self.concave and self.nonpositive)


UNKNOWN = Shape()


def convexity_of(tree: Node, numbers: Mapping[str, float], axes: tuple[str, str] = ("x", "y")) -> Convexity | None:
    """What the rules of composition prove of a formula with its parameters set to numbers; None for nothing.

    They know sums, multiples, affine arguments, powers, norms, exponentials and logarithms of sums of them, and never
    call convex what is not; of a convex function they may say nothing.

    Source: S. Boyd, L. Vandenberghe, Convex Optimization (2004), sections 3.2 and 3.5; M. Grant, S. Boyd, Y. Ye,
        Disciplined convex programming (2006), doi:10.1007/0-387-30528-9_7.
    """
    known = {name: Quadratic.constant(number) for name, number in (CONSTANTS | dict(numbers)).items()}
    shape = shape_of(tree, known | dict(zip(axes, COORDINATES, strict=True)))
    if shape.affine:
        return "affine"
    return "convex" if shape.convex else "concave" if shape.concave else None


def shape_of(node: Node, known: Mapping[str, Quadratic]) -> Shape:
    """What is proven of a piece of a formula, with what its names stand for."""
    match node:
        case Number(value=value):
            return polynomial(Quadratic.constant(value))
        case Name(name=name):
            return polynomial(known[name])
        case Negative(operand=operand):
            return multiple(shape_of(operand, known), Fraction(-1))
        case Sum(terms=terms):
            return total([multiple(shape_of(term, known), Fraction(f"{sign}1")) for sign, term in terms])
        case Product(factors=factors):
            shapes = [(sign, shape_of(factor, known)) for sign, factor in factors]
            return reduce(product, powers([reciprocal(shape) if sign == "/" else shape for sign, shape in shapes]))
        case Power(base=base, exponent=exponent):
            return power(shape_of(base, known), shape_of(exponent, known))
        case Call(name=name, arguments=(argument,)):
            return call(name, shape_of(argument, known))
        case Call(name="max", arguments=arguments):
            return largest([shape_of(argument, known) for argument in arguments])
        case Call(name="min", arguments=arguments):
            negative = [multiple(shape_of(argument, known), Fraction(-1)) for argument in arguments]
            return multiple(largest(negative), Fraction(-1))
    return UNKNOWN


def polynomial(quadratic: Quadratic) -> Shape:
    """A polynomial of degree 2 or less: all is decided exactly."""
    negative, positive = quadratic.negative, quadratic.degree == 0 and quadratic.one > 0
    return Shape(
        convex=quadratic.convex,
        concave=negative.convex,
        nonnegative=quadratic.nonnegative,
        nonpositive=negative.nonnegative,
        log_convex=positive,
        log_concave=positive,
        quadratic=quadratic,
    )


def constant(compute: Callable[[], float]) -> Shape:
    """A number, unless it is none."""
    try:
        return polynomial(Quadratic.constant(compute()))
    except (ArithmeticError, ValueError, TypeError):  # complex, infinite, or a function outside its range
        return UNKNOWN


def multiple(shape: Shape, factor: Fraction) -> Shape:
    """A multiple."""
    if shape.quadratic is not None:
        return polynomial(shape.quadratic.scaled(factor))
    if factor > 0:
        return shape
    if factor == 0:
        return polynomial(Quadratic())
    return Shape(
        convex=shape.concave, concave=shape.convex, nonnegative=shape.nonpositive, nonpositive=shape.nonnegative
    )


def total(terms: Sequence[Shape]) -> Shape:
    """A sum, its polynomial part taken together: x² - xy + y² is convex though -xy is not."""
    known = [term.quadratic for term in terms if term.quadratic is not None]
    together = reduce(Quadratic.plus, known, Quadratic())
    others = [term for term in terms if term.quadratic is None]
    if not others:
        return polynomial(together)
    parts = others + [polynomial(together)] * any(together)
    return Shape(
        convex=all(part.convex for part in parts),
        concave=all(part.concave for part in parts),
        nonnegative=all(part.nonnegative for part in parts),
        nonpositive=all(part.nonpositive for part in parts),
        log_convex=all(part.log_convex for part in parts),
        log_concave=len(parts) == 1 and parts[0].log_concave,
    )


def powers(factors: Sequence[Shape]) -> list[Shape]:
    """The factors, with a polynomial that occurs several times as one power: x*x*x*x is x**4."""
    known = {factor.quadratic: factor for factor in factors if factor.quadratic is not None}
    counts = Counter(factor.quadratic for factor in factors)
    single = [factor for factor in factors if factor.quadratic is None]
    return single + [
        shape if counts[each] == 1 else power(shape, polynomial(Quadratic.constant(counts[each])))
        for each, shape in known.items()
    ]


def product(a: Shape, b: Shape) -> Shape:
    """A product: a multiple, a polynomial, or what signs and logarithms say."""
    for factor, other in ((a.number, b), (b.number, a)):
        if factor is not None:
            return multiple(other, factor)
    if a.quadratic is not None and b.quadratic is not None and (both := a.quadratic.times(b.quadratic)) is not None:
        return polynomial(both)
    log_convex = a.log_convex and b.log_convex
    return Shape(
        convex=log_convex,
        nonnegative=(a.nonnegative and b.nonnegative) or (a.nonpositive and b.nonpositive),
        nonpositive=(a.nonnegative and b.nonpositive) or (a.nonpositive and b.nonnegative),
        log_convex=log_convex,
        log_concave=a.log_concave and b.log_concave,
    )


def reciprocal(shape: Shape) -> Shape:
    """1/u, whose logarithm is that of u turned over."""
    if shape.number is not None:
        return polynomial(Quadratic.constant(1 / shape.number)) if shape.number else UNKNOWN
    return Shape(
        convex=shape.log_concave,
        nonnegative=shape.nonnegative,
        nonpositive=shape.nonpositive,
        log_convex=shape.log_concave,
        log_concave=shape.log_convex,
    )


def power(base: Shape, exponent: Shape) -> Shape:
    """u to a constant power, or a positive constant to a variable one."""
    n, c = exponent.number, base.number
    if n is None:
        if c is not None and c > 0:
            return call("exp", product(exponent, call("log", base)))
        return Shape(nonnegative=True)  # exp(exponent · log u)
    if c is not None:
        return constant(lambda: float(c) ** float(n))
    if n in (0, 1):
        return base if n else polynomial(Quadratic.constant(1))
    if n == 2 and base.quadratic is not None and (square := base.quadratic.times(base.quadratic)) is not None:
        return polynomial(square)
    even, odd = (n.denominator == 1 and n.numerator % 2 == rest for rest in (0, 1))
    log_convex, log_concave = (base.log_convex, base.log_concave) if n > 0 else (base.log_concave, base.log_convex)
    rises = base.convex and base.nonnegative
    if n > 1:
        convex = (even and base.bowl) or rises or (not odd and not even and base.affine)
        concave = odd and base.concave and base.nonpositive
    elif n > 0:
        norm = base.quadratic is not None and base.quadratic.nonnegative and 2 * n >= 1
        convex, concave = norm, base.concave
    else:
        convex, concave = not even and not odd and base.concave, False
    return Shape(
        convex=convex or log_convex,
        concave=concave,
        nonnegative=not odd or base.nonnegative,
        nonpositive=odd and base.nonpositive,
        log_convex=log_convex,
        log_concave=log_concave,
    )


def call(name: str, u: Shape) -> Shape:
    """A function of a piece."""
    number = u.number
    if number is not None:
        return constant(lambda: FUNCTIONS[name].number(float(number)))
    match name:
        case "exp":
            return Shape(convex=u.convex, nonnegative=True, log_convex=u.convex, log_concave=u.concave)
        case "log" | "ln":
            return Shape(convex=u.log_convex, concave=u.concave or u.log_concave)
        case "sqrt":
            return power(u, polynomial(Quadratic.constant(0.5)))
        case "abs":
            falls = (u.convex and u.nonpositive) or (u.concave and u.nonnegative)
            return Shape(convex=u.bowl, concave=falls, nonnegative=True)
        case "relu":
            return Shape(convex=u.convex, concave=u.concave and u.nonnegative, nonnegative=True)
        case "cosh":
            return Shape(convex=u.bowl, nonnegative=True, log_convex=u.bowl)
        case "sinh":
            return odd_function(u, rising_convex=True)
        case "tanh" | "atan" | "asinh" | "erf" | "cbrt":
            return odd_function(u, rising_convex=False)
        case "sigmoid":
            bent = odd_function(u, rising_convex=False)
            return Shape(convex=bent.convex, concave=bent.concave, nonnegative=True, log_concave=u.concave)
    return UNKNOWN


def largest(shapes: Sequence[Shape]) -> Shape:
    """The largest of several: convex where all are."""
    return Shape(
        convex=all(shape.convex for shape in shapes),
        nonnegative=any(shape.nonnegative for shape in shapes),
        nonpositive=all(shape.nonpositive for shape in shapes),
    )


def odd_function(u: Shape, rising_convex: bool) -> Shape:
    """An increasing function with the sign of its argument, convex where that is positive and concave elsewhere.

    Or, where it is not `rising_convex`, the other way round.
    """
    first, second = (u.convex and u.nonnegative), (u.concave and u.nonpositive)
    if not rising_convex:
        first, second = (u.convex and u.nonpositive), (u.concave and u.nonnegative)
    return Shape(convex=first, concave=second, nonnegative=u.nonnegative, nonpositive=u.nonpositive)
