"""Every colour, dash and symbol, stated once: the sea chart, the runs, the landmarks."""

from collections.abc import Sequence
from typing import Any

# Low is deep, high is pale: monotone in lightness, so it survives a bad projector and colour blindness.
SEA_LIGHT = ((0.0, "#12344d"), (0.2, "#2f6585"), (0.45, "#7fa9bd"), (0.7, "#cfdcd9"), (1.0, "#f6efdf"))
SEA_DARK = ((0.0, "#08131d"), (0.25, "#123047"), (0.5, "#2b5a77"), (0.75, "#5f8ba3"), (1.0, "#a9c3cf"))

PAPER, PAPER_DARK = "#ffffff", "#0f1419"
INK, INK_DARK = "#1f2328", "#e6e8ea"
SOFT, SOFT_DARK = "#6b7280", "#9aa4b0"
HAIR, HAIR_DARK = "rgba(31, 35, 40, 0.28)", "rgba(230, 232, 234, 0.28)"
GRID, GRID_DARK = "#dfe1e4", "#2b3137"  # in three dimensions, where Plotly adds a pale line's light to the paper's

# M. Okabe and K. Ito, Color Universal Design (2008): told apart with every kind of colour vision.
RUN_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000")
BLACK, WHITE = "#000000", "#ffffff"
BARE: dict[str, Any] = {}  # a template without anything: the page lays its own theme over a figure
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "5px,1px", "1px,3px")

SYMBOLS = {"minimum": "star", "saddle": "diamond-x", "maximum": "triangle-up", "degenerate": "square"}
KIND_COLOURS = {"minimum": "#0072B2", "saddle": "#D55E00", "maximum": "#CC79A7", "degenerate": "#E69F00"}

# The optimizers of the drawing keep the first colours; every other keeps one by its name.
FIRST = ("adam", "momentum", "rmsprop", "gradient_descent", "nesterov", "adagrad")


def run_colours(optimizers: Sequence[str]) -> list[str]:
    """One colour for each run of a race: the optimizer's own where it is still free, else the next free one.

    >>> run_colours(["adam", "momentum"]) == list(RUN_COLOURS[:2])
    True
    >>> len(set(run_colours(["adam"] * 8)))
    8
    """
    taken: list[str] = []
    for optimizer in optimizers:
        own = RUN_COLOURS[FIRST.index(optimizer) if optimizer in FIRST else sum(map(ord, optimizer)) % len(RUN_COLOURS)]
        free = [colour for colour in RUN_COLOURS if colour not in taken] or [own]
        taken.append(own if own in free else free[0])
    return taken


def in_the_dark(colour: str) -> str:
    """The colour that stands for a run's on a dark page: white for black, the same otherwise."""
    return WHITE if colour == BLACK else colour
