"""Along a run: does the curvature it meets stay below what its steps can bear?"""

from dataclasses import replace

import numpy as np
import streamlit as st

from figures import Run, run_colours, sharpness, stride
from figures.stage import Drawing, Panel, drawing, stage, viewed, visible
from landscapes import Array, Domain, Landscape
from landscapes.curvature import eigenvalues
from optimizers import Trajectory, learning_rates
from pages.curvature_parts.view import View, view_of
from pages.shared.controls import left_out, thinned
from pages.shared.race import outcomes
from pages.shared.size import panels_in_size
from pages.shared.state import Choices, RunChoice
from pages.shared.work import Frozen, drawn_once, frozen
from words import apart, paragraph, say, short, steps

MORE = 1 + 1e-9  # times the limit: what exceeds it by less may be rounding


def show(view: View) -> None:
    """One run on the map, and its Hessian eigenvalues at every step against the stability limit."""
    choices = view.choices
    names, widget = choices.names(), f"along {len(choices.runs)}"
    st.session_state[widget] = st.session_state.get(widget, 0)  # the place in the race stays when the names change
    picked = st.segmented_control(
        say("Run"), range(len(names)), format_func=names.__getitem__, key=widget, label_visibility="collapsed"
    )
    seen = pictured(choices, int(picked or 0), visible("along", "map"), frozen(viewed("along")))
    stage(seen, key="along")


@drawn_once
def pictured(choices: Choices, slot: int, look: Domain | None, views: Frozen) -> Drawing:
    """The run at this place in the race.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    view, names = view_of(choices), choices.names()
    result, name = outcomes(choices)[slot], names[slot]
    colour = run_colours([run.optimizer for run in choices.runs])[slot]
    positions = result.trajectory.positions
    along = result.once("eigenvalues", lambda: eigenvalues(view.landscape, positions))
    run = Run(name, colour, positions).at(result.steps_drawn(view.height, (view.landscape.domain,)))
    rates, limit = result.once("stability", lambda: stability(view.landscape, choices.runs[slot], result.trajectory))
    notes = [say("{run}: {sentence}", run=name, sentence=result.verdict.sentence)]
    if limit is None or rates is None:
        notes.append(
            say(
                "No stability limit for λₘₐₓ is drawn for {run}: it is known for gradient descent and its forms with "
                "momentum, whose steps depend on nothing but the gradients, η and β.",
                run=name,
            )
        )
    else:
        taken = steps_taken(result.trajectory)
        notes.append(paragraph(limits(name, rates[:taken], limit[:taken]), comparison(along[1, :taken], limit[:taken])))
    return drawing(
        panels_in_size(
            [
                Panel("map", view.map(look, (run,)), alt=say("Map with the run of {run}.", run=name)),
                Panel(
                    "sharpness",
                    sharpness(along, limit, colour),
                    alt=say("Hessian eigenvalues along the run of {run}. {sentence}", run=name, sentence=notes[1]),
                ),
            ],
            choices.size,
        ),
        key="along",
        views=dict(views),
        rows=[["map", "sharpness"], ["play"], ["table"]],
        steps=choices.steps_taken,
        every=stride(choices.steps_taken),
        start=choices.start,
        notes=[*notes, *left_out(choices), *thinned(choices)],
    )


def stability(landscape: Landscape, run: RunChoice, trajectory: Trajectory) -> tuple[Array | None, Array | None]:
    """The rate of every step of a run and the curvature up to which it is stable, (steps,) each; None where unknown.

    Known is the product of the two: what it is at the rate 1 holds for every rate that a schedule gives.
    """
    rates = learning_rates(landscape, run.build(), trajectory)
    if rates is None:
        return None, None
    limit = replace(run, schedule="constant", schedule_numbers=(), warmup=0).build(learning_rate=1.0).stability_limit
    if limit is None:
        return rates, None
    with np.errstate(divide="ignore"):
        return rates, np.asarray(float(limit(0)) / rates)


def steps_taken(trajectory: Trajectory) -> int:
    """The steps that led somewhere: all, or those before the one with which the run left."""
    return int(np.isfinite(trajectory.positions).all(axis=0).sum()) - 1


def limits(name: str, rates: Array, limit: Array) -> str:
    """Below which curvature the steps are stable on a quadratic: one number, or from where to where it moves."""
    if not rates.size:
        return say("{run} took no step that led anywhere.", run=name)
    if np.ptp(rates) == 0:
        if rates[0] == 0:
            return say("{run} stands still: its rate is 0.", run=name)
        return say(
            "At its rate η = {rate}, {run} is stable on a quadratic while λₘₐₓ stays below {limit}.",
            rate=short(float(rates[0])),
            run=name,
            limit=short(float(limit[0])),
        )
    low, high = int(limit.argmin()), int(limit.argmax())
    return say(
        "The rate changes from step to step, and with it the curvature below which a step of {run} is stable on a "
        "quadratic: it is lowest at step {low}, {least} at η = {large}, and highest at step {high}, {most} at η = "
        "{small}.",
        run=name,
        low=low,
        least=short(float(limit[low])),
        large=short(float(rates[low])),
        high=high,
        most=say("without a limit") if np.isinf(limit[high]) else short(float(limit[high])),
        small=short(float(rates[high])),
    )


def comparison(curvature: Array, limit: Array) -> str:
    """At how many of the steps the curvature met is larger than the limit of the step."""
    if not curvature.size:
        return ""
    beyond = np.flatnonzero(curvature > MORE * limit)
    of = steps(curvature.size)
    if not beyond.size:
        return say("λₘₐₓ is above the limit at none of {steps}.", steps=of)
    first = int(beyond[0])
    met, held = apart(float(curvature[first]), float(limit[first]), short)
    return say(
        "λₘₐₓ is above the limit of the step at {count} of {steps}, first at step {first}: {met} against {held}.",
        count=f"{beyond.size:,}",
        steps=of,
        first=first,
        met=met,
        held=held,
    )
