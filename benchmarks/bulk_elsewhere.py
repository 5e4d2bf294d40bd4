"""The same sweeps as their users would write them in C and in JAX; None where there is no compiler or no JAX."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from optimizers import Grid

try:
    import jax
except ImportError:
    jax = None

Sweep = Callable[[Grid, int], object]
BEFORE = """
#include <math.h>
#define N 32
void run(double *px, double *py, long size, long steps) {
  for (long i = 0; i < size; i += N) {
    double x[N], y[N], u[N] = {0}, v[N] = {0}, s[N] = {0}, w[N] = {0}, kept[N];
    for (int k = 0; k < N; k++) { x[k] = px[i + k]; y[k] = py[i + k]; kept[k] = 1; }
    double first = 1, second = 1;
    for (long t = 0; t < steps; t++) {
      first *= 0.9; second *= 0.999;
      for (int k = 0; k < N; k++) {
"""
AFTER = """
        kept[k] = fabs(x[k]) <= 1e6 && fabs(y[k]) <= 1e6 ? kept[k] : 0;
      }
    }
    for (int k = 0; k < N; k++) { px[i + k] = kept[k] ? x[k] : NAN; py[i + k] = kept[k] ? y[k] : NAN; }
  }
}
"""
STEPS = {
    "himmelblau": """
        double a = x[k] * x[k] + y[k] - 11, b = y[k] * y[k] + x[k] - 7;
        u[k] = 0.9 * u[k] + 2 * (2 * x[k] * a + b);
        v[k] = 0.9 * v[k] + 2 * (2 * y[k] * b + a);
        x[k] -= 0.01 * u[k];
        y[k] -= 0.01 * v[k];
""",
    "rosenbrock": """
        double h = 200 * (y[k] - x[k] * x[k]), g = -2 * x[k] * h + 2 * (x[k] - 1);
        u[k] = 0.9 * u[k] + 0.1 * g;
        v[k] = 0.9 * v[k] + 0.1 * h;
        s[k] = 0.999 * s[k] + 0.001 * g * g;
        w[k] = 0.999 * w[k] + 0.001 * h * h;
        x[k] -= 0.05 * (u[k] / (1 - first)) / (sqrt(s[k] / (1 - second)) + 1e-8);
        y[k] -= 0.05 * (v[k] / (1 - first)) / (sqrt(w[k] / (1 - second)) + 1e-8);
""",
}


def in_c(name: str) -> Sweep | None:
    """By gcc -O3 for this processor, steps inside and blocks of trajectories outside, on tiles of the same size."""
    compiler = shutil.which("gcc")
    if compiler is None:
        return None
    with TemporaryDirectory() as folder:
        source, library = Path(folder, "run.c"), Path(folder, "run.so")
        source.write_text(BEFORE + STEPS[name] + AFTER)
        options = ["-O3", "-march=native", "-mprefer-vector-width=512", "-fno-math-errno", "-fno-trapping-math"]
        subprocess.run([compiler, *options, "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
        run = ctypes.CDLL(str(library)).run
    run.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long, ctypes.c_long]

    def sweep(grid: Grid, steps: int) -> None:
        for first in range(0, grid.size, 8192):
            x, y = grid.starts(first, min(first + 8192, grid.size))
            run(x.ctypes.data, y.ctypes.data, x.size, steps)

    return sweep


def himmelblau(p: Any) -> Any:
    return (p[0] ** 2 + p[1] - 11) ** 2 + (p[0] + p[1] ** 2 - 7) ** 2


def rosenbrock(p: Any) -> Any:
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def in_jax(name: str) -> Sweep | None:
    """By jit(vmap(scan)) and automatic gradients in float64; its compilation is a part of it."""
    if jax is None:
        return None
    jax.config.update("jax_enable_x64", True)
    gradient = jax.grad({"himmelblau": himmelblau, "rosenbrock": rosenbrock}[name])

    def momentum(state: Any, t: Any) -> Any:
        p, velocity, kept = state
        velocity = 0.9 * velocity + gradient(p)
        p = p - 0.01 * velocity
        return (p, velocity, kept & (jax.numpy.abs(p) <= 1e6).all()), None

    def adam(state: Any, t: Any) -> Any:
        p, (mean, square), kept = state
        g = gradient(p)
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
        p = p - 0.05 * (mean / (1 - 0.9**t)) / (jax.numpy.sqrt(square / (1 - 0.999**t)) + 1e-8)
        return (p, (mean, square), kept & (jax.numpy.abs(p) <= 1e6).all()), None

    def sweep(grid: Grid, steps: int) -> None:
        def one(p: Any) -> Any:
            zero = jax.numpy.zeros(2)
            begin = (p, zero if name == "himmelblau" else (zero, zero), True)
            step = momentum if name == "himmelblau" else adam
            p, _, kept = jax.lax.scan(step, begin, jax.numpy.arange(1.0, steps + 1))[0]
            return jax.numpy.where(kept, p, np.nan)

        jax.clear_caches()
        jax.jit(jax.vmap(one))(grid.starts().T).block_until_ready()

    return sweep
