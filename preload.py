"""What is settled before the first visitor comes: threads, their memory, and every module that a page can need.

Imported before NumPy, because BLAS reads the number of its threads once, when it is loaded.
"""

import ctypes
import os
import sys
from importlib import import_module
from pkgutil import walk_packages

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
for variable in THREADS:
    os.environ.setdefault(variable, "1")  # two take up to ten times the CPU for arrays as small as ours

ARENA_MAX, ARENAS = -8, 2  # of glibc: which setting of its `mallopt`, and to what
if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt"):
    # By itself it gives the threads, of which every visit has others, 8 arenas for each core, and keeps what they free.
    ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)

ROOMS = ("caching", "landscapes", "optimizers", "course", "figures", "hosting", "pages")
LIBRARIES = {  # by library: what it imports when it is first used as our pages use it
    "PIL": ["BmpImagePlugin", "GifImagePlugin", "JpegImagePlugin", "PngImagePlugin", "PpmImagePlugin"],
    "narwhals": ["_interchange.dataframe"],
    "pandas": ["api.interchange"],
    "plotly": ["animation", "io._json"],
    "pyarrow": ["pandas_compat", "vendored.version"],
    "scipy": ["optimize", "special"],
    "streamlit": ["components.v2.manifest_scanner", "emojis", "material_icon_names", "web.skills"],
    "sympy": ["assumptions.wrapper", "codegen.ast", "sets.setexpr", "tensor.tensor"],
}


def preload() -> None:
    """Imports our own modules and what libraries import when it is first used, and reads the catalogues.

    What is imported while somebody is served is imported while others draw. They wait for it, or meet it half done:
    Plotly looks for pandas among the modules that are there, and fails on one that is not whole yet.
    """
    for room in ROOMS:
        for found in walk_packages(import_module(room).__path__, f"{room}."):
            if found.name.count(".") > 1 or room != "pages":  # a page itself is a script
                import_module(found.name)
    for library, parts in LIBRARIES.items():
        for part in parts:
            import_module(f"{library}.{part}")
    import_module("figures.parts").one_of_each()
    import_module("words").load_catalogues()
