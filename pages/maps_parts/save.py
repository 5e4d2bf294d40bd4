"""Takes a map away: a button for each picture and for all numbers."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.maps_parts.basins import sharp_maps
from pages.maps_parts.files import (
    Shown,
    differences_as_png,
    is_within_reach,
    stays_as_large_png,
    stays_as_npz,
    stays_as_png,
    values_as_npz,
)
from pages.maps_parts.knobs import knob_sweep
from pages.maps_parts.one_knob import over_values
from pages.maps_parts.saddles import beside, nearest, saddles_of
from pages.shared.state import Choices, run_names
from words import say

LARGE = 4096  # pixels along each side of the largest picture
PNG, NPZ = ("image/png", "png"), ("application/octet-stream", "npz")


def save_map(choices: Choices) -> None:
    """A button for each file; what it needs is computed at the click."""
    if choices.map == "basins":
        save_basins(choices)
    elif choices.map == "saddles":
        save_stays(choices)
    elif choices.map == "knob":
        if over := over_values(choices):
            offer(choices, say("All numbers, NPZ"), partial(values_as_npz, over), NPZ)
    elif sweep := knob_sweep(choices):
        save_one(choices, Shown((sweep,), 0, choices.colour))


def save_basins(choices: Choices) -> None:
    """The files of a map, or of two and of where they differ."""
    sharp, around = sharp_maps(choices)
    together = (*sharp, *around)
    if len(sharp) == 1:
        save_one(choices, Shown(together, 0))
        return
    for slot, name in enumerate(run_names([sweep.run for sweep in sharp])):
        save_one_of_two(choices, Shown(together, slot), name)
    offer(choices, say("Where they end differently, PNG"), partial(differences_as_png, together), PNG, "-different")


def save_one(choices: Choices, seen: Shown) -> None:
    """The files of the only map."""
    offer(choices, say("Map, PNG"), seen.png, PNG)
    if is_within_reach(seen.sweep, LARGE):
        offer(choices, large_map(), partial(seen.large_png, LARGE), PNG, f"-{LARGE}")
    offer(choices, say("All numbers, NPZ"), seen.npz, NPZ)


def save_one_of_two(choices: Choices, seen: Shown, name: str) -> None:
    """The files of one of two maps, which have the name of its run."""
    file = f"-{seen.slot + 1}-{seen.sweep.run.optimizer}"
    offer(choices, say("Map of {run}, PNG", run=name), seen.png, PNG, file)
    if is_within_reach(seen.sweep, LARGE):
        label = say("Map of {run}, PNG, {side} × {side} pixels", run=name, side=f"{LARGE:,}")
        offer(choices, label, partial(seen.large_png, LARGE), PNG, f"{file}-{LARGE}")
    offer(choices, say("All numbers of {run}, NPZ", run=name), seen.npz, NPZ, file)


def save_stays(choices: Choices) -> None:
    """The files of the map of a saddle."""
    found = saddles_of(choices)
    if not found:
        return
    stays = beside(choices, nearest(found, choices.point))
    offer(choices, say("Map, PNG"), partial(stays_as_png, stays), PNG)
    if is_within_reach(stays, LARGE):
        offer(choices, large_map(), partial(stays_as_large_png, stays, LARGE), PNG, f"-{LARGE}")
    offer(choices, say("All numbers, NPZ"), partial(stays_as_npz, stays), NPZ)


def large_map() -> str:
    """The label of the largest picture."""
    return say("Map, PNG, {side} × {side} pixels", side=f"{LARGE:,}")


def offer(choices: Choices, label: str, content: Callable[[], bytes], kind: tuple[str, str], which: str = "") -> None:
    """A button that saves a file, which is made at the click; `which` says of which of several maps it is."""
    mime, ending = kind
    file = f"fall-line-{choices.map}-{choices.landscape}{which}.{ending}"
    st.download_button(label, content, file, mime, on_click="ignore", width="stretch")
