"""The pages in a language made from the template: whatever a visitor reads there is in that language."""

import re

import pseudo_language
import pytest
from in_another_language import english, left_over, pseudo, shown
from short_trainings import short_trainings
from visitor import opened, press

from course import LESSONS
from figures.stage.room import room_page
from pages.explore_parts.picture import offline
from pages.explore_parts.race import raced
from pages.shared.state import first_choices

assert pseudo  # a fixture that is used by its name

TENT = {"landscape": "own", "f": "abs(x) + abs(y)"}
VISITS = {
    "explore": ("explore", {}),
    "explore, a run that leaves": ("explore", {"run": "gradient_descent~0.1", "steps": "40"}),
    "explore, many starts": ("explore", {"starts": "ring~5~0.3", "run": "adam", "steps": "20"}),
    "explore, one dimension": ("explore", {"landscape": "parabola", "run": "gradient_descent~0.1", "steps": "20"}),
    "curvature": ("curvature", {}),
    "curvature, a local model": ("curvature", {"part": "model"}),
    "curvature, a slope": ("curvature", {"part": "model", "point": "0.3~0.4"}),
    "curvature, a kink": ("curvature", {"part": "model", "point": "0~0", **TENT}),
    "curvature, nothing to escape from": ("curvature", {"part": "escape"}),
    "curvature, a way down": ("curvature", {"part": "escape", "landscape": "two_weight_network"}),
    "curvature, eigenvalues": ("curvature", {"part": "maps"}),
    "curvature, a function with edges": ("curvature", {"part": "maps", **TENT}),
    "curvature, along a run": ("curvature", {"part": "run"}),
    "maps": ("maps", {}),
    "maps, two knobs": ("maps", {"map": "knobs", "run": "momentum"}),
    "maps, one knob": ("maps", {"map": "knob", "run": "momentum"}),
    "maps, saddles": ("maps", {"map": "saddles", "landscape": "himmelblau"}),
    "maps, refused": ("maps", {"map": "x", "of": "9", "across": "x", "knob_window": "1", "radius": "9"}),
    "data": ("data", {}),
    "data, a scaled feature": ("data", {"data": "galton", "loss": "huber", "scaled": "1"}),
    "data, made": ("data", {"data": "made_line", "loss": "absolute"}),
    "data, a tiny set": ("data", {"data": "one_example", "part": "batch"}),
    "data, batch sizes": ("data", {"data": "combat_points", "part": "batch", "clock": "epochs"}),
    "data, batches of optimizers": ("data", {"data": "made_line", "part": "batch", "versus": "optimizers"}),
    "data, classes": ("data", {"model": "classifier", "data": "challenger"}),
    "data, made classes": ("data", {"model": "classifier", "data": "made_classes", "loss": "squared"}),
    "data, logits": ("data", {"model": "logits"}),
    "data, flat logits": ("data", {"model": "logits", "loss": "squared"}),
    "data, a border": ("data", {"model": "border", "loss": "squared", "scaled": "1"}),
    "data, raw features": ("data", {"model": "features", "data": "playfair"}),
    "data, batches of features": ("data", {"model": "features", "data": "two_scales", "part": "batch"}),
    "data, made features": ("data", {"model": "features", "data": "made_features", "loss": "by_batch"}),
    "data, layers": ("data", {"model": "layers", "data": "forbes"}),
    "data, a chain": ("data", {"model": "chain", "data": "three_points"}),
    "data, a bowl": ("data", {"model": "bowl"}),
    "data, a bowl by batches": ("data", {"model": "bowl", "part": "batch"}),
    "data, flat and sharp": ("data", {"part": "flat"}),
    "data, refused": ("data", {"model": "x", "data": "x", "loss": "x", "knobs": "x~1", "sizes": "0~0", "part": "x"}),
    "data, training and test": ("data", {"part": "training_test"}),
    "data, softmax": ("data", {"part": "softmax"}),
    "data, activations": ("data", {"part": "activations"}),
    "data, batch normalisation": ("data", {"part": "normalisation"}),
    "data, layer normalisation": ("data", {"part": "normalisation", "over": "layer"}),
    "networks": ("networks", {"part": "two_minima"}),
    "networks, a slice": ("networks", {"part": "slice", "slice_data": "rings", "slice_depth": "1"}),
    "networks, a path": ("networks", {"part": "path"}),
    "networks, a spectrum": ("networks", {"part": "spectrum", "spectrum_steps": "200"}),
    "networks, saddles": ("networks", {"part": "many_dimensions", "many_searches": "10"}),
    "networks, grids": ("networks", {"part": "own_grid"}),
    "networks, refused": ("networks", {"part": "x", "slice_depth": "999", "run": "x", "own_first": "x"}),
    **{
        f"lessons, {name}": ("lessons", {"lesson": name, "answer": next(iter(LESSONS[name].answers))})
        for name in LESSONS
    },
    "lessons, a question": ("lessons", {"lesson": "adam", "item": ["adam", "momentum"]}),
    "lessons, refused": ("lessons", {"lesson": "x", "answer": "x", "item": "x"}),
}
TABLES = {
    "open": "x;y\n1,234;5\n2,345;6\n3,456;8\n",
    "gaps": "x;y\n1,1;39.343\n2,2;?\n4,5;61.111\n10,3;122.391\n10,5;x\n",
    "narrow": "x\n",
    "dates": "x,y\n2024-02-28,1\n2024-03-01,2\n2024-03-05,4\n",
    "uneven": "# z\nx,y\n1\n2,3,4\n",
    "suspect": "x, y\n1,2\n3,4\n-999,5\n-999,6\n5,9\n",
}


@pytest.fixture(scope="module")
def quick():
    """Of what networks come to, all of which is said in the same words."""
    with short_trainings():
        yield


@pytest.mark.long
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("page", "link"), VISITS.values(), ids=VISITS)
def test_whatever_a_page_shows_is_in_the_language_of_the_link(page, link):
    app = opened(page, v="1", lang=pseudo_language.CODE, **link)
    assert english(app) == []
    assert len(shown(app)) > 30


def test_what_is_said_of_a_table_is_in_the_language():
    app = opened("data", v="1", lang=pseudo_language.CODE)
    for table in TABLES.values():
        app.text_area(key="data pasted").set_value(table).run()
        assert english(app) == []


def test_a_room_is_in_the_language_of_the_lecturer_and_of_the_student():
    app = opened("explore", v="1", lang=pseudo_language.CODE)
    press(app, "⟦Ópén á róóm⟧")
    code = app.session_state["led room"].code
    assert "⟦Énd thé róóm⟧" in {text for _, text in shown(app)}
    assert [found for name, text, found in english(app) if text.count(code) == 0] == []
    for page in (room_page(""), room_page("BCDFG")):
        assert left_over(re.sub(r"BCDFG|Fall Line", "", page).partition("<body>")[2]) == []


def test_a_saved_page_is_in_the_language():
    page = offline(raced(first_choices())).decode()
    assert f'lang="{pseudo_language.CODE}"' in page
    assert left_over(page.partition("<body>")[2]) == []
