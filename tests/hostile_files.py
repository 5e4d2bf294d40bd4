"""Files of losses that are malformed or hostile, each by what it is; two of them are good."""

import io
import json
import pickle
import random
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

CANARY = Path(tempfile.gettempdir()) / "fall-line-was-unpickled"
X, Y = np.linspace(-1, 1, 9), np.linspace(-2, 2, 7)
LOSS = X**2 + 3 * Y[:, None] ** 2


def npz(**arrays):
    """The bytes of an archive of arrays as NumPy writes it."""
    out = io.BytesIO()
    np.savez_compressed(out, **{"x": X, "y": Y, "loss": LOSS, **arrays})
    return out.getvalue()


def archive(entries, **kinds):
    """The bytes of an archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kinds.get("compression", zipfile.ZIP_DEFLATED)) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


def header(text, data=b""):
    """The bytes of an array whose header is that text."""
    return b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text + data


def lying(shape, data=b"\0" * 64):
    """An archive whose losses say that they have a shape."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return archive([("loss.npy", header(text, data))])


def swollen(count):
    """An archive whose losses are packed zeros, of which its header names all."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({count},), }}\n".encode()
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(header(text)) + b"".join(body.compress(bytes(2**20)) for _ in range(8 * count >> 20))
    packed += body.flush()
    start = b"PK\3\4\x14\0\0\0\x08\0" + bytes(8) + len(packed).to_bytes(4, "little")
    size = (8 * count + 200).to_bytes(4, "little")
    local = start + size + b"\x08\0\0\0loss.npy" + packed
    entry = b"PK\1\2\x14\0\x14\0\0\0\x08\0" + bytes(8) + len(packed).to_bytes(4, "little") + size + b"\x08\0"
    entry += bytes(16) + b"loss.npy"
    end = b"PK\5\6" + bytes(4) + b"\1\0\1\0" + len(entry).to_bytes(4, "little") + len(local).to_bytes(4, "little")
    return local + entry + end + b"\0\0"


class Bang:
    """Would write a file when it is unpickled."""

    def __reduce__(self):
        return (open, (str(CANARY), "w"))


def objects():
    """An archive whose losses are pickled objects."""
    out = io.BytesIO()
    np.save(out, np.array([Bang()], dtype=object), allow_pickle=True)
    return archive([("loss.npy", out.getvalue())])


FILES = {
    "a pickle": pickle.dumps({"loss": [1.0]}),
    "an archive that unpacks to 2 GB": swollen(2**17),
    "a header that promises 8 TB": lying("(1000000, 1000000)"),
    "a negative size": lying("(-4, 4)"),
    "a shape of 30 axes": lying("(" + "1, " * 30 + ")"),
    "a header of 60,000 letters": archive([("loss.npy", header(b"{" + b" " * 60_000 + b"}"))]),
    "code in a header": archive(
        [("loss.npy", header(b"{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (4, 4), }"))]
    ),
    "pickled objects": objects(),
    "records": npz(loss=np.zeros((7, 9), dtype=[("a", float)])),
    "complex numbers": npz(loss=LOSS + 1j),
    "truth values": npz(loss=LOSS > 1),
    "a word of 100,000 letters": npz(x=np.array("x" * 100_000)),
    "an axis that is not a number": npz(x=np.full(9, np.nan)),
    "an archive that is cut short": npz()[:200],
    "noise": random.Random(0).randbytes(2000),
    "an empty file": b"",
    "a grid": npz(),
    "a grid with losses that are no numbers": npz(loss=np.where(LOSS > 10, np.nan, LOSS)),
}
GOOD = {"a grid", "a grid with losses that are no numbers"}

TABLE = "\n".join(f"{x},{y},{x * x + y}" for y in Y for x in X).encode()
MATRIX = b"\n".join(
    [b"," + b",".join(b"%r" % x for x in X.tolist())]
    + [b",".join(b"%r" % v for v in [y, *row]) for y, row in zip(Y.tolist(), LOSS.tolist(), strict=True)]
)
ACROSS, UP = np.meshgrid(X, Y, indexing="ij")
JSON = json.dumps(
    {
        "X": ACROSS.tolist(),
        "Y": UP.tolist(),
        "loss_grid_2d": LOSS.T.tolist(),
        "baseline_loss": 0.0,
        "mode": "2d",
        "trajectory_data": {
            "traj_1": [1.0, 0.5, 0.0],
            "traj_2": [2.0, 0.5, 0.0],
            "traj_3": [None, None, None],
            "epochs": [0, 1, 2],
            "losses": [13.0, None, 0.0],
        },
        "hessian": {
            "epochs": [0, 2],
            "max_eigenvalue": [6.0, 6.0],
            "trace": [8.0, 8.0],
            "top_eigenvalues": [[6.0], []],
        },
    },
    indent=2,
).encode()
SEEDS = (npz(), npz(path=np.zeros((2, 5)), steps=np.arange(5)), TABLE, MATRIX, JSON, b"x,y\n0,1\n1,1\n")


def mutated(number):
    """One of many files that differ from a good one in a few bytes, a piece left out, doubled or moved."""
    rng = random.Random(number)
    content = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 8)):
        at, length = rng.randrange(len(content) + 1), rng.randint(1, 40)
        kind = rng.randrange(5)
        if kind == 0:
            content[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            del content[at : at + length]
        elif kind == 2:
            content[at:at] = content[at : at + length] * rng.randint(1, 50)
        elif kind == 3:
            content[at:at] = rng.choice([b"nan", b"1e999", b"[", b"{", b",", b"-", b"\0", b"\xff\xff\xff\xff", b"\n"])
        else:
            content[at : at + 4] = rng.randrange(2**32).to_bytes(4, "little")
    return bytes(content)
