"""How much memory a result takes, about."""

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

ROOM = 100  # bytes, about, that an object takes besides what it holds


def bytes_of(result: Any) -> int:
    """Bytes, about, of an array, a text, and of all that tuples, lists, mappings and dataclasses hold.

    >>> bytes_of(np.zeros(1000)), bytes_of((np.zeros(1000), "four"))
    (8100, 8304)
    """
    if isinstance(result, np.ndarray):
        return ROOM + result.nbytes
    if isinstance(result, bytes | str):
        return ROOM + len(result)
    if isinstance(result, Mapping):
        return ROOM + sum(bytes_of(key) + bytes_of(value) for key, value in result.items())
    if isinstance(result, tuple | list | set | frozenset):
        return ROOM + sum(map(bytes_of, result))
    if is_dataclass(result) and not isinstance(result, type):
        return ROOM + sum(bytes_of(getattr(result, each.name)) for each in fields(result))
    return sys.getsizeof(result)
