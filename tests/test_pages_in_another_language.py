"""Explore, Curvature, Maps and parts of Data in a language made from the template: all that is read is in it.

How what is shown is collected, and which names may stand as they are, is in the same test of Step by step.
"""

import pseudo_language
import pytest
from test_step_by_step_in_another_language import english, pseudo, shown
from visitor import opened

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
    "data, training and test": ("data", {"part": "training_test"}),
    "data, softmax": ("data", {"part": "softmax"}),
    "data, activations": ("data", {"part": "activations"}),
    "data, batch normalisation": ("data", {"part": "normalisation"}),
    "data, layer normalisation": ("data", {"part": "normalisation", "over": "layer"}),
}


@pytest.mark.parametrize(("page", "link"), VISITS.values(), ids=VISITS)
def test_whatever_a_page_shows_is_in_the_language_of_the_link(page, link):
    app = opened(page, v="1", lang=pseudo_language.CODE, **link)
    assert english(app) == []
    assert len(shown(app)) > 30
