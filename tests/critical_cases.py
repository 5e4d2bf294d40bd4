"""Formulas whose critical points are known because they were put there, and what the search says, for the tests."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from landscapes import find_critical_points, formula

SQUARE = ((-2.0, 2.0), (-2.0, 2.0))


def found_in(text, domain=SQUARE):
    return find_critical_points(formula(text, domain))


def positions(found):
    return np.array([point.position for point in found.points]).reshape(-1, 2)


def kinds(found):
    return Counter(point.kind for point in found.points)


def natures(found):
    return Counter(point.nature for point in found.points)


class Root(NamedTuple):
    """A zero of the slope of a curve: where, with which index, and whether the second derivative is not 0 there."""

    place: float
    index: int
    simple: bool


class Placed(NamedTuple):
    """A critical point as it was put there."""

    position: tuple[float, float]
    index: int
    nature: str
    simple: bool


def curve(rng, letter):
    """A formula in one letter and the zeros of its slope."""
    sign = int(rng.choice([-1, 1]))
    size = sign * round(float(10 ** rng.uniform(-1, 1)), 3)
    middle = round(float(rng.uniform(-1.3, 1.3)), int(rng.integers(1, 6)))
    apart = float(f"{10 ** rng.uniform(-4, -0.4):.3g}")
    t = f"({letter} - ({middle}))"
    single = (Root(middle, sign, True),)
    pair = (Root(middle - apart, -sign, True), Root(middle + apart, sign, True))
    triple = tuple(Root(middle + i * apart, sign if i else -sign, True) for i in (-1, 0, 1))
    waves = round(float(rng.uniform(1, 6)), 2)
    crests = tuple(
        Root(middle + (n + 0.5) * np.pi / waves, -sign if n % 2 == 0 else sign, True) for n in range(-20, 20)
    )
    return [
        (f"{size}*{t}**2", single),
        (f"{size}*({t}**3 - {3 * apart**2!r}*{t})", pair),
        (f"{size}*({t}**4 - {2 * apart**2!r}*{t}**2)", triple),
        (f"{size}*{t}**4", (Root(middle, sign, False),)),
        (f"{size}*{t}**3", (Root(middle, 0, False),)),
        (f"{size}*sin({waves}*{t})", crests),
    ][int(rng.choice(6, p=[0.3, 0.2, 0.15, 0.1, 0.1, 0.15]))]


def coordinates(rng):
    """X and Y as formulas of x and y, and the way back: turned, sheared, in waves, or as they are."""
    turn = round(float(rng.uniform(0, 6.28)), 2)
    c, s = round(float(np.cos(turn)), 3), round(float(np.sin(turn)), 3)
    bend = round(float(rng.uniform(-0.5, 0.5)), 2)
    return [
        ("x", "y", lambda X, Y: (X, Y)),
        (
            f"({c}*x + {s}*y)",
            f"({c}*y - {s}*x)",
            lambda X, Y: ((c * X - s * Y) / (c**2 + s**2), (s * X + c * Y) / (c**2 + s**2)),
        ),
        (f"(x + {bend}*y**2)", "y", lambda X, Y: (X - bend * Y**2, Y)),
        ("x", f"(y + {bend}*sin(2*x))", lambda X, Y: (X, Y - bend * np.sin(2 * X))),
    ][int(rng.choice(4))]


def nature_of(first, second):
    """Of a sum of two curves where both are level."""
    if first.index * second.index == 0:
        return "inflection"
    return "saddle" if first.index != second.index else "minimum" if first.index > 0 else "maximum"


def sum_of_curves(seed):
    """A formula, a domain, and the critical points in it."""
    rng = np.random.default_rng(seed)
    (along, first), (across, second) = curve(rng, "X"), curve(rng, "Y")
    X, Y, back = coordinates(rng)
    text = f"{along} + {across}".replace("X", X).replace("Y", Y)
    low = np.array([-2.0, -2.0]) if rng.random() < 0.7 else rng.uniform(-2, -0.5, 2).round(2)
    domain = tuple((float(start), float(start + width)) for start, width in zip(low, rng.uniform(2, 4, 2), strict=True))
    points = [
        Placed(
            back(one.place, other.place), one.index * other.index, nature_of(one, other), one.simple and other.simple
        )
        for one in first
        for other in second
    ]
    inside = [p for p in points if all(a <= v <= b for v, (a, b) in zip(p.position, domain, strict=True))]
    return text, domain, inside
