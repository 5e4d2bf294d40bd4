"""What a name means with what stands behind it: sin(x), sin x, sin²(x), x.pow(2), max([x, y]), MATLAB's x(1)."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from landscapes.formula.forms import FORMS
from landscapes.formula.names import BARE, CALLED, CONSTANTS, GREEK_NAME, WORDS, no_greek_function
from landscapes.formula.shorthand import BASES, LETTERS, SHORTHAND
from landscapes.formula.sums import MOST_NODES, size
from landscapes.formula.syntax import Call, Name, Negative, Node, Number, Place, Power, Product, changed
from landscapes.formula.tokens import POINT, Token
from words import message

if TYPE_CHECKING:
    from landscapes.formula.reader import Reader

NO_FUNCTION = re.compile(rf"[xyz]|{'|'.join(CONSTANTS)}|[A-Za-z]_?\d+|{GREEK_NAME.pattern}", re.ASCII)
INVERSES = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}
OF_A_LIST = {"max": "max", "min": "min", "logsumexp": "logsumexp", "norm": "hypot"}  # as their names mean here
COMPONENT = re.compile(r"[xwuvpX]|theta")  # what MATLAB's x(1) is a part of
WORDS_OR_FUNCTIONS = ("gamma", "zeta", "beta")  # Greek letters, or functions of these names


def named(reader: "Reader", token: Token) -> Node:
    """A name, or a function of what is in the brackets behind it, or of the name or number behind it."""
    name, behind = token.text, reader.next
    refuse_greek_functions(reader, token)
    if is_component(reader, token):
        return component(reader, token)
    if is_form(reader, token):
        return FORMS[name](reader, token)
    if behind.text in ("(", "{") and (name in BARE or not NO_FUNCTION.fullmatch(name)):
        return with_brackets(reader, token)
    if behind.text == "[" and name in CALLED:
        return with_square_brackets(reader, token)
    if name in BARE and (behind.text == "**" or behind.kind == "power"):
        return with_exponent(reader, token)
    if name in BARE and (behind.kind in ("name", "number") or (behind.text == "|" and not reader.strokes)):
        return without_brackets(reader, token)
    return Name(token.place, name)


def refuse_greek_functions(reader: "Reader", token: Token) -> None:
    """Refuses gamma(x) and σ(x), which are functions in some books and products with a Greek letter in others."""
    if reader.next.text != "(":
        return
    written = reader.text[slice(*token.place)]
    if written in WORDS_OR_FUNCTIONS and is_adjacent(reader, token):
        reader.fail(no_greek_function(token.text), token.place)
    if written in ("σ", r"\sigma", "sigma"):
        reader.fail(
            message("this can be read in two ways, as sigmoid(x) or as {name}*(x)", name=token.text),
            Place(token.place.start, reader.next.place.end),
        )


def is_adjacent(reader: "Reader", token: Token) -> bool:
    """Whether the next token follows without a blank."""
    return reader.next.place.start == token.place.end


def is_component(reader: "Reader", token: Token) -> bool:
    """Whether name and brackets are a part of a list, as in MATLAB: x(1)."""
    opening, number, closing = (reader.tokens[min(reader.at + k, len(reader.tokens) - 1)] for k in range(3))
    whole = (opening.text, closing.text) == ("(", ")") and number.text.isdigit()
    return whole and is_adjacent(reader, token) and COMPONENT.fullmatch(token.text) is not None


def component(reader: "Reader", token: Token) -> Node:
    """x(1), which is x1 here."""
    _, number, closing = reader.take(), reader.take(), reader.take()
    return Name(Place(token.place.start, closing.place.end), token.text + number.text)


def is_form(reader: "Reader", token: Token) -> bool:
    """Whether the name begins a form with brackets of its own, such as where(x > 0, x, 0)."""
    name, behind = token.text, reader.next.text
    of_vectors = name in ("sum", "prod") and reader.length == "norm"  # in a rule, as in sum(g**2)
    square = name == "where" and behind == "["
    return name in FORMS and (behind == "_" or square or (behind == "(" and not of_vectors))


def with_brackets(reader: "Reader", token: Token) -> Node:
    """A function with its arguments in brackets, or in a list in brackets: max(x, y), max([x, y])."""
    name = token.text
    if name in OF_A_LIST and is_list(reader):
        opening = reader.opened()
        arguments, _ = reader.inside()
        name, end = OF_A_LIST[name], reader.closed(opening)
    else:
        arguments, end = reader.inside()
    return called(reader, Place(token.place.start, end), name, arguments)


def is_list(reader: "Reader") -> bool:
    """Whether the brackets that are next hold a list and nothing else: ([x, y])."""
    depth = 0
    for at in range(reader.at + 1, len(reader.tokens) - 1):
        depth += (reader.tokens[at].text in "([{") - (reader.tokens[at].text in ")]}")
        if depth == 0:
            return reader.tokens[reader.at + 1].text == "[" and reader.tokens[at + 1].text == ")"
    return False


def with_square_brackets(reader: "Reader", token: Token) -> Node:
    r"""Sin[x], as Mathematica has it, or a root with its degree: \sqrt[3]{x}."""
    arguments, end = reader.inside()
    in_latex = reader.text[slice(*token.place)].startswith("\\")
    if token.text == "sqrt" and (in_latex or reader.next.text in ("(", "{")):
        return root_of_degree(reader, token, arguments[0])
    return called(reader, Place(token.place.start, end), token.text, arguments)


def root_of_degree(reader: "Reader", token: Token, degree: Node) -> Node:
    """The root of what is in the brackets that are next; a third root is that of negative numbers too."""
    base, end = reader.inside()
    place = Place(token.place.start, end)
    if isinstance(degree, Number) and degree.value == 3:
        return Call(place, "cbrt", base)
    return Power(place, base[0], Product(token.place, (("*", Number(token.place, 1.0)), ("/", degree))))


def with_exponent(reader: "Reader", token: Token) -> Node:
    """A function with an exponent in front of its argument: sin²(x) is sin(x)²; sin⁻¹(x) is asked about."""
    exponent = reader.exponent()
    if isinstance(exponent, Negative) and token.text in INVERSES:
        reader.fail(
            message(
                "this can be read in two ways, as {inverse}(x) or as 1/{name}(x)",
                inverse=INVERSES[token.text],
                name=token.text,
            ),
            Place(token.place.start, reader.next.place.start),
        )
    if not isinstance(exponent, Number):
        reader.unclear(token.text, Place(token.place.start, reader.next.place.end))
    in_brackets = reader.next.text in ("(", "{")
    call = with_brackets(reader, token) if in_brackets else without_brackets(reader, token)
    return Power(call.place, call, exponent)


def without_brackets(reader: "Reader", token: Token) -> Node:
    """A function whose argument needs no brackets, as it is one name or one number: sin x, cos 2πx."""
    factors = [reader.operand(token)]
    while token.text in INVERSES and is_constant(factors[-1]) and names_a_number(reader):
        factors.append(reader.operand(token))
    place = Place(factors[0].place.start, factors[-1].place.end)
    argument = Product(place, tuple(("*", factor) for factor in factors)) if factors[1:] else factors[0]
    unclear = reader.next.kind in ("power", "number") or reader.next.text in ("**", "(", "[", "{")
    unclear |= reader.next.text == "*" and is_constant(argument)
    if unclear or names_a_number(reader):
        reader.unclear(token.text, Place(token.place.start, reader.next.place.end))
    return called(reader, Place(token.place.start, argument.place.end), token.text, (argument,))


def is_constant(node: Node) -> bool:
    """Whether a factor is a number or π, behind which the angle goes on: 2πx."""
    return isinstance(node, Number) or (isinstance(node, Name) and node.name == "pi")


def names_a_number(reader: "Reader") -> bool:
    """Whether the next token is a name and neither a function nor a word."""
    return reader.next.kind == "name" and reader.next.text not in BARE.union(WORDS)


def with_methods(reader: "Reader", base: Node) -> Node:
    """The base, with the functions that are written behind it: x.pow(2) is pow(x, 2)."""
    while reader.next.kind == "method":
        method = reader.take()
        opening = reader.opened()
        others = () if reader.next.text == ")" else reader.listed()
        if others and method.text in BARE:
            reader.fail(message(POINT), Place(method.place.start, method.place.start + 1))
        base = called(reader, Place(base.place.start, reader.closed(opening)), method.text, (base, *others))
    return base


def called(reader: "Reader", place: Place, name: str, arguments: tuple[Node, ...]) -> Node:
    """A call, written out where its name is a shorthand."""
    base = arguments[1] if (name, len(arguments)) == ("log", 2) else None
    if isinstance(base, Number) and base.value in BASES:
        return Call(place, BASES[base.value], arguments[:1])
    if isinstance(base, Name) and base.name == "e":
        return Call(place, "log", arguments[:1])
    text = SHORTHAND.get((name, len(arguments)))
    if text is None:
        return Call(place, name, arguments)
    result = filled(reader.template(text), dict(zip(LETTERS, arguments, strict=False)), place)
    if size(result) > MOST_NODES:
        reader.fail(message("this is too long to be written out"), place)
    return result


def filled(node: Node, arguments: dict[str, Node], place: Place) -> Node:
    """A template with the arguments in the place of its letters, all else at the place of the call."""
    if isinstance(node, Name) and node.name in arguments:
        return arguments[node.name]
    return changed(replace(node, place=place), lambda part: filled(part, arguments, place))
