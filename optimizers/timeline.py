"""From gradient descent to AdamW: what each rule adds to those before it, in the same letters."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from landscapes.formula import Node, Piece, read_lines
from optimizers.worked_steps.evaluation import SymbolWriter
from words import mark

PLACES = ("m", "v", "m_hat", "v_hat", "p")  # what a rule may set: mean, mean of squares, both corrected, the point
REPLACED = ("m", "v", "p")  # those that an older value gives way to


class Stage(NamedTuple):
    """One rule of the history, in letters that are the same for all: m and v remember, β₁ and β₂ are their memories."""

    optimizer: str  # name in `OPTIMIZERS`
    year: int  # of its source
    lines: Mapping[str, str]  # one of `PLACES` -> what it is set to, in the order in which that happens
    new: Mapping[str, tuple[str, ...]]  # of these, the parts that no rule before has; () for all of a line
    idea: str


TIMELINE = (
    Stage(
        "gradient_descent",
        1847,
        {"p": "p - eta*g"},
        {},
        mark("Go against the gradient."),
    ),
    Stage(
        "momentum",
        1964,
        {"m": "beta1*m + g", "p": "p - eta*m"},
        {"m": ("beta1*m",), "p": ("m",)},
        mark("Remember the past gradients: what agrees adds up, what goes back and forth cancels."),
    ),
    Stage(
        "adagrad",
        2011,
        {"v": "v + g**2", "p": "p - eta*g/(sqrt(v) + epsilon)"},
        {"v": (), "p": ("sqrt(v) + epsilon",)},
        mark("Give every coordinate a rate of its own: small where it has been steep."),
    ),
    Stage(
        "rmsprop",
        2012,
        {"v": "beta2*v + (1 - beta2)*g**2", "p": "p - eta*g/(sqrt(v) + epsilon)"},
        {"v": ("beta2", "1 - beta2")},
        mark("Forget old squares, so that a rate can grow again."),
    ),
    Stage(
        "adam",
        2015,
        {
            "m": "beta1*m + (1 - beta1)*g",
            "v": "beta2*v + (1 - beta2)*g**2",
            "m_hat": "m/(1 - beta1**t)",
            "v_hat": "v/(1 - beta2**t)",
            "p": "p - eta*m_hat/(sqrt(v_hat) + epsilon)",
        },
        {"m": ("1 - beta1",), "m_hat": (), "v_hat": (), "p": ("m_hat", "v_hat")},
        mark("Take momentum and RMSProp together, and correct both means for their start at 0."),
    ),
    Stage(
        "adamw",
        2019,
        {
            "m": "beta1*m + (1 - beta1)*g",
            "v": "beta2*v + (1 - beta2)*g**2",
            "m_hat": "m/(1 - beta1**t)",
            "v_hat": "v/(1 - beta2**t)",
            "p": "(1 - eta*lambda)*p - eta*m_hat/(sqrt(v_hat) + epsilon)",
        },
        {"p": ("1 - eta*lambda",)},
        mark("Pull the weights towards 0 beside the step, not through its quotient."),
    ),
)


class _PartsWriter(SymbolWriter):
    """Writes a line with some of its parts changed, as by a colour."""

    def __init__(self, text: str, parts: tuple[str, ...], tint: Callable[[str], str]) -> None:
        super().__init__({})
        self.text, self.parts, self.tint = text, parts, tint

    def piece(self, node: Node) -> Piece:
        """The LaTeX of a piece, changed where it is written as one of the parts."""
        shown, binds = super().piece(node)
        return (self.tint(shown), binds) if self.text[slice(*node.place)] in self.parts else (shown, binds)


def stage_in_latex(stage: Stage, tint: Callable[[str], str] = str) -> dict[str, str]:
    r"""Each line of a stage in LaTeX; `tint` is given what is new and returns it as it is to be seen.

    >>> print(stage_in_latex(TIMELINE[1], lambda latex: f"<{latex}>")["m"])
    m \leftarrow <\beta_1\,m> + g
    """
    return {place: _line(place, text, stage.new.get(place), tint) for place, text in stage.lines.items()}


def _line(place: str, text: str, new: tuple[str, ...] | None, tint: Callable[[str], str]) -> str:
    written = f"{place} = {text}"
    (assignment,) = read_lines(written)
    writer = _PartsWriter(written, new or (), tint)
    arrow = r"\leftarrow" if place in REPLACED else "="
    line = f"{writer.name(place)[0]} {arrow} {writer.latex(assignment.formula)}"
    return tint(line) if new == () else line
