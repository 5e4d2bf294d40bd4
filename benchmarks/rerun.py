"""What one move of a learning-rate slider on Explore costs the server, in milliseconds of CPU, part by part.

python -m benchmarks.rerun

The page runs as a visitor's does, without a browser. Each part counts what it spends itself, without the parts that it
calls; what is left of the script is Streamlit's own work and the page between its calls.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

import figures
import figures.stage.drawings
import pages.shared.race.compute as numbers
import pages.shared.state.session as state
from caching import POOLS
from pages.shared.controls import ladder

MENU = Path(__file__).parents[1] / "pages" / "menu.py"
STEPS, MOVES, WARM = 500, 60, 10
WHOLE = "Streamlit and the page"
PARTS: dict[str, tuple[ModuleType, tuple[str, ...]]] = {
    "engine": (numbers, ("descend",)),
    "verdicts": (numbers, ("verdict",)),
    "critical points": (numbers, ("find_critical_points",)),
    "heights of the landscape": (numbers, ("heights", "heights_within")),
    "figures": (figures, ("contour_map", "surface", "curves", "rate_curves", "overlay")),
    "packing": (figures.stage.drawings, ("lift", "pack", "laid_out")),
    "link": (state, ("share",)),
}

spent: defaultdict[str, float] = defaultdict(float)
running: list[float] = []  # what the calls that are open have spent in the parts they called


def counted(part: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which adds to its part what it spends itself."""

    def act_and_count(*args: Any, **named: Any) -> Any:
        running.append(0.0)
        begun = time.thread_time()
        try:
            return act(*args, **named)
        finally:
            whole = time.thread_time() - begun
            spent[part] += whole - running.pop()
            if running:
                running[-1] += whole

    return act_and_count


def main() -> None:
    for part, (module, names) in PARTS.items():
        for name in names:
            setattr(module, name, counted(part, getattr(module, name)))
    ScriptRunner._run_script = counted(WHOLE, ScriptRunner._run_script)  # type: ignore[method-assign]  # to count it

    app = AppTest.from_file(str(MENU), default_timeout=60)
    app.query_params["steps"] = str(STEPS)
    app.run()
    stops = ladder(app.session_state["choices"].runs[0].knobs["learning_rate"])  # each new, or its picture is there
    moves = []
    for move in range(MOVES):
        slider = next(each for each in app.select_slider if "learning rate" in each.label)
        POOLS["runs"].clear()
        numbers.outcomes(app.session_state["choices"])  # what is on screen is known, the moved run is not
        spent.clear()
        slider.set_value(stops[move]).run()
        moves.append(dict(spent))
    medians = {
        part: 1000 * float(np.median([move.get(part, 0.0) for move in moves[WARM:]])) for part in [*PARTS, WHOLE]
    }
    for part, milliseconds in medians.items():
        print(f"{part:26}{milliseconds:7.2f} ms")
    print(f"{'in all':26}{sum(medians.values()):7.2f} ms")


if __name__ == "__main__":
    main()
