"""Numbers as people write them, in a link or in a field: taken to the last digit, or refused with what would do."""

import math

from landscapes import Knob
from words import Message, message

LONGEST = 32  # characters of a number; a float's own digits take at most 24
SHOWN = 40  # characters of what was refused that are repeated to the person
LARGEST = "1.8e308"  # about: beyond, a float is infinite
SMALLEST = "5e−324"  # about: nearer to 0, a float is 0


def number(text: str) -> float | None:
    """A finite number in plain or scientific notation; None where the text is nothing of the kind.

    >>> number("1e-7"), number("−0.00001"), number("1e400"), number("1e-400"), number("nan"), number("0,5")
    (1e-07, -1e-05, None, None, None, None)
    """
    value = _float(text)
    return value if value is not None and math.isfinite(value) and not beyond(text) else None


def meant_as_number(text: str) -> bool:
    """Whether a text is a number, or was to be one: no name of ours is written like it.

    >>> meant_as_number("0.1"), meant_as_number("1e-400"), meant_as_number("nan"), meant_as_number("0,5")
    (True, True, True, True)
    >>> meant_as_number("momentum"), meant_as_number("beta1"), meant_as_number("")
    (False, False, False)
    """
    return _float(text) is not None or (text != "" and not text.isidentifier())


def exact(value: float) -> str:
    """A number with all the digits that tell it from every other, and no more.

    >>> exact(1e-7), exact(-0.1), exact(5000.0), exact(0.1 + 0.2)
    ('1e−7', '−0.1', '5000', '0.30000000000000004')
    """
    text = f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(float(value))
    mantissa, letter, exponent = text.partition("e")
    return (mantissa + letter + (str(int(exponent)) if exponent else "")).replace("-", "−")


def number_for(knob: Knob, text: str, owner: str | Message) -> float:
    """The number that a text asks for.

    >>> number_for(Knob("β", 0.0, 0.999, default=0.9, least=0.0, below=1.0), "1", "momentum")
    Traceback (most recent call last):
        ...
    ValueError: momentum is a number ≥ 0 and < 1, such as 0.9

    Raises:
        ValueError: it is no number that the knob of the `owner` can have, and what would be one.
    """
    value = number(text)
    if value is not None and knob.open_to(value):
        return value
    example, reason = exact(knob.default), beyond(text)
    if reason is None:
        raise ValueError(
            message("{owner} is {range}, such as {example}", owner=owner, range=knob.range, example=example)
        )
    raise ValueError(
        message(
            "{owner} is {range}, such as {example}; {reason}",
            owner=owner,
            range=knob.range,
            example=example,
            reason=reason,
        )
    )


def shortened(text: str) -> str:
    """A text that is repeated in a sentence."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def beyond(text: str) -> Message | None:
    """Why there is no such number here though it looks like one: it is not finite, or too near to 0; None otherwise."""
    value = _float(text)
    if value is not None and math.isnan(value):
        return message("“{text}” means “not a number”", text=text.strip())
    if value is not None and math.isinf(value) and any(digit in text for digit in "0123456789"):
        return message("the largest number there is here is about {largest}", largest=LARGEST)
    if value is not None and math.isinf(value):
        return message("“{text}” is not a finite number", text=text.strip())
    mantissa = text.lower().partition("e")[0]
    if value == 0 and any(digit in mantissa for digit in "123456789"):
        return message("the smallest number above 0 there is here is about {smallest}", smallest=SMALLEST)
    return None


def _float(text: str) -> float | None:
    try:
        return float(text.replace("−", "-")) if len(text) <= LONGEST and "_" not in text else None
    except ValueError:
        return None
