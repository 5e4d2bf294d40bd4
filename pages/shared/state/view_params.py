"""Validates the link parameters that only the browser uses (step, camera, panel, answers) and passes them on unchanged.

The browser reads and writes them itself, so that playback sends the server nothing.
"""

import re
from collections.abc import Mapping, Sequence

from pages.shared.state.link import Reader

NUMBER = r"-?\d{1,3}(\.\d{1,9})?(e-?\d{1,2})?"
SEEN = {  # form, and what is said where something else stands
    "frame": (r"\d{1,6}", "frame is a step such as 120"),
    "step": (r"\d{1,6}", "step is one such as 120"),
    "camera": (f"{NUMBER}((~{NUMBER}){{2}}|(~{NUMBER}){{8}})", "camera is where the eye is, such as -0.55~-1.4~1.25"),
    "show": (r"[a-z_]{1,20}", "show is the name of a picture, such as map"),
    "answers": (
        "hidden",
        "answers=hidden keeps verdicts and the rest of the curves back until the runs have been played",
    ),
}


def seen(link: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], list[str]]:
    """The parts of a link that the stage will understand, and a sentence for every other."""
    reader, found = Reader(link), {}
    for key, (form, wanted) in SEEN.items():
        text = reader.text(key)
        if text and re.fullmatch(form, text):
            found[key] = text
        elif text:
            reader.drop(f"{key}={text}", wanted)
    if "step" in found:  # the word on the screen for what is a frame in links
        found.setdefault("frame", found.pop("step"))
    return found, reader.dropped
