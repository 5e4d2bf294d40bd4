"""Arrays from NPY and NPZ files: every size is known from a header, and bounded, before its data are read.

Nothing is unpickled and no header evaluated: the three entries of a header are looked for by their form.

Source: NumPy, numpy.lib.format, versions 1.0 and 2.0; PKWARE, APPNOTE.TXT, sections 4.3.12 and 4.3.16.
"""

import math
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import IO

import numpy as np

from landscapes.grids.record import (
    DIRECTIONS,
    MOST_NODES,
    MOST_PATH,
    SHOWN_LETTERS,
    SHOWN_NAMES,
    LossGrid,
    TrainingPath,
    loss_grid,
    names_in,
    training_path,
)
from landscapes.landscape import Array
from words import Message, listed_later, message

MAGIC, ZIP = b"\x93NUMPY", b"PK"
HEADER = 1000  # bytes at most
MOST_ARRAYS, MOST_DIRECTORY = 32, 8000  # arrays of an archive, and bytes of its directory
END = b"PK\x05\x06"
KIND = re.compile(rb"'descr'\s*:\s*'([<>=|]?)(f[248]|[iu][1248]|U\d{1,2})'")
ORDER = re.compile(rb"'fortran_order'\s*:\s*(True|False)")
SHAPE = re.compile(rb"'shape'\s*:\s*\(([\d, ]{0,60})\)")
GRID, LIST, TWO_ROWS, NUMBER = MOST_NODES**2, MOST_PATH, 2 * MOST_PATH, 1
NAMES: Mapping[str, int] = {  # what is read -> most numbers in it
    "x": GRID,  # at every node, or along the axis
    "y": GRID,
    "loss": GRID,
    "path": TWO_ROWS,
    "off_plane": LIST,
    "path_loss": LIST,
    "path_validation_loss": LIST,
    "steps": LIST,
    "line": TWO_ROWS,
    "hessian_steps": LIST,
    "hessian_largest": LIST,
    "hessian_trace": LIST,
    "hessian_trace_error": LIST,
    "explained": 2,
    "parameters": NUMBER,
    "directions": NUMBER,
}


def read_npy(content: bytes) -> LossGrid:
    """The losses of a file of one array, without axes.

    Raises:
        ValueError: a sentence that says why it is of no use.
    """
    return loss_grid({"loss": _numbers(BytesIO(content), "loss")})


def read_npz(content: bytes) -> LossGrid | TrainingPath:
    """A grid, or a path where there are no losses; arrays of other names are not looked at.

    Raises:
        ValueError: a sentence that says why the file is of no use.
    """
    parts: dict[str, Array] = {}
    directions = ""
    _check_directory(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = {entry: entry.filename.removesuffix(".npy") for entry in archive.infolist()}
            names = names_in([*entries.values()], NAMES)
            if len(entries) == 1 and "path" not in names.values():
                names = dict.fromkeys(entries.values(), "loss")  # as numpy.savez names a single array
            for entry, theirs in entries.items():
                if theirs not in names:
                    continue
                name = names[theirs]
                if name in parts:
                    raise ValueError(message("The file has two arrays “{name}”.", name=name))
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
                    raise _broken(name)
                with archive.open(entry) as file:
                    if name == "directions":
                        directions = _word(file)
                    else:
                        parts[name] = _numbers(file, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, UnicodeError) as error:
        raise _broken("") from error  # NotImplementedError is a RuntimeError
    except ValueError as error:
        if isinstance(error.args[0], Message):  # one of our own
            raise
        raise _broken("") from error
    if "loss" not in parts and "path" in parts:
        return training_path(parts)
    if "loss" not in parts:
        raise ValueError(_unknown([*entries.values()]))
    return loss_grid(parts, directions=directions)


def _unknown(names: list[str]) -> Message:
    """What is said of arrays none of which are losses."""
    shown = [name[:SHOWN_LETTERS] for name in names[:SHOWN_NAMES]]
    return message(
        "The file has no array “loss” with the losses at the nodes, a row for each y; it has {names}.",
        names=listed_later([*shown, "..."] if len(names) > SHOWN_NAMES else shown),
    )


def _check_directory(content: bytes) -> None:
    """Refuses an archive whose directory is long: Python's reader takes all of it at once."""
    end = content[-22:]
    if len(end) < 22 or not end.startswith(END) or end[20:] != b"\0\0":
        raise _broken("")
    entries, length = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if entries > MOST_ARRAYS or length > MOST_DIRECTORY:
        raise ValueError(
            message("The file has more than {most} arrays, or very long names for them.", most=MOST_ARRAYS)
        )


def _numbers(file: IO[bytes], name: str) -> Array:
    kind, shape, by_columns = _header(file, name)
    if kind.kind == "U":
        raise ValueError(message("The array “{name}” holds text; it has to hold real numbers.", name=name))
    if kind.itemsize * math.prod(shape) == 0 or math.prod(shape) > NAMES[name]:
        raise ValueError(
            message(
                "The array “{name}” holds {count} numbers; 1 to {most} are read.",
                name=name,
                count=f"{math.prod(shape):,}" if math.prod(shape) < 10**15 else "10¹⁵ or more",
                most=f"{NAMES[name]:,}",
            )
        )
    values = np.frombuffer(_exactly(file, kind.itemsize * math.prod(shape), name), kind)
    with np.errstate(all="ignore"):
        return values.astype(float).reshape(shape, order="F" if by_columns else "C")


def _word(file: IO[bytes]) -> str:
    """One of the keys of DIRECTIONS, or nothing."""
    kind, shape, _ = _header(file, "directions")
    if kind.kind != "U" or shape not in ((), (1,)) or not kind.itemsize:
        return ""
    raw = _exactly(file, kind.itemsize, "directions")
    order = "big" if kind.str.startswith(">") else "little"
    codes = [int.from_bytes(raw[at : at + 4], order) for at in range(0, len(raw), 4)]  # type: ignore[arg-type]
    word = "".join(chr(code) for code in codes if 0 < code < 128)
    return word if word in DIRECTIONS else ""


def _header(file: IO[bytes], name: str) -> tuple["np.dtype[np.generic]", tuple[int, ...], bool]:
    """The kind of the numbers, the shape, and whether columns come first."""
    start = file.read(8)
    if start[:6] != MAGIC or start[6:8] not in (b"\1\0", b"\2\0"):
        raise _broken(name)
    length = int.from_bytes(file.read(2 if start[6] == 1 else 4), "little")
    if length > HEADER:
        raise _broken(name)
    text = file.read(length)
    kind, order, shape = KIND.search(text), ORDER.search(text), SHAPE.search(text)
    if len(text) < length or order is None or shape is None:
        raise _broken(name)
    if kind is None:
        raise ValueError(
            message(
                "The array “{name}” does not hold real numbers of 8 to 64 bits: objects, complex numbers, truth values "
                "and records are not read.",
                name=name,
            )
        )
    sizes = [size.strip() for size in shape[1].decode().split(",") if size.strip()]
    if len(sizes) > 4 or not all(size.isdigit() for size in sizes):
        raise _broken(name)
    return np.dtype((kind[1] + kind[2]).decode()), tuple(map(int, sizes)), order[1] == b"True"


def _exactly(file: IO[bytes], length: int, name: str) -> bytes:
    raw = file.read(length + 1)
    if len(raw) != length:
        raise ValueError(
            message("The array “{name}” has fewer or more data than its header says: the file is damaged.", name=name)
        )
    return raw


def _broken(name: str) -> ValueError:
    if name:
        return ValueError(
            message("The array “{name}” cannot be read: write the file with numpy.savez_compressed.", name=name)
        )
    return ValueError(message("The NPZ file is damaged or incomplete: write it with numpy.savez_compressed."))
