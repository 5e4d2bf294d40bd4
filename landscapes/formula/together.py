"""What stands together without a sign, as in 3xy and 2sin(x): which are products, and which are asked about."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn

from landscapes.formula.names import ALIASES, BARE, GREEK_NAME, TAKEN, WORDS
from landscapes.formula.syntax import Name, Node, Place
from landscapes.formula.tokens import PARTNERS, Token
from words import mark, message

if TYPE_CHECKING:
    from landscapes.formula.reader import Reader

WORD = re.compile(r"[A-Za-z]{4,}", re.ASCII)  # in front of which or behind which a product needs its sign
SIGN_NEEDED = mark("a product needs its sign, write * between these")


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


def starts_a_factor(reader: "Reader") -> bool:
    """Whether what follows is a factor without a sign in front of it."""
    opens = reader.next.text in ("(", "[", "{") or (reader.next.text == "|" and not reader.strokes)
    if reader.next.text in WORDS or reader.next.text == r"\end{cases}":
        return False
    return reader.next.kind in ("number", "fraction", "name", "root", "command") or opens


def check_words(reader: "Reader", left: Node, right: Node, place: Place) -> None:
    """Refuses a word as a factor without a sign: plot x^2, x squared."""
    for node in (left, right):
        known = isinstance(node, Name) and (node.name in TAKEN or GREEK_NAME.fullmatch(node.name))
        if isinstance(node, Name) and WORD.fullmatch(node.name) and not known:
            reader.fail(message(SIGN_NEEDED), place)


def ask_for_brackets(reader: "Reader", first: int, below: int) -> NoReturn:
    """Refuses 1/2x with both of its readings; the product begins at `first`, and what is divided by at `below`."""
    stop, following = reader.tokens[reader.at - 1].place.end, reader.next
    top = reader.text[first:below].rstrip().removesuffix("/").rstrip()
    end, depth = following.place.end, 0
    for token in reader.tokens[reader.at : -1]:  # up to the partner of a bracket
        depth += (token.text in PARTNERS and token.text != "|") - (token.text in ")]}")
        end = token.place.end
        if depth == 0:
            break
    reader.fail(
        message(
            "this can be read in two ways, as ({quotient})*{next} or as {top}/({bottom}*{next}). Write brackets",
            quotient=reader.text[first:stop],
            next=reader.text[following.place.start : end],
            top=top,
            bottom=reader.text[below:stop],
        ),
        Place(first, end),
    )
