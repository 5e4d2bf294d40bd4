"""Sentences as the tests read them: their numbers, and how exactly three digits mean one."""

import re

NUMBER = re.compile(r"(?<![\w.])(−?(?:\d[\d,]*(?:\.\d+)?(?:e−?\d+)?|∞))")


def numbers(sentence):
    """Every number in a sentence, in order."""
    return [number(text) for text in NUMBER.findall(sentence)]


def number(text):
    """A number as it is shown."""
    return float(text.replace("−", "-").replace(",", "").replace("∞", "inf"))


def after(sentence, words, count=1):
    """The numbers that follow some words."""
    found = numbers(sentence.split(words, 1)[1])[:count]
    return found[0] if count == 1 else found


def shown(value, as_shown, digits=3):
    """Whether a number is what it is shown as, to so many digits."""
    if value == as_shown:
        return True
    return abs(value - as_shown) <= 0.51 * 10.0 ** (1 - digits) * 10 ** _power(max(abs(value), abs(as_shown)))


def _power(value):
    return int(f"{value:e}".partition("e")[2])
