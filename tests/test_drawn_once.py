"""A picture is drawn once for all who look at the same in the same language, and has nothing of one visitor's own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest
from short_trainings import short_trainings
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.state.safe_session_state import SafeSessionState
from visitor import opened

from caching import POOLS, Cached, computed
from figures import three_pushes
from figures.stage import Panel
from figures.stage.packing import unpack
from optimizers import pushes
from pages.curvature_parts.choices import PARTS
from pages.data_parts import choices as data_choices
from pages.maps_parts.choices import MAPS
from pages.networks_parts import choices as networks_choices
from pages.step_by_step_parts.choices import SHEETS
from words import language

HIMMELBLAU = {"v": "1", "landscape": "himmelblau", "run": "momentum~0.01", "steps": "50"}
SMALL = {
    "v": "1",
    "two_width": "8",
    "slice_depth": "1",
    "slice_width": "4",
    "slice_side": "21",
    "path_steps": "20",
    "spectrum_steps": "100",
    "spectrum_width": "4",
    "many_searches": "10",
    "depth_steps": "50",
    "depth_width": "4",
    "bias_seed": "919",  # as of the short trainings
}
LINKS = [
    ("explore", HIMMELBLAU),
    *(("curvature", {**HIMMELBLAU, "part": part}) for part in PARTS),
    *(("step_by_step", {**HIMMELBLAU, "sheet": sheet}) for sheet in SHEETS),
    *(("data", {"v": "1", "part": part}) for part in data_choices.PARTS),
    *(("maps", {**HIMMELBLAU, "map": part, "sharpness": "128"}) for part in MAPS),
    *(("networks", {**SMALL, "part": part}) for part in networks_choices.PARTS),
    *(("lessons", {"v": "1", "lesson": lesson}) for lesson in ("momentum", "over-fitting", "softmax")),
    ("lessons", {"v": "1", "lesson": "learning-rate", "answer": "across"}),
]
NAMES = [
    " ".join([page, *(link[key] for key in ("part", "sheet", "map", "lesson") if key in link)]) for page, link in LINKS
]
ONE_OF_EACH = [
    LINKS[NAMES.index(name)]
    for name in (
        "explore",
        "curvature turn",
        "step_by_step timeline",
        "data softmax",
        "maps knob",
        "networks two_minima",
        "lessons momentum",
    )
]
WAITING = {"breath", "cookies"}  # what one who computes for long is asked for: is she still there, who is she


@pytest.fixture(autouse=True, scope="module")
def quickly_trained():
    with short_trainings():
        yield


@contextmanager
def making_panels() -> Iterator[list[str]]:
    """Gathers the names of all panels that are made."""
    made = []

    def panel(self, name, *args, _init=Panel.__init__, **kwargs):
        made.append(name)
        _init(self, name, *args, **kwargs)

    with patch.object(Panel, "__init__", panel):
        yield made


@contextmanager
def asking_the_visitor() -> Iterator[set[tuple[str, str]]]:
    """Gathers what is read of a visitor's session or browser while a picture is drawn that all are shown."""
    asked, drawing = set(), []

    def call(self, *args, _call=Cached.__call__, **kwargs):
        drawing.append(self.name if self.besides is language else "")
        try:
            return _call(self, *args, **kwargs)
        finally:
            drawing.pop()

    def watched(kind, name):
        plainly = getattr(kind, name)

        def read(self, *args, **kwargs):
            what = str(args[0]) if args else name
            if any(drawing) and not what.startswith("__") and what not in WAITING:
                asked.add((next(filter(None, drawing)), what))
            return plainly(self, *args, **kwargs)

        return patch.object(kind, name, read)

    with ExitStack() as patched:
        patched.enter_context(patch.object(Cached, "__call__", call))
        for name in ("__getitem__", "__contains__", "query_params"):
            patched.enter_context(watched(SafeSessionState, name))
        patched.enter_context(watched(ContextProxy, "__getattribute__"))
        yield asked


def stages(app):
    """What the stages of a page are sent, by their keys."""
    sent = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    return {unpack(proto.bytes)[0]["key"]: proto.bytes for proto in sent}


@pytest.mark.long
@pytest.mark.parametrize(("page", "link"), LINKS, ids=NAMES)
def test_what_is_drawn_asks_nothing_of_the_visitor_and_is_drawn_once_for_two(page, link):
    POOLS["pictures"].clear()
    with making_panels() as made, asking_the_visitor() as asked:
        first = opened(page, folded=True, **link)
    assert made
    assert asked == set()
    before = computed()
    with making_panels() as made:
        second = opened(page, folded=True, **link)
    assert made == []
    assert computed() == before
    assert stages(second) == stages(first) != {}


@pytest.mark.parametrize("other", [{"lang": "zh-Hans"}, {"size": "hall"}], ids=["language", "size"])
@pytest.mark.parametrize(("page", "link"), ONE_OF_EACH, ids=["explore", *[page for page, _ in ONE_OF_EACH[1:]]])
def test_a_visitor_who_differs_in_language_or_size_is_shown_a_picture_of_her_own(page, link, other):
    first, second = (stages(opened(page, folded=True, **link, **more)) for more in ({}, other))
    POOLS["pictures"].clear()
    alone = stages(opened(page, folded=True, **link, **other))
    assert second == alone
    assert first.keys() == second.keys()
    assert all(first[key] != second[key] for key in first)


X, Y = (float(values[100]) for values in (three_pushes(pushes()).data[0].x, three_pushes(pushes()).data[0].y))
LOOKED_AT = {  # by the key of a stage: its page and link, and a place on a line of its
    "points": ("curvature", {"v": "1", "landscape": "himmelblau", "part": "points"}, "map", 0.0, 0.0),
    "lecture pushes": ("step_by_step", {"v": "1", "sheet": "tables"}, "pushes", X, Y),
}


@pytest.mark.parametrize("key", LOOKED_AT)
def test_one_who_has_zoomed_is_shown_the_part_that_she_looks_at_and_no_other_is(key):
    page, link, panel, x, y = LOOKED_AT[key]
    POOLS["pictures"].clear()
    app = opened(page, folded=True, **link)
    whole = stages(app)[key]
    app.session_state[key] = {"views": {panel: [x - 1e-3, x + 1e-3, y - 1e-3, y + 1e-3]}}
    app.run()
    near = stages(app)[key]
    POOLS["pictures"].clear()
    app.run()
    assert stages(app)[key] == near != whole
    assert stages(opened(page, folded=True, **link))[key] == whole


def test_what_a_visitor_is_shown_changes_nothing_of_what_the_others_are():
    app = opened("curvature", folded=True, v="1", landscape="himmelblau", part="turn")
    before = stages(app)
    app.session_state["turn"] = {"start": [1.0, 2.0, 1]}
    app.run()
    assert stages(app) != before
    assert stages(opened("curvature", folded=True, v="1", landscape="himmelblau", part="turn")) == before
