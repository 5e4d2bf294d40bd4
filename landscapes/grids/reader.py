"""A file of losses by what it begins with, whatever its name."""

from landscapes.grids import hdf5
from landscapes.grids.loss_landscape_json import read_json
from landscapes.grids.numpy_files import MAGIC, ZIP, read_npy, read_npz
from landscapes.grids.record import LossGrid, TrainingPath
from landscapes.grids.text import read_text
from words import message

MOST_BYTES = 2_000_000
KINDS = ("npz", "npy", "csv", "txt", "tsv", "json", "h5", "hdf5")  # how names of files end


def read_recording(content: bytes) -> LossGrid | TrainingPath:
    """A grid of losses with what was recorded beside it, or a path alone.

    Read are NPZ with the arrays x, y, loss and path, as `fall_line_recorder.py` writes it; NPY; CSV; the JSON of
    LossLandscape; and the HDF5 files of loss-landscape. No file takes more than 8 MB while it is read.

    Raises:
        ValueError: a sentence that says why the file is of no use.
    """
    if len(content) > MOST_BYTES:
        size, most = f"{len(content):,}", f"{MOST_BYTES:,}"
        raise ValueError(message("The file has {size} bytes; at most {most} are read.", size=size, most=most))
    if content.startswith(ZIP):
        return read_npz(content)
    if content.startswith(MAGIC):
        return read_npy(content)
    if content.startswith(hdf5.MAGIC):
        return hdf5.read_hdf5(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode("ascii", "replace")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return read_json(content)
    return read_text(content)
