"""A formula with numbers in the place of its parameters, and simpler where those numbers make it simpler."""

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from landscapes.formula.syntax import (
    Call,
    Choice,
    Name,
    Negative,
    Node,
    Number,
    Place,
    Power,
    Product,
    Sum,
    changed,
    parts,
)

DIGITS = 6  # significant digits of a number in a formula
ROUNDING = 1e-12  # relative: numbers that differ by less are the same
FINEST = 360  # largest denominator of a fraction of π
VALUES: Mapping[str, Callable[[float], float]] = {  # functions whose whole values are written as numbers
    "sin": math.sin,
    "cos": math.cos,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "log": math.log,
    "ln": math.log,
    "abs": abs,
}
Parts = tuple[tuple[str, Node], ...]  # of a sum or a product: sign and part


def substitute(node: Node, values: Mapping[str, float]) -> Node:
    """The formula with its parameters' numbers, as one would write it down with these numbers at the board.

    Terms 0, factors 1, exponents 1 and cos(0) disappear, numbers that meet are added or multiplied, and a multiple of
    π is a fraction of π. What holds no parameter stays as it was written.
    """
    if not holds(node, values):
        return node
    match node:
        case Name(place=place, name=name):
            return Number(place, float(values[name]))
        case Negative(place=place, operand=operand):
            return negative(place, substitute(operand, values))
        case Sum(place=place, terms=terms):
            return _sum(place, tuple((sign, substitute(term, values)) for sign, term in terms))
        case Product(place=place, factors=factors):
            fresh = [holds(factor, values) for _, factor in factors]
            return _product(place, tuple((sign, substitute(factor, values)) for sign, factor in factors), fresh)
        case Power(place=place, base=base, exponent=exponent):
            return _power(place, substitute(base, values), substitute(exponent, values))
        case Call(place=place, name=name, arguments=(argument,)):
            return _call(place, name, substitute(argument, values))
        case Call(place=place, name=name, arguments=arguments):
            return Call(place, name, tuple(substitute(argument, values) for argument in arguments))
        case Number() | Choice():
            return changed(node, lambda part: substitute(part, values))


def holds(node: Node, names: Iterable[str]) -> bool:
    """Whether one of the names occurs."""
    return node.name in names if isinstance(node, Name) else any(holds(part, names) for part in parts(node))


def negative(place: Place, node: Node) -> Node:
    """The node with the other sign."""
    match node:
        case Number(value=value):
            return Number(place, -value)
        case Negative(operand=operand):
            return operand
    return Negative(place, node)


def plain(node: Node) -> float | None:
    """The value of a number, with its sign; None for everything else."""
    match node:
        case Number(value=value):
            return value
        case Negative(operand=Number(value=value)):
            return -value
    return None


def shown_exactly(value: float) -> bool:
    """Whether the digits that a formula shows are the whole number."""
    return math.isfinite(value) and math.isclose(float(f"{value:.{DIGITS}g}"), value, rel_tol=ROUNDING)


def _sum(place: Place, terms: Parts) -> Node:
    """Numbers added up where the first of them stood, and every sign in front of its term."""
    terms = tuple(_signed(sign, term) for sign, term in terms)
    numbers = [
        (at, value if sign == "+" else -value)
        for at, (sign, term) in enumerate(terms)
        if (value := plain(term)) is not None
    ]
    total = sum(value for _, value in numbers)
    if abs(total) <= ROUNDING * max((abs(value) for _, value in numbers), default=0.0):
        total = 0.0
    if numbers and shown_exactly(total):
        at = {index for index, _ in numbers}
        first = min(at)
        added = {first: ("-" if total < 0 else "+", Number(terms[first][1].place, abs(total)))} if total else {}
        terms = tuple(added.get(index, term) for index, term in enumerate(terms) if index not in at or index in added)
    if len(terms) > 1:
        return Sum(place, terms)
    if not terms:
        return Number(place, 0.0)
    sign, term = terms[0]
    return term if sign == "+" else negative(place, term)


def _signed(sign: str, term: Node) -> tuple[str, Node]:
    """A term without a minus of its own."""
    return ("-" if sign == "+" else "+", term.operand) if isinstance(term, Negative) else (sign, term)


def _product(place: Place, factors: Parts, fresh: list[bool]) -> Node:
    """Signs in front, numbers multiplied where the first of them stood; `fresh` are the factors with a parameter."""
    if any(sign == "/" and plain(factor) == 0 for sign, factor in factors):
        return Product(place, factors)  # which has no value
    if any(sign == "*" and plain(factor) == 0 for sign, factor in factors):
        return Number(place, 0.0)
    whole = _constant(place, factors)
    if whole is not None:
        return whole
    minus, parts = False, []
    for (sign, factor), new in zip(factors, fresh, strict=True):
        value = plain(factor)
        if new and (isinstance(factor, Negative) or (value is not None and value < 0)):
            minus, factor = not minus, negative(factor.place, factor)
        parts.append((sign, factor))
    parts = _gathered(parts, fresh)
    parts = [part for part in parts if plain(part[1]) != 1]
    if not parts or parts[0][0] == "/":
        parts.insert(0, ("*", Number(place, 1.0)))
    result = parts[0][1] if len(parts) == 1 else Product(place, tuple(parts))
    return negative(place, result) if minus else result


def _gathered(parts: list[tuple[str, Node]], fresh: list[bool]) -> list[tuple[str, Node]]:
    """The factors with their numbers in one, where a parameter is among them and the digits shown say it exactly."""
    over, under = ([at for at, (s, part) in enumerate(parts) if s == sign and plain(part) is not None] for sign in "*/")
    top, bottom = (math.prod(float(plain(parts[at][1]) or 0.0) for at in places) for places in (over, under))
    if not any(fresh[at] for at in over) or top == 1:  # x/2 stays what it is
        return parts
    quotient = top / bottom if bottom else math.inf  # a product of numbers may be too small for one
    gone, number = (over[1:] + under, quotient) if shown_exactly(quotient) else (over[1:], top)
    if not shown_exactly(number) or number == 0:
        return parts
    first = over[0]
    together = ("*", Number(parts[first][1].place, number))
    return [together if at == first else part for at, part in enumerate(parts) if at not in gone]


def _constant(place: Place, factors: Parts) -> Node | None:
    """A product of numbers as one number, and one of numbers and π as a fraction of π; None where it is neither."""
    value, circles = 1.0, 0
    for sign, factor in factors:
        number = plain(factor)
        if isinstance(factor, Name) and factor.name == "pi":
            circles += 1 if sign == "*" else FINEST
        elif number is None:
            return None
        else:
            value = value * number if sign == "*" else value / number
    if value == 0:  # of factors that are not: too small for a number
        return None
    if circles == 0 and shown_exactly(value):
        return Number(place, value)
    return _turns(place, value) if circles == 1 and math.isfinite(value) else None


def _turns(place: Place, share: float) -> Node:
    """π times a number: as a fraction where it is one."""
    size = abs(share)
    fraction = Fraction(size).limit_denominator(FINEST)
    if not math.isclose(fraction, size, rel_tol=ROUNDING):
        fraction = Fraction(f"{size:.{DIGITS}g}")
    simple = fraction.denominator <= FINEST
    parts: list[tuple[str, Node]] = [("*", Name(place, "pi"))]
    if fraction.numerator != 1 or not simple:
        parts.insert(0, ("*", Number(place, float(fraction.numerator if simple else fraction))))
    if fraction.denominator != 1 and simple:
        parts.append(("/", Number(place, float(fraction.denominator))))
    turns = parts[0][1] if len(parts) == 1 else Product(place, tuple(parts))
    return negative(place, turns) if share < 0 else turns


def _power(place: Place, base: Node, exponent: Node) -> Node:
    """x¹ is x, x⁰ is 1, and an even power has no sign."""
    low, high = plain(base), plain(exponent)
    if high == 1:
        return base
    if high == 0 or low == 1:
        return Number(place, 1.0)
    if low is not None and high is not None and (low > 0 or (high > 0 and high.is_integer())):
        value = _raised(low, high)
        whole = shown_exactly(value) and (value != 0 or low == 0)  # a power may be too small for a number
        return Number(place, value) if whole else Power(place, base, exponent)
    if isinstance(base, Negative) and high is not None and high.is_integer():
        power = Power(place, base.operand, exponent)
        return power if high % 2 == 0 else Negative(place, power)
    return Power(place, base, exponent)


def _raised(low: float, high: float) -> float:
    """A power of numbers; infinite where it is too large for one."""
    try:
        return float(low**high)
    except OverflowError:
        return math.inf


def _call(place: Place, name: str, argument: Node) -> Node:
    """A function of a number where it has a whole value: cos(0) is 1, sin(π) is 0, sqrt(4) is 2."""
    inside = evaluated(argument)
    if name in VALUES and inside is not None:
        try:
            value = VALUES[name](inside)
        except (ValueError, OverflowError):  # which has no value; the surface says so too
            return Call(place, name, (argument,))
        whole = round(value) if abs(value) < 10**DIGITS else None
        if whole is not None and abs(value - whole) <= 2e-16 * max(1.0, abs(inside)):
            return Number(place, float(whole))
    return Call(place, name, (argument,))


def evaluated(node: Node) -> float | None:
    """The value of a number, or of one times or over π; None for everything else."""
    number = plain(node)
    if number is not None:
        return number
    match node:
        case Name(name="pi"):
            return math.pi
        case Negative(operand=operand):
            value = evaluated(operand)
            return None if value is None else -value
        case Product(factors=factors):
            result = 1.0
            for sign, factor in factors:
                value = evaluated(factor)
                if value is None or (sign == "/" and value == 0):
                    return None
                result = result * value if sign == "*" else result / value
            return result
    return None
