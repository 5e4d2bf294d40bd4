"""Activations and their slopes: which of them lets a gradient through many layers?"""

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from figures import activation_curves, slope_products
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed
from landscapes import ACTIVATIONS, Array
from landscapes.from_data import factors
from pages.data_parts.choices import DataChoices
from pages.data_parts.pictures.fields import CHAIN
from pages.data_parts.pictures.knobs import knobs_of
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import listed_with_and, mark, paragraph, say, short

NAMES = {  # in the order of the pictures
    "sigmoid": mark("Sigmoid"),
    "tanh": mark("tanh"),
    "relu": mark("ReLU"),
    "leaky_relu": mark("Leaky ReLU"),
    "gelu": mark("GELU"),
    "softplus": mark("Softplus"),
}
STAGE = "data activations"
Z = np.linspace(-4.0, 4.0, 401)


def controls() -> None:
    """The input and the chain that it goes through."""
    knobs_of("layers", CHAIN)


def products(choices: DataChoices) -> dict[str, Array]:
    """∂hₖ/∂x of a chain of each activation after every layer, (depth,)."""
    of = dict(choices.layers)
    return {name: factors(of["input"], of["weight"], name, int(of["depth"]), of["bias"]) for name in NAMES}


def show(choices: DataChoices, _: DeltaGenerator) -> None:
    """The pictures of all activations and of the chosen chain."""
    stage(pictured(choices, frozen(viewed(STAGE))), key=STAGE)


@drawn_once
def pictured(choices: DataChoices, views: Frozen) -> Drawing:
    """Values and slopes side by side, and the product of the slopes along a chain."""
    of = dict(choices.layers)
    z = np.array(of["weight"] * of["input"] + of["bias"])  # what the first layer takes
    every = {say(label): ACTIVATIONS[name] for name, label in NAMES.items()}
    left = {say(NAMES[name]): product for name, product in products(choices).items()}
    said = [slope_words(), product_words(choices)]
    return drawing(
        panels_in_size(
            [
                Panel(
                    "values",
                    activation_curves(
                        say("Activation φ(z)"),
                        Z,
                        {name: phi.value(Z) for name, phi in every.items()},
                        float(z),
                        {name: float(phi.value(z)) for name, phi in every.items()},
                    ),
                    alt=say("Six activation functions over z from −4 to 4."),
                ),
                Panel(
                    "slopes",
                    activation_curves(
                        say("Slope φ′(z)"),
                        Z,
                        {name: phi.derivative(Z) for name, phi in every.items()},
                        float(z),
                        {name: float(phi.derivative(z)) for name, phi in every.items()},
                    ),
                    alt=said[0],
                ),
                Panel("products", slope_products(left), alt=said[1]),
            ],
            choices.size,
        ),
        key=STAGE,
        views=dict(views),
        rows=[["values", "slopes", "products"], ["table"]],
        table=Table(
            columns=[
                say("Activation"),
                say("Largest slope"),
                say("φ(z) in the first layer"),
                say("φ′(z) in the first layer"),
                say("Derivative of the chain"),
                say("Its bound"),
            ],
            rows=[
                [
                    name,
                    short(phi.steepest),
                    short(float(phi.value(z))),
                    short(float(phi.derivative(z))),
                    short(float(left[name][-1])),
                    short((abs(of["weight"]) * phi.steepest) ** int(of["depth"])),
                ]
                for name, phi in every.items()
            ],
            caption=say("z = {z} in the first of {depth} layers", z=short(float(z)), depth=int(of["depth"])),
        ),
        notes=said,
    )


def slope_words() -> str:
    """How steep each of them can be."""
    return say(
        "The slope of the sigmoid is never above {sigmoid}, that of GELU never above {gelu}, and those of the others "
        "never above 1. ReLU has the slope 0 below 0 and 1 above it, whatever z is.",
        sigmoid=short(ACTIVATIONS["sigmoid"].steepest),
        gelu=short(ACTIVATIONS["gelu"].steepest),
    )


def product_words(choices: DataChoices) -> str:
    """What the chain rule leaves of the gradient after all layers."""
    of = dict(choices.layers)
    depth, weight = int(of["depth"]), of["weight"]
    last = {name: abs(float(product[-1])) for name, product in products(choices).items()}
    largest = max(last.values())
    rule = say(
        "Through {depth} layers h = φ(w h + b) the chain rule multiplies {depth} factors w φ′(z): for the sigmoid "
        "{sigmoid} is left, whose size is at most (|w|/4)ᵏ = {bound}.",
        depth=depth,
        sigmoid=short(float(products(choices)["sigmoid"][-1])),
        bound=short((abs(weight) / 4) ** depth),
    )
    if largest == 0:
        return paragraph(rule, say("Here nothing is left by any of the six."))
    best = [say(NAMES[name]) for name in NAMES if last[name] == largest]
    most = say("Most is left by {names}: {size}.", names=listed_with_and(best), size=short(largest))
    gone = [say(NAMES[name]) for name in NAMES if last[name] == 0]
    nothing = say("Nothing at all is left by {names}.", names=listed_with_and(gone)) if gone else ""
    return paragraph(rule, most, nothing)
