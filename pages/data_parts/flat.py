"""Flat and sharp: which minimum do small and large batches end in, and what does a shifted test loss say there?"""

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from figures import RUN_COLOURS, SOFT, WHITE, contour_map, heights, in_the_dark, loss_profile
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed, visible
from landscapes import Domain, Landscape
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import EXAMPLES, STARTS, WELL_STEPS, Wells, wells
from pages.shared.fields import Numbers
from pages.shared.size import panels_in_size
from pages.shared.work import Frozen, drawn_once, frozen
from words import paragraph, say, short

STAGE = "data flat"
FLAT, SHARP = (0.0, 0.0), (5.0, 0.0)  # the middles of the wells
NEWTON_STEPS = 20


def show(choices: DataChoices, aside: DeltaGenerator) -> None:
    """The pictures, and beside the choice of parts what they are of."""
    look, views = visible(STAGE, "wells"), frozen(viewed(STAGE))
    seen, about = pictured(choices.wells, choices.seed, choices.size, look, views)
    stage(seen, key=STAGE)
    aside.caption(about)


@drawn_once
def pictured(wells_at: Numbers, seed: int, size: str, look: Domain | None, views: Frozen) -> tuple[Drawing, str]:
    """The training loss with the ends of all runs, training and test loss along the line through both minima, and what
    all of that is.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    numbers = dict(wells_at)
    train, test, starts, results = wells(wells_at, seed)
    marks = [
        (say("batches of {size}", size=r.size), colour, r.ends) for r, colour in zip(results, RUN_COLOURS, strict=False)
    ]
    height = heights(train, train.domain, "loss")
    chart = contour_map(train, [], height, train.domain, visible=look)
    begun = say("starts")
    for label, colour, places in [(begun, SOFT, starts), *marks]:
        chart.add_scatter(
            x=places[0],
            y=places[1],
            mode="markers",
            name=label,
            marker={
                "color": colour,
                "size": 7 if label != begun else 5,
                "symbol": "circle" if label != begun else "circle-open",
                "line": {"color": WHITE if label != begun else colour, "width": 1},
            },
            hovertemplate=f"(%{{x:.3g}}, %{{y:.3g}})<extra>{label}</extra>",
            meta={"dark": {"marker": {"color": in_the_dark(colour)}}},
        )
    notes = [sentence(r) for r in results]
    if len(results) == 2:
        notes.append(compared(*results, shift=numbers["shift"]))
    seen = drawing(
        panels_in_size(
            [
                Panel("wells", chart, alt=paragraph(*notes)),
                Panel(
                    "profile",
                    loss_profile(train, test, train.domain[0], marks),
                    alt=say("Training loss solid, test loss dashed, along the line through both minima."),
                ),
            ],
            size,
        ),
        key=STAGE,
        views=dict(views),
        rows=[["wells", "profile"], ["table"]],
        table=Table(
            columns=[
                say("Batches"),
                say("End flat"),
                say("End sharp"),
                say("Elsewhere"),
                say("Training loss"),
                say("Test loss"),
            ],
            rows=[
                [
                    say("{size} at a time", size=r.size),
                    *(f"{value:.0%}" for value in (r.flat, r.sharp, max(0.0, 1 - r.flat - r.sharp))),
                    short(r.train_loss),
                    short(r.test_loss),
                ]
                for r in results
            ],
            colours=RUN_COLOURS[: len(results)],
            caption=say(
                "{runs} runs of {updates} updates from the same starts around the sharp minimum",
                runs=STARTS,
                updates=WELL_STEPS,
            ),
        ),
        notes=notes,
    )
    setting = say(
        "Each of {examples} examples tilts the training loss in a direction of its own; over all of them the tilts "
        "cancel. The learning rate falls from η to 0 along half a cosine.",
        examples=EXAMPLES,
    )
    return seen, paragraph(setting, curvature_words(train))


def curvature_words(train: Landscape) -> str:
    """How steep both minima are, and which rate is too large for the sharp one."""
    flat, sharp = (steepest(train, middle) for middle in (FLAT, SHARP))
    return say(
        "The largest curvature is {flat} at the flat minimum and {sharp} at the sharp one, where gradient descent is "
        "stable at rates below 2/λ = {rate}.",
        flat=short(flat),
        sharp=short(sharp),
        rate=short(2 / sharp),
    )


def steepest(train: Landscape, middle: tuple[float, float]) -> float:
    """The largest curvature at the minimum in a well: Newton's method from its middle, which is near."""
    p = np.array(middle)
    for _ in range(NEWTON_STEPS):
        p = p - np.linalg.solve(train.hessian(p), train.gradient(p))
    return float(np.linalg.eigvalsh(train.hessian(p))[-1])


def sentence(result: Wells) -> str:
    """Where the runs with one batch size ended."""
    return say(
        "Batches of {size}: {flat} of the runs end in the flat well and {sharp} in the sharp one; their mean test loss "
        "is {loss}.",
        size=result.size,
        flat=f"{result.flat:.0%}",
        sharp=f"{result.sharp:.0%}",
        loss=short(result.test_loss),
    )


def compared(small: Wells, large: Wells, shift: float) -> str:
    """What the shift costs the ends of both."""
    parts = [say("The test loss is the training loss shifted by {shift}.", shift=short(shift))]
    for result in (small, large):
        cost = result.test_loss - result.train_loss
        parts.append(
            say(
                "Where batches of {size} end, it lies {cost} above the training loss.",
                size=result.size,
                cost=short(cost),
            )
            if cost >= 0
            else say(
                "Where batches of {size} end, it lies {cost} below the training loss.",
                size=result.size,
                cost=short(-cost),
            )
        )
    return paragraph(*parts)
