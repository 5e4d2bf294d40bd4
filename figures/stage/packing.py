"""Figures as bytes: a JSON skeleton and raw arrays, every array once, so that a slider move sends little."""

import json
import math
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
LONG = 16  # a plain list of more numbers than this travels as an array
REFERENCE = "#"  # {"#": name} stands in the skeleton for an array


def compact(values: Numbers) -> Numbers:
    """The same numbers in the fewest bytes that keep them: int32, float32 where exact to 1e-6, else float64.

    float32 rounds by 6e-8, but only between its smallest normal number (1.2e-38) and its largest (3.4e38).

    >>> compact(np.array([1.0, np.nan])).dtype, compact(np.array([1e-40])).dtype
    (dtype('float32'), dtype('float64'))
    """
    limits = np.finfo(np.float32)
    if values.dtype.kind in "iub":
        whole = values.astype(np.int64, copy=False)
        fits = not whole.size or bool((np.abs(whole) <= np.iinfo(np.int32).max).all())
        return np.ascontiguousarray(whole, np.int32 if fits else np.float64)
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    fits = not sizes.size or bool(sizes.min() >= limits.tiny and sizes.max() <= limits.max)
    return np.ascontiguousarray(values, np.float32 if fits else np.float64)


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
        if tree.dtype.kind not in "iubf" or not tree.size:
            return lift(tree.tolist(), arrays)
        values = compact(tree)
        name = blake2b(
            values.tobytes(), digest_size=8, person=f"{values.dtype}{values.shape}".encode()[:16]
        ).hexdigest()
        arrays[name] = values
        return {REFERENCE: name}
    if isinstance(tree, float) and not math.isfinite(tree):
        return None
    return tree


def pack(skeleton: Any, arrays: Mapping[str, Numbers], left_out: Collection[str] = ()) -> bytes:
    """One message, deflated: length of the header, header, arrays."""
    sent = {name: values for name, values in arrays.items() if name not in left_out}
    table = [[name, values.dtype.str[1:], values.shape] for name, values in sent.items()]
    header = json.dumps({"tree": skeleton, "arrays": table}, allow_nan=False, separators=(",", ":"), default=str)
    encoded = header.encode()
    parts = [len(encoded).to_bytes(4, "little"), encoded, *(planes(values) for values in sent.values())]
    return zlib.compress(b"".join(parts), 6)


@dataclass(frozen=True)
class Load:
    """Arrays that travel together. Their names tell what they hold, so that two loads with the same names are one."""

    names: tuple[str, ...]
    arrays: Mapping[str, Numbers] = field(compare=False, repr=False)


@lru_cache(maxsize=32)
def packed(load: Load) -> bytes:
    """The message of a load, kept: most loads are what they were at the last move."""
    return pack(None, load.arrays)


def planes(values: Numbers) -> bytes:
    """An array's bytes, lowest first and bytes of equal weight together; 4-byte numbers as second differences.

    The bit pattern of a float, read as an integer, grows with the number, so that along a smooth curve the second
    differences are small and, written 0, -1, 1, -2, ... -> 0, 1, 2, 3, ..., their high bytes are 0. On trajectories
    this halves what deflate makes of the bytes as they are.
    """
    flat = values.reshape(-1)
    if flat.itemsize == 4:
        zero = np.zeros(1, np.uint32)
        once = np.diff(flat.view(np.uint32), prepend=zero)
        twice = np.diff(once, prepend=zero).view(np.int32)
        flat = (twice << 1) ^ (twice >> 31)
    return flat.reshape(-1, 1).view(np.uint8).T.tobytes()


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
        if dtype.itemsize == 4:
            zigzag = flat.view(np.uint32)[:, 0]
            twice = (zigzag >> 1) ^ -(zigzag & 1)
            flat = np.cumsum(np.cumsum(twice, dtype=np.uint32), dtype=np.uint32)
        arrays[name] = flat.view(dtype).reshape(shape)
        start = stop
    return header["tree"], arrays
