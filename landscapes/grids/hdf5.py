"""The surface and path files of Li et al.'s loss-landscape, where the package h5py is installed.

Source: T. Goldstein et al., https://github.com/tomgoldstein/loss-landscape, plot_surface.py, scheduler.py,
plot_trajectory.py.
"""

from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import numpy as np

from landscapes.grids.record import MOST_NODES, MOST_PATH, LossGrid, TrainingPath, loss_grid, training_path
from landscapes.landscape import Array
from words import Message, message

MAGIC = b"\x89HDF\r\n\x1a\n"
H5PY: Any = import_module("h5py") if find_spec("h5py") else None
NOT_YET = -1.0  # what stands where a loss has not been computed


def read_hdf5(content: bytes) -> LossGrid | TrainingPath:
    """A grid of training losses, or the path of a trajectory file.

    Raises:
        ValueError: a sentence that says why the file is of no use, or that h5py is not installed.
    """
    if H5PY is None:
        raise ValueError(
            message(
                "HDF5 files are read where the package h5py is installed, which it is not here: save xcoordinates, "
                "ycoordinates and train_loss as x, y and loss with numpy.savez_compressed."
            )
        )
    try:
        with H5PY.File(BytesIO(content), "r") as file:
            if "proj_xcoord" in file:
                ways = [_read(file, name, MOST_PATH) for name in ("proj_xcoord", "proj_ycoord")]
                if ways[0].shape != ways[1].shape:
                    raise ValueError(message("The coordinates of the path do not have the same number of points."))
                return training_path({"path": np.array(ways)})
            if "xcoordinates" in file and "ycoordinates" not in file:
                raise ValueError(message("The file has losses along a line; a grid has xcoordinates and ycoordinates."))
            x, y = (_read(file, name, MOST_NODES) for name in ("xcoordinates", "ycoordinates"))
            loss = _read(file, "train_loss", MOST_NODES**2)
    except (OSError, RuntimeError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(message("The HDF5 file is damaged, or has entries of another kind.")) from error
    if loss.size != x.size * y.size:
        raise ValueError(message("train_loss does not have a loss for each pair of coordinates."))
    rows = loss.reshape(y.size, x.size)  # filled in this order, whatever its shape says
    rows[rows == NOT_YET] = np.nan
    return loss_grid({"x": x, "y": y, "loss": rows})


def _read(file: Any, name: str, most: int) -> Array:
    """The numbers of an entry of this file alone, once its header has said how many there are."""
    if not isinstance(file.get(name, getlink=True), H5PY.HardLink):
        raise ValueError(_missing(name))
    entry = file[name]
    if not isinstance(entry, H5PY.Dataset):
        raise ValueError(_missing(name))
    filters = entry.compression not in (None, "gzip") or entry.external is not None or entry.is_virtual
    chunk = int(np.prod(entry.chunks, dtype=object)) if entry.chunks else 0
    if entry.dtype.kind not in "fiu" or filters or not 1 <= entry.size <= most or chunk > MOST_NODES**2:
        raise ValueError(
            message("The entry “{name}” is no array of 1 to {most} real numbers.", name=name, most=f"{most:,}")
        )
    values: Array = np.asarray(entry[()], dtype=float)
    return values


def _missing(name: str) -> Message:
    return message("The HDF5 file has no entry “{name}”.", name=name)
