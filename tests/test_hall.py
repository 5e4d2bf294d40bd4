"""For a lecture hall: letters are large in every picture of Curvature and Data, and the link says so."""

import pytest
from visitor import control, opened

from figures.stage.packing import unpack
from pages.curvature_parts.choices import PARTS as CURVATURE
from pages.data_parts.choices import PARTS as DATA

LARGE = 16  # pixels of letters, at least; 12 is usual
QUICK = {"v": "1", "steps": "20"}


def letters(app):
    """The size of the letters of every picture."""
    stages = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    figures = [panel for stage in stages for panel in unpack(stage.bytes)[0]["panels"].values()]
    assert figures
    return [figure["layout"].get("font", {}).get("size", 12) for figure in figures]


@pytest.mark.parametrize("part", CURVATURE)
def test_all_pictures_of_curvature_have_large_letters(part):
    assert min(letters(opened("curvature", **QUICK, landscape="double_well", part=part, size="hall"))) >= LARGE


@pytest.mark.parametrize("part", DATA)
def test_all_pictures_of_data_have_large_letters(part):
    assert min(letters(opened("data", **QUICK, part=part, size="hall"))) >= LARGE


@pytest.mark.parametrize("page", ["curvature", "data"])
def test_the_size_is_chosen_on_the_page_and_kept_in_its_link(page):
    app = opened(page, **QUICK)
    usual = letters(app)
    control(app, "selectbox", "Text and lines").set_value("hall").run()
    assert app.query_params["size"] == "hall"
    assert max(usual) < LARGE <= min(letters(app))
