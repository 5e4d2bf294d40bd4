"""Thrift's compact protocol, in which a Parquet file says what is in it: structs as numbers of fields with values.

Source: Apache Thrift, Thrift compact protocol encoding, version 1.
"""

from typing import Any

DEEPEST = 16  # structs, lists and maps within each other; Parquet's own go 7 deep
BYTE, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = 3, 7, 8, 9, 10, 11, 12  # kinds of value
TRUE, FALSE = 1, 2
INTEGERS = (4, 5, 6)
BROKEN = "a struct is broken off, or none"


def read_struct(content: bytes, at: int, depth: int = 0) -> tuple[dict[int, Any], int]:
    r"""The fields of the struct that begins at a byte, and the byte behind it.

    >>> read_struct(b"\x15\x06\x19\x25\x02\x04\x00", 0)
    ({1: 3, 2: [1, 2]}, 7)

    Raises:
        ValueError: there is no whole struct.
    """
    fields: dict[int, Any] = {}
    name = 0
    while True:
        head, at = _byte(content, at)
        if not head:
            return fields, at
        kind = head & 15
        if head >> 4:
            name += head >> 4
        else:
            name, at = _integer(content, at)
        if kind in (TRUE, FALSE):
            fields[name] = kind == TRUE
        else:
            fields[name], at = _value(content, at, kind, depth + 1)


def _value(content: bytes, at: int, kind: int, depth: int) -> tuple[Any, int]:
    if depth > DEEPEST:
        raise ValueError("structs are too deep within each other")
    if kind in INTEGERS:
        return _integer(content, at)
    if kind in (TRUE, FALSE, BYTE):  # in a list a truth value has a byte of its own
        return _byte(content, at)
    if kind == DOUBLE:
        return _bytes(content, at, 8)
    if kind == BINARY:
        length, at = _whole(content, at)
        return _bytes(content, at, length)
    if kind in (LIST, SET):
        head, at = _byte(content, at)
        size = head >> 4
        if size == 15:
            size, at = _whole(content, at)
        return _several(content, at, [head & 15] * _possible(content, at, size), depth)
    if kind == MAP:
        size, at = _whole(content, at)
        kinds, at = _byte(content, at) if size else (0, at)
        return _several(content, at, [kinds >> 4, kinds & 15] * _possible(content, at, size), depth)
    if kind == STRUCT:
        return read_struct(content, at, depth)
    raise ValueError(BROKEN)


def _several(content: bytes, at: int, kinds: list[int], depth: int) -> tuple[list[Any], int]:
    values = []
    for kind in kinds:
        value, at = _value(content, at, kind, depth + 1)
        values.append(value)
    return values, at


def _possible(content: bytes, at: int, size: int) -> int:
    """A number of values for which there are bytes: each takes one at least."""
    if size > len(content) - at:
        raise ValueError(BROKEN)
    return size


def _byte(content: bytes, at: int) -> tuple[int, int]:
    if not 0 <= at < len(content):
        raise ValueError(BROKEN)
    return content[at], at + 1


def _bytes(content: bytes, at: int, length: int) -> tuple[bytes, int]:
    if length > len(content) - at:
        raise ValueError(BROKEN)
    return content[at : at + length], at + length


def _whole(content: bytes, at: int) -> tuple[int, int]:
    """An integer ≥ 0 in groups of seven bits, the lowest first."""
    value = shift = 0
    while shift < 64:
        group, at = _byte(content, at)
        value |= (group & 127) << shift
        if group < 128:
            return value, at
        shift += 7
    raise ValueError(BROKEN)


def _integer(content: bytes, at: int) -> tuple[int, int]:
    """An integer of either sign: 0, -1, 1, -2 are 0, 1, 2, 3."""
    value, at = _whole(content, at)
    return (value >> 1) ^ -(value & 1), at
