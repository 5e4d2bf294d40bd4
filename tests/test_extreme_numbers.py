"""Numbers far from zero on Explore: what is drawn, written and typed tells neighbours apart."""

from dataclasses import replace

import numpy as np
import pytest
from visitor import choices, opened

from pages.explore_parts.picture import picture
from pages.explore_parts.race import raced
from pages.shared.fields.run_choice import run_choice
from pages.shared.state.choices import OWN, first_choices, with_landscape
from pages.shared.state.link import read

FAR_UP = {"landscape": [OWN], "f": ["1e8+x**2+y**2"], "run": ["gradient_descent~0.01", "adam~0.1"], "steps": ["100"]}
FAR_OFF = {
    "landscape": [OWN],
    "f": ["(x-1000)**2+(y-1000)**2"],
    "x": ["999.999~1000.001"],
    "y": ["999.999~1000.001"],
    "start": ["999.9995~1000.0005"],
    "run": ["gradient_descent~0.1"],
}


def panels(link):
    found, dropped = read(link)
    assert not dropped
    seen = picture(raced(found))
    return {panel.name: panel for panel in seen.panels}, seen.around["table"]


@pytest.mark.parametrize("axis", ["log", "linear"])
def test_a_loss_on_a_hundred_million_is_a_curve_with_a_table_that_tells_the_runs_apart(axis):
    shown, table = panels(FAR_UP | {"axis": [axis]})
    descent, adam = (curve.y for curve in shown["loss"].figure.data)
    low, high = shown["loss"].figure.layout.yaxis.range
    for losses, share in ((descent, 0.15), (adam, 0.4)):
        places = np.log10(losses) if axis == "log" else losses
        assert np.ptp(places[np.isfinite(places)]) > share * (high - low)
    ends = [row[2] for row in table.rows]
    assert ends[0] != ends[1]
    assert [float(end) - 1e8 for end in ends] == pytest.approx([0.0352, 0.0], abs=0.02)
    assert "100000002" in shown["loss"].alt


def test_a_loss_that_falls_a_tenth_or_more_is_drawn_itself():
    there = replace(
        with_landscape(OWN, first_choices()), text="3+x**2+y**2", runs=(run_choice("adam"),), start=(1.0, 1.0)
    )
    (panel,) = [panel for panel in picture(raced(there)).panels if panel.name == "loss"]
    assert panel.figure.layout.title.text == "Loss"
    (up,) = [panel for panel in picture(raced(replace(there, text="1e8+x**2+y**2"))).panels if panel.name == "loss"]
    assert up.figure.layout.title.text == "Loss above the lowest, f − f*"


def test_fields_of_a_start_and_of_a_domain_show_the_digits_that_the_map_needs():
    app = opened(**FAR_OFF)
    fields = {field.label: field for field in app.text_input}
    for label, value in {"Start x": 999.9995, "Start y": 1000.0005, "x from": 999.999, "x to": 1000.001}.items():
        assert float(fields[label].value) == value
    assert choices(app).start == (999.9995, 1000.0005)


def test_where_numbers_are_small_fields_show_four_digits():
    app = opened()
    assert [field.value for field in app.text_input if field.label.startswith("Start")] == ["−1.2", "1"]
