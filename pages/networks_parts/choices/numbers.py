"""Whole numbers that are chosen on the Networks page."""

from landscapes import Knob
from pages.shared.fields import Number

MOST_SEED = 999_999


def count(label: str, low: int, high: int, default: int) -> Number:
    """A whole number of something that costs work, from low to high."""
    return Number(Knob("n", low, high, default=default, integer=True, least=low, most=high), label)


def seed(label: str, default: int = 0) -> Number:
    """A seed of random numbers."""
    return count(label, 0, MOST_SEED, default)
