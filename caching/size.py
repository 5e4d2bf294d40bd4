"""How much memory a result takes, about."""

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

ROOM = 100  # bytes, about, that an object takes besides what it holds


def bytes_of(result: Any) -> int:
    """Bytes, about, of a text, of what has `nbytes`, and of all that tuples, lists, mappings and dataclasses hold.

    >>> import numpy as np
    >>> bytes_of(np.zeros(1000)), bytes_of((np.zeros(1000), "four"))
    (8100, 8304)
    """
    if hasattr(result, "nbytes"):  # an array, or what is made of arrays
        return ROOM + int(result.nbytes)
    if isinstance(result, bytes | str):
        return ROOM + len(result)
    if isinstance(result, Mapping):
        return ROOM + sum(bytes_of(key) + bytes_of(value) for key, value in result.items())
    if isinstance(result, tuple | list | set | frozenset):
        return ROOM + sum(map(bytes_of, result))
    if is_dataclass(result) and not isinstance(result, type):
        return ROOM + sum(bytes_of(getattr(result, each.name)) for each in fields(result))
    return sys.getsizeof(result)
