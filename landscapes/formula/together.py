"""Names that stand together without a sign, as in 3xy: which are products, and which are asked about."""

import re
from collections.abc import Collection, Iterator, Sequence

from landscapes.formula.names import ALIASES, BARE, TAKEN
from landscapes.formula.syntax import Place
from landscapes.formula.tokens import Token


def apart(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a formula, with a product that is written without signs as its factors: x and y of 3xy."""
    for at, token in enumerate(tokens):
        if token.kind != "name" or token.text != text[slice(*token.place)]:
            yield token
            continue
        following, start = tokens[at + 1], token.place.start
        raised = following.text == "**" or following.kind == "power"
        for factor in factors_of(token.text, raised, following.text in ("(", "[", "{")):
            yield Token("name", factor, Place(start, start + len(factor)))
            start += len(factor)


def factors_of(name: str, raised: bool, called: bool) -> tuple[str, ...]:
    """The factors of a product without signs, as in 3xy, 2pix, x_1x_2, xsin(y) and xe^y; of other names the name alone.

    Args:
        name: a name as it was typed.
        raised: whether an exponent follows, as it does in xe^y.
        called: whether a bracket follows, as it does in xsin(y).

    >>> factors_of("xy", False, False), factors_of("w_1w_2", False, False), factors_of("xexp", False, True)
    (('x', 'y'), ('w_1', 'w_2'), ('x', 'exp'))
    """
    last = "e" if raised else "|".join(sorted(BARE, key=len, reverse=True)) if called else "(?!)"
    if name in TAKEN or ALIASES.get(name, name) in TAKEN:
        return (name,)
    if re.fullmatch(r"(?:[A-Za-z]_?\d+){2,}|(?:[A-Za-z]_[A-Za-z]){2,}", name):
        return tuple(re.findall(r"[A-Za-z]_?\d+|[A-Za-z]_[A-Za-z]", name))
    found = re.fullmatch(rf"((?:pi)?[xyz]+(?:pi)?)({last})?", name)
    return (name,) if found is None else (*re.findall("pi|[xyz]", found[1]), *filter(None, [found[2]]))


def of_letters(name: str, names: Collection[str]) -> bool:
    """Whether a name ends in an axis as a coefficient's product does, as in ax² + bxy; vx beside vy is a name.

    >>> of_letters("ax", ("ax", "by")), of_letters("vx", ("vx", "vy"))
    (True, False)
    """
    found = re.fullmatch(r"([A-Za-z](?:_?\d+)?)(?:xy|[xy])", name)
    return found is not None and not {f"{found[1]}x", f"{found[1]}y"} <= set(names)
