"""The time to read a table of 2 MB with all recognised, beside pandas.read_csv that is told how it is written."""

import io
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from landscapes import read_table
from landscapes.from_data.reading import MOST_BYTES

REPETITIONS = 5
DICE = np.random.default_rng(0)
NUMBERS = DICE.normal(size=(30_000, 6)) * 100


def best(action: Callable[[], object]) -> float:
    """Seconds, the least of several repetitions."""
    times = []
    for _ in range(REPETITIONS):
        before = time.perf_counter()
        action()
        times.append(time.perf_counter() - before)
    return min(times)


def table(names: str, lines: list[str]) -> bytes:
    """As many whole lines as are read."""
    return "\n".join([names, *lines]).encode()[:MOST_BYTES].rpartition(b"\n")[0]


def price(row: np.ndarray, at: int) -> str:
    """A row of a number, a name, a date, an amount with a mark of thousands, and quoted text."""
    day = f"2024-{1 + at % 12:02d}-{1 + at % 28:02d}"
    return f'{row[0]:.3f};{("cat", "dog")[at % 2]};{day};{1000 * row[1]:,.2f};"text, {at}"'


def tables() -> dict[str, tuple[bytes, dict[str, str]]]:
    """Name -> the file, and what pandas is told."""
    points = [",".join(f"{number:.6f}" for number in row) for row in NUMBERS]
    commas = [";".join(f"{number:.6f}".replace(".", ",") for number in row) for row in NUMBERS]
    gaps = [",".join("" if abs(number) < 5 else f"{number:.6f}" for number in row) for row in NUMBERS]
    return {
        "six columns": (table("a,b,c,d,e,f", points), {}),
        "decimal commas": (table("a;b;c;d;e;f", commas), {"sep": ";", "decimal": ","}),
        "with gaps": (table("a,b,c,d,e,f", gaps), {}),
        "two narrow columns": (table("x,y", [f"{at % 10},{at % 7}" for at in range(480_000)]), {}),
        "words, dates, amounts": (
            table("size;kind;day;price;note", [price(row, at) for at, row in enumerate(NUMBERS)]),
            {"sep": ";"},
        ),
    }


if __name__ == "__main__":
    print(f"{'':24}{'read_table':>12}{'pandas':>10}{'ratio':>8}")
    for name, (content, told) in tables().items():
        ours = best(lambda content=content: read_table(content))
        theirs = best(lambda content=content, told=told: pd.read_csv(io.BytesIO(content), **told))
        print(f"{name:24}{1e3 * ours:9.0f} ms{1e3 * theirs:7.0f} ms{ours / theirs:8.1f}")
