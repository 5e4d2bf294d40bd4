"""Several ways down one landscape: who arrives, who gets stuck, who leaves?"""

import numpy as np
import streamlit as st

from figures import EXPLAINED, animation, contour_map, curves, enlarge, overlay, profile, rate_curves, surface
from figures.stage import Panel, stage, standalone
from pages.shared.choices import CURVES
from pages.shared.compute import critical_points, crowds, outcomes, scale, window_scale
from pages.shared.controls import landscape_controls, look_at, noise_controls, view_controls
from pages.shared.header import header
from pages.shared.race import base, ends, entries, landmarks, table
from pages.shared.remarks import conventions, idle_schedules, rates_in_words, scheduled
from pages.shared.runs import run_controls
from pages.shared.save import save
from pages.shared.save_pictures import save_pictures
from pages.shared.share import share_controls
from pages.shared.start_controls import add_start, further_starts, move_start, start_controls, too_many
from pages.shared.state import KEPT, current
from pages.shared.tune import tuned

ROWS = {
    "screen": lambda curve: [["map", "surface"], ["play"], ["loss", curve, "table"]],
    "hall": lambda curve: [["map", "surface"], ["play"], ["loss", curve], ["table"]],
}

choices = current()
landscape = choices.build()
header("Explore", landscape)

found = critical_points(choices.where)
height = scale(choices.where, choices.height)
race = entries(choices, outcomes(choices), crowds(choices))
shown = [entry for entry in race if not entry.hidden]
runs = [run for entry in shown for run in entry.lines()]

zoom = (choices.zoom, window_scale(choices.where, choices.height, choices.zoom)) if choices.zoom else None
over = overlay(landscape, choices.zoom or landscape.domain, choices.overlay)
further = np.array(choices.raced[1:]).T if choices.raced[1:] else None

logarithmic = choices.axis == "log"
floor = base(shown, found, logarithmic)
minima = landmarks(found).get("minimum", np.zeros((2, 0)))
beside = CURVES[choices.curve]
rates = scheduled(choices, [entry.outcome.trajectory for entry in race])

panels = [
    Panel(
        "map",
        contour_map(landscape, runs, height, landscape.domain, landmarks(found), further, zoom=zoom, over=over),
        alt=f"Contour map of {landscape.name} with {len(shown)} runs. {' '.join(entry.sentence for entry in shown)}",
    ),
    Panel("surface", profile(landscape, runs, landscape.domain), alt=f"{landscape.name} as a curve, with the runs.")
    if landscape.curve
    else Panel(
        "surface",
        surface(landscape, runs, height, landscape.domain),
        alt=f"The surface of {landscape.name} in three dimensions, with the same runs on it. {landscape.about}",
    ),
    Panel(
        "loss",
        curves(
            "Loss above the lowest, f − f*" if floor else "Loss",
            runs,
            [loss - floor for entry in shown for loss in entry.values(lambda it: it.loss)],
            logarithmic,
        ),
        alt=ends("Loss", shown, lambda it: it.loss),
    ),
    Panel(
        choices.curve,
        curves(
            beside,
            runs,
            [curve for entry in shown for curve in entry.values(lambda it: it.curve(choices.curve, minima))],
            logarithmic,
        ),
        alt=ends(beside, shown, lambda it: it.curve(choices.curve, minima)),
    ),
]
if rates:
    drawn = {slot: rate for slot, rate in rates.items() if not race[slot].hidden}
    everyone = [entry.run for entry in race]
    panels.append(Panel("rate", rate_curves(everyone, drawn), alt=rates_in_words(choices.names(), drawn)))
if choices.size == "hall":
    for panel in panels:
        enlarge(panel.figure)
picture = {
    "rows": ROWS[choices.size](choices.curve) + [["rate"]] * bool(rates),
    "steps": choices.steps,
    "table": table(choices, race, found, tuned(choices)),
    "notes": [
        *(entry.sentence for entry in shown),
        *([too_many(choices)] if len(choices.raced) < len(choices.starts) else []),
        *([EXPLAINED[choices.overlay]] if over else []),
        *idle_schedules(choices, rates),
        *conventions(choices, choices.names(), [entry.run.positions for entry in race]),
    ],
}
stage(
    panels,
    key="stage",
    start=choices.start,
    window=choices.zoom,
    title=f"fall-line-{choices.landscape}",
    on_start=lambda x, y: move_start((x, y)),
    on_added=lambda x, y: add_start((x, y)),
    on_window=look_at,
    **picture,
)
if not st.context.is_embedded:
    with st.sidebar:
        landscape_controls()
        run_controls()
        start_controls()
        further_starts()
        noise_controls()
        view_controls("height", "overlay", "axis", "curve", "order", "size")
        save(choices)
        share_controls(KEPT)
    with st.sidebar, st.popover("Save the pictures", width="stretch", on_change="rerun", key="pictures") as menu:
        if menu.open:
            save_pictures(
                choices,
                page=lambda: standalone(panels, title=landscape.name, about=landscape.about, **picture),
                film=lambda progress: animation(
                    landscape, runs, height, landscape.domain, landmarks(found), zoom, choices.overlay, progress
                ),
            )
