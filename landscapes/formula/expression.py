"""The security boundary: a formula's tree becomes SymPy objects through a whitelist of names, and nothing else does."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

import sympy as sp

from landscapes.formula.functions import FUNCTIONS, LARGER, OF_TWO, Function, choose, larger, modulus
from landscapes.formula.identities import BETTER, power_of, product_of, quotient_of, sum_of
from landscapes.formula.names import EXAMPLES, NO_NUMBERS, PARAMETER, REFUSED, SEVERAL, STATEMENTS, TAKEN, slip
from landscapes.formula.parser import read
from landscapes.formula.reader import LARGEST
from landscapes.formula.shorthand import COUNTS
from landscapes.formula.syntax import Call, Choice, FormulaError, Name, Negative, Node, Number, Power, Product, Sum
from words import Message, listed_later, message

HIGHEST_POWER = 64  # of one exponent that is a number
LONGEST_PIECE = 5  # parts of a piece that stands inside another without a name
MOST_PIECES = 24  # names for longer ones: this, not the length, bounds SymPy's work
MOST_PARAMETERS = 8

COORDINATES = sp.symbols("x y", real=True)
CONSTANTS = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Expression:
    """A checked formula as a SymPy tree in x, y, numbered parameters and names for its larger parts."""

    tree: sp.Expr
    parameters: tuple[str, ...]  # in the order in which they first appear
    definitions: Mapping[sp.Symbol, sp.Expr]  # what each name stands for, in terms of x, y and earlier names

    def symbols(self) -> list[sp.Symbol]:
        """The symbols that stand for the parameters: numbered, so that no name can shadow anything."""
        return [_symbol(index) for index in range(len(self.parameters))]


def _symbol(index: int) -> sp.Symbol:
    return sp.Symbol(f"parameter_{index}", real=True)


@dataclass(frozen=True)
class _Part:
    """A checked piece: a plain number, or a SymPy tree and the number of parts in it."""

    value: float | sp.Expr
    parts: int = 1

    @property
    def tree(self) -> sp.Expr:
        if not isinstance(self.value, float):
            return self.value
        whole = self.value.is_integer() and abs(self.value) < 2**53
        return sp.Integer(int(self.value)) if whole else sp.Float(self.value)


def parse(text: str, parameters: Sequence[str] | None = None, axes: tuple[str, str] = ("x", "y")) -> Expression:
    """Reads a formula in x and y, or what the axes are called: see `written` for how formulas are written.

    Args:
        text: at most 500 characters.
        parameters: the other names that may appear; None lets every other name become a parameter.
        axes: the names of the two coordinates.

    Raises:
        FormulaError: with the place of the offending part and what was expected there.
    """
    builder = _Builder(text, parameters, axes)
    tree = builder.build(read(text)).tree
    return Expression(tree, tuple(builder.names), builder.definitions)


class _Builder:
    def __init__(self, text: str, parameters: Sequence[str] | None, axes: tuple[str, str]) -> None:
        self.text, self.open, self.names = text, parameters is None, list(parameters or ())
        self.axes, self.coordinates = axes, dict(zip(axes, COORDINATES, strict=True))
        self.definitions: dict[sp.Symbol, sp.Expr] = {}

    def fail(self, reason: Message, node: Node) -> NoReturn:
        raise FormulaError(reason, self.text, *node.place)

    def build(self, node: Node) -> _Part:
        match node:
            case Number(value=value):
                return _Part(value)
            case Name():
                return self.name(node)
            case Negative(operand=operand):
                part = self.build(operand)
                return _Part(-part.value, part.parts)
            case Sum(terms=terms):
                return self.sum(node, [(sign, self.build(term)) for sign, term in terms])
            case Product(factors=factors):
                return self.product(node, [(sign, self.build(factor)) for sign, factor in factors])
            case Power(base=base, exponent=exponent):
                return self.power(node, self.build(base), self.build(exponent))
            case Call():
                return self.call(node)
            case Choice():
                return self.choice(node)

    def name(self, node: Name) -> _Part:
        name = node.name
        if name in self.axes:
            return _Part(self.coordinates[name])
        if name in CONSTANTS:
            return _Part(CONSTANTS[name])
        if name in NO_NUMBERS:
            self.fail(message("{name} is no number that a formula may hold", name=name), node)
        if name in STATEMENTS:
            self.fail(message("{name} belongs to a program; a formula is alone, as in x**2 + y**2", name=name), node)
        if name in TAKEN:
            self.fail(
                message(
                    "{name} needs an argument, write {example}", name=name, example=EXAMPLES.get(name, f"{name}(x)")
                ),
                node,
            )
        if name not in self.names:
            if not self.open:
                known = listed_later([*self.axes, *CONSTANTS, *self.names])
                self.fail(message("unknown name, known are {known}", known=known), node)
            if name.lower() in TAKEN | {*self.axes}:
                self.fail(message("write {name} in small letters", name=name.lower()), node)
            if slip(name, self.axes):
                self.fail(
                    message("one name or two? A product needs its sign, x*y, and a function its brackets, sin(x)"), node
                )
            if not PARAMETER.fullmatch(name):
                self.fail(
                    message("a name has at most 20 letters, digits and single _ between, and a letter first"), node
                )
            if len(self.names) == MOST_PARAMETERS:
                self.fail(message("one free name too many, at most {most} become knobs", most=MOST_PARAMETERS), node)
            self.names.append(name)
        return _Part(_symbol(self.names.index(name)))

    def sum(self, node: Node, terms: Sequence[tuple[str, _Part]]) -> _Part:
        if all(isinstance(term.value, float) for _, term in terms):
            return self.number(node, lambda: sum(-t.value if sign == "-" else t.value for sign, t in terms))
        tree = sp.Add(*(-term.tree if sign == "-" else term.tree for sign, term in terms))
        return self.piece(node, sum_of(tree), sum(term.parts for _, term in terms))

    def product(self, node: Node, factors: Sequence[tuple[str, _Part]]) -> _Part:
        if any(sign == "/" and factor.value == 0 for sign, factor in factors):
            self.fail(message("this divides by zero"), node)
        if all(isinstance(factor.value, float) for _, factor in factors):
            return self.number(node, lambda: math.prod(1 / f.value if sign == "/" else f.value for sign, f in factors))
        (_, result), *following = factors
        for sign, factor in following:
            quotient = quotient_of(result.tree, factor.tree) if sign == "/" else None
            if quotient is not None:
                result = self.piece(node, quotient, result.parts + factor.parts)
                continue
            power = power_of(factor.tree, sp.Integer(-1)) if sign == "/" else None
            tree, parts = self.short(node, factor if power is None else _Part(power, factor.parts))
            before, others = self.short(node, result)
            together = before * (1 / tree if sign == "/" and power is None else tree)
            result = self.piece(node, product_of(self.with_powers(together)), others + parts)
        return result

    def with_powers(self, product: sp.Expr) -> sp.Expr:
        """A product in which the powers of functions and roots, named ones too, are those that `power_of` knows."""
        for factor in sp.Mul.make_args(product):
            base, exponent = factor.as_base_exp()
            if exponent.is_Number and exponent != 1 and (base.is_Function or base in self.definitions):
                power = power_of(self.definitions.get(base, base), exponent)
                if power is not None:
                    product = product / factor * power
        return product

    def power(self, node: Power, base: _Part, exponent: _Part) -> _Part:
        if isinstance(exponent.value, float):
            n = exponent.value
            if abs(n) > HIGHEST_POWER:
                self.fail(message("exponents go from -{highest} to {highest}", highest=HIGHEST_POWER), node.exponent)
            exact = sp.Rational(n) if (4 * n).is_integer() else sp.Float(n)
            function = Function(lambda u: u**exact, lambda u: u**n, everywhere=n.is_integer())
            return self.of(node, function, base, lambda u: power_of(u, exact))
        if isinstance(base.value, float) and base.value <= 0:
            self.fail(message("only a positive number can have a variable exponent"), node.base)
        logarithm = self.of(node.base, FUNCTIONS["log"], base)
        return self.of(node, FUNCTIONS["exp"], self.product(node, [("*", exponent), ("*", logarithm)]))

    def call(self, node: Call) -> _Part:
        if node.name in LARGER:
            return self.largest(node, LARGER[node.name])
        if node.name in OF_TWO and len(node.arguments) == 2:
            return self.of_two(node)
        if node.name in COUNTS and node.name not in FUNCTIONS:
            if COUNTS[node.name] == (1,):
                self.fail(message("{name} takes one argument", name=node.name), node)
            counts = " or ".join(map(str, COUNTS[node.name]))
            self.fail(message("{name} takes {count} arguments", name=node.name, count=counts), node)
        if node.name in SEVERAL:
            self.fail(message("{name} takes {count} arguments", name=node.name, count=SEVERAL[node.name][0]), node)
        function = FUNCTIONS.get(node.name) or self.unknown(node)
        if len(node.arguments) > 1:
            self.fail(message("{name} takes one argument, decimals are written 0.5", name=node.name), node)
        return self.of(node, function, self.build(node.arguments[0]), BETTER.get(node.name))

    def of_two(self, node: Call) -> _Part:
        """A function of two arguments."""
        function, number = OF_TWO[node.name]
        built = [self.build(argument) for argument in node.arguments]
        if all(isinstance(each.value, float) for each in built):
            return self.number(node, lambda: number(*(float(each.value) for each in built)))
        shorter = [self.short(node, each) for each in built]
        return self.piece(node, function(*(tree for tree, _ in shorter)), 1 + sum(parts for _, parts in shorter))

    def largest(self, node: Call, sign: int) -> _Part:
        """The largest of the arguments, or the smallest: -max(-u, -v)."""
        fewest, most = SEVERAL[node.name]
        if not fewest <= len(node.arguments) <= most:
            self.fail(
                message("{name} takes {fewest} to {most} arguments", name=node.name, fewest=fewest, most=most), node
            )
        built = [self.build(argument) for argument in node.arguments]
        if all(isinstance(each.value, float) for each in built):
            return _Part(sign * max(sign * float(each.value) for each in built))
        result, parts = self.short(node, built[0])
        result = sign * result
        for each in built[1:]:
            tree, others = self.short(node, each)
            result, parts = larger(result, sign * tree), parts + others + 1
        return self.piece(node, sign * result, parts)

    def choice(self, node: Choice) -> _Part:
        """What holds on one side of a border, and elsewhere: a piece with a name, see `Derivatives`."""
        left, right, there, elsewhere = (
            self.short(each, self.build(each))[0] for each in (node.left, node.right, node.where, node.elsewhere)
        )
        if node.order in ("<", ">="):
            left, right = right, left
        if node.order in ("<=", ">="):
            there, elsewhere = elsewhere, there
        return _Part(self.named(node, choose(left - right, there, elsewhere)))

    def unknown(self, node: Call) -> Function:
        name = node.name
        if name in {*self.axes, *CONSTANTS, *self.names}:
            self.fail(message("a product needs its sign, write {name}*(...)", name=name), node)
        if name in REFUSED:
            self.fail(message(REFUSED[name]), node)
        close = get_close_matches(name.lower(), [*FUNCTIONS, *SEVERAL, *COUNTS], n=1, cutoff=0.55)
        known = listed_later(FUNCTIONS)
        if close:
            self.fail(
                message(
                    "unknown function {name}, did you mean {guess}? Known are {known}",
                    name=name,
                    guess=close[0],
                    known=known,
                ),
                node,
            )
        self.fail(message("unknown function {name}. Known are {known}", name=name, known=known), node)

    def of(
        self, node: Node, function: Function, argument: _Part, better: Callable[[sp.Expr], sp.Expr | None] | None = None
    ) -> _Part:
        if isinstance(argument.value, float):
            number = argument.value
            return self.number(node, lambda: function.number(number))
        stable = None if better is None else better(argument.value)
        if stable is not None:
            return self.piece(node, stable.replace(sp.Abs, modulus), argument.parts + 1)
        tree, parts = self.short(node, argument)
        result = function.tree(tree).replace(sp.Abs, modulus)  # SymPy's sqrt(u**2) is Abs(u)
        return self.piece(node, result, parts + 1 if function.everywhere else LONGEST_PIECE + 1)

    def short(self, node: Node, part: _Part) -> tuple[sp.Expr, int]:
        """A piece and its parts, or a name and 1 if it is long: SymPy never meets long trees inside others.

        Nor what may be complex in its eyes, such as log(x), which counts as long: it would wonder about it at length.
        """
        if part.parts <= LONGEST_PIECE:
            return part.tree, part.parts
        return self.named(node, part.tree), 1

    def named(self, node: Node, tree: sp.Expr) -> sp.Symbol:
        """A name for a piece."""
        if len(self.definitions) == MOST_PIECES:
            self.fail(
                message("this is too much in one formula, write fewer factors or fewer brackets inside brackets"), node
            )
        for symbol, known in self.definitions.items():
            if known == tree:
                return symbol
        signs = {"positive": tree.is_positive, "nonnegative": tree.is_nonnegative}
        symbol = sp.Symbol(f"piece_{len(self.definitions)}", real=True, **signs)
        self.definitions[symbol] = tree
        return symbol

    def piece(self, node: Node, tree: sp.Expr, parts: int) -> _Part:
        if tree.is_Number or tree in (sp.I, sp.zoo) or sp.I in tree.args:
            return self.number(node, lambda: float(tree))
        if any(abs(number) > LARGEST for number in tree.args if number.is_Number):
            self.fail(message("numbers go up to {most}, and these multiply to more", most=f"{LARGEST:g}"), node)
        return _Part(tree, parts)

    def number(self, node: Node, compute: Callable[[], Any]) -> _Part:
        try:
            value = compute()
        except (OverflowError, ZeroDivisionError, TypeError, ValueError):
            value = math.nan  # refused below, with its place
        if isinstance(value, complex) or not abs(value) <= LARGEST:
            self.fail(message("this has no finite real value"), node)
        return _Part(float(value))
