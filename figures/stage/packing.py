"""Figures as bytes: a JSON skeleton and raw arrays, every array once, so that a slider move sends little."""

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caching import cached

Numbers = NDArray[Any]
LONG = 16  # a plain list of more numbers than this travels as an array
REFERENCE = "#"  # {"#": name} stands in the skeleton for an array
MILLIONTH = 2.0**-20
DEFLATED = 8  # times: about as much as a message take the arrays that it was made of, with it
NAMES = 6  # bytes of an array's name: of the hundreds that a page has, no two share one
TINY = np.finfo(np.float32).tiny  # smaller ones have fewer digits there


def compact(values: Numbers, tolerance: Numbers | None = None) -> Numbers:
    """The same numbers in the fewest bytes that keep them: int32 or float32 where that will do, else float64.

    A float is rounded to the tolerance or to a millionth of itself, whichever is finer, and so has few digits.

    Args:
        tolerance: the largest error, for all or for each; without it a millionth of the way from lowest to highest.

    >>> compact(np.array([1.0, np.nan])).dtype, compact(np.array([1e8, 1e8 + 1])).dtype
    (dtype('float32'), dtype('float64'))
    """
    if values.dtype.kind in "iub":
        whole = values.astype(np.int64, copy=False)
        fits = not whole.size or bool((np.abs(whole) <= np.iinfo(np.int32).max).all())
        return np.ascontiguousarray(whole, np.int32 if fits else np.float64)
    numbers = values.astype(float)
    with np.errstate(all="ignore"):  # a span may overflow, and what is not finite stays as it is
        if tolerance is None:
            known = numbers[np.isfinite(numbers)]
            tolerance = MILLIONTH * np.ptp(known) if known.size else np.zeros(1)
        numbers = rounded(numbers, np.minimum(tolerance, MILLIONTH * np.abs(numbers)))
        small = numbers.astype(np.float32)
        fits = (small == numbers) & ((np.abs(small) >= TINY) | (small == 0)) | np.isnan(numbers)
    return np.ascontiguousarray(small if fits.all() else numbers)


def rounded(numbers: Numbers, tolerance: Numbers) -> Numbers:
    """Each number with the fewest binary digits that are off by no more than the tolerance.

    >>> rounded(np.array([1.2345678, 3.7]), np.array([0.01, 0.0])).tolist()
    [1.234375, 3.7]
    """
    with np.errstate(all="ignore"):
        step = 2 * np.exp2(np.floor(np.log2(tolerance)))
        near = np.round(numbers / step) * step
        return np.where(np.abs(near - numbers) <= tolerance, near, numbers)


def lift(tree: Any, arrays: dict[str, Numbers]) -> Any:
    """A JSON-ready copy of the tree; its arrays move to `arrays`, under the hash of what they hold."""
    if tree is None or isinstance(tree, str | int):
        return tree
    if isinstance(tree, Mapping):
        return {str(key): lift(value, arrays) for key, value in tree.items()}
    if isinstance(tree, np.generic):
        return lift(tree.item(), arrays)
    if isinstance(tree, (list, tuple)):
        numbers = len(tree) > LONG and all(isinstance(item, float | int) for item in tree)
        return lift(np.array(tree, dtype=float), arrays) if numbers else [lift(item, arrays) for item in tree]
    if isinstance(tree, np.ndarray):
        return reference(tree, arrays) if tree.dtype.kind in "iubf" and tree.size else lift(tree.tolist(), arrays)
    if isinstance(tree, float) and not math.isfinite(tree):
        return None
    return tree


def reference(values: Numbers, arrays: dict[str, Numbers], tolerance: Numbers | None = None) -> dict[str, str]:
    """What stands in the skeleton for an array, which moves to `arrays`, as `compact` makes it."""
    sent = compact(values, tolerance)
    person = f"{sent.dtype}{sent.shape}".encode()[:16]
    name = blake2b(sent.tobytes(), digest_size=NAMES, person=person).hexdigest()
    arrays[name] = sent
    return {REFERENCE: name}


def pack(skeleton: Any, arrays: Mapping[str, Numbers]) -> bytes:
    """One message, deflated: length of the header, header, arrays."""
    table = [[name, values.dtype.str[1:], values.shape] for name, values in arrays.items()]
    header = json.dumps(
        {"tree": skeleton, "arrays": table}, allow_nan=False, separators=(",", ":"), default=str, ensure_ascii=False
    )
    encoded = header.encode()
    parts = [len(encoded).to_bytes(4, "little"), encoded, *(planes(values) for values in arrays.values())]
    return zlib.compress(b"".join(parts), 6)


@dataclass(frozen=True)
class ArrayGroup:
    """Arrays sent as one message; equal names mean equal content, so they are sent again only when they change."""

    names: tuple[str, ...]
    arrays: Mapping[str, Numbers] = field(compare=False, repr=False)


@cached("pictures", lambda message: DEFLATED * len(message))
def packed(group: ArrayGroup) -> bytes:
    """The message of a group, cached: most groups are what they were at the last move."""
    return pack(None, group.arrays)


def planes(values: Numbers) -> bytes:
    """An array's second differences, lowest bytes first and bytes of equal weight together.

    The bit pattern of a float, read as an integer, grows with the number, so that along a smooth curve the second
    differences are small and, written 0, -1, 1, -2, ... -> 0, 1, 2, 3, ..., their high bytes are 0. On trajectories
    this halves what deflate makes of the bytes as they are.
    """
    flat = values.reshape(-1)
    size = flat.itemsize
    zero = np.zeros(1, f"u{size}")
    once = np.diff(flat.view(zero.dtype), prepend=zero)
    twice = np.diff(once, prepend=zero).view(f"i{size}")
    zigzag = (twice << 1) ^ (twice >> (8 * size - 1))
    return zigzag.reshape(-1, 1).view(np.uint8).T.tobytes()


def unpack(message: bytes) -> tuple[Any, dict[str, Numbers]]:
    """Skeleton and arrays of a message, as the browser reads them."""
    raw = zlib.decompress(message)
    start = 4 + int.from_bytes(raw[:4], "little")
    header = json.loads(raw[4:start])
    arrays = {}
    for name, kind, shape in header["arrays"]:
        dtype = np.dtype(f"<{kind}")
        stop = start + math.prod(shape) * dtype.itemsize
        flat = np.ascontiguousarray(np.frombuffer(raw[start:stop], np.uint8).reshape(dtype.itemsize, -1).T)
        zigzag = flat.view(f"u{dtype.itemsize}")[:, 0]
        twice = (zigzag >> 1) ^ (~(zigzag & 1) + 1)
        bits = np.cumsum(np.cumsum(twice, dtype=zigzag.dtype), dtype=zigzag.dtype)
        arrays[name] = bits.view(dtype).reshape(shape)
        start = stop
    return header["tree"], arrays
