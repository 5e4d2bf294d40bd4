"""What one move of a learning rate on Explore enters and asks for: files, functions, and calls that look things up.

python -m benchmarks.calls

Nothing is timed: these are counts, the same on every machine.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from unittest.mock import patch

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from pages.shared.race import compute
from pages.shared.state import surface

HOME = Path(__file__).parents[1]
ROOMS = tuple(str(HOME / room) for room in ("words", "landscapes", "optimizers", "figures", "pages"))
ASKED = {  # by what is printed: where the function is looked up in a cache or made
    "critical points asked for": (compute, "critical_points"),
    "heights of the landscape asked for": (compute, "scale"),
    "runs asked for": (compute, "outcome"),
    "landscape looked up": (surface, "built"),
}


@contextmanager
def asking() -> Iterator[Counter[str]]:
    """Counts the calls of the functions of `ASKED`, by whatever module they are called."""
    counts: Counter[str] = Counter()
    swapped = []
    for name, (home, attribute) in ASKED.items():
        function = getattr(home, attribute)
        there = counted(function, name, counts)
        for module in [module for key, module in sys.modules.items() if key.split(".")[0] == "pages"]:
            if vars(module).get(attribute) is function:
                swapped.append(patch.object(module, attribute, there))
    for each in swapped:
        each.start()
    try:
        yield counts
    finally:
        for each in swapped:
            each.stop()


def counted(function: Callable[..., Any], name: str, counts: Counter[str]) -> Callable[..., Any]:
    """The same function, which counts its calls under that name."""

    @wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        counts[name] += 1
        return function(*args, **named)

    return call


@contextmanager
def entering() -> Iterator[set[CodeType]]:
    """Gathers the functions of the project that the script of a page enters."""
    entered: set[CodeType] = set()
    run = ScriptRunner._run_script

    def watch(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(ROOMS):
            entered.add(frame.f_code)

    def watched(*args: Any, **named: Any) -> Any:
        sys.setprofile(watch)  # of this thread alone, which is the script's
        try:
            return run(*args, **named)
        finally:
            sys.setprofile(None)

    with patch.object(ScriptRunner, "_run_script", watched):
        yield entered


def moved(app: AppTest, rate: float) -> None:
    """The page after the learning rate of its first run was moved."""
    slider = next(it for it in app.select_slider if "learning rate" in it.label)
    slider.set_value(rate).run()
    if app.exception:
        raise RuntimeError(app.exception[0].message)


def main() -> None:
    """Prints the counts of one move."""
    app = AppTest.from_file(str(HOME / "pages" / "menu.py"), default_timeout=300).run()
    moved(app, 0.25)
    moved(app, 0.2)
    with asking() as counts:
        moved(app, 0.15)
    with entering() as entered:
        moved(app, 0.12)
    print(f"{len({code.co_filename for code in entered}):4} files entered")
    print(f"{len(entered):4} functions entered")
    for name in ASKED:
        print(f"{counts[name]:4} times {name}")


if __name__ == "__main__":
    main()
