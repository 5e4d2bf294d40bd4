"""The Data page and its choices, as the tests open and make them."""

import visitor

from landscapes import points, read_table
from pages.data_parts.choices import (
    about,
    first_choices,
)
from pages.data_parts.link import read
from pages.data_parts.problems import PROBLEMS

EVERY = [
    (p, d, v) for p, kind in PROBLEMS.items() for d in (*kind.sets, *[""] * (not kind.sets)) for v in kind.variants
]


SOME = [(p, next(iter(kind.sets), ""), v) for p, kind in PROBLEMS.items() for v in kind.variants]


def opened(**link):
    return visitor.opened("data", **link)


def followed(link):
    return read({key: [value] if isinstance(value, str) else value for key, value in link.items()})


def chosen(problem, data, variant):
    return about(first_choices(), problem=problem, data=data, variant=variant)


def csv(rows):
    return b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7, i % 5) for i in range(rows))


def brought(rows, name="Your table"):
    return points(read_table(csv(rows)), ["x"], "y", name)
