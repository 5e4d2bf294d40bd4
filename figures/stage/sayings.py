"""What the stage's own controls are called, in the browser: English, and the texts of the visitor's language."""

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
    *(mark("map"), mark("surface"), mark("loss"), mark("gradient norm"), mark("distance"), mark("rate")),
    *(mark("other"), mark("difference"), mark("escape"), mark("sensitivity")),
    mark("Start at x {x}, y {y}: drag it, or use the arrow keys"),
    mark("What will happen? Play to the end to see what becomes of each run."),
    mark("Show the answer"),
    mark("The picture could not be drawn: {reason}"),
)


def sayings() -> dict[str, str]:
    """By their English texts, those of the present language; none in English."""
    return translated(SAYINGS)


def translated(texts: Sequence[str]) -> dict[str, str]:
    """By their English texts, those of the present language; none in English."""
    return {} if language() == ENGLISH else {text: say(text) for text in texts}
