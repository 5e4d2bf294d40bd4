"""Numbers as a sentence shows them; knows no other room."""

from words.numbers import DIGITS, apart, coordinates, digits_within, rounded_down, short, steps

__all__ = ["DIGITS", "apart", "coordinates", "digits_within", "rounded_down", "short", "steps"]
