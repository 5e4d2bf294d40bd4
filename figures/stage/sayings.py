"""What the stage's own controls are called, in the browser: English, and the texts of the visitor's language."""

import re
from collections.abc import Sequence

from words import ENGLISH, language, mark, say

SAYINGS = (
    mark("Play"),
    mark("Pause"),
    mark("Playback"),
    mark("One step back"),
    mark("One step forward"),
    mark("{count} steps back"),
    mark("{count} steps forward"),
    mark("Loop"),
    mark("Step"),
    mark("step {step}"),
    mark("step {step} of {steps}"),
    mark("Speed"),
    mark("Panels"),
    mark("Side by side"),
    mark("Show the {picture} alone"),
    mark("Present"),
    mark("Full screen"),
    mark("Copy link"),
    mark("Link copied"),
    mark("Link to copy"),
    mark("Save a picture"),
    mark("Save the {picture} as {format}"),
    mark("{picture}, before the runs have been played"),
    mark("step"),
    mark("{title}, {more}"),
    mark("Start at x {x}, y {y}: drag it, or use the arrow keys"),
    mark("{name} at x {x}, y {y}: drag it, or use the arrow keys"),
    mark("What will happen? Play to the end to see what becomes of each run."),
    mark("Show the answer"),
    mark("The picture could not be drawn: {reason}"),
    mark("{file} did not load"),
)

PICTURES = {  # what a panel is called, where its figure has no title
    "map": mark("map"),
    "surface": mark("surface"),
    "surface 2": mark("second surface"),
    "loss": mark("loss"),
    "gradient_norm": mark("gradient norm"),
    "distance": mark("distance"),
    "rate": mark("rate"),
    "beside": mark("map of the other loss"),
    "change": mark("loss along the direction"),
    "cloud": mark("gradients of batches"),
    "difference": mark("difference"),
    "escape": mark("steps until a run has left"),
    "fit": mark("fit"),
    "index": mark("losses of the critical points"),
    "line": mark("line"),
    "machine": mark("time of an update"),
    "model": mark("second-order model"),
    "one": mark("map of one batch"),
    "other": mark("other map"),
    "plane": mark("plane"),
    "profile": mark("profile"),
    "pushes": mark("pushes"),
    "remainder": mark("error of the model"),
    "sensitivity": mark("outcome over one knob"),
    "spectrum": mark("eigenvalues"),
    "wells": mark("wells"),
}
# Of Streamlit's own words those that our pages show; a number or the name of a key stands in a place.
STREAMLITS_TEXTS = (
    mark("Skip to main content"),
    mark("{count} more"),
    mark("No results"),
    mark("Upload"),
    mark("{size} per file"),
    mark("Press Enter to apply"),
    mark("Press {key}+Enter to apply"),
    mark("Connecting"),
    mark("Running..."),
    mark("Download failed"),
)
STREAMLITS_LABELS = (
    mark("App pages"),
    mark("Navigate to home page"),
    mark("Logo"),
    mark("Sidebar"),
    mark("Expand sidebar"),
    mark("Collapse sidebar"),
    mark("Help"),
    mark("Open"),
    mark("Close"),
    mark("Choose an option"),
    mark("Choose options"),
    mark("Clear value"),
    mark("Clear all"),
    mark("Select all"),
    mark("Selected values"),
    mark("Running..."),
    mark("Shortcut {key}"),
    mark("Copy to clipboard"),
    mark("Add files"),
    mark("file upload"),
    mark("Fullscreen"),
    mark("Close fullscreen"),
    mark("Search"),
    mark("Close Search"),
    mark("Next Result"),
    mark("Previous Result"),
    mark("Download as CSV"),
    mark("Show/hide columns"),
    mark("Clear selection"),
)
TAG = re.compile(r"<[^<>]*>")


def called(name: str, title: str) -> str:
    """What a panel is called in menus and by a screen reader: as it always is, or by the title of its figure.

    >>> called("map", ""), called("rho", "ρ<sub>∞</sub>")
    ('map', 'ρ∞')
    """
    return say(PICTURES[name]) if name in PICTURES else TAG.sub("", title) or name


def sayings() -> dict[str, str]:
    """By their English texts, those of the present language; none in English."""
    return translated(SAYINGS)


def streamlits_words() -> dict[str, dict[str, str]]:
    """What Streamlit writes in English by itself, in the present language: texts, and what elements are labelled."""
    return {"texts": translated(STREAMLITS_TEXTS), "labels": translated(STREAMLITS_LABELS)}


def translated(texts: Sequence[str]) -> dict[str, str]:
    """By their English texts, those of the present language; none in English."""
    return {} if language() == ENGLISH else {text: say(text) for text in texts}
