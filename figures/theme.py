"""Every colour, dash and symbol, stated once: the contour map, the runs, the landmarks."""

from collections.abc import Sequence
from typing import Any


def translucent(colour: str, opacity: float) -> str:
    """A colour as in #12344d, seen through as far as its opacity is below 1, as CSS writes it.

    >>> translucent("#0072B2", 0.25)
    'rgba(0, 114, 178, 0.25)'
    """
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgba({red}, {green}, {blue}, {opacity})"


# Low is deep, high is pale: monotone in lightness, so it survives a bad projector and colour blindness.
HEIGHT_COLOURS = ((0.0, "#12344d"), (0.2, "#2f6585"), (0.45, "#7fa9bd"), (0.7, "#cfdcd9"), (1.0, "#f6efdf"))
HEIGHT_COLOURS_DARK = ((0.0, "#08131d"), (0.25, "#123047"), (0.5, "#2b5a77"), (0.75, "#5f8ba3"), (1.0, "#a9c3cf"))

PAPER, PAPER_DARK = "#ffffff", "#0f1419"
INK, INK_DARK = "#1f2328", "#e6e8ea"
SIDE, SIDE_DARK = "#f6f5f1", "#161c23"  # behind the controls
BORDER, BORDER_DARK = "#e4e2dc", "#27303a"
ACCENT, ACCENT_DARK = "#0b6e99", "#56b4e9"
SOFT, SOFT_DARK = "#6b7280", "#9aa4b0"
HAIR_OPACITY = 0.28  # of contour lines
HAIR, HAIR_DARK = translucent(INK, HAIR_OPACITY), translucent(INK_DARK, HAIR_OPACITY)
HATCH, HATCH_DARK = translucent(INK, 0.45), translucent(INK_DARK, 0.45)  # where a function is not defined
RULES = translucent("#808891", 0.25)  # grid lines beside curves, on any paper
VEIL, VEIL_DARK = translucent(PAPER, 0.8), translucent(PAPER_DARK, 0.8)  # under a legend on a map
LEVELS_ON_SURFACE = translucent(PAPER, 0.45)
CLEAR = translucent(PAPER, 0)
GRID, GRID_DARK = "#dfe1e4", "#2b3137"  # in three dimensions, where Plotly adds a pale line's light to the paper's

# One hue a run on both papers: dark enough on pale water and bright enough on deep water to be seen on the casing
# under their lines, and told apart with every kind of colour vision; tests/test_run_colours.py has the numbers.
RUN_COLOURS = ("#0084FC", "#DF5906", "#006D4E", "#CE4F9D", "#694600", "#002E50", "#8E874E", "#000000")
RUN_COLOURS_IN_LETTERS = ("#006ED1", "#BB4B05", "#006D4E", "#B34589", "#694600", "#002E50", "#767041", "#000000")
RUN_COLOURS_DARK = ("#5C9DF0", "#F26B1D", "#36DDA3", "#E678B5", "#FFC22B", "#B9D8FF", "#C2C261", "#FFFFFF")
CASING = 0.9  # opacity of the paper under a run that is drawn alone
WHITE = "#ffffff"
BARE: dict[str, Any] = {}  # a template without anything: the page lays its own theme over a figure
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "5px,1px", "1px,3px")
DASH_PATTERNS = {  # by Plotly's names: drawn and left out in turn, in widths of the line; its own dots are closer
    "dot": (1.0, 1.5),
    "dash": (3.0, 3.0),
    "longdash": (5.0, 5.0),
    "dashdot": (3.0, 1.0, 1.0, 1.0),
    "longdashdot": (5.0, 2.0, 1.0, 2.0),
}
LEAST_DASHED_WIDTH = 3.0  # pixels: dashes of thinner lines are as long as of this one

SYMBOLS = {"minimum": "star", "saddle": "diamond-x", "maximum": "triangle-up", "degenerate": "square"}
# M. Okabe and K. Ito, Color Universal Design (2008): told apart with every kind of colour vision.
KIND_COLOURS = {"minimum": "#0072B2", "saddle": "#D55E00", "maximum": "#CC79A7", "degenerate": "#E69F00"}
KIND_COLOURS_DARK = {"minimum": "#56B4E9", "saddle": "#F26B1D", "maximum": "#E8A5C8", "degenerate": "#F0E442"}

# Where trajectories end, one hue a place, pale for those that come soon and deep for those that take long: M. Okabe and
# K. Ito's hues. What ends nowhere has none.
END_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#F0E442", "#CC79A7", "#E69F00", "#56B4E9")
ENDLESS = {"diverged": ("#3c4248", "#07090b"), "cycle": ("#ececec", "#ececec"), "moving": ("#7b8087", "#7b8087")}

# What moves a run, in pictures of one update and in its formulas; the step that both make is in ink.
BY_GRADIENT, BY_MOMENTUM = RUN_COLOURS[0], RUN_COLOURS[1]

# Below and above 0, told apart by the colour-blind too: from C. A. Brewer's schemes PuOr and RdBu, colorbrewer2.org.
CONCAVE, BENT_DOWN, MIDDLE, BENT_UP, CONVEX = "#b35806", "#fdb863", "#f7f7f7", "#92c5de", "#2166ac"
NEITHER = "#bdbdbd"

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


IN_LETTERS = dict(zip(RUN_COLOURS, RUN_COLOURS_IN_LETTERS, strict=True))  # dark enough to be read on light paper
IN_THE_DARK = dict(zip(RUN_COLOURS, RUN_COLOURS_DARK, strict=True)) | {
    colour: KIND_COLOURS_DARK[kind] for kind, colour in KIND_COLOURS.items()
}
IN_THE_DARK[SOFT] = SOFT_DARK


def in_the_dark(colour: str) -> str:
    """The colour that stands on a dark page for one of a run, of a kind of critical point, or of what stays behind.

    Any other stays.

    >>> in_the_dark("#000000"), in_the_dark("#123456")
    ('#FFFFFF', '#123456')
    """
    return IN_THE_DARK.get(colour, colour)
