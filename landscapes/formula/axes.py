"""Which of the names in a formula are its axes; the others are numbers to be set."""

import re
from collections.abc import Collection

from landscapes.formula.names import CONSTANTS, GREEK, PARAMETER, TAKEN, slip
from landscapes.formula.parser import body, written
from landscapes.formula.syntax import names
from landscapes.landscape import AXES

PAIRS = (("X", "Y"), ("w", "b"), ("u", "v"))
WITH_ONE = (AXES, ("x", "z"), ("y", "z"))  # where one of x and y occurs
COEFFICIENTS = {"a", "b", "c", "d", "k", "m", "n"} | (
    GREEK - {"theta", "phi", "psi", "xi", "zeta", "chi", "rho"}
)  # what formulas call the numbers in them, more often than their variables
NUMBERED = re.compile(r"([A-Za-z]+_?)(\d+)")


def suggested_axes(text: str, parameters: Collection[str] = ()) -> tuple[str, str]:
    """The two names that a formula's axes are called by, unless somebody wants others.

    Those in f(w, b) = where the text begins so, or w_1 and w_2 of f(w) = w_1**2 + w_2**2; x and y where one of them
    occurs, unless its partner is z; a known pair such as w, b or u, v; two names that are numbered, such as x1, x2; or
    the first two names. Those that coefficients often have, such as a or lambda_1, come last.

    >>> suggested_axes("100*(x2 - x1**2)**2 + (1 - x1)**2"), suggested_axes("a*w**2 + b**2")
    (('x1', 'x2'), ('w', 'b'))
    >>> suggested_axes("lambda_1*x_1**2 + lambda_2*x_2**2"), suggested_axes("a*p**2 + q**2"), suggested_axes("a*p")
    (('x_1', 'x_2'), ('p', 'q'), ('a', 'p'))

    Args:
        text: a formula.
        parameters: names in it that are no axes.

    Raises:
        FormulaError: the text is no formula.
    """
    arguments = written(text).arguments
    free = tuple(name for name in names_of(text) if name not in parameters)
    if len(arguments) == 1 and arguments[0] not in free:  # f(x) = x_1**2 + x_2**2: a vector, called by its numbers
        parts = [name for name in free if component_of(name) == arguments[0]]
        if parts:
            return numbered(tuple(parts))[0] if len(parts) > 1 else beside(parts[0], free)
    elif arguments:
        return (arguments[0], arguments[1]) if len(arguments) > 1 else beside(arguments[0], free)
    strange = any(slip(name, AXES) or name in TAKEN or not PARAMETER.fullmatch(name) for name in free)
    if set(AXES) & set(free) or not free or strange:
        return next((pair for pair in WITH_ONE if set(pair) <= set(free)), AXES)
    likely = tuple(name for name in free if component_of(name) not in COEFFICIENTS)
    for pair in (*PAIRS, *numbered(likely), *numbered(free)):
        if set(pair) <= set(free):
            return pair
    if len(likely) == 1 and {component_of(name) for name in free} - set(likely) == {"lambda"}:
        return beside(likely[0], free)  # λ|w| is a penalty on w
    first, *others = likely if len(likely) > 1 else free
    return (first, others[0]) if others else beside(first, free)


def names_of(text: str) -> tuple[str, ...]:
    """All names in a formula that may be an axis or a knob, in the order in which they first appear.

    Raises:
        FormulaError: the text is no formula.
    """
    return tuple(name for name in names(written(text).tree) if name not in CONSTANTS)


def with_axes(text: str, axes: tuple[str, str]) -> str:
    """The formula with these axes: as it is where it suggests them, and with f(w, b) = in front where it does not.

    >>> with_axes("(y - w*x - b)**2", ("w", "b")), with_axes("f(w, b) = w*x + y", ("x", "y"))
    ('f(w, b) = (y - w*x - b)**2', 'w*x + y')

    Raises:
        FormulaError: the text is no formula.
    """
    before, alone = body(text)
    if before:
        return f"{before}\nf({', '.join(axes)}) = {alone}"
    return alone if suggested_axes(alone) == axes else f"f({', '.join(axes)}) = {alone}"


def numbered(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The two lowest numbers of each name that occurs with several: x1 and x2 of x3, x2 and x1."""
    stems: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        if found := NUMBERED.fullmatch(name):
            stems.setdefault(found[1], []).append((int(found[2]), name))
    return [(first[1], second[1]) for first, second, *_ in (sorted(each) for each in stems.values() if len(each) > 1)]


def component_of(name: str) -> str:
    """What is numbered: x of x_1, of x1 and of x."""
    return name.rstrip("0123456789").rstrip("_")


def beside(name: str, names: tuple[str, ...]) -> tuple[str, str]:
    """A single axis, and a name for the other one, which does not occur: w has b, x1 has x2, and others have y."""
    partner = dict((AXES, *PAIRS)).get(name, "y")
    if found := NUMBERED.fullmatch(name):
        partner = f"{found[1]}{int(found[2]) + 1}"
    return name, next(each for each in (partner, "x", "y", "z") if each not in (name, *names))
