"""Flat and sharp: which minimum do small and large batches end in, and what does a shifted test loss say there?"""

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from figures import RUN_COLOURS, SOFT, WHITE, contour_map, heights, in_the_dark, loss_profile
from figures.stage import Panel, Table, stage, visible
from landscapes import Landscape
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import EXAMPLES, STARTS, WELL_STEPS, Wells, wells
from words import short

FLAT, SHARP = (0.0, 0.0), (5.0, 0.0)  # the middles of the wells
NEWTON_STEPS = 20


def show(choices: DataChoices, aside: DeltaGenerator) -> None:
    """The training loss with the ends of all runs, and training and test loss along the line through both minima."""
    numbers = dict(choices.wells)
    train, test, starts, results = wells(choices.wells, choices.seed)
    marks = [(f"batches of {r.size}", colour, r.ends) for r, colour in zip(results, RUN_COLOURS, strict=False)]
    height = heights(train, train.domain, "loss")
    chart = contour_map(train, [], height, train.domain, visible=visible("data flat", "wells"))
    for label, colour, places in [("starts", SOFT, starts), *marks]:
        chart.add_scatter(
            x=places[0],
            y=places[1],
            mode="markers",
            name=label,
            marker={
                "color": colour,
                "size": 7 if label != "starts" else 5,
                "symbol": "circle" if label != "starts" else "circle-open",
                "line": {"color": WHITE if label != "starts" else colour, "width": 1},
            },
            hovertemplate=f"(%{{x:.3g}}, %{{y:.3g}})<extra>{label}</extra>",
            meta={"dark": {"marker": {"color": in_the_dark(colour)}}},
        )
    notes = [sentence(r) for r in results]
    if len(results) == 2:
        notes.append(compared(*results, shift=numbers["shift"]))
    stage(
        [
            Panel("wells", chart, alt=" ".join(notes)),
            Panel(
                "profile",
                loss_profile(train, test, train.domain[0], marks),
                alt="Training loss solid, test loss dashed, along the line through both minima.",
            ),
        ],
        key="data flat",
        rows=[["wells", "profile"], ["table"]],
        table=Table(
            columns=["Batches", "End flat", "End sharp", "Elsewhere", "Training loss", "Test loss"],
            rows=[
                [
                    f"{r.size} at a time",
                    *(f"{value:.0%}" for value in (r.flat, r.sharp, max(0.0, 1 - r.flat - r.sharp))),
                    short(r.train_loss),
                    short(r.test_loss),
                ]
                for r in results
            ],
            colours=RUN_COLOURS[: len(results)],
            caption=f"{STARTS} runs of {WELL_STEPS} updates from the same starts around the sharp minimum",
        ),
        notes=notes,
    )
    aside.caption(
        f"Each of {EXAMPLES} examples tilts the training loss its own way, all together not at all. "
        f"η falls to 0 as half a cosine. {curvature_words(train)}"
    )


def curvature_words(train: Landscape) -> str:
    """How steep both minima are, and which rate is too large for the sharp one."""
    flat, sharp = (steepest(train, middle) for middle in (FLAT, SHARP))
    return (
        f"The largest curvature is {short(flat)} at the flat minimum and {short(sharp)} at the sharp one: the edge of "
        f"stability there is η = {short(2 / sharp)}."
    )


def steepest(train: Landscape, middle: tuple[float, float]) -> float:
    """The largest curvature at the minimum in a well: Newton's method from its middle, which is near."""
    p = np.array(middle)
    for _ in range(NEWTON_STEPS):
        p = p - np.linalg.solve(train.hessian(p), train.gradient(p))
    return float(np.linalg.eigvalsh(train.hessian(p))[-1])


def sentence(result: Wells) -> str:
    """Where the runs with one batch size ended."""
    return (
        f"Batches of {result.size}: {result.flat:.0%} of the runs end in the flat well and {result.sharp:.0%} in "
        f"the sharp one; their mean test loss is {short(result.test_loss)}."
    )


def compared(small: Wells, large: Wells, shift: float) -> str:
    """What the shift costs the ends of both."""
    costs = [
        f"{short(abs(c))} {'above' if c >= 0 else 'below'}"
        for c in (r.test_loss - r.train_loss for r in (small, large))
    ]
    return (
        f"Shifted by {short(shift)}, the test loss lies {costs[0]} the training loss where batches of {small.size} "
        f"end, and {costs[1]} it where batches of {large.size} do."
    )
