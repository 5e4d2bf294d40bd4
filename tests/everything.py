"""All that the pages can show and give besides their parts, opened one after the other without a browser."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from data_choices import SOME, chosen
from menu import NAMES
from parquet_files import KINDS, file_of
from short_trainings import short_trainings
from visitor import control, looking_once, opened, press

from course import LESSONS
from figures import OVERLAYS, as_film, can_film
from landscapes import LANDSCAPES
from landscapes.formula.functions import FUNCTIONS
from optimizers import OPTIMIZERS, SCHEDULES, run_as_numpy, run_as_torch
from pages.data_parts import table as table_page
from pages.data_parts.link import write
from pages.explore_parts.picture import film, offline
from pages.explore_parts.race import raced
from pages.networks_parts.choices.many_dimensions import VIEWS
from pages.networks_parts.choices.own_grid import LOOKS
from pages.networks_parts.choices.slice import BELOW, LINES
from pages.shared.controls.run_downloads import recipe, table
from pages.shared.race.compute import prepare
from pages.shared.race.trajectories import race_as_json
from pages.shared.state.choices import CURVES, MOST_RUNS, OWN, first_choices

PARQUET = file_of(KINDS)
QUICK = {"v": "1", "steps": "20"}
ALL_FUNCTIONS = "+".join(f"{name}(x)" for name in FUNCTIONS)
POWERS = "a*(x/2 + 1.5)**2.5 + y**x/(1 + y)"
SMALL = {  # networks
    "slice_depth": "1",
    "slice_width": "2",
    "path_steps": "10",
    "spectrum_steps": "100",
    "many_searches": "10",
    "depth_steps": "50",
    "depth_width": "4",
    "many_target": "0.2",
}
NETWORKS = [  # what the parts of Networks show besides what they open with
    *({"part": "slice", "slice_below": below, "slice_plays": "1"} for below in BELOW),
    *({"part": "slice", "slice_below": "line", "slice_line": line} for line in LINES),
    {"part": "spectrum", "spectrum_width": "5", "spectrum_depth": "1"},
    *({"part": "many_dimensions", "many_view": view} for view in VIEWS),
    *({"part": "own_grid", "own_look": look} for look in LOOKS),
]
DATA = [  # what the parts of Data show besides what they open with
    {"part": "batch", "clock": "seconds"},
    {"part": "training_test", "complexity": "penalty"},
    {"part": "normalisation", "over": "layer"},
]
HALL = {"size": "hall", "order": "winner", "axis": "linear", "zoom": "0~1~0~1", "starts": "ring~5~0.1", "noise": "0.1"}
NONSENSE = {
    "explore": {"landscape": "atlantis", "run": "adm", "f": "x+"},
    "curvature": {"landscape": OWN, "f": "sinn(x"},
    "step_by_step": {"landscape": OWN, "f": "sinxy", "update": "9999"},
    "maps": {"landscape": OWN, "f": "x+", "map": "atlas", "of": "9~x"},
    "data": {"data": "xx", "model": "yy"},
    "lessons": {"lesson": "atlantis", "answer": "x", "knobs": "x~1", "item": "y"},
    "networks": {"part": "atlantis", "run": "adm", "own_first": "x~y", "two_width": "x"},
}


def everything() -> Iterator[tuple[str, Callable[[], object]]]:
    """What is opened, in words, and the act that opens it."""
    yield "the first picture", prepare
    yield "the first page", opened
    for page in NAMES:
        yield page, partial(opened, page, **QUICK)
        yield f"{page}, embedded", partial(opened, page, embed="true", **QUICK)
        yield f"{page}, shared", lambda page=page: press(opened(page, **QUICK), "Share")
    for link in DATA:
        yield f"Data, {' '.join(link.values())}", partial(opened, "data", **link, **QUICK)
    first = {problem: (problem, *rest) for problem, *rest in reversed(SOME)}
    for problem in (first | {"chain": ("chain", "three_points", "sigmoid")}).values():  # that one with few examples
        yield f"Data, {problem}", partial(opened, "data", **write(replace(chosen(*problem), steps=20)))
    for link in NETWORKS:
        yield f"Networks, {' '.join(link.values())}", partial(opened, "networks", v="1", **SMALL, **link)
    for name, lesson in LESSONS.items():
        for answer in ("", next(iter(lesson.answers))):
            yield f"Lessons, {name} {answer}", partial(opened, "lessons", lesson=name, answer=answer)
    yield "a table in a Parquet file", partial(table_page.read, PARQUET, ())
    for page, link in NONSENSE.items():
        yield f"nonsense for {page}", partial(opened, page, **link, **QUICK)
    for name, landscape in LANDSCAPES.items():
        yield f"the landscape {name}", lambda make=landscape: make().hessian(make().start)
    for text in (ALL_FUNCTIONS, POWERS):
        yield f"the formula {text}", partial(opened, landscape=OWN, f=text, **QUICK)
    for runs in in_races(OPTIMIZERS):
        yield f"the runs {runs}", partial(opened, run=runs, **QUICK)
    for runs in in_races([f"adam~{schedule}" for schedule in SCHEDULES]):
        yield f"the runs {runs}", partial(opened, run=runs, **QUICK)
    for overlay, curve in zip(OVERLAYS, CURVES, strict=False):
        yield f"{overlay} and {curve} in a hall", partial(opened, overlay=overlay, curve=curve, **HALL, **QUICK)
    yield "a typo", typo
    yield "tuned rates", tuned
    yield "files", files
    for menu in ("saving", "pictures"):
        yield f"the menu {menu}", partial(open_menu, menu)


def in_races(runs):
    """The runs, as many at once as may race."""
    runs = list(runs)
    return [runs[first : first + MOST_RUNS] for first in range(0, len(runs), MOST_RUNS)]


def typo():
    app = opened(landscape=OWN, **QUICK)
    control(app, "text_area", "f(x, y) =").input("x**2 + sinn(y)").run()
    assert app.code


def tuned():
    app = opened(**QUICK)
    press(app, "Tune the learning rates")
    press(app, "Use the best rates")


def files():
    """Every file that can be taken away."""
    choices = replace(first_choices(), steps=20)
    it = recipe(choices, choices.runs[0])
    for made in (race_as_json(choices), table(choices, 0), run_as_numpy(choices.build(), it), offline(raced(choices))):
        assert made
    assert run_as_torch(choices.build(), it)
    gif = film(raced(choices), lambda share: None)
    if can_film():
        as_film(gif)


def open_menu(name):
    app = opened(**QUICK)
    before = len(app.get("download_button"))
    app.session_state[name] = True
    app.run()
    assert not app.exception
    assert len(app.get("download_button")) > before


def late_modules():
    """Under what was opened, the modules that were imported for it: all but those that were there before."""
    found = {}
    with looking_once(), short_trainings():
        for what, act in everything():
            before = set(sys.modules)
            act()
            late = sorted(set(sys.modules) - before)
            if late:
                found[what] = late
    return found
