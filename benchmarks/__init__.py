"""Measurements, each a script of its own: python -m benchmarks.NAME."""

import preload  # noqa: F401  # one thread for BLAS, as in the app
