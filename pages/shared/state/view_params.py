"""Validates the parameters of a link beside the choices: step, camera, panel and answers, and the language.

All but the language the browser reads and writes itself, so that playback sends the server nothing.
"""

import re
from collections.abc import Mapping, Sequence

from pages.shared.fields import Reader
from pages.shared.state.lecture import LEAD, LECTURE
from pages.shared.state.visitor import PARAMETER
from words import Message, languages, listed_later, mark, message

NUMBER = r"-?\d{1,3}(\.\d{1,9})?(e-?\d{1,2})?"
SEEN = {  # form, and what is said where something else stands
    "frame": (r"\d{1,6}", mark("frame is a step such as 120")),
    "step": (r"\d{1,6}", mark("step is one such as 120")),
    "camera": (
        f"{NUMBER}((~{NUMBER}){{2}}|(~{NUMBER}){{8}})",
        mark("camera is where the eye is, such as -0.55~-1.4~1.25"),
    ),
    "show": (r"[a-z_]{1,20}", mark("show is the name of a picture, such as map")),
    "answers": (
        "hidden",
        mark("answers=hidden keeps verdicts and the rest of the curves back until the runs have been played"),
    ),
}
BESIDE = {*SEEN, PARAMETER, LEAD, LECTURE}  # the parameters that are no choices


def seen(link: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], list[Message]]:
    """The parts of a link that the stage will understand, and a sentence for every other and for a strange language."""
    reader, found = Reader(link), {}
    for key, (form, wanted) in SEEN.items():
        text = reader.text(key)
        if text and re.fullmatch(form, text):
            found[key] = text
        elif text:
            reader.drop(f"{key}={text}", message(wanted))
    asked = reader.text(PARAMETER)
    if asked and asked not in languages():
        reader.drop(f"{PARAMETER}={asked}", message("lang is one of {known}", known=listed_later(languages())))
    if "step" in found:  # the word on the screen for what is a frame in links
        found.setdefault("frame", found.pop("step"))
    return found, reader.dropped
